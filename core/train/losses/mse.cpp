#include "core/train/losses_torch.h"

namespace fovea::train {

namespace {

at::Tensor meanLoss(const LossInput& input)
{
    const auto truth =
        at::tensor(input.batch.host.values, at::kFloat).to(input.output.scalar_type());
    return meanOf((input.output - truth).square(), input.batch.host);
}

constexpr LossFunction kFunction = {meanLoss};

} // namespace

extern const Loss kMse;
const Loss kMse = {"mse", model::Task::Ratings, "mean squared error of the rating", &kFunction};

} // namespace fovea::train

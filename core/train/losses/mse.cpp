#include "core/train/losses_torch.h"

namespace fovea::train {

namespace {

// Added up in the order of the targets, whatever the number of threads.
template <typename T> LossAndGradients lossOf(const at::Tensor& output, const data::Batch& batch)
{
    const auto shares = sharesOf(batch, batch.values.size());
    LossAndGradients made{0, at::empty_like(output), {}};
    const T* const predicted = output.const_data_ptr<T>();
    T* const gradient = made.hidden.data_ptr<T>();
    for (std::size_t t = 0; t < shares.size(); ++t) {
        const auto error = static_cast<double>(predicted[t]) - static_cast<double>(batch.values[t]);
        made.loss += shares[t] * error * error;
        gradient[t] = static_cast<T>(2 * shares[t] * error);
    }
    return made;
}

at::Tensor meanLoss(const LossInput& input)
{
    const auto& host = input.batch.host;
    if (input.engine == model::Engine::Reference) {
        const auto truth = at::tensor(host.values, at::kFloat).to(input.output.scalar_type());
        return meanOf((input.output - truth).square(), host);
    }
    LossAndGradients made;
    AT_DISPATCH_FLOATING_TYPES(input.output.scalar_type(), "meanSquaredError", [&] {
        made = lossOf<scalar_t>(input.output.detach().contiguous(), host);
    });
    return withGradients(input.output, {}, made);
}

constexpr LossFunction kFunction = {meanLoss};

} // namespace

extern const Loss kMse;
const Loss kMse = {"mse", model::Task::Ratings, "mean squared error of the rating", &kFunction};

} // namespace fovea::train

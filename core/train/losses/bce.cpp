// Binary cross-entropy of the target against drawn negatives (Kang and McAuley 2018), in the logit
// form that cannot overflow: -log sigmoid(s+) - sum log(1 - sigmoid(s-)).
#include "core/train/losses_torch.h"

namespace fovea::train {

namespace {

constexpr int kTries = 100; // before a user who knows nearly every item gets a known one

// (T, n): uniform over the catalogue without the items that the user trained on.
at::Tensor drawNegatives(const LossInput& input)
{
    const auto& host = input.batch.host;
    const auto items = static_cast<std::uint32_t>(input.itemVectors.size(0) - 1);
    auto drawn = at::empty({host.tokens(), input.negatives}, at::kLong);
    auto* out = drawn.data_ptr<std::int64_t>();
    for (std::size_t b = 0; b < host.users.size(); ++b) {
        const auto user = host.users[b];
        for (auto t = host.offsets[b]; t < host.offsets[b + 1]; ++t) {
            const auto place =
                static_cast<std::uint32_t>((*input.batch.places)[static_cast<std::size_t>(t)]);
            base::Stream draw(
                input.draws.seed, base::Purpose::Negatives,
                {input.draws.epoch, static_cast<std::uint32_t>(user), place});
            for (std::int64_t n = 0; n < input.negatives; ++n) {
                auto item = static_cast<std::int32_t>(1 + draw.below(items));
                for (int i = 0; i < kTries && input.trained.contains(user, item); ++i)
                    item = static_cast<std::int32_t>(1 + draw.below(items));
                *out++ = item;
            }
        }
    }
    return drawn;
}

at::Tensor meanLoss(const LossInput& input)
{
    const auto targets = at::tensor(input.batch.host.targets, at::kLong);
    const auto positive = (input.output * at::embedding(input.itemVectors, targets)).sum(1);
    const auto negatives = at::embedding(input.itemVectors, drawNegatives(input)); // (T, n, d)
    const auto negative = at::bmm(negatives, input.output.unsqueeze(2)).squeeze(2);
    return at::softplus(-positive).mean() + at::softplus(negative).sum(1).mean();
}

constexpr LossFunction kFunction = {meanLoss};

} // namespace

extern const Loss kBce;
const Loss kBce = {
    "bce", model::Task::NextItem, "binary cross-entropy against drawn negatives", &kFunction};

} // namespace fovea::train

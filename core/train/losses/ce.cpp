// Softmax cross-entropy over the whole catalogue, in chunks of targets: the [T, items] scores are
// never held whole. The gradients are made beside the loss, while a chunk's scores are at hand.
#include "core/train/losses_torch.h"

namespace fovea::train {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t kChunkScores = 4 << 20; // numbers a chunk may hold

struct ChunkedCrossEntropy : torch::autograd::Function<ChunkedCrossEntropy> {
    static at::Tensor forward(
        AutogradContext* context, const at::Tensor& hidden, const at::Tensor& table,
        const at::Tensor& targets)
    {
        const auto items = table.narrow(0, 1, table.size(0) - 1);
        const auto count = hidden.size(0);
        const auto rows = std::max<std::int64_t>(16, kChunkScores / items.size(0));
        auto gradHidden = at::empty_like(hidden);
        auto gradTable = at::zeros_like(table);
        auto gradItems = gradTable.narrow(0, 1, items.size(0));
        auto sum = at::zeros({}, hidden.options().dtype(at::kDouble));
        for (std::int64_t begin = 0; begin < count; begin += rows) {
            const auto size = std::min(rows, count - begin);
            const auto h = hidden.narrow(0, begin, size);
            const auto target = (targets.narrow(0, begin, size) - 1).unsqueeze(1);
            auto logs = at::log_softmax(at::mm(h, items.t()), 1);
            sum -= logs.gather(1, target).sum(at::kDouble);
            auto grads = logs.exp_();
            grads.scatter_add_(1, target, at::full({size, 1}, -1, grads.options()));
            grads.div_(count);
            gradHidden.narrow(0, begin, size).copy_(at::mm(grads, items));
            gradItems.addmm_(grads.t(), h);
        }
        context->save_for_backward({gradHidden, gradTable});
        return (sum / count).to(hidden.scalar_type());
    }

    static variable_list backward(AutogradContext* context, variable_list grads)
    {
        const auto saved = context->get_saved_variables();
        return {saved[0] * grads[0], saved[1] * grads[0], at::Tensor()};
    }
};

at::Tensor meanLoss(const LossInput& input)
{
    const auto targets = at::tensor(input.batch.host.targets, at::kLong);
    return ChunkedCrossEntropy::apply(input.output, input.itemVectors, targets);
}

constexpr LossFunction kFunction = {meanLoss};

} // namespace

extern const Loss kCe;
const Loss kCe = {
    "ce", model::Task::NextItem, "cross-entropy of a softmax over all items", &kFunction};

} // namespace fovea::train

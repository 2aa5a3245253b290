#include "core/train/losses_torch.h"

#include "core/base/long_pass.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>

namespace fovea::train {

// One file each, in losses/.
extern const Loss kCe;
extern const Loss kBce;
extern const Loss kMse;

std::span<const Loss> losses()
{
    static const std::array<Loss, 3> table = {kCe, kBce, kMse};
    return table;
}

const Loss* findLoss(std::string_view name)
{
    const auto table = losses();
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const auto& l) { return l.name == name; });
    return found == table.end() ? nullptr : &*found;
}

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct MadeLoss : torch::autograd::Function<MadeLoss> {
    static at::Tensor forward(
        AutogradContext* context, const at::Tensor& hidden, const at::Tensor&,
        const LossAndGradients& made)
    {
        context->save_for_backward({made.hidden, made.table});
        return at::full({}, made.loss, hidden.options());
    }

    static variable_list backward(AutogradContext* context, variable_list grads)
    {
        const auto saved = context->get_saved_variables();
        const auto factor = grads[0].item<double>();
        const auto times = [&](const at::Tensor& gradient) {
            return factor == 1 || !gradient.defined() ? gradient : gradient * factor;
        };
        return {times(saved[0]), times(saved[1]), at::Tensor()};
    }
};

} // namespace

at::Tensor withGradients(
    const at::Tensor& hidden, const at::Tensor& table, const LossAndGradients& made)
{
    // Autograd takes no undefined tensor.
    return MadeLoss::apply(
        hidden, table.defined() ? table : at::empty({0}, hidden.options()), made);
}

std::vector<double> sharesOf(const data::Batch& batch, std::size_t targets)
{
    if (batch.weights.empty())
        return std::vector<double>(targets, 1.0 / static_cast<double>(targets));
    std::vector<double> shares(batch.weights.begin(), batch.weights.end());
    const auto sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    for (auto& share : shares)
        share = sum > 0 ? share / sum : 0;
    return shares;
}

void needTargets(const data::Batch& batch, std::int64_t items)
{
    const auto isItem = [&](std::int32_t target) { return target >= 1 && target <= items; };
    if (!std::all_of(batch.targets.begin(), batch.targets.end(), isItem))
        throw std::out_of_range("a target that is no item of the model");
}

at::Tensor meanOf(const at::Tensor& losses, const data::Batch& batch)
{
    if (batch.weights.empty())
        return losses.mean();
    const auto shares = sharesOf(batch, batch.weights.size());
    return (losses * at::tensor(shares, at::kDouble).to(losses.scalar_type())).sum();
}

TrainedItems::TrainedItems(const data::Dataset& dataset)
    : m_offsets{0}
{
    const base::LongPass pass("the items that each user trained on", dataset.eventCount());
    m_items.reserve(static_cast<std::size_t>(dataset.eventCount()));
    m_offsets.reserve(static_cast<std::size_t>(dataset.userCount()) + 1);
    for (std::int32_t u = 0; u < dataset.userCount(); ++u) {
        const auto items = dataset.itemsOf({u});
        const auto count =
            data::historyLength(static_cast<std::int64_t>(items.size()), data::Part::Train);
        m_items.insert(m_items.end(), items.begin(), items.begin() + count);
        std::sort(m_items.end() - count, m_items.end());
        m_offsets.push_back(m_offsets.back() + count);
    }
}

bool TrainedItems::contains(std::int32_t user, std::int32_t item) const
{
    const auto at = static_cast<std::size_t>(user);
    return std::binary_search(
        m_items.begin() + m_offsets[at], m_items.begin() + m_offsets[at + 1], item);
}

} // namespace fovea::train

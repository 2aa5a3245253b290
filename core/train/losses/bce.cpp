// Binary cross-entropy of the target against drawn negatives (Kang and McAuley 2018), in the logit
// form that cannot overflow: -log sigmoid(s+) - sum log(1 - sigmoid(s-)). Rows of the item table
// are read where they lie, and the gradients are made beside the loss.
#include "core/device/loops.h"
#include "core/model/kernels/rows.h"
#include "core/model/rows_torch.h"
#include "core/train/losses_torch.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace fovea::train {

namespace {

namespace kernels = model::kernels;

constexpr int kTries = 100; // before a user who knows nearly every item gets a known one
constexpr std::int64_t kLookups = 128; // at a time, whose rows stay in the nearest cache

// (T, 1 + n): the target, then n draws that are uniform over the catalogue without the items that
// the user trained on.
std::vector<std::int32_t> drawCandidates(const LossInput& input)
{
    const auto& host = input.batch.host;
    const auto items = static_cast<std::uint32_t>(input.itemVectors.size(0) - 1);
    const auto width = static_cast<std::size_t>(1 + input.negatives);
    std::vector<std::int32_t> drawn(host.targets.size() * width);
    device::parallelFor(0, host.size(), 16, [&](std::int64_t first, std::int64_t last) {
        for (auto b = static_cast<std::size_t>(first); b < static_cast<std::size_t>(last); ++b) {
            const auto user = host.users[b];
            for (auto t = static_cast<std::size_t>(host.offsets[b]);
                 t < static_cast<std::size_t>(host.offsets[b + 1]); ++t) {
                const auto place = static_cast<std::uint32_t>((*input.batch.places)[t]);
                base::Stream draw(
                    input.draws.seed, base::Purpose::Negatives,
                    {input.draws.epoch, static_cast<std::uint32_t>(user), place});
                auto* out = drawn.data() + t * width;
                *out++ = host.targets[t];
                for (std::int64_t n = 0; n < input.negatives; ++n) {
                    auto item = static_cast<std::int32_t>(1 + draw.below(items));
                    for (int i = 0; i < kTries && input.trained.contains(user, item); ++i)
                        item = static_cast<std::int32_t>(1 + draw.below(items));
                    *out++ = item;
                }
            }
        }
    });
    return drawn;
}

// log(1 + e^x) and its slope.
struct Softplus {
    explicit Softplus(double x)
    {
        const double small = std::exp(-std::abs(x)); // cannot overflow
        value = std::max(x, 0.0) + std::log1p(small);
        slope = (x >= 0 ? 1 : small) / (1 + small);
    }
    double value;
    double slope;
};

// Where the gradient of a drawn item goes: to its own row of the table, or, where `touched`, to a
// row among those that were drawn at all.
struct Rows {
    // Borrows what was drawn.
    Rows(const std::vector<std::int32_t>& drawn, const at::Tensor& table, bool touched)
        : of(drawn)
    {
        if (!touched) {
            gradient = at::zeros_like(table);
            return;
        }
        std::vector<std::int32_t> items = drawn;
        std::sort(items.begin(), items.end());
        items.erase(std::unique(items.begin(), items.end()), items.end());
        for (const auto item : drawn)
            compact.push_back(static_cast<std::int32_t>(
                std::lower_bound(items.begin(), items.end(), item) - items.begin()));
        of = compact;
        index = at::tensor(items, at::kLong).unsqueeze(0);
        gradient = at::zeros({index.size(1), table.size(1)}, table.options());
    }
    at::Tensor result(const at::Tensor& table) const
    {
        return index.defined() ? at::_sparse_coo_tensor_unsafe(index, gradient, table.sizes())
                               : gradient;
    }

    std::span<const std::int32_t> of; // as drawn
    std::vector<std::int32_t> compact; // numbers of the touched rows
    at::Tensor gradient;
    at::Tensor index;
};

template <typename T>
LossAndGradients lossOf(
    const at::Tensor& hidden, const at::Tensor& table, const std::vector<std::int32_t>& drawn,
    const std::vector<double>& shares, bool touched)
{
    Rows rows(drawn, table, touched);
    const auto count = hidden.size(0);
    const auto width = hidden.size(1);
    const auto candidates =
        static_cast<std::int64_t>(drawn.size()) / std::max<std::int64_t>(count, 1);
    LossAndGradients result{0, at::empty_like(hidden), {}};
    const T* states = hidden.const_data_ptr<T>();
    const T* items = table.const_data_ptr<T>();
    std::vector<T> slopes(drawn.size()); // of the loss over each score; first the scores
    std::vector<double> losses(static_cast<std::size_t>(count));
    const auto together =
        std::max<std::int64_t>(1, kLookups / std::max<std::int64_t>(candidates, 1));
    device::parallelFor(0, count, together, [&](std::int64_t begin, std::int64_t end) {
        for (auto first = begin; first < end; first += together) {
            const kernels::RowRange range{width, first, std::min(first + together, end)};
            const kernels::Lookups lookups{drawn.data(), candidates};
            kernels::dotRows<T>(items, lookups, states, slopes.data(), range);
            for (auto t = first; t < range.last; ++t) {
                const double share = shares[static_cast<std::size_t>(t)];
                double loss = 0;
                for (std::int64_t m = 0; m < candidates; ++m) {
                    auto& slope = slopes[static_cast<std::size_t>(t * candidates + m)];
                    const double sign = m == 0 ? -1 : 1; // the target shall score high
                    const Softplus softplus(sign * static_cast<double>(slope));
                    loss += softplus.value;
                    slope = static_cast<T>(sign * softplus.slope * share);
                }
                losses[static_cast<std::size_t>(t)] = loss * share;
            }
            kernels::sumRows<T>(items, lookups, slopes.data(), result.hidden.data_ptr<T>(), range);
        }
    });
    for (const double loss : losses)
        result.loss += loss;
    model::addToTable<T, std::int32_t>(
        {rows.of.data(), static_cast<std::int64_t>(drawn.size()), slopes.data(), candidates, states,
         width},
        rows.gradient.data_ptr<T>());
    result.table = rows.result(table);
    return result;
}

at::Tensor meanLoss(const LossInput& input)
{
    needTargets(input.batch.host, input.itemVectors.size(0) - 1);
    const auto drawn = drawCandidates(input);
    if (input.engine == model::Engine::Reference) {
        const auto rows = at::tensor(drawn, at::kLong).view({-1, 1 + input.negatives});
        const auto items = at::embedding( // (T, 1 + n, d)
            input.itemVectors, rows, -1, false, input.touched);
        const auto scores = at::bmm(items, input.output.unsqueeze(2)).squeeze(2);
        const auto against = scores.narrow(1, 1, input.negatives);
        return meanOf(
            at::softplus(-scores.select(1, 0)) + at::softplus(against).sum(1), input.batch.host);
    }
    LossAndGradients made;
    AT_DISPATCH_FLOATING_TYPES(input.output.scalar_type(), "binaryCrossEntropy", [&] {
        const at::NoGradGuard noGrad;
        made = lossOf<scalar_t>(
            input.output.contiguous(), input.itemVectors.contiguous(), drawn,
            sharesOf(input.batch.host, input.batch.host.targets.size()), input.touched);
    });
    return withGradients(input.output, input.itemVectors, made);
}

constexpr LossFunction kFunction = {meanLoss, true};

} // namespace

extern const Loss kBce;
const Loss kBce = {
    "bce", model::Task::NextItem, "binary cross-entropy against drawn negatives", &kFunction};

} // namespace fovea::train

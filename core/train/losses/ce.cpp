// Softmax cross-entropy over the whole catalogue, in chunks of targets: the [T, items] scores are
// never held whole. The gradients are made beside the loss, while a chunk's scores are at hand.
#include "core/device/parallel_torch.h"
#include "core/model/kernels/softmax.h"
#include "core/train/losses_torch.h"

#include <cmath>

namespace fovea::train {

namespace {

// With E = exp(scores - highest) and s its row sums, the softmax is E / s. The loss of row i is
// log(s) + highest - score of the target; its gradient is (E / s - 1 at the target) times the row's
// share in the mean, whose products with items and hidden states need E alone: the division falls
// on their rows.
template <typename T> class Chunks {
public:
    Chunks(
        const at::Tensor& hidden, const at::Tensor& table, const at::Tensor& targets,
        std::vector<double> shares)
        : m_hidden(hidden)
        , m_items(table.narrow(0, 1, table.size(0) - 1))
        , m_targets(targets.const_data_ptr<std::int64_t>())
        , m_shares(std::move(shares))
        , m_rows(std::max(kSoftmaxRows, kSoftmaxChunk / m_items.size(0)))
        , m_made{0, at::empty_like(hidden), at::zeros_like(table)}
        , m_gradItems(m_made.table.narrow(0, 1, m_items.size(0)))
        , m_scores(at::empty({m_rows, m_items.size(0)}, hidden.options()))
        , m_scaled(at::empty({m_rows, hidden.size(1)}, hidden.options()))
        , m_highest(static_cast<std::size_t>(m_rows))
        , m_sums(static_cast<std::size_t>(m_rows))
    { }

    LossAndGradients run()
    {
        double sum = 0;
        for (std::int64_t begin = 0; begin < m_hidden.size(0); begin += m_rows)
            sum += chunk(begin, std::min(m_rows, m_hidden.size(0) - begin));
        m_made.loss = sum;
        return m_made;
    }

private:
    double chunk(std::int64_t begin, std::int64_t size)
    {
        const auto columns = m_items.size(0);
        const auto width = m_hidden.size(1);
        const auto hidden = m_hidden.narrow(0, begin, size);
        auto scores = m_scores.narrow(0, 0, size);
        at::mm_out(scores, hidden, m_items.t());
        auto* rows = scores.template data_ptr<T>();
        double sum = 0;
        for (std::int64_t i = 0; i < size; ++i)
            sum -= shareOf(begin + i) * rows[i * columns + m_targets[begin + i] - 1];
        device::parallelFor(0, size, 1, [&](std::int64_t first, std::int64_t last) {
            model::kernels::exponentials<T>(
                rows + first * columns, last - first, columns, m_highest.data() + first,
                m_sums.data() + first);
        });
        auto scaled = m_scaled.narrow(0, 0, size);
        for (std::int64_t i = 0; i < size; ++i) {
            const auto at = static_cast<std::size_t>(i);
            sum += shareOf(begin + i) * (std::log(static_cast<double>(m_sums[at])) + m_highest[at]);
            scale(
                hidden.template const_data_ptr<T>() + i * width, factor(begin, i), width,
                scaled.template data_ptr<T>() + i * width);
        }
        auto gradHidden = m_made.hidden.narrow(0, begin, size);
        at::mm_out(gradHidden, scores, m_items);
        m_gradItems.addmm_(scores.t(), scaled);
        for (std::int64_t i = 0; i < size; ++i) {
            const auto target = m_targets[begin + i] - 1;
            const auto share = static_cast<T>(shareOf(begin + i));
            T* own = gradHidden.template data_ptr<T>() + i * width;
            scale(own, factor(begin, i), width, own);
            addScaled(own, -share, m_items.template const_data_ptr<T>() + target * width, width);
            addScaled(
                m_gradItems.template data_ptr<T>() + target * width, -share,
                hidden.template const_data_ptr<T>() + i * width, width);
        }
        return sum;
    }

    double shareOf(std::int64_t target) const { return m_shares[static_cast<std::size_t>(target)]; }
    // Of row `i` of the chunk.
    T factor(std::int64_t begin, std::int64_t i) const
    {
        const auto sum = static_cast<double>(m_sums[static_cast<std::size_t>(i)]);
        return static_cast<T>(shareOf(begin + i) / sum);
    }

    static void scale(const T* from, T factor, std::int64_t width, T* to)
    {
#pragma omp simd
        for (std::int64_t c = 0; c < width; ++c)
            to[c] = factor * from[c];
    }

    at::Tensor m_hidden; // (T, d)
    at::Tensor m_items; // (items, d)
    const std::int64_t* m_targets; // from 1
    std::vector<double> m_shares; // of each target in the mean
    std::int64_t m_rows; // of a chunk
    LossAndGradients m_made;
    at::Tensor m_gradItems; // in m_made
    at::Tensor m_scores; // (rows, items)
    at::Tensor m_scaled; // (rows, d): hidden states by the factors of their rows
    std::vector<T> m_highest; // (rows)
    std::vector<T> m_sums; // (rows)
};

at::Tensor meanLoss(const LossInput& input)
{
    const auto targets = at::tensor(input.batch.host.targets, at::kLong);
    if (input.engine == model::Engine::Reference) {
        const auto items = input.itemVectors.narrow(0, 1, input.itemVectors.size(0) - 1);
        const auto losses = at::cross_entropy_loss(
            at::mm(input.output, items.t()), targets - 1, {}, at::Reduction::None);
        return meanOf(losses, input.batch.host);
    }
    LossAndGradients made;
    AT_DISPATCH_FLOATING_TYPES(input.output.scalar_type(), "crossEntropy", [&] {
        const at::NoGradGuard noGrad;
        made = Chunks<scalar_t>(
                   input.output.contiguous(), input.itemVectors, targets,
                   sharesOf(input.batch.host, input.batch.host.targets.size()))
                   .run();
    });
    return withGradients(input.output, input.itemVectors, made);
}

constexpr LossFunction kFunction = {meanLoss};

} // namespace

extern const Loss kCe;
const Loss kCe = {
    "ce", model::Task::NextItem, "cross-entropy of a softmax over all items", &kFunction};

} // namespace fovea::train

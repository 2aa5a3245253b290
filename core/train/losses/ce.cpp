// Softmax cross-entropy over the whole catalogue, for a chunk of targets and a tile of items at a
// time: the [T, items] scores are never held whole. The gradients are made beside the loss, while
// the scores are at hand.
#include "core/device/loops.h"
#include "core/model/kernels/catalogue.h"
#include "core/train/losses_torch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace fovea::train {

namespace {

namespace kernels = model::kernels;

template <typename T> void addScaled(T* to, T factor, const T* from, std::int64_t width)
{
#pragma omp simd
    for (std::int64_t c = 0; c < width; ++c)
        to[c] += factor * from[c];
}

// Columns of zeros, up to the width that the kernels take.
at::Tensor widened(const at::Tensor& rows)
{
    const auto width = rows.size(1);
    const auto more = (kernels::kTileWidth - width % kernels::kTileWidth) % kernels::kTileWidth;
    return more == 0 ? rows.contiguous() : at::constant_pad_nd(rows, {0, more});
}

// With E = exp(scores - shift) and s its row sums, the softmax is E / s. The loss of row i is
// log(s) + shift - score of the target; its gradient is (E / s - 1 at the target) times the row's
// share in the mean, whose products with items and hidden states need E alone: the division falls
// on their rows. The shift is nothing where no score can be large (Cauchy and Schwarz), else the
// row's highest score, which takes a second pass over a chunk.
template <typename T> class Softmax {
public:
    Softmax(const at::Tensor& hidden, const at::Tensor& table, const data::Batch& batch)
        : m_hidden(widened(hidden))
        , m_items(widened(table.narrow(0, 1, table.size(0) - 1)))
        , m_width(m_items.size(1))
        , m_count(m_items.size(0))
        , m_tiles((m_count + kTileItems - 1) / kTileItems)
        , m_targets(batch.targets)
        , m_shares(sharesOf(batch, batch.targets.size()))
        , m_rows(std::min(hidden.size(0), softmaxRows(m_count)))
        , m_isShifted(!(largestScore() < kLargest))
        , m_gradHidden(at::zeros_like(m_hidden))
        , m_gradTable(at::zeros({m_count + 1, m_width}, table.options()))
        , m_packed(at::empty({m_tiles, m_width * kTileItems}, table.options()))
        , m_scores(at::empty({m_tiles, m_rows * kTileStride}, table.options()))
        , m_scaled(at::empty({m_rows, m_width}, table.options()))
        , m_sums(static_cast<std::size_t>(m_rows * kernels::kTileWidth))
        , m_shifts(static_cast<std::size_t>(m_rows))
    {
        device::parallelFor(0, m_tiles, 1, [&](std::int64_t first, std::int64_t last) {
            for (auto tile = first; tile < last; ++tile)
                kernels::packTile(itemsOf(tile), sizeOf(tile), width(), packedOf(tile));
        });
    }

    LossAndGradients run(std::int64_t ownWidth)
    {
        double loss = 0;
        for (std::int64_t begin = 0; begin < m_hidden.size(0); begin += m_rows)
            loss += chunk(begin, std::min(m_rows, m_hidden.size(0) - begin));
        return {
            loss, m_gradHidden.narrow(1, 0, ownWidth).contiguous(),
            m_gradTable.narrow(1, 0, ownWidth).contiguous()};
    }

private:
    static constexpr auto kTileItems = static_cast<std::int64_t>(kernels::kTileItems);
    static constexpr auto kTileStride = static_cast<std::int64_t>(kernels::kTileStride);
    // The exponentials of so much, and their sum over a catalogue, are far from the type's bounds.
    static constexpr double kLargest = std::is_same_v<T, float> ? 60 : 600;

    double largestScore() const
    {
        if (m_hidden.size(0) == 0)
            return 0;
        const auto longest = [](const at::Tensor& rows) {
            return rows.norm(2, 1).max().template item<double>();
        };
        return longest(m_hidden) * longest(m_items);
    }

    std::size_t width() const { return static_cast<std::size_t>(m_width); }
    std::size_t sizeOf(std::int64_t tile) const
    {
        return static_cast<std::size_t>(std::min(kTileItems, m_count - tile * kTileItems));
    }
    const T* itemsOf(std::int64_t tile) const
    {
        return m_items.template const_data_ptr<T>() + tile * kTileItems * m_width;
    }
    T* packedOf(std::int64_t tile)
    {
        return m_packed.template data_ptr<T>() + tile * m_packed.size(1);
    }
    T* scoresOf(std::int64_t tile, std::int64_t row)
    {
        return m_scores.template data_ptr<T>() + tile * m_scores.size(1) + row * kTileStride;
    }
    const T* itemOf(std::int64_t target) const
    {
        return m_items.template const_data_ptr<T>() + (m_targets[at(target)] - 1) * m_width;
    }
    static std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

    // The exponentials of some rows of the chunk, their sums, and their product with the items.
    void exponentialsOf(std::int64_t begin, std::int64_t row, std::int64_t count)
    {
        const auto rows = at(count);
        const T* states = m_hidden.template const_data_ptr<T>() + (begin + row) * m_width;
        T* grad = m_gradHidden.template data_ptr<T>() + (begin + row) * m_width;
        T* sums = m_sums.data() + row * kernels::kTileWidth;
        T* shifts = m_shifts.data() + row;
        std::fill_n(sums, rows * kernels::kTileWidth, T(0));
        std::fill_n(shifts, rows, m_isShifted ? -std::numeric_limits<T>::infinity() : T(0));
        for (std::int64_t tile = 0; tile < m_tiles; ++tile) {
            T* scores = scoresOf(tile, row);
            kernels::scores<T>(
                {states, rows, width(), packedOf(tile), sizeOf(tile), scores,
                 m_isShifted ? nullptr : sums, shifts});
            if (!m_isShifted)
                kernels::addToStates(scores, rows, itemsOf(tile), sizeOf(tile), width(), grad);
        }
        for (std::int64_t tile = 0; m_isShifted && tile < m_tiles; ++tile) {
            T* scores = scoresOf(tile, row);
            kernels::exponentials(scores, rows, sizeOf(tile), shifts, sums);
            kernels::addToStates(scores, rows, itemsOf(tile), sizeOf(tile), width(), grad);
        }
    }

    // Of the exponential of row i's own target: its score less the shift, with the rounding of the
    // sum that it is part of. Where that has come to nothing, of what it was.
    double logOfTarget(std::int64_t begin, std::int64_t i)
    {
        const auto target = m_targets[at(begin + i)] - 1;
        const auto exponential =
            static_cast<double>(scoresOf(target / kTileItems, i)[target % kTileItems]);
        if (!(exponential < static_cast<double>(std::numeric_limits<T>::min())))
            return std::log(exponential);
        const T* state = m_hidden.template const_data_ptr<T>() + (begin + i) * m_width;
        const double score = std::inner_product(state, state + m_width, itemOf(begin + i), 0.0);
        return score - static_cast<double>(m_shifts[at(i)]);
    }

    double chunk(std::int64_t begin, std::int64_t size)
    {
        constexpr std::int64_t kBlock = 12; // rows
        const auto blocks = (size + kBlock - 1) / kBlock;
        // For each piece the items are gone through.
        device::parallelFor(
            0, blocks, device::fewPieces(blocks), [&](std::int64_t first, std::int64_t last) {
                const auto row = first * kBlock;
                exponentialsOf(begin, row, std::min(size, last * kBlock) - row);
            });
        double loss = 0;
        for (std::int64_t i = 0; i < size; ++i) {
            const auto sums = m_sums.begin() + i * kernels::kTileWidth;
            const auto sum = std::accumulate(sums, sums + kernels::kTileWidth, 0.0);
            const double share = m_shares[at(begin + i)];
            const auto factor = static_cast<T>(share / sum);
            const T* state = m_hidden.template const_data_ptr<T>() + (begin + i) * m_width;
            const T* item = itemOf(begin + i);
            T* grad = m_gradHidden.template data_ptr<T>() + (begin + i) * m_width;
            T* scaled = m_scaled.template data_ptr<T>() + i * m_width;
#pragma omp simd
            for (std::int64_t c = 0; c < m_width; ++c) {
                scaled[c] = factor * state[c];
                grad[c] = factor * grad[c] - static_cast<T>(share) * item[c];
            }
            loss += share * (std::log(sum) - logOfTarget(begin, i));
        }
        T* const gradItems = m_gradTable.template data_ptr<T>() + m_width; // PAD learns nothing
        device::parallelFor(0, m_tiles, 1, [&](std::int64_t first, std::int64_t last) {
            for (auto tile = first; tile < last; ++tile)
                kernels::addToItems(
                    scoresOf(tile, 0), at(size), m_scaled.template const_data_ptr<T>(),
                    sizeOf(tile), width(), gradItems + tile * kTileItems * m_width);
        });
        for (std::int64_t i = 0; i < size; ++i)
            addScaled(
                gradItems + (m_targets[at(begin + i)] - 1) * m_width,
                -static_cast<T>(m_shares[at(begin + i)]),
                m_hidden.template const_data_ptr<T>() + (begin + i) * m_width, m_width);
        return loss;
    }

    at::Tensor m_hidden; // (T, width)
    at::Tensor m_items; // (items, width)
    std::int64_t m_width; // of the kernels
    std::int64_t m_count; // of items
    std::int64_t m_tiles;
    const std::vector<std::int32_t>& m_targets; // from 1
    std::vector<double> m_shares; // of each target in the mean
    std::int64_t m_rows; // of a chunk
    bool m_isShifted;
    at::Tensor m_gradHidden; // (T, width)
    at::Tensor m_gradTable; // (items + 1, width)
    at::Tensor m_packed; // (tiles, width x kTileItems)
    at::Tensor m_scores; // (tiles, rows x kTileStride), of a chunk
    at::Tensor m_scaled; // (rows, width): hidden states by the factors of their rows
    std::vector<T> m_sums; // (rows, kTileWidth)
    std::vector<T> m_shifts; // (rows)
};

at::Tensor meanLoss(const LossInput& input)
{
    const auto& host = input.batch.host;
    needTargets(host, input.itemVectors.size(0) - 1);
    if (input.engine == model::Engine::Reference) {
        const auto items = input.itemVectors.narrow(0, 1, input.itemVectors.size(0) - 1);
        const auto losses = at::cross_entropy_loss(
            at::mm(input.output, items.t()), at::tensor(host.targets, at::kLong) - 1, {},
            at::Reduction::None);
        return meanOf(losses, host);
    }
    LossAndGradients made;
    AT_DISPATCH_FLOATING_TYPES(input.output.scalar_type(), "crossEntropy", [&] {
        const at::NoGradGuard noGrad;
        made = Softmax<scalar_t>(input.output, input.itemVectors, host).run(input.output.size(1));
    });
    return withGradients(input.output, input.itemVectors, made);
}

constexpr LossFunction kFunction = {meanLoss};

} // namespace

extern const Loss kCe;
const Loss kCe = {
    "ce", model::Task::NextItem, "cross-entropy of a softmax over all items", &kFunction};

} // namespace fovea::train

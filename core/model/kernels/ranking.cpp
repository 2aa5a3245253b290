#include "core/model/kernels/ranking.h"

#include <algorithm>
#include <vector>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/model/kernels/ranking.cpp"
#include <hwy/foreach_target.h> // compiles what follows once for each instruction set

#include <hwy/highway.h>

#include "core/model/kernels/tile-inl.h"

HWY_BEFORE_NAMESPACE();
namespace fovea::model::kernels::HWY_NAMESPACE {

// Two vectors of items side by side, (width, columns), and the scores of a few states against them.
class Panel {
public:
    explicit Panel(const ItemVectors& vectors)
        : m_vectors(vectors)
        , m_items(static_cast<std::size_t>(vectors.width) * columns())
        , m_scores(kTileRows * columns())
    { }

    std::size_t columns() const { return 2 * hn::Lanes(m_d); }

    // itemAt(i) for i below `count`, which is at most columns().
    template <class ItemAt> void fill(std::size_t count, const ItemAt& itemAt)
    {
        const auto width = static_cast<std::size_t>(m_vectors.width);
        std::fill(m_items.begin(), m_items.end(), 0.0f);
        for (std::size_t i = 0; i < count; ++i) {
            const float* row = m_vectors.rows + static_cast<std::size_t>(itemAt(i)) * width;
            for (std::size_t k = 0; k < width; ++k)
                m_items[k * columns() + i] = row[k];
        }
    }

    // Scores (rows, columns()) of up to kTileRows states.
    const float* score(const float* states, std::size_t rows)
    {
        const auto width = static_cast<std::size_t>(m_vectors.width);
        multiply<false>(
            m_d,
            Product<float>{
                states, width, 1, m_items.data(), columns(), m_scores.data(), columns(), width},
            0, rows, columns());
        return m_scores.data();
    }

private:
    const hn::ScalableTag<float> m_d;
    const ItemVectors& m_vectors;
    std::vector<float> m_items;
    std::vector<float> m_scores;
};

void scoresOfList(
    const ItemVectors& vectors, const float* state, std::span<const std::int32_t> list, float* out)
{
    Panel panel(vectors);
    for (std::size_t at = 0; at < list.size(); at += panel.columns()) {
        const auto count = std::min(panel.columns(), list.size() - at);
        panel.fill(count, [&](std::size_t i) { return list[at + i]; });
        std::copy_n(panel.score(state, 1), count, out + at);
    }
}

// The first `count` scores of a panel's row, which holds whole vectors.
HWY_INLINE void compare(const float* scores, std::size_t count, float own, ScoreCounts& counts)
{
    const hn::ScalableTag<float> d;
    const auto lanes = hn::Lanes(d);
    const auto mine = hn::Set(d, own);
    for (std::size_t at = 0; at < count; at += lanes) {
        const auto isItem = hn::FirstN(d, count - at);
        const auto x = hn::LoadU(d, scores + at);
        counts.greater +=
            static_cast<std::int64_t>(hn::CountTrue(d, hn::And(isItem, hn::Gt(x, mine))));
        counts.equal +=
            static_cast<std::int64_t>(hn::CountTrue(d, hn::And(isItem, hn::Eq(x, mine))));
        counts.less +=
            static_cast<std::int64_t>(hn::CountTrue(d, hn::And(isItem, hn::Lt(x, mine))));
    }
}

void countRange(
    const ItemVectors& vectors, std::int64_t first, std::int64_t last, const float* states,
    std::span<const float> own, ScoreCounts* counts)
{
    Panel panel(vectors);
    const auto columns = panel.columns();
    const auto end = static_cast<std::size_t>(last);
    const auto width = static_cast<std::size_t>(vectors.width);
    for (auto item = static_cast<std::size_t>(first); item < end; item += columns) {
        const auto count = std::min(columns, end - item);
        panel.fill(count, [&](std::size_t i) { return item + i; });
        for (std::size_t state = 0; state < own.size(); state += kTileRows) {
            const auto rows = std::min(kTileRows, own.size() - state);
            const float* scores = panel.score(states + state * width, rows);
            for (std::size_t r = 0; r < rows; ++r)
                compare(scores + r * columns, count, own[state + r], counts[state + r]);
        }
    }
}

} // namespace fovea::model::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace fovea::model::kernels {

HWY_EXPORT(scoresOfList);
HWY_EXPORT(countRange);

void scoresOf(
    const ItemVectors& vectors, const float* state, std::span<const std::int32_t> list, float* out)
{
    HWY_DYNAMIC_DISPATCH(scoresOfList)(vectors, state, list, out);
}

void countScores(
    const ItemVectors& vectors, std::int64_t first, std::int64_t last, const float* states,
    std::span<const float> own, ScoreCounts* counts)
{
    HWY_DYNAMIC_DISPATCH(countRange)(vectors, first, last, states, own, counts);
}

} // namespace fovea::model::kernels
#endif

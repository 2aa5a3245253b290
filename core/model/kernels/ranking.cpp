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

    // itemAt(i) for i below `count`, which is at most columns(). What stands behind them, zeros or
    // earlier items, is multiplied and not looked at.
    template <class ItemAt> void fill(std::size_t count, const ItemAt& itemAt)
    {
        const auto width = static_cast<std::size_t>(m_vectors.width);
        const auto rowOf = [&](std::size_t i) {
            return m_vectors.rows + static_cast<std::size_t>(itemAt(i)) * width;
        };
        std::size_t i = 0;
#if HWY_TARGET != HWY_SCALAR
        const hn::FixedTag<float, 4> four;
        for (; i + 4 <= count && width % 4 == 0; i += 4) {
            const float* const rows[4] = {rowOf(i), rowOf(i + 1), rowOf(i + 2), rowOf(i + 3)};
            for (std::size_t k = 0; k < width; k += 4)
                storeTransposed(
                    four, hn::LoadU(four, rows[0] + k), hn::LoadU(four, rows[1] + k),
                    hn::LoadU(four, rows[2] + k), hn::LoadU(four, rows[3] + k),
                    m_items.data() + k * columns() + i, columns());
        }
#endif
        for (; i < count; ++i) {
            const float* row = rowOf(i);
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

void scoresOfLists(const ItemVectors& vectors, const float* states, ItemLists lists, float* out)
{
    Panel panel(vectors);
    for (std::size_t s = 0; s + 1 < lists.offsets.size(); ++s) {
        const auto end = lists.offsets[s + 1];
        for (auto at = lists.offsets[s]; at < end; at += panel.columns()) {
            const auto count = std::min(panel.columns(), end - at);
            panel.fill(count, [&](std::size_t i) { return lists.items[at + i]; });
            const float* state = states + s * static_cast<std::size_t>(vectors.width);
            std::copy_n(panel.score(state, 1), count, out + at);
        }
    }
}

// The first `count` scores of a panel's row, which holds whole vectors.
HWY_INLINE void compare(const float* scores, std::size_t count, float own, ScoreCounts& counts)
{
    const hn::ScalableTag<float> d;
    const auto lanes = hn::Lanes(d);
    const auto mine = hn::Set(d, own);
    const auto number = [&](auto mask)
                            HWY_ATTR { return static_cast<std::int64_t>(hn::CountTrue(d, mask)); };
    for (std::size_t at = 0; at < count; at += lanes) {
        const auto isItem = hn::FirstN(d, count - at);
        const auto x = hn::LoadU(d, scores + at);
        const auto greater = number(hn::And(isItem, hn::Gt(x, mine)));
        const auto less = number(hn::And(isItem, hn::Lt(x, mine)));
        counts.greater += greater;
        counts.less += less;
        if (static_cast<std::size_t>(greater + less)
            < std::min(lanes, count - at)) // a tie or no number
            counts.equal += number(hn::And(isItem, hn::Eq(x, mine)));
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

HWY_EXPORT(scoresOfLists);
HWY_EXPORT(countRange);

void scoresOf(const ItemVectors& vectors, const float* states, ItemLists lists, float* out)
{
    HWY_DYNAMIC_DISPATCH(scoresOfLists)(vectors, states, lists, out);
}

void countScores(
    const ItemVectors& vectors, std::int64_t first, std::int64_t last, const float* states,
    std::span<const float> own, ScoreCounts* counts)
{
    HWY_DYNAMIC_DISPATCH(countRange)(vectors, first, last, states, own, counts);
}

} // namespace fovea::model::kernels
#endif

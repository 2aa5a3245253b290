#include "core/model/kernels/rows.h"

#include "core/base/random.h"

#include <algorithm>
#include <cmath>
#include <hwy/cache_control.h>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/model/kernels/rows.cpp"
#include <hwy/foreach_target.h> // compiles what follows once for each instruction set

#include <hwy/highway.h>

#include "core/model/kernels/drop-inl.h"

HWY_BEFORE_NAMESPACE();
namespace fovea::model::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Calls work(tag, column) over a row: whole vectors, then the rest one by one.
template <typename T, class Work> HWY_INLINE void overRow(std::int64_t width, const Work& work)
{
    const hn::ScalableTag<T> whole;
    const hn::CappedTag<T, 1> one;
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(whole));
    std::int64_t c = 0;
    for (; c + lanes <= width; c += lanes)
        work(whole, c);
    for (; c < width; ++c)
        work(one, c);
}

// The factors of one row: 0 or kept.
template <typename T> class Factors {
public:
    Factors(const RowDrop<T>& drop, std::int64_t row)
        : m_drop(drop)
        , m_key(drop.threshold > 0 ? drop.keys[row] : 0)
    { }

    template <class D> HWY_INLINE hn::Vec<D> times(D d, hn::Vec<D> x, std::int64_t column) const
    {
        if (m_drop.threshold == 0)
            return x;
        const auto kept = hn::Mul(x, hn::Set(d, m_drop.kept));
        if constexpr (sizeof(T) == 4) { // hashColumn in vectors
            const hn::RebindToUnsigned<D> du;
            const auto before = static_cast<std::uint32_t>(column) * base::kColumnStep;
            const auto steps = hn::Add(firstSteps(du), hn::Set(du, before));
            const auto drops = isDropped(du, steps, m_key, m_drop.threshold);
            return hn::IfThenZeroElse(hn::RebindMask(d, drops), kept);
        } else {
            HWY_ALIGN T factors[HWY_MAX_BYTES / sizeof(T)];
            for (std::size_t i = 0; i < hn::Lanes(d); ++i)
                factors[i] = base::hashColumn(m_key, static_cast<std::uint32_t>(column + i))
                        < m_drop.threshold
                    ? T{0}
                    : T{1};
            return hn::Mul(kept, hn::Load(d, factors));
        }
    }

private:
    const RowDrop<T>& m_drop;
    std::uint64_t m_key;
};

// Sums over a row, kept in vectors and in single numbers until the end.
template <typename T> struct RowSum {
    hn::Vec<hn::ScalableTag<T>> whole;
    T rest = 0;

    HWY_INLINE RowSum()
        : whole(hn::Zero(hn::ScalableTag<T>()))
    { }

    template <class D> HWY_INLINE void add(D, hn::Vec<D> x)
    {
        if constexpr (hn::MaxLanes(D()) == 1)
            rest += hn::GetLane(x);
        else
            whole = hn::Add(whole, x);
    }
    HWY_INLINE T total() const
    {
        return hn::GetLane(hn::SumOfLanes(hn::ScalableTag<T>(), whole)) + rest;
    }
};

template <typename T>
void addDropOf(
    const T* y, const T* bias, const T* residual, const RowDrop<T>& drop, T* sum, RowRange range)
{
    const auto width = range.width;
    for (auto t = range.first; t < range.last; ++t) {
        const Factors<T> factors(drop, t);
        overRow<T>(width, [&](auto d, std::int64_t c) HWY_ATTR {
            auto x = hn::LoadU(d, y + t * width + c);
            if (bias)
                x = hn::Add(x, hn::LoadU(d, bias + c));
            x = hn::Add(hn::LoadU(d, residual + t * width + c), factors.times(d, x, c));
            hn::StoreU(x, d, sum + t * width + c);
        });
    }
}

template <typename T>
void addDropBackwardOf(const T* gradSum, const RowDrop<T>& drop, T* y, T* bias, RowRange range)
{
    const auto width = range.width;
    for (auto t = range.first; t < range.last; ++t) {
        const Factors<T> factors(drop, t);
        overRow<T>(width, [&](auto d, std::int64_t c) HWY_ATTR {
            const auto g = factors.times(d, hn::LoadU(d, gradSum + t * width + c), c);
            hn::StoreU(g, d, y + t * width + c);
            hn::StoreU(hn::Add(hn::LoadU(d, bias + c), g), d, bias + c);
        });
    }
}

// x of a normalised row: (x - mean) * scale.
template <typename T> struct Normed {
    T mean;
    T scale;

    template <class D> HWY_INLINE hn::Vec<D> of(D d, const T* x) const
    {
        return hn::Mul(hn::Sub(hn::LoadU(d, x), hn::Set(d, mean)), hn::Set(d, scale));
    }
};

// A few rows at a time, one step for all of them after the other: a sum over a row is waited for,
// unless there are other rows' sums to be made.
constexpr std::int64_t kNormRows = 16;

template <typename T>
void normOf(const T* x, const T* weight, const T* shift, T* out, T* statistics, RowRange range)
{
    constexpr T kEpsilon = static_cast<T>(1e-5);
    const auto width = range.width;
    const T perNumber = T{1} / static_cast<T>(width);
    const auto statisticsOf = [&](std::int64_t t) { return statistics + 2 * t; }; // mean, scale
    for (auto first = range.first; first < range.last; first += kNormRows) {
        const auto behind = std::min(first + kNormRows, range.last);
        for (auto t = first; t < behind; ++t) {
            RowSum<T> sums;
            overRow<T>(width, [&](auto d, std::int64_t c) HWY_ATTR {
                sums.add(d, hn::LoadU(d, x + t * width + c));
            });
            statisticsOf(t)[0] = sums.total() * perNumber;
        }
        for (auto t = first; t < behind; ++t) {
            RowSum<T> squares;
            const T mean = statisticsOf(t)[0];
            overRow<T>(width, [&](auto d, std::int64_t c) HWY_ATTR {
                const auto apart = hn::Sub(hn::LoadU(d, x + t * width + c), hn::Set(d, mean));
                squares.add(d, hn::Mul(apart, apart));
            });
            statisticsOf(t)[1] = squares.total() * perNumber;
        }
        for (auto t = first; t < behind; ++t)
            statisticsOf(t)[1] = T{1} / std::sqrt(statisticsOf(t)[1] + kEpsilon);
        for (auto t = first; t < behind; ++t) {
            const Normed<T> normed{statisticsOf(t)[0], statisticsOf(t)[1]};
            overRow<T>(width, [&](auto d, std::int64_t c) HWY_ATTR {
                hn::StoreU(
                    hn::MulAdd(
                        normed.of(d, x + t * width + c), hn::LoadU(d, weight + c),
                        hn::LoadU(d, shift + c)),
                    d, out + t * width + c);
            });
        }
    }
}

template <typename T> void normBackwardOf(const NormGrads<T>& call, RowRange range)
{
    const auto width = range.width;
    for (auto t = range.first; t < range.last; ++t) {
        const T* const x = call.x + t * width;
        const T* const gradOut = call.gradOut + t * width;
        const T* const more = call.gradMore ? call.gradMore + t * width : nullptr;
        const Normed<T> normed{call.statistics[2 * t], call.statistics[2 * t + 1]};
        RowSum<T> grads; // of the normalised row
        RowSum<T> products; // of its gradient and itself
        overRow<T>(width, [&](auto d, std::int64_t c) HWY_ATTR {
            const auto n = normed.of(d, x + c);
            const auto out = hn::LoadU(d, gradOut + c);
            const auto g = hn::Mul(out, hn::LoadU(d, call.weight + c));
            grads.add(d, g);
            products.add(d, hn::Mul(g, n));
            hn::StoreU(
                hn::MulAdd(out, n, hn::LoadU(d, call.gradWeight + c)), d, call.gradWeight + c);
            hn::StoreU(hn::Add(out, hn::LoadU(d, call.gradShift + c)), d, call.gradShift + c);
        });
        const T meanGrad = grads.total() / static_cast<T>(width);
        const T meanProduct = products.total() / static_cast<T>(width);
        overRow<T>(width, [&](auto d, std::int64_t c) HWY_ATTR {
            const auto n = normed.of(d, x + c);
            auto g = hn::Mul(hn::LoadU(d, gradOut + c), hn::LoadU(d, call.weight + c));
            g = hn::NegMulAdd(n, hn::Set(d, meanProduct), hn::Sub(g, hn::Set(d, meanGrad)));
            g = hn::MulAdd(
                g, hn::Set(d, normed.scale), more ? hn::LoadU(d, more + c) : hn::Zero(d));
            hn::StoreU(g, d, call.gradX + t * width + c);
        });
    }
}

template <typename T>
void reluDropOf(const T* y, const T* bias, const RowDrop<T>& drop, T* out, RowRange range)
{
    const auto width = range.width;
    for (auto t = range.first; t < range.last; ++t) {
        const Factors<T> factors(drop, t);
        overRow<T>(width, [&](auto d, std::int64_t c) HWY_ATTR {
            const auto x = hn::Max(
                hn::Add(hn::LoadU(d, y + t * width + c), hn::LoadU(d, bias + c)), hn::Zero(d));
            hn::StoreU(factors.times(d, x, c), d, out + t * width + c);
        });
    }
}

template <typename T>
void reluDropBackwardOf(const T* out, const T* gradOut, T kept, T* y, T* bias, RowRange range)
{
    const auto width = range.width;
    for (auto t = range.first; t < range.last; ++t) {
        overRow<T>(width, [&](auto d, std::int64_t c) HWY_ATTR {
            const auto isKept = hn::Gt(hn::LoadU(d, out + t * width + c), hn::Zero(d));
            const auto g = hn::IfThenElseZero(
                isKept, hn::Mul(hn::LoadU(d, gradOut + t * width + c), hn::Set(d, kept)));
            hn::StoreU(g, d, y + t * width + c);
            hn::StoreU(hn::Add(hn::LoadU(d, bias + c), g), d, bias + c);
        });
    }
}

template <typename T>
void addTakenDropOf(TakenRows<T> a, TakenRows<T> b, const RowDrop<T>& drop, T* out, RowRange range)
{
    const auto width = range.width;
    for (auto t = range.first; t < range.last; ++t) {
        const Factors<T> factors(drop, t);
        const T* rowA = a.at(t, width);
        const T* rowB = b.at(t, width);
        overRow<T>(width, [&](auto d, std::int64_t c) HWY_ATTR {
            const auto sum = hn::Add(hn::LoadU(d, rowA + c), hn::LoadU(d, rowB + c));
            hn::StoreU(factors.times(d, sum, c), d, out + t * width + c);
        });
    }
}

template <typename T> void dropRowsOf(const T* x, const RowDrop<T>& drop, T* out, RowRange range)
{
    const auto width = range.width;
    for (auto t = range.first; t < range.last; ++t) {
        const Factors<T> factors(drop, t);
        overRow<T>(width, [&](auto d, std::int64_t c) HWY_ATTR {
            hn::StoreU(
                factors.times(d, hn::LoadU(d, x + t * width + c), c), d, out + t * width + c);
        });
    }
}

template <typename T>
void dotRowsOf(const T* table, Lookups lookups, const T* states, T* scores, RowRange range)
{
    const auto width = range.width;
    for (auto t = range.first; t < range.last; ++t) {
        for (auto i = t * lookups.each; i < (t + 1) * lookups.each; ++i) {
            const T* row = table + lookups.rows[i] * width;
            RowSum<T> sum;
            overRow<T>(width, [&](auto d, std::int64_t c) HWY_ATTR {
                sum.add(d, hn::Mul(hn::LoadU(d, states + t * width + c), hn::LoadU(d, row + c)));
            });
            scores[i] = sum.total();
        }
    }
}

template <typename T>
void sumRowsOf(const T* table, Lookups lookups, const T* gradScores, T* gradStates, RowRange range)
{
    constexpr std::int64_t kTogether = 64; // rows that stay in the nearest cache
    const auto width = range.width;
    for (auto t = range.first; t < range.last; ++t) {
        T* to = gradStates + t * width;
        std::fill_n(to, width, T{0});
        const auto behind = (t + 1) * lookups.each;
        for (auto first = t * lookups.each; first < behind; first += kTogether) {
            const auto last = std::min(first + kTogether, behind);
            overRow<T>(width, [&](auto d, std::int64_t c) HWY_ATTR {
                auto sum = hn::LoadU(d, to + c);
                for (auto i = first; i < last; ++i)
                    sum = hn::MulAdd(
                        hn::Set(d, gradScores[i]),
                        hn::LoadU(d, table + lookups.rows[i] * width + c), sum);
                hn::StoreU(sum, d, to + c);
            });
        }
    }
}

template <typename T>
void addRowsOf(
    const RowAddition<T>* additions, std::int64_t count, const T* rows, std::int64_t width,
    T* table)
{
    constexpr std::int64_t kAhead = 8; // rows that are asked for before they are needed
    for (std::int64_t i = 0; i < count; ++i) {
        if (i + kAhead < count) {
            const auto& later = additions[i + kAhead];
            for (std::int64_t c = 0; c < width; c += 64 / sizeof(T)) {
                hwy::Prefetch(table + later.to * width + c);
                hwy::Prefetch(rows + later.from * width + c);
            }
        }
        const auto& one = additions[i];
        const T* from = rows + one.from * width;
        T* to = table + one.to * width;
        overRow<T>(width, [&](auto d, std::int64_t c) HWY_ATTR {
            const auto more = hn::Mul(hn::Set(d, one.factor), hn::LoadU(d, from + c));
            hn::StoreU(hn::Add(hn::LoadU(d, to + c), more), d, to + c);
        });
    }
}

// Highway's tables of pointers take plain functions, one a type.
#define FOVEA_ROWS(suffix, T)                                                                      \
    void addDrop##suffix(                                                                          \
        const T* y, const T* bias, const T* residual, const RowDrop<T>& drop, T* sum,              \
        RowRange range)                                                                            \
    {                                                                                              \
        addDropOf<T>(y, bias, residual, drop, sum, range);                                         \
    }                                                                                              \
    void addDropBackward##suffix(                                                                  \
        const T* gradSum, const RowDrop<T>& drop, T* y, T* bias, RowRange range)                   \
    {                                                                                              \
        addDropBackwardOf<T>(gradSum, drop, y, bias, range);                                       \
    }                                                                                              \
    void norm##suffix(                                                                             \
        const T* x, const T* weight, const T* shift, T* out, T* statistics, RowRange range)        \
    {                                                                                              \
        normOf<T>(x, weight, shift, out, statistics, range);                                       \
    }                                                                                              \
    void normBackward##suffix(const NormGrads<T>& call, RowRange range)                            \
    {                                                                                              \
        normBackwardOf<T>(call, range);                                                            \
    }                                                                                              \
    void reluDrop##suffix(                                                                         \
        const T* y, const T* bias, const RowDrop<T>& drop, T* out, RowRange range)                 \
    {                                                                                              \
        reluDropOf<T>(y, bias, drop, out, range);                                                  \
    }                                                                                              \
    void reluDropBackward##suffix(                                                                 \
        const T* out, const T* gradOut, T kept, T* y, T* bias, RowRange range)                     \
    {                                                                                              \
        reluDropBackwardOf<T>(out, gradOut, kept, y, bias, range);                                 \
    }                                                                                              \
    void addTakenDrop##suffix(                                                                     \
        TakenRows<T> a, TakenRows<T> b, const RowDrop<T>& drop, T* out, RowRange range)            \
    {                                                                                              \
        addTakenDropOf<T>(a, b, drop, out, range);                                                 \
    }                                                                                              \
    void dropRows##suffix(const T* x, const RowDrop<T>& drop, T* out, RowRange range)              \
    {                                                                                              \
        dropRowsOf<T>(x, drop, out, range);                                                        \
    }                                                                                              \
    void dotRows##suffix(                                                                          \
        const T* table, Lookups lookups, const T* states, T* scores, RowRange range)               \
    {                                                                                              \
        dotRowsOf<T>(table, lookups, states, scores, range);                                       \
    }                                                                                              \
    void sumRows##suffix(                                                                          \
        const T* table, Lookups lookups, const T* gradScores, T* gradStates, RowRange range)       \
    {                                                                                              \
        sumRowsOf<T>(table, lookups, gradScores, gradStates, range);                               \
    }                                                                                              \
    void addRows##suffix(                                                                          \
        const RowAddition<T>* additions, std::int64_t count, const T* rows, std::int64_t width,    \
        T* table)                                                                                  \
    {                                                                                              \
        addRowsOf<T>(additions, count, rows, width, table);                                        \
    }
FOVEA_ROWS(Float, float)
FOVEA_ROWS(Double, double)
#undef FOVEA_ROWS

} // namespace fovea::model::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace fovea::model::kernels {

#define FOVEA_ROWS(suffix, T)                                                                      \
    HWY_EXPORT(addDrop##suffix);                                                                   \
    HWY_EXPORT(addDropBackward##suffix);                                                           \
    HWY_EXPORT(norm##suffix);                                                                      \
    HWY_EXPORT(normBackward##suffix);                                                              \
    HWY_EXPORT(reluDrop##suffix);                                                                  \
    HWY_EXPORT(reluDropBackward##suffix);                                                          \
    HWY_EXPORT(addTakenDrop##suffix);                                                              \
    HWY_EXPORT(dropRows##suffix);                                                                  \
    HWY_EXPORT(dotRows##suffix);                                                                   \
    HWY_EXPORT(sumRows##suffix);                                                                   \
    HWY_EXPORT(addRows##suffix);                                                                   \
    template <>                                                                                    \
    void addDrop<T>(                                                                               \
        const T* y, const T* bias, const T* residual, const RowDrop<T>& drop, T* sum,              \
        RowRange range)                                                                            \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(addDrop##suffix)(y, bias, residual, drop, sum, range);                \
    }                                                                                              \
    template <>                                                                                    \
    void addDropBackward<T>(                                                                       \
        const T* gradSum, const RowDrop<T>& drop, T* y, T* bias, RowRange range)                   \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(addDropBackward##suffix)(gradSum, drop, y, bias, range);              \
    }                                                                                              \
    template <>                                                                                    \
    void norm<T>(                                                                                  \
        const T* x, const T* weight, const T* shift, T* out, T* statistics, RowRange range)        \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(norm##suffix)(x, weight, shift, out, statistics, range);              \
    }                                                                                              \
    template <> void normBackward<T>(const NormGrads<T>& call, RowRange range)                     \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(normBackward##suffix)(call, range);                                   \
    }                                                                                              \
    template <>                                                                                    \
    void reluDrop<T>(const T* y, const T* bias, const RowDrop<T>& drop, T* out, RowRange range)    \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(reluDrop##suffix)(y, bias, drop, out, range);                         \
    }                                                                                              \
    template <>                                                                                    \
    void reluDropBackward<T>(                                                                      \
        const T* out, const T* gradOut, T kept, T* y, T* bias, RowRange range)                     \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(reluDropBackward##suffix)(out, gradOut, kept, y, bias, range);        \
    }                                                                                              \
    template <>                                                                                    \
    void addTakenDrop<T>(                                                                          \
        TakenRows<T> a, TakenRows<T> b, const RowDrop<T>& drop, T* out, RowRange range)            \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(addTakenDrop##suffix)(a, b, drop, out, range);                        \
    }                                                                                              \
    template <> void dropRows<T>(const T* x, const RowDrop<T>& drop, T* out, RowRange range)       \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(dropRows##suffix)(x, drop, out, range);                               \
    }                                                                                              \
    template <>                                                                                    \
    void dotRows<T>(const T* table, Lookups lookups, const T* states, T* scores, RowRange range)   \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(dotRows##suffix)(table, lookups, states, scores, range);              \
    }                                                                                              \
    template <>                                                                                    \
    void sumRows<T>(                                                                               \
        const T* table, Lookups lookups, const T* gradScores, T* gradStates, RowRange range)       \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(sumRows##suffix)(table, lookups, gradScores, gradStates, range);      \
    }                                                                                              \
    template <>                                                                                    \
    void addRows<T>(                                                                               \
        const RowAddition<T>* additions, std::int64_t count, const T* rows, std::int64_t width,    \
        T* table)                                                                                  \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(addRows##suffix)(additions, count, rows, width, table);               \
    }
FOVEA_ROWS(Float, float)
FOVEA_ROWS(Double, double)
#undef FOVEA_ROWS

} // namespace fovea::model::kernels
#endif

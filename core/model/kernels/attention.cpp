#include "core/model/kernels/attention.h"

#include "core/base/random.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/model/kernels/attention.cpp"
#include <hwy/foreach_target.h> // compiles what follows once for each instruction set

#include "core/model/kernels/drop-inl.h"
#include "core/model/kernels/exp-inl.h"
#include "core/model/kernels/tile-inl.h"

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace fovea::model::kernels::HWY_NAMESPACE {

constexpr std::size_t kGradientTile = 4 * kTileRows; // queries whose weights are held at a time

inline std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// 0 where a weight is dropped, else what it is multiplied by.
template <class D, typename T = hn::TFromD<D>>
void dropFactors(
    D d, const AttentionShape<T>& shape, std::uint64_t key, const std::uint32_t* steps,
    std::size_t count, T* out)
{
    std::size_t j = 0;
    if constexpr (sizeof(T) == 4) { // hashColumn in vectors
        const hn::RebindToUnsigned<D> du;
        const auto kept = hn::Set(d, shape.keptScale);
        const std::size_t lanes = hn::Lanes(d);
        for (; j < count; j += lanes) { // steps and out hold whole vectors
            const auto drops = isDropped(du, hn::LoadU(du, steps + j), key, shape.dropThreshold);
            hn::StoreU(hn::IfThenZeroElse(hn::RebindMask(d, drops), kept), d, out + j);
        }
    } else {
        for (; j < count; ++j)
            out[j] = base::hashSteps(key, steps[j]) < shape.dropThreshold ? T{0} : shape.keptScale;
    }
}

// One head of one sequence, in buffers that are used again for the next.
template <typename T> class Head {
public:
    explicit Head(const AttentionShape<T>& shape)
        : m_shape(shape)
        , m_scale(static_cast<T>(1.0 / std::sqrt(static_cast<double>(shape.headWidth))))
        , m_width(hwy::RoundUpTo(at(shape.headWidth), hn::Lanes(m_d)))
    { }

    // Queries are scaled as they are copied, so that nothing else has to be.
    void open(
        std::int64_t begin, std::int64_t length, std::int64_t head, Rows<const T> q,
        Rows<const T> k, Rows<const T> v)
    {
        place(begin, length, head);
        pack(q, m_shape.qShift, m_scale, m_q);
        pack(k, m_shape.kShift, 1, m_k);
        pack(v, m_shape.vShift, 1, m_v);
        transpose(m_k, m_kt);
        if (m_shape.dropThreshold > 0) {
            m_steps.resize(m_long);
            for (std::size_t j = 0; j < m_length; ++j)
                m_steps[j] =
                    (m_shape.columns[at(begin) + j] ^ (static_cast<std::uint32_t>(head) << 24))
                    * base::kColumnStep;
            m_factors.resize(m_long);
        }
    }

    void place(std::int64_t begin, std::int64_t length, std::int64_t head)
    {
        m_begin = begin;
        m_length = at(length);
        m_head = head;
        m_long = hwy::RoundUpTo(m_length, hn::Lanes(m_d));
        m_bins.resize(m_shape.bias ? m_length : 0);
    }

    // The last query's context, after place(); its rows as they lie, since each is read once.
    void ofLast(const T* query, Rows<const T> k, Rows<const T> v, T* out)
    {
        m_scores.resize(m_long);
        for (std::size_t j = 0; j < m_length; ++j)
            m_scores[j] = m_scale * dot(query, rowOf(k, j));
        addBias(m_scores.data(), m_length - 1, m_length);
        const T sum =
            exponentials(m_scores.data(), m_length, m_long, maximum(m_scores.data(), m_length));
        m_out.assign(m_width, T{0});
        for (std::size_t j = 0; j < m_length; ++j)
            addScaled(m_scores[j], rowOf(v, j), m_out.data());
        copyRow(m_out.data(), T{1} / sum, out);
    }

    void forward(Rows<T> out, T* logSums)
    {
        m_scores.resize(kTileRows * m_long);
        m_out.resize(kTileRows * m_width);
        T sums[kTileRows];
        for (std::size_t i = 0; i < m_length; i += kTileRows) {
            const auto rows = std::min(kTileRows, m_length - i);
            const auto keys = keysOf(i + rows - 1);
            multiply<false>(m_d, scoresOf(m_q, m_kt, i, m_scores), 0, rows, keys);
            for (std::size_t r = 0; r < rows; ++r) {
                T* row = m_scores.data() + r * m_long;
                const auto own = keysOf(i + r);
                addBias(row, i + r, own);
                const T highest = maximum(row, own);
                sums[r] = exponentials(row, own, keys, highest);
                logSums[(at(m_begin) + i + r) * at(m_shape.heads) + at(m_head)] =
                    highest + std::log(sums[r]);
                if (m_shape.dropThreshold > 0) {
                    drop(i + r, own);
                    scaleBy(row, m_factors.data(), own);
                }
            }
            multiply<false>(
                m_d,
                Product<T>{
                    m_scores.data(), m_long, 1, m_v.data(), m_width, m_out.data(), m_width, keys},
                0, rows, at(m_shape.headWidth));
            for (std::size_t r = 0; r < rows; ++r)
                copyRow(m_out.data() + r * m_width, T{1} / sums[r], rowOf(out, i + r));
        }
    }

    // With P the weights, Z the dropout factors and G = dOut V^T: dS = P (Z G - dOut . out),
    // dQ = dS K, dK = dS^T Q, dV = (P Z)^T dOut.
    void backward(
        Rows<const T> out, Rows<const T> gradOut, const T* logSums, const AttentionGrads<T>& grads)
    {
        pack(gradOut, nullptr, 1, m_g);
        transpose(m_v, m_vt);
        m_scores.resize(kGradientTile * m_long);
        m_grads.resize(kGradientTile * m_long);
        m_out.resize(kTileRows * m_width);
        m_dk.assign(m_length * m_width, T{0});
        m_dv.assign(m_length * m_width, T{0});
        for (std::size_t i = 0; i < m_length; i += kGradientTile)
            backwardTile(i, out, logSums, grads);
        for (std::size_t j = 0; j < m_length; ++j) {
            copyRow(m_dk.data() + j * m_width, 1, rowOf(grads.dk, j));
            copyRow(m_dv.data() + j * m_width, 1, rowOf(grads.dv, j));
        }
        for (const auto& [shift, rows] : {std::pair(grads.kShift, &m_dk), {grads.vShift, &m_dv}}) {
            for (std::size_t j = 0; shift && j < m_length; ++j)
                addScaled(1, rows->data() + j * m_width, shift + at(m_head * m_shape.headWidth));
        }
    }

private:
    void backwardTile(
        std::size_t first, Rows<const T> out, const T* logSums, const AttentionGrads<T>& grads)
    {
        const auto rows = std::min(kGradientTile, m_length - first);
        const auto tileKeys = keysOf(first + rows - 1);
        for (std::size_t block = 0; block < rows; block += kTileRows) {
            const auto i = first + block;
            const auto count = std::min(kTileRows, rows - block);
            const auto keys = keysOf(i + count - 1);
            const auto at0 = block * m_long;
            multiply<false>(m_d, scoresOf(m_q, m_kt, i, m_scores, at0), 0, count, keys);
            multiply<false>(m_d, scoresOf(m_g, m_vt, i, m_grads, at0), 0, count, keys);
            for (std::size_t r = 0; r < count; ++r)
                gradientRow(i + r, at0 + r * m_long, tileKeys, out, logSums, grads.biasGrad);
            multiply<false>(
                m_d,
                Product<T>{
                    m_grads.data() + at0, m_long, 1, m_k.data(), m_width, m_out.data(), m_width,
                    keys},
                0, count, at(m_shape.headWidth));
            for (std::size_t r = 0; r < count; ++r)
                copyRow(m_out.data() + r * m_width, m_scale, rowOf(grads.dq, i + r));
            for (std::size_t r = 0; grads.qShift && r < count; ++r)
                addScaled(
                    m_scale, m_out.data() + r * m_width,
                    grads.qShift + at(m_head * m_shape.headWidth));
        }
        for (std::size_t j = 0; j < tileKeys; j += kTileRows) {
            const auto count = std::min(kTileRows, tileKeys - j);
            const auto skip = m_shape.causal && j > first ? j - first : 0; // queries before the key
            addOver(m_scores, m_g, m_dv, first, skip, rows, j, count);
            addOver(m_grads, m_q, m_dk, first, skip, rows, j, count);
        }
    }

    // to[j + ...] += from[queries, j + ...]^T rows[queries]
    void addOver(
        const std::vector<T>& from, const std::vector<T>& rows, std::vector<T>& to,
        std::size_t first, std::size_t skip, std::size_t queries, std::size_t j, std::size_t count)
    {
        multiply<true>(
            m_d,
            Product<T>{
                from.data() + skip * m_long + j, 1, m_long, rows.data() + (first + skip) * m_width,
                m_width, to.data() + j * m_width, m_width, queries - skip},
            0, count, at(m_shape.headWidth));
    }

    // Scores and G of query i become P Z and dS.
    void gradientRow(
        std::size_t i, std::size_t where, std::size_t tileKeys, Rows<const T> out, const T* logSums,
        T* biasGrad)
    {
        T* scores = m_scores.data() + where;
        T* grads = m_grads.data() + where;
        const auto own = keysOf(i);
        addBias(scores, i, own);
        const auto logSum =
            hn::Set(m_d, logSums[(at(m_begin) + i) * at(m_shape.heads) + at(m_head)]);
        const T* o = rowOf(out, i);
        const auto mean = hn::Set(m_d, dot(o, m_g.data() + i * m_width));
        const bool drops = m_shape.dropThreshold > 0;
        if (drops)
            drop(i, own);
        const auto lanes = hn::Lanes(m_d);
        const auto end = hwy::RoundUpTo(tileKeys, lanes);
        for (std::size_t j = 0; j < end; j += lanes) {
            if (j >= own) {
                hn::StoreU(hn::Zero(m_d), m_d, scores + j);
                hn::StoreU(hn::Zero(m_d), m_d, grads + j);
                continue;
            }
            const auto isOwn = hn::FirstN(m_d, own - j);
            const auto p = hn::IfThenElseZero(
                isOwn, expOfNegative(m_d, hn::Sub(hn::LoadU(m_d, scores + j), logSum)));
            auto kept = p;
            auto grad = hn::LoadU(m_d, grads + j);
            if (drops) {
                const auto z = hn::LoadU(m_d, m_factors.data() + j);
                kept = hn::Mul(p, z);
                grad = hn::Mul(grad, z);
            }
            hn::StoreU(kept, m_d, scores + j);
            hn::StoreU(hn::Mul(p, hn::Sub(grad, mean)), m_d, grads + j);
        }
        if (biasGrad && m_shape.bias) {
            T* table = biasGrad + at(m_head) * at(m_shape.biasCount);
            for (std::size_t j = 0; j < own; ++j)
                table[m_bins[j]] += grads[j];
        }
    }

    std::size_t keysOf(std::size_t i) const { return m_shape.causal ? i + 1 : m_length; }

    template <typename P> P* rowOf(Rows<P> rows, std::size_t i) const
    {
        return rows.data + (m_begin + static_cast<std::int64_t>(i)) * rows.stride
            + m_head * m_shape.headWidth;
    }

    Product<T> scoresOf(
        const std::vector<T>& queries, const std::vector<T>& transposed, std::size_t i,
        std::vector<T>& to, std::size_t where = 0) const
    {
        return {queries.data() + i * m_width,
                m_width,
                1,
                transposed.data(),
                m_long,
                to.data() + where,
                m_long,
                at(m_shape.headWidth)};
    }

    // factor * (rows + shift)
    void pack(Rows<const T> rows, const T* shift, T factor, std::vector<T>& to)
    {
        to.resize(m_length * m_width);
        const auto width = at(m_shape.headWidth);
        m_shift.assign(width, T{0});
        if (shift)
            std::copy_n(shift + at(m_head * m_shape.headWidth), width, m_shift.begin());
        const T* const added = m_shift.data();
        for (std::size_t i = 0; i < m_length; ++i) {
            const T* from = rowOf(rows, i);
            T* row = to.data() + i * m_width;
            for (std::size_t c = 0; c < width; ++c)
                row[c] = factor * (from[c] + added[c]);
            std::fill(row + width, row + m_width, T{0});
        }
    }

    // A few rows at a time, so that each line of the cache is written once.
    void transpose(const std::vector<T>& packed, std::vector<T>& to)
    {
        constexpr std::size_t kRows = 16;
        const auto width = at(m_shape.headWidth);
        to.resize(width * m_long);
        for (std::size_t first = 0; first < m_length; first += kRows) {
            const auto rows = std::min(kRows, m_length - first);
            const T* from = packed.data() + first * m_width;
            for (std::size_t c = 0; c < width; ++c) {
                T* row = to.data() + c * m_long + first;
                for (std::size_t i = 0; i < rows; ++i)
                    row[i] = from[i * m_width + c];
            }
        }
        for (std::size_t c = 0; c < width; ++c)
            std::fill(to.data() + c * m_long + m_length, to.data() + (c + 1) * m_long, T{0});
    }

    T dot(const T* a, const T* b) const
    {
        const auto lanes = hn::Lanes(m_d);
        const auto width = at(m_shape.headWidth);
        auto sums = hn::Zero(m_d);
        std::size_t c = 0;
        for (; c + lanes <= width; c += lanes)
            sums = hn::MulAdd(hn::LoadU(m_d, a + c), hn::LoadU(m_d, b + c), sums);
        T sum = hn::GetLane(hn::SumOfLanes(m_d, sums));
        for (; c < width; ++c)
            sum += a[c] * b[c];
        return sum;
    }

    void addScaled(T factor, const T* from, T* to) const
    {
        const auto lanes = hn::Lanes(m_d);
        const auto width = at(m_shape.headWidth);
        const auto f = hn::Set(m_d, factor);
        std::size_t c = 0;
        for (; c + lanes <= width; c += lanes)
            hn::StoreU(
                hn::MulAdd(f, hn::LoadU(m_d, from + c), hn::LoadU(m_d, to + c)), m_d, to + c);
        for (; c < width; ++c)
            to[c] += factor * from[c];
    }

    void copyRow(const T* from, T factor, T* to) const
    {
        for (std::size_t c = 0; c < at(m_shape.headWidth); ++c)
            to[c] = factor * from[c];
    }

    void addBias(T* row, std::size_t i, std::size_t own)
    {
        if (!m_shape.bias)
            return;
        m_shape.biasIndex->fill(
            m_begin, static_cast<std::int64_t>(i), static_cast<std::int64_t>(own), m_bins.data());
        const T* table = m_shape.bias + at(m_head) * at(m_shape.biasCount);
        for (std::size_t j = 0; j < own; ++j)
            row[j] += table[m_bins[j]];
    }

    void drop(std::size_t i, std::size_t own)
    {
        dropFactors(
            m_d, m_shape, m_shape.rowKeys[at(m_begin) + i], m_steps.data(), own, m_factors.data());
    }

    T maximum(const T* row, std::size_t count) const
    {
        const auto lanes = hn::Lanes(m_d);
        const auto lowest = hn::Set(m_d, -std::numeric_limits<T>::infinity());
        auto highest = lowest;
        for (std::size_t j = 0; j < count; j += lanes)
            highest = hn::Max(
                highest,
                hn::IfThenElse(hn::FirstN(m_d, count - j), hn::LoadU(m_d, row + j), lowest));
        return hn::GetLane(hn::MaxOfLanes(m_d, highest));
    }

    // exp(row - highest), zeros behind `count` up to whole vectors of `end`; their sum.
    T exponentials(T* row, std::size_t count, std::size_t end, T highest) const
    {
        const auto lanes = hn::Lanes(m_d);
        const auto top = hn::Set(m_d, highest);
        auto sum = hn::Zero(m_d);
        for (std::size_t j = 0; j < end; j += lanes) {
            auto e = hn::Zero(m_d);
            if (j < count)
                e = hn::IfThenElseZero(
                    hn::FirstN(m_d, count - j),
                    expOfNegative(m_d, hn::Sub(hn::LoadU(m_d, row + j), top)));
            sum = hn::Add(sum, e);
            hn::StoreU(e, m_d, row + j);
        }
        return hn::GetLane(hn::SumOfLanes(m_d, sum));
    }

    void scaleBy(T* row, const T* factors, std::size_t count) const
    {
        for (std::size_t j = 0; j < count; j += hn::Lanes(m_d))
            hn::StoreU(hn::Mul(hn::LoadU(m_d, row + j), hn::LoadU(m_d, factors + j)), m_d, row + j);
    }

    const hn::ScalableTag<T> m_d;
    const AttentionShape<T>& m_shape;
    T m_scale;
    std::size_t m_width; // of a head, in whole vectors
    std::int64_t m_begin = 0;
    std::size_t m_length = 0;
    std::size_t m_long = 0; // the length, in whole vectors
    std::int64_t m_head = 0;
    std::vector<T> m_q, m_k, m_v, m_g; // (length, width); m_g is dOut
    std::vector<T> m_kt, m_vt; // (head width, long)
    std::vector<T> m_shift; // (head width)
    std::vector<T> m_scores, m_grads; // (rows of a tile, long)
    std::vector<T> m_out; // (kTileRows, width)
    std::vector<T> m_dk, m_dv; // (length, width)
    std::vector<T> m_factors; // (long)
    std::vector<std::uint32_t> m_steps; // (long), of the columns
    std::vector<std::int32_t> m_bins; // (length)
};

// Calls work(head) for each head of each sequence, opened.
template <typename T, class Work>
HWY_INLINE void overHeads(
    const AttentionShape<T>& shape, Rows<const T> q, Rows<const T> k, Rows<const T> v,
    std::int64_t first, std::int64_t last, const Work& work)
{
    Head<T> one(shape);
    for (auto s = first; s < last; ++s) {
        const auto begin = shape.offsets[s];
        const auto length = shape.offsets[s + 1] - begin;
        for (std::int64_t head = 0; length > 0 && head < shape.heads; ++head) {
            one.open(begin, length, head, q, k, v);
            work(one);
        }
    }
}

template <typename T>
HWY_INLINE void lastOfEach(
    const AttentionShape<T>& shape, Rows<const T> q, Rows<const T> k, Rows<const T> v, Rows<T> out,
    std::int64_t first, std::int64_t last)
{
    Head<T> one(shape);
    for (auto s = first; s < last; ++s) {
        const auto begin = shape.offsets[s];
        const auto length = shape.offsets[s + 1] - begin;
        for (std::int64_t head = 0; length > 0 && head < shape.heads; ++head) {
            one.place(begin, length, head);
            const auto column = head * shape.headWidth;
            one.ofLast(q.data + s * q.stride + column, k, v, out.data + s * out.stride + column);
        }
    }
}

// Highway's tables of pointers take plain functions, one a type.
#define FOVEA_ATTENTION(suffix, T)                                                                 \
    void forward##suffix(                                                                          \
        const AttentionShape<T>& shape, Rows<const T> q, Rows<const T> k, Rows<const T> v,         \
        Rows<T> out, T* logSums, std::int64_t first, std::int64_t last)                            \
    {                                                                                              \
        overHeads(shape, q, k, v, first, last, [&](Head<T>& one) HWY_ATTR {                        \
            one.forward(out, logSums);                                                             \
        });                                                                                        \
    }                                                                                              \
    void ofLasts##suffix(                                                                          \
        const AttentionShape<T>& shape, Rows<const T> q, Rows<const T> k, Rows<const T> v,         \
        Rows<T> out, std::int64_t first, std::int64_t last)                                        \
    {                                                                                              \
        lastOfEach(shape, q, k, v, out, first, last);                                              \
    }                                                                                              \
    void backward##suffix(                                                                         \
        const AttentionShape<T>& shape, Rows<const T> q, Rows<const T> k, Rows<const T> v,         \
        Rows<const T> out, Rows<const T> gradOut, const T* logSums,                                \
        const AttentionGrads<T>& grads, std::int64_t first, std::int64_t last)                     \
    {                                                                                              \
        overHeads(shape, q, k, v, first, last, [&](Head<T>& one) HWY_ATTR {                        \
            one.backward(out, gradOut, logSums, grads);                                            \
        });                                                                                        \
    }
FOVEA_ATTENTION(Float, float)
FOVEA_ATTENTION(Double, double)
#undef FOVEA_ATTENTION

} // namespace fovea::model::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace fovea::model::kernels {

#define FOVEA_ATTENTION(suffix, T)                                                                 \
    HWY_EXPORT(forward##suffix);                                                                   \
    HWY_EXPORT(backward##suffix);                                                                  \
    HWY_EXPORT(ofLasts##suffix);                                                                   \
    template <>                                                                                    \
    void attentionOfLasts<T>(                                                                      \
        const AttentionShape<T>& shape, Rows<const T> q, Rows<const T> k, Rows<const T> v,         \
        Rows<T> out, std::int64_t first, std::int64_t last)                                        \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(ofLasts##suffix)(shape, q, k, v, out, first, last);                   \
    }                                                                                              \
    template <>                                                                                    \
    void attentionForward<T>(                                                                      \
        const AttentionShape<T>& shape, Rows<const T> q, Rows<const T> k, Rows<const T> v,         \
        Rows<T> out, T* logSums, std::int64_t first, std::int64_t last)                            \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(forward##suffix)(shape, q, k, v, out, logSums, first, last);          \
    }                                                                                              \
    template <>                                                                                    \
    void attentionBackward<T>(                                                                     \
        const AttentionShape<T>& shape, Rows<const T> q, Rows<const T> k, Rows<const T> v,         \
        Rows<const T> out, Rows<const T> gradOut, const T* logSums,                                \
        const AttentionGrads<T>& grads, std::int64_t first, std::int64_t last)                     \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(backward##suffix)                                                     \
        (shape, q, k, v, out, gradOut, logSums, grads, first, last);                               \
    }
FOVEA_ATTENTION(Float, float)
FOVEA_ATTENTION(Double, double)
#undef FOVEA_ATTENTION

} // namespace fovea::model::kernels
#endif

#include "core/model/kernels/attention.h"

#include "core/base/random.h"
#include "core/model/kernels/buffer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/model/kernels/attention.cpp"
#include <hwy/foreach_target.h> // compiles what follows once for each instruction set

#include "core/model/kernels/drop-inl.h"
#include "core/model/kernels/exp-inl.h"
#include "core/model/kernels/tile-inl.h"

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace fovea::model::kernels::HWY_NAMESPACE {

constexpr std::size_t kQueries = 4 * kTileRows; // whose weights are held at a time
constexpr std::size_t kKeys = 128; // of a context's sum at a time, which stay in the nearest cache
constexpr std::size_t kMostKept = 4 << 20; // bytes of buffers that stay with a thread

inline std::size_t at(std::int64_t i) { return static_cast<std::size_t>(i); }

// 0 where a weight is dropped, else what it is multiplied by: a vector's, from the columns' steps.
template <class D, typename T = hn::TFromD<D>>
HWY_INLINE hn::Vec<D> dropFactors(
    D d, const AttentionShape<T>& shape, std::uint64_t key, const std::uint32_t* steps)
{
    if constexpr (sizeof(T) == 4) { // hashColumn in vectors
        const hn::RebindToUnsigned<D> du;
        const auto drops = isDropped(du, hn::LoadU(du, steps), key, shape.dropThreshold);
        return hn::IfThenZeroElse(hn::RebindMask(d, drops), hn::Set(d, shape.keptScale));
    } else {
        T factors[HWY_MAX_BYTES / sizeof(T)];
        for (std::size_t j = 0; j < hn::Lanes(d); ++j)
            factors[j] =
                base::hashSteps(key, steps[j]) < shape.dropThreshold ? T{0} : shape.keptScale;
        return hn::LoadU(d, factors);
    }
}

// One head of one sequence, in buffers that are used again for the next.
template <typename T> class Head {
public:
    void start(const AttentionShape<T>& shape)
    {
        m_shape = shape;
        m_scale = static_cast<T>(1.0 / std::sqrt(static_cast<double>(shape.headWidth)));
        m_width = hwy::RoundUpTo(at(shape.headWidth), hn::Lanes(m_d));
        m_zeros.assign(at(shape.headWidth), T{0});
    }

    std::size_t bytes() const
    {
        std::size_t count = 0;
        for (const auto* buffer :
             {&m_q, &m_k, &m_v, &m_g, &m_kt, &m_vt, &m_scores, &m_grads, &m_dk, &m_dv})
            count += buffer->capacity();
        return count * sizeof(T);
    }

    void place(std::int64_t begin, std::int64_t length, std::int64_t head)
    {
        m_begin = begin;
        m_length = at(length);
        m_head = head;
        m_long = hwy::RoundUpTo(m_length, hn::Lanes(m_d));
        if (m_long * sizeof(T) % 1024 == 0) // its columns would fall on few lines of the cache
            m_long += hn::Lanes(m_d);
        m_bins.resize(m_shape.bias ? m_length : 0);
    }

    // Queries are scaled as they are copied, so that nothing else has to be.
    void open(Rows<const T> q, Rows<const T> k)
    {
        pack(q, m_shape.qShift, m_scale, m_q);
        transpose(k, m_shape.kShift, m_kt);
        if (m_shape.dropThreshold > 0) {
            m_steps.resize(m_long);
            for (std::size_t j = 0; j < m_length; ++j)
                m_steps[j] =
                    (m_shape.columns[at(m_begin) + j] ^ (static_cast<std::uint32_t>(m_head) << 24))
                    * base::kColumnStep;
        }
    }

    // All heads of sequence s, whose rows are taken as if they were those of one.
    void overRows(const QueriesOverRows<T>& call, std::int64_t s)
    {
        const Rows<const T> x{call.x, call.width};
        const auto width = at(call.width);
        transpose(x, nullptr, m_kt);
        const T* values = x.data + at(m_begin) * width; // where they lie, if they are whole vectors
        if (m_width != width) {
            pack(x, nullptr, 1, m_v);
            values = m_v.data();
        }
        m_scores.resize(kTileRows * m_long);
        m_out.resize(kTileRows * m_width);
        for (std::size_t head = 0; head < at(call.heads); head += kTileRows) {
            const auto heads = std::min(kTileRows, at(call.heads) - head);
            const auto place = (at(s * call.heads) + head) * width;
            multiply<false>(
                m_d,
                Product<T>{
                    call.q + place, width, 1, m_kt.data(), m_long, m_scores.data(), m_long, width},
                0, heads, m_length);
            T sums[kTileRows];
            for (std::size_t r = 0; r < heads; ++r) {
                T* row = m_scores.data() + r * m_long;
                sums[r] = exponentials<false>(row, m_length, m_length, maximum(row, m_length), 0);
            }
            multiply<false>(
                m_d,
                Product<T>{
                    m_scores.data(), m_long, 1, values, m_width, m_out.data(), m_width, m_length},
                0, heads, width);
            for (std::size_t r = 0; r < heads; ++r)
                copyRow(m_out.data() + r * m_width, T{1} / sums[r], call.out + place + r * width);
        }
    }

    void forward(Rows<const T> v, Rows<T> out, T* logSums)
    {
        pack(v, m_shape.vShift, 1, m_v);
        m_scores.resize(kQueries * m_long);
        m_out.resize(kQueries * m_width);
        T sums[kQueries];
        const bool drops = m_shape.dropThreshold > 0;
        for (std::size_t i = 0; i < m_length; i += kQueries) {
            const auto rows = std::min(kQueries, m_length - i);
            multiplyByKeys(m_q, m_kt, i, rows, m_scores);
            for (std::size_t r = 0; r < rows; ++r) {
                T* row = m_scores.data() + r * m_long;
                const auto own = keysOf(i + r);
                addBias(row, i + r, own);
                const T highest = maximum(row, own);
                const auto end = keysOf(i + lastOfBlock(r, rows));
                sums[r] = drops ? exponentials<true>(
                              row, own, end, highest, m_shape.rowKeys[at(m_begin) + i + r])
                                : exponentials<false>(row, own, end, highest, 0);
                if (logSums)
                    logSums[(at(m_begin) + i + r) * at(m_shape.heads) + at(m_head)] =
                        highest + std::log(sums[r]);
            }
            sumOverKeys(m_scores, m_v, i, rows);
            for (std::size_t r = 0; r < rows; ++r)
                copyRow(m_out.data() + r * m_width, T{1} / sums[r], rowOf(out, i + r));
        }
    }

    // With P the weights, Z the dropout factors and G = dOut V^T: dS = P (Z G - dOut . out),
    // dQ = dS K, dK = dS^T Q, dV = (P Z)^T dOut.
    void backward(
        Rows<const T> k, Rows<const T> v, Rows<const T> out, Rows<const T> gradOut,
        const T* logSums, const AttentionGrads<T>& grads)
    {
        pack(k, m_shape.kShift, 1, m_k);
        transpose(v, m_shape.vShift, m_vt);
        pack(gradOut, nullptr, 1, m_g);
        m_means.resize(m_length);
        for (std::size_t i = 0; i < m_length; ++i)
            m_means[i] = dot(rowOf(out, i), m_g.data() + i * m_width);
        m_scores.resize(kQueries * m_long);
        m_grads.resize(kQueries * m_long);
        m_out.resize(kQueries * m_width);
        m_dk.assign(m_length * m_width, T{0});
        m_dv.assign(m_length * m_width, T{0});
        for (std::size_t i = 0; i < m_length; i += kQueries)
            backwardTile(i, logSums, grads);
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
    void backwardTile(std::size_t first, const T* logSums, const AttentionGrads<T>& grads)
    {
        const auto rows = std::min(kQueries, m_length - first);
        const auto tileKeys = keysOf(first + rows - 1);
        multiplyByKeys(m_q, m_kt, first, rows, m_scores);
        multiplyByKeys(m_g, m_vt, first, rows, m_grads);
        for (std::size_t r = 0; r < rows; ++r)
            gradientRow(first + r, r * m_long, tileKeys, logSums, grads.biasGrad);
        sumOverKeys(m_grads, m_k, first, rows);
        for (std::size_t r = 0; r < rows; ++r)
            copyRow(m_out.data() + r * m_width, m_scale, rowOf(grads.dq, first + r));
        for (std::size_t r = 0; grads.qShift && r < rows; ++r)
            addScaled(
                m_scale, m_out.data() + r * m_width, grads.qShift + at(m_head * m_shape.headWidth));
        for (std::size_t j = 0; j < tileKeys; j += kTileRows) {
            const auto count = std::min(kTileRows, tileKeys - j);
            const auto skip = m_shape.causal && j > first ? j - first : 0; // queries before the key
            addOver(m_scores, m_g, m_dv, first, skip, rows, j, count);
            addOver(m_grads, m_q, m_dk, first, skip, rows, j, count);
        }
    }

    // to[j + ...] += from[queries, j + ...]^T rows[queries]
    void addOver(
        const Buffer<T>& from, const Buffer<T>& rows, Buffer<T>& to, std::size_t first,
        std::size_t skip, std::size_t queries, std::size_t j, std::size_t count)
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
        std::size_t i, std::size_t where, std::size_t tileKeys, const T* logSums, T* biasGrad)
    {
        T* scores = m_scores.data() + where;
        T* grads = m_grads.data() + where;
        const auto own = keysOf(i);
        addBias(scores, i, own);
        const auto logSum =
            hn::Set(m_d, logSums[(at(m_begin) + i) * at(m_shape.heads) + at(m_head)]);
        const auto mean = hn::Set(m_d, m_means[i]);
        const bool drops = m_shape.dropThreshold > 0;
        const auto key = drops ? m_shape.rowKeys[at(m_begin) + i] : 0;
        const auto lanes = hn::Lanes(m_d);
        const auto end = hwy::RoundUpTo(tileKeys, lanes);
        for (std::size_t j = 0; j < end; j += lanes) {
            if (j >= own) {
                hn::StoreU(hn::Zero(m_d), m_d, scores + j);
                hn::StoreU(hn::Zero(m_d), m_d, grads + j);
                continue;
            }
            auto p = expOfNegative(m_d, hn::Sub(hn::LoadU(m_d, scores + j), logSum));
            if (j + lanes > own)
                p = hn::IfThenElseZero(hn::FirstN(m_d, own - j), p);
            auto kept = p;
            auto grad = hn::LoadU(m_d, grads + j);
            if (drops) {
                const auto z = dropFactors(m_d, m_shape, key, m_steps.data() + j);
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

    static std::size_t lastOfBlock(std::size_t r, std::size_t rows)
    {
        return std::min(r / kTileRows * kTileRows + kTileRows, rows) - 1;
    }

    // So many rows from row r of a tile on, and the keys that they see together.
    struct Block {
        std::size_t count;
        std::size_t keys;
    };
    Block blockOf(std::size_t first, std::size_t rows, std::size_t r) const
    {
        const auto last = lastOfBlock(r, rows);
        return {last + 1 - r, keysOf(first + last)};
    }

    // Rows `first` to first + rows - 1 times the transposed, of the keys that they see. A pair of
    // vectors of keys at a time, which stays in the nearest cache for all of the rows.
    void multiplyByKeys(
        const Buffer<T>& queries, const Buffer<T>& transposed, std::size_t first, std::size_t rows,
        Buffer<T>& to) const
    {
        const auto keys = keysOf(first + rows - 1);
        const auto strip = stripOf(m_d);
        for (std::size_t key = 0; key < keys; key += strip) {
            for (std::size_t r = 0; r < rows; r += kTileRows) {
                const auto block = blockOf(first, rows, r);
                if (block.keys <= key)
                    continue;
                const Product<T> product{
                    queries.data() + (first + r) * m_width,
                    m_width,
                    1,
                    transposed.data() + key,
                    m_long,
                    to.data() + r * m_long + key,
                    m_long,
                    at(m_shape.headWidth)};
                multiply<false>(m_d, product, 0, block.count, std::min(strip, block.keys - key));
            }
        }
    }

    // m_out = the sums of the keys' rows by the weights of each query.
    void sumOverKeys(
        const Buffer<T>& weights, const Buffer<T>& rowsOfKeys, std::size_t first, std::size_t rows)
    {
        const auto keys = keysOf(first + rows - 1);
        const auto width = at(m_shape.headWidth);
        const auto strip = stripOf(m_d);
        const auto together = width > 64 ? kKeys / 2 : kKeys;
        for (std::size_t key = 0; key < keys; key += together) {
            for (std::size_t column = 0; column < width; column += strip) {
                const auto columns = std::min(strip, width - column);
                for (std::size_t r = 0; r < rows; r += kTileRows) {
                    const auto block = blockOf(first, rows, r);
                    if (block.keys <= key)
                        continue;
                    const Product<T> product{
                        weights.data() + r * m_long + key,
                        m_long,
                        1,
                        rowsOfKeys.data() + key * m_width + column,
                        m_width,
                        m_out.data() + r * m_width + column,
                        m_width,
                        std::min(together, block.keys - key)};
                    if (key > 0)
                        multiply<true>(m_d, product, 0, block.count, columns);
                    else
                        multiply<false>(m_d, product, 0, block.count, columns);
                }
            }
        }
    }

    // Of the head, for copyRow.
    const T* addedOf(const T* shift) const
    {
        return shift ? shift + at(m_head * m_shape.headWidth) : m_zeros.data();
    }

    // factor * (rows + shift)
    void pack(Rows<const T> rows, const T* shift, T factor, Buffer<T>& to)
    {
        to.resize(m_length * m_width);
        const T* added = addedOf(shift);
        for (std::size_t i = 0; i < m_length; ++i) {
            T* row = to.data() + i * m_width;
            copyRow(rowOf(rows, i), added, factor, row);
            std::fill(row + at(m_shape.headWidth), row + m_width, T{0});
        }
    }

    // The transposed of rows + shift, four by four numbers at a time.
    void transpose(Rows<const T> rows, const T* shift, Buffer<T>& to)
    {
        const auto width = at(m_shape.headWidth);
        to.resize(width * m_long);
        const T* added = addedOf(shift);
        const auto copy = [&](std::size_t i, std::size_t c) {
            to[c * m_long + i] = i < m_length ? rowOf(rows, i)[c] + added[c] : T{0};
        };
        std::size_t i = 0;
#if HWY_TARGET != HWY_SCALAR
        if constexpr (sizeof(T) == 4) {
            const hn::FixedTag<T, 4> d;
            for (; i + 4 <= m_length; i += 4) {
                const T* from = rowOf(rows, i);
                for (std::size_t c = 0; c + 4 <= width; c += 4, from += 4) {
                    const auto add = hn::LoadU(d, added + c);
                    storeTransposed(
                        d, hn::Add(hn::LoadU(d, from), add),
                        hn::Add(hn::LoadU(d, from + rows.stride), add),
                        hn::Add(hn::LoadU(d, from + 2 * rows.stride), add),
                        hn::Add(hn::LoadU(d, from + 3 * rows.stride), add),
                        to.data() + c * m_long + i, m_long);
                }
                for (std::size_t c = width / 4 * 4; c < width; ++c) {
                    for (std::size_t r = i; r < i + 4; ++r)
                        copy(r, c);
                }
            }
        }
#endif
        for (; i < m_long; ++i) {
            for (std::size_t c = 0; c < width; ++c)
                copy(i, c);
        }
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

    // to = factor * (from + added)
    void copyRow(const T* from, const T* added, T factor, T* to) const
    {
        const auto lanes = hn::Lanes(m_d);
        const auto width = at(m_shape.headWidth);
        const auto f = hn::Set(m_d, factor);
        std::size_t c = 0;
        for (; c + lanes <= width; c += lanes) {
            const auto sum = hn::Add(hn::LoadU(m_d, from + c), hn::LoadU(m_d, added + c));
            hn::StoreU(hn::Mul(f, sum), m_d, to + c);
        }
        for (; c < width; ++c)
            to[c] = factor * (from[c] + added[c]);
    }
    void copyRow(const T* from, T factor, T* to) const
    {
        copyRow(from, m_zeros.data(), factor, to);
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

    // exp(row - highest) with dropout, and zeros behind `count` up to whole vectors of `end`; their
    // sum before dropout.
    template <bool kDrops>
    T exponentials(T* row, std::size_t count, std::size_t end, T highest, std::uint64_t key) const
    {
        const auto lanes = hn::Lanes(m_d);
        const auto top = hn::Set(m_d, highest);
        auto sum = hn::Zero(m_d);
        for (std::size_t j = 0; j < end; j += lanes) {
            auto e = hn::Zero(m_d);
            if (j < count) {
                e = expOfNegative(m_d, hn::Sub(hn::LoadU(m_d, row + j), top));
                if (j + lanes > count)
                    e = hn::IfThenElseZero(hn::FirstN(m_d, count - j), e);
                sum = hn::Add(sum, e);
                if constexpr (kDrops)
                    e = hn::Mul(e, dropFactors(m_d, m_shape, key, m_steps.data() + j));
            }
            hn::StoreU(e, m_d, row + j);
        }
        return hn::GetLane(hn::SumOfLanes(m_d, sum));
    }

    static constexpr hn::ScalableTag<T> m_d{};
    AttentionShape<T> m_shape;
    T m_scale = 1;
    std::size_t m_width = 0; // of a head, in whole vectors
    std::int64_t m_begin = 0;
    std::size_t m_length = 0;
    std::size_t m_long = 0; // the length, in whole vectors
    std::int64_t m_head = 0;
    Buffer<T> m_q, m_k, m_v, m_g; // (length, width); m_g is dOut
    Buffer<T> m_kt, m_vt; // (head width, long)
    Buffer<T> m_zeros; // (head width)
    Buffer<T> m_scores, m_grads; // (kQueries, long)
    Buffer<T> m_out; // (kQueries, width)
    Buffer<T> m_dk, m_dv; // (length, width)
    Buffer<T> m_means; // (length), dOut . out
    Buffer<std::uint32_t> m_steps; // (long), of the columns
    Buffer<std::int32_t> m_bins; // (length)
};

// Whose buffers the calling thread has for its next call.
template <typename T> Head<T>& keptHead()
{
    static thread_local Head<T> kept;
    return kept;
}

// Calls work(one, sequence) for each head of each sequence, placed there: a local one with the
// thread's buffers, of which the compiler keeps more in registers.
template <typename T, class Work>
HWY_INLINE void overHeads(
    const AttentionShape<T>& shape, std::int64_t first, std::int64_t last, const Work& work)
{
    auto& kept = keptHead<T>();
    Head<T> one = std::move(kept);
    one.start(shape);
    for (auto s = first; s < last; ++s) {
        const auto begin = shape.offsets[s];
        const auto length = shape.offsets[s + 1] - begin;
        for (std::int64_t head = 0; length > 0 && head < shape.heads; ++head) {
            one.place(begin, length, head);
            work(one, s);
        }
    }
    if (one.bytes() <= kMostKept)
        kept = std::move(one);
}

// Highway's tables of pointers take plain functions, one a type.
#define FOVEA_ATTENTION(suffix, T)                                                                 \
    void forward##suffix(                                                                          \
        const AttentionShape<T>& shape, Rows<const T> q, Rows<const T> k, Rows<const T> v,         \
        Rows<T> out, T* logSums, std::int64_t first, std::int64_t last)                            \
    {                                                                                              \
        overHeads(shape, first, last, [&](Head<T>& one, std::int64_t) HWY_ATTR {                   \
            one.open(q, k);                                                                        \
            one.forward(v, out, logSums);                                                          \
        });                                                                                        \
    }                                                                                              \
    void overRows##suffix(const QueriesOverRows<T>& call, std::int64_t first, std::int64_t last)   \
    {                                                                                              \
        AttentionShape<T> shape; /* one head, as wide as a row */                                  \
        shape.headWidth = call.width;                                                              \
        shape.offsets = call.offsets;                                                              \
        overHeads(shape, first, last, [&](Head<T>& one, std::int64_t s) HWY_ATTR {                 \
            one.overRows(call, s);                                                                 \
        });                                                                                        \
    }                                                                                              \
    void backward##suffix(                                                                         \
        const AttentionShape<T>& shape, Rows<const T> q, Rows<const T> k, Rows<const T> v,         \
        Rows<const T> out, Rows<const T> gradOut, const T* logSums,                                \
        const AttentionGrads<T>& grads, std::int64_t first, std::int64_t last)                     \
    {                                                                                              \
        overHeads(shape, first, last, [&](Head<T>& one, std::int64_t) HWY_ATTR {                   \
            one.open(q, k);                                                                        \
            one.backward(k, v, out, gradOut, logSums, grads);                                      \
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
    HWY_EXPORT(overRows##suffix);                                                                  \
    template <>                                                                                    \
    void attentionOverRows<T>(                                                                     \
        const QueriesOverRows<T>& call, std::int64_t first, std::int64_t last)                     \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(overRows##suffix)(call, first, last);                                 \
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

// A small matrix product for tiles that stay in the cache. Included once for each instruction set
// (Highway's foreach_target), hence no pragma once.
#if defined(FOVEA_TILE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef FOVEA_TILE_INL
#undef FOVEA_TILE_INL
#else
#define FOVEA_TILE_INL
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace fovea::model::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// A (rows, depth), read one number at a time; B (depth, columns) and C (rows, columns), read and
// written in whole vectors.
template <typename T> struct Product {
    const T* a;
    std::size_t aRow; // from one row of A to the next
    std::size_t aDepth;
    const T* b;
    std::size_t bDepth;
    T* c;
    std::size_t cRow;
    std::size_t depth;
};

inline constexpr std::size_t kTileRows = 6; // 12 sums, 2 vectors of B and 1 of A in 16 registers

#define FOVEA_EACH_ROW(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5)

// C = A B, or C += A B, for R rows and one or two vectors of columns.
template <std::size_t R, bool kTwo, bool kAdd, class D, typename T = hn::TFromD<D>>
HWY_INLINE void multiplyTile(D d, const Product<T>& p, std::size_t row, std::size_t column)
{
    const std::size_t lanes = hn::Lanes(d);
    const T* a = p.a + row * p.aRow;
    const T* b = p.b + column;
    T* c = p.c + row * p.cRow + column;
#define FOVEA_DECLARE(r)                                                                           \
    auto low##r = hn::Zero(d);                                                                     \
    auto high##r = hn::Zero(d);
    FOVEA_EACH_ROW(FOVEA_DECLARE)
#undef FOVEA_DECLARE
    for (std::size_t k = 0; k < p.depth; ++k) {
        const auto bLow = hn::LoadU(d, b);
        const auto bHigh = kTwo ? hn::LoadU(d, b + lanes) : bLow;
#define FOVEA_STEP(r)                                                                              \
    if constexpr (R > r) {                                                                         \
        const auto x = hn::Set(d, a[r * p.aRow]);                                                  \
        low##r = hn::MulAdd(x, bLow, low##r);                                                      \
        if constexpr (kTwo)                                                                        \
            high##r = hn::MulAdd(x, bHigh, high##r);                                               \
    }
        FOVEA_EACH_ROW(FOVEA_STEP)
#undef FOVEA_STEP
        a += p.aDepth;
        b += p.bDepth;
    }
#define FOVEA_STORE(r)                                                                             \
    if constexpr (R > r) {                                                                         \
        T* to = c + r * p.cRow;                                                                    \
        if constexpr (kAdd)                                                                        \
            low##r = hn::Add(low##r, hn::LoadU(d, to));                                            \
        hn::StoreU(low##r, d, to);                                                                 \
        if constexpr (kTwo) {                                                                      \
            if constexpr (kAdd)                                                                    \
                high##r = hn::Add(high##r, hn::LoadU(d, to + lanes));                              \
            hn::StoreU(high##r, d, to + lanes);                                                    \
        }                                                                                          \
    }
    FOVEA_EACH_ROW(FOVEA_STORE)
#undef FOVEA_STORE
}

#undef FOVEA_EACH_ROW

template <std::size_t R, bool kAdd, class D, typename T = hn::TFromD<D>>
HWY_INLINE void multiplyRows(D d, const Product<T>& p, std::size_t row, std::size_t columns)
{
    const std::size_t lanes = hn::Lanes(d);
    std::size_t column = 0;
    for (; column + lanes < columns; column += 2 * lanes)
        multiplyTile<R, true, kAdd>(d, p, row, column);
    if (column < columns)
        multiplyTile<R, false, kAdd>(d, p, row, column);
}

// The product of up to kTileRows rows; `columns` is rounded up to whole vectors, and B and C hold
// that many.
template <bool kAdd, class D, typename T = hn::TFromD<D>>
HWY_INLINE void multiply(
    D d, const Product<T>& p, std::size_t row, std::size_t rows, std::size_t columns)
{
    switch (rows) {
    case 1:
        return multiplyRows<1, kAdd>(d, p, row, columns);
    case 2:
        return multiplyRows<2, kAdd>(d, p, row, columns);
    case 3:
        return multiplyRows<3, kAdd>(d, p, row, columns);
    case 4:
        return multiplyRows<4, kAdd>(d, p, row, columns);
    case 5:
        return multiplyRows<5, kAdd>(d, p, row, columns);
    default:
        return multiplyRows<6, kAdd>(d, p, row, columns);
    }
}

template <class D> std::size_t stripOf(D d) { return 2 * hn::Lanes(d); }

#if HWY_TARGET != HWY_SCALAR
// Four numbers of each of four rows to four columns, `stride` apart.
template <class D, typename T = hn::TFromD<D>>
HWY_INLINE void storeTransposed(
    D d, hn::Vec<D> row0, hn::Vec<D> row1, hn::Vec<D> row2, hn::Vec<D> row3, T* column,
    std::size_t stride)
{
    static_assert(hn::MaxLanes(D()) == 4); // wider vectors are interleaved by blocks of 128 bits
    const auto low02 = hn::InterleaveLower(d, row0, row2);
    const auto low13 = hn::InterleaveLower(d, row1, row3);
    const auto high02 = hn::InterleaveUpper(d, row0, row2);
    const auto high13 = hn::InterleaveUpper(d, row1, row3);
    hn::StoreU(hn::InterleaveLower(d, low02, low13), d, column);
    hn::StoreU(hn::InterleaveUpper(d, low02, low13), d, column + stride);
    hn::StoreU(hn::InterleaveLower(d, high02, high13), d, column + 2 * stride);
    hn::StoreU(hn::InterleaveUpper(d, high02, high13), d, column + 3 * stride);
}
#endif

// Rows (count, depth) turned into strips of two vectors: number k of all rows of a strip lies
// together, so that a strip is the B of a product. What is missing in the last strip is zero.
template <typename T>
void packStrips(const T* rows, std::size_t count, std::size_t depth, T* packed)
{
    const std::size_t strip = stripOf(hn::ScalableTag<T>());
    for (std::size_t begin = 0; begin < count; begin += strip) {
        for (std::size_t k = 0; k < depth; ++k) {
            for (std::size_t i = begin; i < begin + strip; ++i)
                *packed++ = i < count ? rows[i * depth + k] : 0;
        }
    }
}

// C = A B or C += A B, of any depth, by pieces of B that stay in the nearest cache beside what is
// read of A.
template <bool kAdd, typename T>
void multiplyDeep(const Product<T>& whole, std::size_t rows, std::size_t columns)
{
    constexpr std::size_t kDepth = 128;
    const hn::ScalableTag<T> d;
    const std::size_t strip = stripOf(d);
    for (std::size_t k = 0; k < whole.depth; k += kDepth) {
        for (std::size_t column = 0; column < columns; column += strip) {
            auto part = whole;
            part.a += k * whole.aDepth;
            part.b += k * whole.bDepth + column;
            part.c += column;
            part.depth = std::min(kDepth, whole.depth - k);
            const auto width = std::min(strip, columns - column);
            for (std::size_t row = 0; row < rows; row += kTileRows) {
                const auto height = std::min(kTileRows, rows - row);
                if (kAdd || k > 0)
                    multiply<true>(d, part, row, height, width);
                else
                    multiply<false>(d, part, row, height, width);
            }
        }
    }
}

} // namespace fovea::model::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif

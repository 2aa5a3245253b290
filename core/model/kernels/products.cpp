#include "core/model/kernels/products.h"

#include "core/model/kernels/buffer.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/model/kernels/products.cpp"
#include <hwy/foreach_target.h> // compiles what follows once for each instruction set

#include "core/model/kernels/tile-inl.h"

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace fovea::model::kernels::HWY_NAMESPACE {

template <bool kAdd, typename T> void productOf(const MatrixProduct<T>& p)
{
    multiplyDeep<kAdd, T>(
        {p.a, p.aRow, p.aColumn, p.b, p.bRow, p.c, p.cRow, p.depth}, p.rows, p.columns);
}

template <typename T> void pack(Matrix<T> b, std::size_t depth, std::size_t columns, T* packed)
{
    const std::size_t strip = stripOf(hn::ScalableTag<T>());
    for (std::size_t begin = 0; begin < columns; begin += strip) {
        const auto count = std::min(strip, columns - begin);
        for (std::size_t k = 0; k < depth; ++k, packed += strip) {
            const T* const from = b.data + k * b.row + begin * b.column;
            for (std::size_t i = 0; i < count; ++i)
                packed[i] = from[i * b.column];
            std::fill(packed + count, packed + strip, T{0});
        }
    }
}

// The rows of A that a tile takes, number by number beside each other: rows that lie far apart fall
// on few lines of the cache.
template <typename T>
Matrix<T> besides(Matrix<T> a, std::size_t rows, std::size_t depth, Buffer<T>& space)
{
    space.resize(hwy::RoundUpTo(rows, kTileRows) * depth);
    T* to = space.data();
    for (std::size_t row = 0; row < rows; row += kTileRows) {
        const auto count = std::min(kTileRows, rows - row);
        for (std::size_t k = 0; k < depth; ++k, to += kTileRows) {
            const T* const from = a.data + row * a.row + k * a.column;
            for (std::size_t r = 0; r < count; ++r)
                to[r] = from[r * a.row];
        }
    }
    return {space.data(), 1, kTileRows};
}

// A last strip of fewer columns, by way of a whole one.
template <bool kAdd, class D, typename T = hn::TFromD<D>>
void multiplyNarrow(D d, Product<T> p, std::size_t rows, std::size_t columns)
{
    HWY_ALIGN T whole[kTileRows * 2 * HWY_MAX_BYTES / sizeof(T)];
    T* const c = p.c;
    const auto cRow = p.cRow;
    p.c = whole;
    p.cRow = stripOf(d);
    for (std::size_t r = 0; kAdd && r < rows; ++r) {
        std::copy_n(c + r * cRow, columns, p.c + r * p.cRow);
        std::fill(p.c + r * p.cRow + columns, p.c + (r + 1) * p.cRow, T{0});
    }
    multiply<kAdd>(d, p, 0, rows, columns);
    for (std::size_t r = 0; r < rows; ++r)
        std::copy_n(p.c + r * p.cRow, columns, c + r * cRow);
}

template <bool kAdd, typename T>
void packedTile(const Product<T>& p, std::size_t rows, std::size_t columns)
{
    const hn::ScalableTag<T> d;
    if (columns < stripOf(d))
        multiplyNarrow<kAdd>(d, p, rows, columns);
    else
        multiply<kAdd>(d, p, 0, rows, columns);
}

template <bool kAdd, typename T> void packedProductOf(const PackedProduct<T>& p)
{
    constexpr std::size_t kDepth = 256;
    constexpr std::size_t kFar = 128; // numbers
    thread_local Buffer<T> space;
    const std::size_t strip = stripOf(hn::ScalableTag<T>());
    for (std::size_t k = 0; k < p.depth; k += kDepth) {
        const auto depth = std::min(kDepth, p.depth - k);
        auto a = p.a;
        a.data += k * a.column;
        auto panel = kTileRows * a.row; // from the rows of one tile to those of the next
        if (std::max(a.row, a.column) > kFar) {
            a = besides(a, p.rows, depth, space);
            panel = kTileRows * depth;
        }
        for (std::size_t column = 0; column < p.columns; column += strip) {
            const auto columns = std::min(strip, p.columns - column);
            for (std::size_t row = 0; row < p.rows; row += kTileRows) {
                const Product<T> product{a.data + row / kTileRows * panel,
                                         a.row,
                                         a.column,
                                         p.b + column * p.depth + k * strip,
                                         strip,
                                         p.c + row * p.cRow + column,
                                         p.cRow,
                                         depth};
                const auto rows = std::min(kTileRows, p.rows - row);
                if (kAdd || k > 0)
                    packedTile<true>(product, rows, columns);
                else
                    packedTile<false>(product, rows, columns);
            }
        }
    }
}

void multiplyFloat(const MatrixProduct<float>& p) { productOf<false>(p); }
void multiplyDouble(const MatrixProduct<double>& p) { productOf<false>(p); }
void addProductFloat(const MatrixProduct<float>& p) { productOf<true>(p); }
void addProductDouble(const MatrixProduct<double>& p) { productOf<true>(p); }

void packFloat(Matrix<float> b, std::size_t depth, std::size_t columns, float* packed)
{
    pack(b, depth, columns, packed);
}
void packDouble(Matrix<double> b, std::size_t depth, std::size_t columns, double* packed)
{
    pack(b, depth, columns, packed);
}
void multiplyPackedFloat(const PackedProduct<float>& p) { packedProductOf<false>(p); }
void multiplyPackedDouble(const PackedProduct<double>& p) { packedProductOf<false>(p); }
void addPackedFloat(const PackedProduct<float>& p) { packedProductOf<true>(p); }
void addPackedDouble(const PackedProduct<double>& p) { packedProductOf<true>(p); }

} // namespace fovea::model::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace fovea::model::kernels {

#define FOVEA_OF_TYPE(TYPE, NAME)                                                                  \
    HWY_EXPORT(multiply##NAME);                                                                    \
    HWY_EXPORT(addProduct##NAME);                                                                  \
    HWY_EXPORT(pack##NAME);                                                                        \
    HWY_EXPORT(multiplyPacked##NAME);                                                              \
    HWY_EXPORT(addPacked##NAME);                                                                   \
    template <> void multiply<TYPE>(const MatrixProduct<TYPE>& call)                               \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(multiply##NAME)(call);                                                \
    }                                                                                              \
    template <> void addProduct<TYPE>(const MatrixProduct<TYPE>& call)                             \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(addProduct##NAME)(call);                                              \
    }                                                                                              \
    template <>                                                                                    \
    void packColumns<TYPE>(Matrix<TYPE> b, std::size_t depth, std::size_t columns, TYPE * packed)  \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(pack##NAME)(b, depth, columns, packed);                               \
    }                                                                                              \
    template <> void multiplyPacked<TYPE>(const PackedProduct<TYPE>& call)                         \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(multiplyPacked##NAME)(call);                                          \
    }                                                                                              \
    template <> void addPacked<TYPE>(const PackedProduct<TYPE>& call)                              \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(addPacked##NAME)(call);                                               \
    }
FOVEA_OF_TYPE(float, Float)
FOVEA_OF_TYPE(double, Double)
#undef FOVEA_OF_TYPE

} // namespace fovea::model::kernels
#endif

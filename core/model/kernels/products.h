// Matrix products of a few hundred rows with the weights of a layer: of what lies in the cache.
// Plain pointers, borrowed; one thread a call; float and double. A row's sums are added in the same
// order whatever rows it is computed with.
#pragma once

#include <cstddef>

namespace fovea::model::kernels {

// A (rows, depth), B (depth, columns) and C (rows, columns); of A the step from one row to the next
// and from one column to the next, of the others that of the rows.
template <typename T> struct MatrixProduct {
    const T* a;
    std::size_t aRow;
    std::size_t aColumn;
    const T* b;
    std::size_t bRow;
    T* c;
    std::size_t cRow;
    std::size_t rows;
    std::size_t depth;
    std::size_t columns; // for which fitsVectors
};

// B and C are read and written in whole vectors, of at most 64 bytes.
template <typename T> constexpr bool fitsVectors(std::size_t columns)
{
    return columns % (64 / sizeof(T)) == 0;
}

template <typename T> void multiply(const MatrixProduct<T>& call); // C = A B
template <typename T> void addProduct(const MatrixProduct<T>& call); // C += A B

// Of any width: B is packed first, and C is written no further than it goes.
template <typename T> struct Matrix {
    const T* data;
    std::size_t row; // the step from one row to the next
    std::size_t column;
};
inline constexpr std::size_t kPackedTogether = 64; // columns that begin at a multiple of so many
inline std::size_t packedSize(std::size_t depth, std::size_t columns)
{
    return depth * ((columns + kPackedTogether - 1) / kPackedTogether * kPackedTogether);
}
// Those of B (depth, columns) lie at `packed`; others, kPackedTogether times i further on, at
// packed + kPackedTogether * i * depth.
template <typename T>
void packColumns(Matrix<T> b, std::size_t depth, std::size_t columns, T* packed);

template <typename T> struct PackedProduct {
    Matrix<T> a; // (rows, depth)
    const T* b; // packed
    T* c;
    std::size_t cRow;
    std::size_t rows; // a few hundred
    std::size_t depth;
    std::size_t columns;
};
template <typename T> void multiplyPacked(const PackedProduct<T>& call); // C = A B
template <typename T> void addPacked(const PackedProduct<T>& call); // C += A B

} // namespace fovea::model::kernels

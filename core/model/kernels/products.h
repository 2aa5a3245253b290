// Matrix products of a few hundred rows with the weights of a layer: of what lies in the cache.
// Plain pointers, borrowed; one thread a call; float and double.
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

} // namespace fovea::model::kernels

// What models do to each row between two matrix products, each with its gradient, in one pass over
// memory (core/model/kernels/rows.h). float or double, rows contiguous. The results are the same
// bits for any number of threads. Compute thread.
#pragma once

#include "core/model/dropout_torch.h"

namespace fovea::model {

// Of which dropout, where in the model; p = 0 drops nothing and needs no keys.
struct RowDropout {
    double p = 0;
    RowKeys keys;
    std::uint32_t site = 0;
};

// Over each row of x, with weight and shift.
at::Tensor norm(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& shift);
// residual + drop(y + bias); without bias where it is undefined.
at::Tensor addDrop(
    const at::Tensor& y, const at::Tensor& bias, const at::Tensor& residual,
    const RowDropout& drop);
// drop(max(y + bias, 0))
at::Tensor reluDrop(const at::Tensor& y, const at::Tensor& bias, const RowDropout& drop);
// table[index], of a table (n, d) that is contiguous and an index (T) of its rows. Its gradient
// adds up in the order of the index, or is a sparse tensor of the rows that were taken.
struct TableRows {
    at::Tensor table;
    at::Tensor index; // int64
    bool sparse = false;
};
at::Tensor takeRows(const TableRows& rows);
// drop(a + b), (T, d)
at::Tensor addTakenDrop(const TableRows& a, const TableRows& b, const RowDropout& drop);

// Rows (count / each, width) that are added to a table (., width), each `each` times over, times
// factors: table[to[i]] += factors[i] * rows[i / each], each row of the table in the order of i.
template <typename T, typename Index> struct TableAddition {
    const Index* to; // (count), from 0 and below 2^31
    std::int64_t count;
    const T* factors; // (count); null = ones
    std::int64_t each;
    const T* rows;
    std::int64_t width;
};
// T is float or double, Index std::int32_t or std::int64_t. On all threads.
template <typename T, typename Index>
void addToTable(const TableAddition<T, Index>& addition, T* table);

} // namespace fovea::model

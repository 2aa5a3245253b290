// What models do to each row between two matrix products, in one pass over memory, on the
// processor. Plain pointers, borrowed; one thread a call, of the rows first to last - 1; float and
// double.
#pragma once

#include <cstdint>

namespace fovea::model::kernels {

// Number `column` of row t is dropped where hashColumn(keys[t], column) is below the threshold,
// else multiplied by `kept`.
template <typename T> struct RowDrop {
    std::uint32_t threshold = 0; // 0 = nothing is dropped, and there are no keys
    T kept = 1;
    const std::uint64_t* keys = nullptr;
};

struct RowRange {
    std::int64_t width;
    std::int64_t first;
    std::int64_t last;
};

// sum = residual + drop(y + bias); out = norm(sum), (sum - mean) * scale * weight + shift (Ba et
// al. 2016). statistics (T, 2) holds each row's mean and scale. Without weight there is no norm,
// and without bias none is added. sum may be y. Without y, the norm is of the residual, and sum is
// not written.
template <typename T> struct AddNorm {
    const T* y;
    const T* bias = nullptr; // (d)
    const T* residual;
    RowDrop<T> drop;
    const T* weight = nullptr; // (d)
    const T* shift = nullptr; // (d)
    T* sum;
    T* out = nullptr;
    T* statistics = nullptr;
};
template <typename T> void addNorm(const AddNorm<T>& call, RowRange range);

// From the gradients of sum and out, each may be null: those of residual and y, which are written
// where they are not null, and of bias, weight and shift, which are added to.
template <typename T> struct AddNormGrads {
    const T* gradSum;
    const T* gradOut;
    const T* sum; // with weight
    const T* statistics;
    const T* weight = nullptr;
    RowDrop<T> drop;
    T* residual;
    T* y; // where nothing is dropped, it is the residual's
    T* bias = nullptr;
    T* gradWeight = nullptr;
    T* gradShift = nullptr;
};
template <typename T> void addNormBackward(const AddNormGrads<T>& call, RowRange range);

// out = drop(max(y + bias, 0)); out may be y.
template <typename T>
void reluDrop(const T* y, const T* bias, const RowDrop<T>& drop, T* out, RowRange range);
// From the gradient of out: that of y, written, and that of bias, added to.
template <typename T>
void reluDropBackward(const T* out, const T* gradOut, T kept, T* y, T* bias, RowRange range);

// out = drop(x + table[index]).
template <typename T>
void addRowsDrop(
    const T* x, const T* table, const std::int64_t* index, const RowDrop<T>& drop, T* out,
    RowRange range);
// out = drop(x), the gradient of x from that of out.
template <typename T> void dropRows(const T* x, const RowDrop<T>& drop, T* out, RowRange range);

} // namespace fovea::model::kernels

// What models do to each row between two matrix products, and losses to rows of the item table, in
// one pass over memory, on the processor. Plain pointers, borrowed; float and double. One thread a
// call, of the rows first to last - 1 of all, with which every pointer begins.
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

// sum = residual + drop(y + bias); bias (d) may be null, sum may be y.
template <typename T>
void addDrop(
    const T* y, const T* bias, const T* residual, const RowDrop<T>& drop, T* sum, RowRange range);
// From the gradient of sum, which is that of residual: that of y, written, and that of bias, added
// to.
template <typename T>
void addDropBackward(const T* gradSum, const RowDrop<T>& drop, T* y, T* bias, RowRange range);

// out = (x - mean) * scale * weight + shift (Ba et al. 2016); weight and shift (d). statistics
// (T, 2) takes each row's mean and scale.
template <typename T>
void norm(const T* x, const T* weight, const T* shift, T* out, T* statistics, RowRange range);

template <typename T> struct NormGrads {
    const T* gradOut;
    const T* x;
    const T* statistics;
    const T* weight;
    const T* gradMore; // what x's gradient gets besides; may be null
    T* gradX; // written
    T* gradWeight; // added to, as the next
    T* gradShift;
};
template <typename T> void normBackward(const NormGrads<T>& call, RowRange range);

// out = drop(max(y + bias, 0)); out may be y.
template <typename T>
void reluDrop(const T* y, const T* bias, const RowDrop<T>& drop, T* out, RowRange range);
// From the gradient of out: that of y, written, and that of bias, added to.
template <typename T>
void reluDropBackward(const T* out, const T* gradOut, T kept, T* y, T* bias, RowRange range);

// For each row t, row index[t] of a table (n, d).
template <typename T> struct TakenRows {
    const T* table;
    const std::int64_t* index;

    const T* at(std::int64_t t, std::int64_t width) const { return table + index[t] * width; }
};
// out = drop(a + b)
template <typename T>
void addTakenDrop(TakenRows<T> a, TakenRows<T> b, const RowDrop<T>& drop, T* out, RowRange range);
// out = drop(x), the gradient of x from that of out.
template <typename T> void dropRows(const T* x, const RowDrop<T>& drop, T* out, RowRange range);

// Rows of a table (rows, d) that are read where they lie: `each` of them for each state (T, d).
struct Lookups {
    const std::int32_t* rows; // (T, each)
    std::int64_t each;
};
// scores (T, each): the products of each state and its rows.
template <typename T>
void dotRows(const T* table, Lookups lookups, const T* states, T* scores, RowRange range);
// gradStates (T, d), written, from the gradient of the scores (T, each).
template <typename T>
void sumRows(const T* table, Lookups lookups, const T* gradScores, T* gradStates, RowRange range);

// factor times row `from` of some rows (., d), to be added to row `to` of a table (., d).
template <typename T> struct RowAddition {
    std::int32_t to;
    std::int32_t from;
    T factor;
};
// In their order. Calls at the same time must not add to the same row.
template <typename T>
void addRows(
    const RowAddition<T>* additions, std::int64_t count, const T* rows, std::int64_t width,
    T* table);

} // namespace fovea::model::kernels

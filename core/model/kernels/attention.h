// Attention of packed sequences on the processor: what packedAttention calls for a range of
// sequences. Plain pointers, borrowed; one thread a call; float and double. What a head of a
// sequence is copied to stays with the thread for its next call, up to 4 MiB.
//
// Tiles of queries: scores by a small matrix product, softmax in place, context by another one. The
// backward pass computes the weights again from the saved logarithm of the sum of exponentials
// (Dao et al., "FlashAttention", 2022), and draws dropout again from its keys.
#pragma once

#include <cstdint>

namespace fovea::model::kernels {

// Rows of all heads side by side, `stride` numbers apart.
template <typename T> struct Rows {
    T* data;
    std::int64_t stride;
};

// Which number of a head's bias table is added to the score of a query and a key.
class BiasIndex {
public:
    virtual ~BiasIndex() = default;
    // For query `i` of the sequence that begins at `begin` and its keys 0 to n - 1.
    virtual void fill(
        std::int64_t begin, std::int64_t i, std::int64_t n, std::int32_t* out) const = 0;
};

template <typename T> struct AttentionShape {
    std::int64_t heads = 1;
    std::int64_t headWidth = 0;
    const std::int64_t* offsets = nullptr; // (B + 1)
    bool causal = true; // a query sees the keys up to its own place, else all of its sequence
    // Dropout of the weights; 0 = none. A weight is dropped where hashColumn(rowKeys[query],
    // head << 24 ^ columns[key]) is below the threshold, else multiplied by keptScale.
    std::uint32_t dropThreshold = 0;
    T keptScale = 1;
    const std::uint64_t* rowKeys = nullptr; // (T)
    const std::uint32_t* columns = nullptr; // (T)
    // Added to the scaled scores; null = none.
    const T* bias = nullptr; // (heads, biasCount)
    std::int64_t biasCount = 0;
    const BiasIndex* biasIndex = nullptr;
    // Added to queries, keys and values, (heads * headWidth) each; null = nothing.
    const T* qShift = nullptr;
    const T* kShift = nullptr;
    const T* vShift = nullptr;
};

// Of the sequences first to last - 1: out and logSums (T, heads) are written; logSums, which the
// backward pass needs, may be null.
template <typename T>
void attentionForward(
    const AttentionShape<T>& shape, Rows<const T> q, Rows<const T> k, Rows<const T> v, Rows<T> out,
    T* logSums, std::int64_t first, std::int64_t last);

// One query of each sequence and head over the sequence's rows, which are keys and values at once
// and the same for all heads: softmax(q x^T) x. All contiguous.
template <typename T> struct QueriesOverRows {
    const std::int64_t* offsets; // (B + 1)
    std::int64_t heads;
    std::int64_t width;
    const T* q; // (B, heads, width), scaled
    const T* x; // (rows, width)
    T* out; // (B, heads, width); left as it is where a sequence has no rows
};
template <typename T>
void attentionOverRows(const QueriesOverRows<T>& call, std::int64_t first, std::int64_t last);

// dq, dk and dv are written; biasGrad (heads, biasCount) and those of the shifts, if not null, are
// added to.
template <typename T> struct AttentionGrads {
    Rows<T> dq, dk, dv;
    T* biasGrad = nullptr;
    T* qShift = nullptr;
    T* kShift = nullptr;
    T* vShift = nullptr;
};
template <typename T>
void attentionBackward(
    const AttentionShape<T>& shape, Rows<const T> q, Rows<const T> k, Rows<const T> v,
    Rows<const T> out, Rows<const T> gradOut, const T* logSums, const AttentionGrads<T>& grads,
    std::int64_t first, std::int64_t last);

} // namespace fovea::model::kernels

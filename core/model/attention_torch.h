// Multi-head attention over packed sequences: softmax(Q K^T / sqrt(d_head) + B + M) V, where M is
// -inf for a key after its query (Vaswani et al. 2017). Compute thread.
#pragma once

#include "core/model/dropout_torch.h"
#include "core/model/kernels/attention.h"

namespace fovea::model {

struct AttentionCall {
    std::int64_t heads = 1;
    bool causal = true; // else a query sees all of its sequence
    std::shared_ptr<const std::vector<std::int64_t>> offsets; // (B + 1)
    double dropout = 0; // of the weights
    RowKeys keys; // needed when dropout > 0
    std::shared_ptr<const std::vector<std::int32_t>>
        places; // (T), the columns that dropout is keyed by
    std::uint32_t site = 0;
    // B, of relative places or times: (h, n), the number of a query and key by the index. Undefined
    // = none.
    at::Tensor bias;
    std::shared_ptr<const kernels::BiasIndex> biasIndex;
};

// q, k, v (T, h * dh) to (T, h * dh), by core/model/kernels/attention.h. float or double; rows may
// lie apart.
at::Tensor packedAttention(
    const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const AttentionCall& call);

// One query of each sequence and head, q (B, h, d), already scaled, over the sequence's rows x
// (T, d), offsets (B + 1), which are keys and values at once and the same for all heads:
// softmax(q x^T) x, (B, h, d), zeros where a sequence has no rows. Without gradients or dropout.
at::Tensor attentionOverRows(
    const at::Tensor& q, const at::Tensor& x, const std::vector<std::int64_t>& offsets);

// The same by plain tensor operations on each sequence: what packedAttention is tested against, and
// the path that can return the weights, (h, L, L) before dropout, of a single sequence.
at::Tensor referenceAttention(
    const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const AttentionCall& call,
    at::Tensor* weights = nullptr);

} // namespace fovea::model

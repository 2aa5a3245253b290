// Causal multi-head attention over packed sequences: softmax(Q K^T / sqrt(d_head) + M) V, M = -inf
// where a key comes after its query (Vaswani et al. 2017). Compute thread.
#pragma once

#include "core/model/dropout_torch.h"

namespace fovea::model {

struct AttentionCall {
    std::int64_t heads = 1;
    std::shared_ptr<const std::vector<std::int64_t>> offsets; // (B + 1)
    double dropout = 0; // of the weights
    RowKeys keys; // needed when dropout > 0
    std::shared_ptr<const std::vector<std::int32_t>>
        places; // (T), the columns that dropout is keyed by
    std::uint32_t site = 0;
};

// q, k, v (T, h * dh) to (T, h * dh). One pass a sequence and head, weights never stored; the
// backward pass computes them again. float or double.
at::Tensor packedAttention(
    const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const AttentionCall& call);

// The same by plain tensor operations on each sequence: what packedAttention is tested against, and
// the path that can return the weights, (h, L, L) before dropout, of a single sequence.
at::Tensor referenceAttention(
    const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const AttentionCall& call,
    at::Tensor* weights = nullptr);

} // namespace fovea::model

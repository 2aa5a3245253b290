// The two halves of a block, each as one function of a few hundred rows at a time, so that what one
// step writes is still in the cache when the next reads it, forward and backward: what blocks.cpp
// does step by step, up to rounding. float or double, rows contiguous; the same bits for any number
// of threads. Compute thread.
#pragma once

#include "core/model/attention_torch.h"
#include "core/model/rows_torch.h"

namespace fovea::model {

// y = x weightᵀ + bias
struct LinearWeights {
    at::Tensor weight; // (out, in)
    at::Tensor bias; // (out)
};

// residual + drop(f(norm(x))), where the residual is x or its norm.
struct Half {
    at::Tensor x; // (T, d)
    at::Tensor normWeight; // (d); undefined = x is not normalised
    at::Tensor normShift;
    bool addsNormed = false; // the residual is the norm
    RowDropout drop;
};

// True where rows can be read and written in whole vectors, and the weights are not too many.
bool fitsHalf(const at::Tensor& x, std::int64_t innerWidth);

// f = down(drop(max(up(n), 0)))
at::Tensor feedForward(
    const Half& half, const LinearWeights& up, const RowDropout& inner, const LinearWeights& down);

// f = out(attention of qkv(n)); qkv (3 d, d) are queries, keys and values side by side. Without an
// attention bias.
at::Tensor selfAttention(
    const Half& half, const LinearWeights& qkv, const AttentionCall& call,
    const LinearWeights& out);

} // namespace fovea::model

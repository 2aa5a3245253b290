// The two halves of a block, each as one function of a few hundred rows at a time, so that what one
// step writes is still in the cache when the next reads it, forward and backward: the same numbers
// as the steps one after the other (blocks.cpp), up to rounding, in three quarters of the time.
// float or double, rows contiguous; the same bits for any number of threads. Compute thread.
#pragma once

#include "core/model/attention_torch.h"
#include "core/model/rows_torch.h"

namespace fovea::model {

// y = x weightᵀ + bias
struct LinearWeights {
    at::Tensor weight; // (out, in)
    at::Tensor bias; // (out)
};

// What comes behind a half: residual + drop(y), and its norm.
struct Ending {
    at::Tensor residual; // (T, d)
    RowDropout drop;
    at::Tensor normWeight; // (d); undefined = no norm
    at::Tensor normShift;
};

// True where the widths are such that rows can be read and written in whole vectors.
bool fitSublayers(const at::Tensor& x, std::int64_t innerWidth);

// y = down(drop(max(up(x), 0)))
SumAndNorm feedForward(
    const at::Tensor& x, const LinearWeights& up, const RowDropout& inner,
    const LinearWeights& down, const Ending& ending);

// y = out(attention of qkv(x)); qkv (3 d, d) are queries, keys and values side by side. Without an
// attention bias.
SumAndNorm selfAttention(
    const at::Tensor& x, const LinearWeights& qkv, const AttentionCall& call,
    const LinearWeights& out, const Ending& ending);

} // namespace fovea::model

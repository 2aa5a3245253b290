// A layer's matrix products, forward and backward, with the same bits for any number of threads:
// LibTorch's products add up in an order that depends on how many share them. float or double. On
// all threads; compute thread.
#pragma once

#include "core/device/tensor_torch.h"

namespace fovea::model {

// x weightᵀ + bias of x (T, in), weight (out, in); without a bias (out) where it is undefined.
at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias = {});

// With rows h * dh to (h + 1) * dh of weight (d, d) as head h's, W_h (dh, d), and without
// gradients: x_h W_h of each head's part of x (T, d), (T, h, d),
at::Tensor intoHeads(const at::Tensor& x, const at::Tensor& weight, std::int64_t heads);
// and x_h W_hᵀ of x (T, h, d), side by side, (T, d).
at::Tensor outOfHeads(const at::Tensor& x, const at::Tensor& weight);

} // namespace fovea::model

// SASRec with nothing of Fovea's in its arithmetic: what the engine is measured against. Batches
// padded to their longest history, LibTorch's embedding, linear, layer_norm, dropout,
// scaled_dot_product_attention (with dropout, so on its math path), losses and fused Adam.
#pragma once

#include "core/model/model_torch.h"
#include "core/train/run_config.h"

#include <map>

namespace fovea::bench {

class Reference {
public:
    // Starts from the values of `model`'s parameters; pre-norm.
    Reference(const model::Model& model, const train::RunConfig& config);

    // Mean loss over the real positions: "ce", or "bce" with one negative a target, drawn
    // uniformly.
    at::Tensor loss(const data::Batch& batch, const std::string& name) const;
    void step(const data::Batch& batch, const std::string& name);

    const std::map<std::string, at::Tensor>& parameters() const { return m_parameters; }

private:
    at::Tensor hidden(const at::Tensor& items, const at::Tensor& recency) const; // (B, L, d)
    at::Tensor linear(const std::string& name, const at::Tensor& x) const;
    at::Tensor norm(const std::string& name, const at::Tensor& x) const;
    at::Tensor drop(const at::Tensor& x) const;

    train::RunConfig m_config;
    std::map<std::string, at::Tensor> m_parameters;
    std::vector<at::Tensor> m_first, m_second;
    std::int64_t m_steps = 0;
};

} // namespace fovea::bench

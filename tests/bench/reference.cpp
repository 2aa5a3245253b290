#include "tests/bench/reference_torch.h"

#include <algorithm>

namespace fovea::bench {

Reference::Reference(const model::Model& model, const train::RunConfig& config)
    : m_config(config)
{
    for (const auto& [name, tensor] : model.parameters().all())
        m_parameters[name] = tensor.detach().clone().requires_grad_(true);
    for (const auto& [name, tensor] : m_parameters) {
        m_first.push_back(at::zeros_like(tensor));
        m_second.push_back(at::zeros_like(tensor));
    }
}

at::Tensor Reference::linear(const std::string& name, const at::Tensor& x) const
{
    return at::linear(x, m_parameters.at(name + ".weight"), m_parameters.at(name + ".bias"));
}

at::Tensor Reference::norm(const std::string& name, const at::Tensor& x) const
{
    return at::layer_norm(
        x, {x.size(-1)}, m_parameters.at(name + ".weight"), m_parameters.at(name + ".bias"), 1e-5);
}

at::Tensor Reference::drop(const at::Tensor& x) const
{
    return *m_config.hiddenDropout > 0 ? at::dropout(x, *m_config.hiddenDropout, true) : x;
}

at::Tensor Reference::hidden(const at::Tensor& items, const at::Tensor& recency) const
{
    const auto count = items.size(0);
    const auto length = items.size(1);
    const auto heads = [&](const at::Tensor& x) {
        return x.view({count, length, m_config.heads, -1}).transpose(1, 2);
    };
    auto x = drop(
        at::embedding(m_parameters.at("items.weight"), items)
        + at::embedding(m_parameters.at("positions.weight"), recency));
    for (std::int64_t layer = 0; layer < *m_config.layers; ++layer) {
        const auto block = "blocks." + std::to_string(layer);
        const auto n = norm(block + ".attention_norm", x);
        const auto mixed = at::scaled_dot_product_attention(
            heads(linear(block + ".attention.query", n)),
            heads(linear(block + ".attention.key", n)),
            heads(linear(block + ".attention.value", n)), {}, *m_config.attentionDropout,
            /*is_causal=*/true);
        const auto joined = mixed.transpose(1, 2).reshape({count, length, m_config.width});
        x = x + drop(linear(block + ".attention.out", joined));
        const auto inner = drop(at::relu(linear(block + ".up", norm(block + ".forward_norm", x))));
        x = x + drop(linear(block + ".down", inner));
    }
    return norm("final_norm", x);
}

at::Tensor Reference::loss(const data::Batch& batch, const std::string& name) const
{
    std::int64_t longest = 0;
    for (std::size_t b = 0; b + 1 < batch.offsets.size(); ++b)
        longest = std::max(longest, batch.offsets[b + 1] - batch.offsets[b]);
    // Padded behind, where a causal query never looks.
    auto items = at::zeros({batch.size(), longest}, at::kLong);
    auto targets = at::zeros_like(items);
    auto recency = at::zeros_like(items);
    for (std::int64_t b = 0; b < batch.size(); ++b) {
        const auto begin = batch.offsets[static_cast<std::size_t>(b)];
        const auto length = batch.offsets[static_cast<std::size_t>(b) + 1] - begin;
        for (std::int64_t i = 0; i < length; ++i) {
            const auto t = static_cast<std::size_t>(begin + i);
            items.data_ptr<std::int64_t>()[b * longest + i] = batch.items[t];
            targets.data_ptr<std::int64_t>()[b * longest + i] = batch.targets[t];
            recency.data_ptr<std::int64_t>()[b * longest + i] = length - 1 - i;
        }
    }
    const auto table = m_parameters.at("items.weight");
    const auto states = hidden(items, recency);
    if (name == "ce") {
        const auto rows = states.reshape({-1, states.size(2)});
        const auto scores = at::mm(rows, table.narrow(0, 1, table.size(0) - 1).t());
        return at::cross_entropy_loss(scores, targets.view(-1) - 1, {}, at::Reduction::Mean, -1);
    }
    const auto real = targets != 0;
    const auto negatives = at::randint(1, table.size(0), targets.sizes(), at::kLong);
    const auto positive = (states * at::embedding(table, targets)).sum(-1);
    const auto negative = (states * at::embedding(table, negatives)).sum(-1);
    const auto sum = at::softplus(-positive) + at::softplus(negative);
    return (sum * real).sum() / real.sum();
}

void Reference::step(const data::Batch& batch, const std::string& name)
{
    loss(batch, name).backward();
    const at::NoGradGuard noGrad;
    ++m_steps;
    std::vector<at::Tensor> parameters, gradients, counts;
    for (auto& [key, tensor] : m_parameters) {
        parameters.push_back(tensor);
        gradients.push_back(tensor.grad());
        counts.push_back(at::full({}, static_cast<double>(m_steps), at::kFloat));
    }
    at::_fused_adam_(
        parameters, gradients, m_first, m_second, {}, counts, m_config.learningRate, 0.9, 0.999, 0,
        1e-8, /*amsgrad=*/false, /*maximize=*/false);
    for (auto& [key, tensor] : m_parameters)
        tensor.mutable_grad() = at::Tensor();
}

} // namespace fovea::bench

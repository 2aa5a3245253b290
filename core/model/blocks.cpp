#include "core/model/blocks_torch.h"

#include "core/train/run_config.h"

namespace fovea::model {

namespace {

// Sites of dropout: a few a layer, so that no two share their draws.
std::uint32_t siteOf(std::uint32_t layer, std::uint32_t place) { return 8 * (layer + 1) + place; }

} // namespace

LayerNorm::LayerNorm(ParameterSet& set, const std::string& name, std::int64_t width)
    : weight(set.filled(name + ".weight", {width}, 1))
    , bias(set.filled(name + ".bias", {width}, 0))
{ }

at::Tensor LayerNorm::operator()(const at::Tensor& x) const
{
    return at::layer_norm(x, {x.size(-1)}, weight, bias, 1e-5);
}

Linear::Linear(ParameterSet& set, const std::string& name, std::int64_t in, std::int64_t out)
    : weight(set.glorot(name + ".weight", out, in))
    , bias(set.filled(name + ".bias", {out}, 0))
{ }

at::Tensor Linear::operator()(const at::Tensor& x) const { return at::linear(x, weight, bias); }

PassKeys::PassKeys(const PackedBatch& b, const Context& c)
    : batch(b)
    , context(c)
{
    if (c.training && c.hiddenDropout > 0)
        hidden = rowKeys(b, c.draws, base::Purpose::HiddenDropout);
    if (c.training && c.attentionDropout > 0)
        attention = rowKeys(b, c.draws, base::Purpose::AttentionDropout);
}

at::Tensor PassKeys::dropHidden(const at::Tensor& x, std::uint32_t site) const
{
    return hidden ? dropout(x, context.hiddenDropout, hidden, site) : x;
}

MultiHeadAttention::MultiHeadAttention(
    ParameterSet& set, const std::string& name, const train::RunConfig& config, bool project)
    : m_heads(config.heads)
    , m_query(set, name + ".query", config.width, config.width)
    , m_key(set, name + ".key", config.width, config.width)
    , m_value(set, name + ".value", config.width, config.width)
{
    if (project)
        m_out = Linear(set, name + ".out", config.width, config.width);
}

at::Tensor MultiHeadAttention::operator()(
    const at::Tensor& queries, const at::Tensor& keys, const PassKeys& pass,
    std::uint32_t layer) const
{
    AttentionCall call;
    call.heads = m_heads;
    call.offsets = pass.batch.offsets;
    call.places = pass.batch.places;
    call.dropout = pass.attention ? pass.context.attentionDropout : 0.0;
    call.keys = pass.attention;
    call.site = siteOf(layer, 0);
    const auto q = m_query(queries);
    const auto k = m_key(keys);
    const auto v = m_value(keys);
    at::Tensor context;
    if (pass.context.maps) {
        at::Tensor weights;
        context = referenceAttention(q, k, v, call, &weights);
        pass.context.maps->push_back(weights);
    } else {
        context = packedAttention(q, k, v, call);
    }
    if (pass.context.headGates.defined()) {
        const auto gates = pass.context.headGates.select(0, layer).view({1, m_heads, 1});
        context = (context.view({context.size(0), m_heads, -1}) * gates).reshape_as(context);
    }
    return m_out.weight.defined() ? m_out(context) : context;
}

Norm normOf(const std::string& name)
{
    return name == "pre" ? Norm::Pre : name == "post" ? Norm::Post : Norm::Original;
}

Block::Block(ParameterSet& set, const std::string& name, const train::RunConfig& config)
    : m_norm(normOf(config.norm))
    , m_hasFeedForward(*config.ffnWidth > 0)
    , m_attentionNorm(set, name + ".attention_norm", config.width)
    , m_attention(set, name + ".attention", config, m_norm != Norm::Original)
{
    if (m_hasFeedForward) {
        m_forwardNorm = LayerNorm(set, name + ".forward_norm", config.width);
        m_up = Linear(set, name + ".up", config.width, *config.ffnWidth);
        m_down = Linear(set, name + ".down", *config.ffnWidth, config.width);
    }
}

at::Tensor Block::feedForward(const at::Tensor& x, const PassKeys& pass, std::uint32_t layer) const
{
    const auto inner = pass.dropHidden(at::relu(m_up(x)), siteOf(layer, 1));
    return pass.dropHidden(m_down(inner), siteOf(layer, 2));
}

at::Tensor Block::operator()(
    const at::Tensor& input, const at::Tensor& keys, const PassKeys& pass,
    std::uint32_t layer) const
{
    const auto attend = [&](const at::Tensor& q, const at::Tensor& own) {
        const auto out = m_attention(q, keys.defined() ? keys : own, pass, layer);
        return pass.dropHidden(out, siteOf(layer, 3));
    };
    at::Tensor x = input;
    switch (m_norm) {
    case Norm::Pre: {
        const auto n = m_attentionNorm(x);
        x = x + attend(n, n);
        return m_hasFeedForward ? x + feedForward(m_forwardNorm(x), pass, layer) : x;
    }
    case Norm::Post:
        x = m_attentionNorm(x + attend(x, x));
        return m_hasFeedForward ? m_forwardNorm(x + feedForward(x, pass, layer)) : x;
    case Norm::Original:
        break;
    }
    const auto q = m_attentionNorm(x);
    x = q + attend(q, x);
    if (!m_hasFeedForward)
        return x;
    const auto y = m_forwardNorm(x);
    return y + feedForward(y, pass, layer);
}

ItemEncoder::ItemEncoder(ParameterSet& set, std::int64_t items, std::int64_t width)
    : m_table(set.glorot("items.weight", items + 1, width))
{
    const at::NoGradGuard noGrad;
    m_table[0].zero_();
}

at::Tensor ItemEncoder::operator()(const at::Tensor& items) const
{
    return at::embedding(m_table, items, /*padding_idx=*/0);
}

} // namespace fovea::model

#include "core/model/blocks_torch.h"

#include "core/model/linear_torch.h"
#include "core/model/sublayers_torch.h"
#include "core/train/run_config.h"

#include <cmath>

namespace fovea::model {

namespace {

// Sites of dropout: a few a layer, so that no two share their draws.
std::uint32_t siteOf(std::uint32_t layer, std::uint32_t place) { return 8 * (layer + 1) + place; }

// Of x, or of its norm where there is one.
Half halfOf(const at::Tensor& x, const LayerNorm* norm, bool addsNormed, const RowDropout& drop)
{
    return {
        x, norm ? norm->weight : at::Tensor(), norm ? norm->bias : at::Tensor(), addsNormed, drop};
}

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

Pass::Pass(const PackedBatch& b, const Context& c, Engine e)
    : batch(b)
    , context(c)
    , engine(e)
{
    if (c.training && c.hiddenDropout > 0)
        hidden = rowKeys(b, c.draws, base::Purpose::HiddenDropout);
    if (c.training && c.attentionDropout > 0)
        attention = rowKeys(b, c.draws, base::Purpose::AttentionDropout);
}

RowDropout Pass::hiddenDrop(std::uint32_t site) const
{
    return {hidden ? context.hiddenDropout : 0.0, hidden, site};
}

at::Tensor Pass::dropHidden(const at::Tensor& x, std::uint32_t site) const
{
    return hidden ? dropout(x, context.hiddenDropout, hidden, site) : x;
}

at::Tensor Pass::linear(const Linear& layer, const at::Tensor& x) const
{
    return isPlain() ? at::linear(x, layer.weight, layer.bias)
                     : model::linear(x, layer.weight, layer.bias);
}

at::Tensor Pass::rowsOf(const TableRows& rows) const
{
    return isPlain() ? at::embedding(rows.table, rows.index, -1, false, rows.sparse)
                     : takeRows(rows);
}

at::Tensor Pass::add(
    const at::Tensor& residual, const Linear& layer, const at::Tensor& x, std::uint32_t site) const
{
    const bool projects = layer.weight.defined();
    if (isPlain())
        return residual + dropHidden(projects ? linear(layer, x) : x, site);
    return addDrop(
        projects ? model::linear(x, layer.weight) : x, layer.bias, residual, hiddenDrop(site));
}

at::Tensor Pass::norm(const LayerNorm& norm, const at::Tensor& x) const
{
    return isPlain() ? norm(x) : model::norm(x, norm.weight, norm.bias);
}

at::Tensor Pass::reluDrop(const Linear& layer, const at::Tensor& x, std::uint32_t site) const
{
    return isPlain()
        ? dropHidden(at::relu(linear(layer, x)), site)
        : model::reluDrop(model::linear(x, layer.weight), layer.bias, hiddenDrop(site));
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

AttentionCall MultiHeadAttention::callOf(const Pass& pass, std::uint32_t layer) const
{
    AttentionCall call;
    call.heads = m_heads;
    call.offsets = pass.batch.offsets;
    call.places = pass.batch.places;
    call.dropout = pass.attention ? pass.context.attentionDropout : 0.0;
    call.keys = pass.attention;
    call.site = siteOf(layer, 0);
    return call;
}

at::Tensor MultiHeadAttention::ofLasts(
    const at::Tensor& queries, const at::Tensor& keys,
    const std::vector<std::int64_t>& offsets) const
{
    // With q a head's query, x a row, Wk and Wv the head's: q . (Wk x + bk) is (Wk^T q) . x and a
    // number that all keys share, and weights w that add up to 1 make sum w (Wv x + bv) be
    // Wv (sum w x) + bv.
    const auto headWidth = queries.size(1) / m_heads;
    const auto scale = 1 / std::sqrt(static_cast<double>(headWidth));
    const auto q = linear(queries, m_query.weight, m_query.bias) * scale;
    const auto sums = attentionOverRows(intoHeads(q, m_key.weight, m_heads), keys, offsets);
    return outOfHeads(sums, m_value.weight) + m_value.bias;
}

at::Tensor MultiHeadAttention::operator()(
    const at::Tensor& queries, const at::Tensor& keys, const Pass& pass, std::uint32_t layer) const
{
    const auto call = callOf(pass, layer);
    const auto q = pass.linear(m_query, queries);
    const auto k = pass.linear(m_key, keys);
    const auto v = pass.linear(m_value, keys);
    at::Tensor context;
    if (pass.context.maps || pass.isPlain()) {
        at::Tensor weights;
        context = referenceAttention(q, k, v, call, pass.context.maps ? &weights : nullptr);
        if (pass.context.maps)
            pass.context.maps->push_back(weights);
    } else {
        context = packedAttention(q, k, v, call);
    }
    if (pass.context.headGates.defined()) {
        const auto gates = pass.context.headGates.select(0, layer).view({1, m_heads, 1});
        context = (context.view({context.size(0), m_heads, -1}) * gates).reshape_as(context);
    }
    return context;
}

bool MultiHeadAttention::isOneFunction(const at::Tensor& x, const Pass& pass) const
{
    const bool isSeen = pass.context.maps || pass.context.headGates.defined();
    return !pass.isPlain() && !isSeen && m_out.weight.defined() && fitsHalf(x, x.size(1));
}

at::Tensor MultiHeadAttention::onto(
    const at::Tensor& x, const LayerNorm* norm, const Pass& pass, std::uint32_t layer,
    std::uint32_t site) const
{
    return selfAttention(
        halfOf(x, norm, false, pass.hiddenDrop(site)),
        {at::cat({m_query.weight, m_key.weight, m_value.weight}),
         at::cat({m_query.bias, m_key.bias, m_value.bias})},
        callOf(pass, layer), {m_out.weight, m_out.bias});
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

at::Tensor Block::attended(
    const at::Tensor& x, const at::Tensor& keys, const Pass& pass, std::uint32_t layer) const
{
    const auto site = siteOf(layer, 3);
    const bool isPost = m_norm == Norm::Post;
    if (!keys.defined() && m_attention.isOneFunction(x, pass)) {
        const auto* before = isPost ? nullptr : &m_attentionNorm;
        const auto y = m_attention.onto(x, before, pass, layer, site);
        return isPost ? pass.norm(m_attentionNorm, y) : y;
    }
    const auto queries = isPost ? x : pass.norm(m_attentionNorm, x);
    const auto& own = m_norm == Norm::Original ? x : queries;
    const auto values = m_attention(queries, keys.defined() ? keys : own, pass, layer);
    const auto y = pass.add(m_norm == Norm::Pre ? x : queries, m_attention.output(), values, site);
    return isPost ? pass.norm(m_attentionNorm, y) : y;
}

at::Tensor Block::fedForward(const at::Tensor& x, const Pass& pass, std::uint32_t layer) const
{
    if (!m_hasFeedForward)
        return x;
    const bool isPost = m_norm == Norm::Post;
    const bool addsNormed = m_norm == Norm::Original;
    at::Tensor y;
    if (!pass.isPlain() && fitsHalf(x, m_up.weight.size(0))) {
        const auto drop = pass.hiddenDrop(siteOf(layer, 2));
        y = feedForward(
            halfOf(x, isPost ? nullptr : &m_forwardNorm, addsNormed, drop),
            {m_up.weight, m_up.bias}, pass.hiddenDrop(siteOf(layer, 1)),
            {m_down.weight, m_down.bias});
    } else {
        const auto input = isPost ? x : pass.norm(m_forwardNorm, x);
        const auto hidden = pass.reluDrop(m_up, input, siteOf(layer, 1));
        y = pass.add(addsNormed ? input : x, m_down, hidden, siteOf(layer, 2));
    }
    return isPost ? pass.norm(m_forwardNorm, y) : y;
}

at::Tensor Block::operator()(
    const at::Tensor& x, const at::Tensor& keys, const Pass& pass, std::uint32_t layer) const
{
    return fedForward(attended(x, keys, pass, layer), pass, layer);
}

at::Tensor Block::ofLasts(const at::Tensor& x, const Pass& pass, std::uint32_t layer) const
{
    const auto lastsOf = [&](const at::Tensor& all) {
        return all.index_select(0, pass.batch.lasts);
    };
    const bool isPost = m_norm == Norm::Post;
    const auto keys = m_norm == Norm::Pre ? pass.norm(m_attentionNorm, x) : x;
    const auto queries =
        m_norm == Norm::Original ? pass.norm(m_attentionNorm, lastsOf(x)) : lastsOf(keys);
    const auto values = m_attention.ofLasts(queries, keys, *pass.batch.offsets);
    const auto y = pass.add(
        m_norm == Norm::Pre ? lastsOf(x) : queries, m_attention.output(), values, siteOf(layer, 3));
    return fedForward(isPost ? pass.norm(m_attentionNorm, y) : y, pass, layer);
}

at::Tensor through(
    std::span<const Block> blocks, const at::Tensor& x, const at::Tensor& keys, const Pass& pass)
{
    auto y = x;
    for (std::size_t layer = 0; layer < blocks.size(); ++layer)
        y = blocks[layer](y, keys, pass, static_cast<std::uint32_t>(layer));
    return y;
}

ItemEncoder::ItemEncoder(ParameterSet& set, std::int64_t items, const train::RunConfig& config)
    : m_table(set.glorot("items.weight", items + 1, config.width))
    , m_sparse(config.updatesTouched())
{
    const at::NoGradGuard noGrad;
    m_table[0].zero_();
}

at::Tensor ItemEncoder::of(const Pass& pass) const
{
    return pass.rowsOf({m_table, pass.batch.items, m_sparse});
}

at::Tensor ItemEncoder::plus(const TableRows& added, const Pass& pass, std::uint32_t site) const
{
    return pass.isPlain()
        ? pass.dropHidden(of(pass) + pass.rowsOf(added), site)
        : addTakenDrop({m_table, pass.batch.items, m_sparse}, added, pass.hiddenDrop(site));
}

} // namespace fovea::model

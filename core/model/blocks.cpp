#include "core/model/blocks_torch.h"

#include "core/model/sublayers_torch.h"
#include "core/train/run_config.h"

namespace fovea::model {

namespace {

// Sites of dropout: a few a layer, so that no two share their draws.
std::uint32_t siteOf(std::uint32_t layer, std::uint32_t place) { return 8 * (layer + 1) + place; }

Ending endingOf(const at::Tensor& residual, const RowDropout& drop, const LayerNorm* norm)
{
    return {
        residual, drop, norm ? norm->weight : at::Tensor(), norm ? norm->bias : at::Tensor()};
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

at::Tensor Linear::operator()(const at::Tensor& x) const { return at::linear(x, weight, bias); }

at::Tensor Linear::product(const at::Tensor& x) const { return at::mm(x, weight.t()); }

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

at::Tensor Pass::addRows(
    const at::Tensor& x, const at::Tensor& table, const at::Tensor& index, std::uint32_t site) const
{
    return isPlain() ? dropHidden(x + at::embedding(table, index), site)
                     : addRowsDrop(x, table, index, hiddenDrop(site));
}

at::Tensor Pass::add(
    const at::Tensor& residual, const Linear& linear, const at::Tensor& x, std::uint32_t site) const
{
    const bool projects = linear.weight.defined();
    if (isPlain())
        return residual + dropHidden(projects ? linear(x) : x, site);
    return addDrop(projects ? linear.product(x) : x, linear.bias, residual, hiddenDrop(site));
}

at::Tensor Pass::norm(const LayerNorm& norm, const at::Tensor& x) const
{
    return isPlain() ? norm(x) : model::norm(x, norm.weight, norm.bias);
}

SumAndNorm Pass::addThenNorm(
    const at::Tensor& residual, const Linear& linear, const at::Tensor& x, std::uint32_t site,
    const LayerNorm* norm) const
{
    if (isPlain() || !norm) {
        const auto sum = add(residual, linear, x, site);
        return {sum, norm ? (*norm)(sum) : at::Tensor()};
    }
    const auto y = linear.weight.defined() ? linear.product(x) : x;
    return addNorm(y, linear.bias, residual, hiddenDrop(site), norm->weight, norm->bias);
}

at::Tensor Pass::reluDrop(const Linear& linear, const at::Tensor& x, std::uint32_t site) const
{
    return isPlain() ? dropHidden(at::relu(linear(x)), site)
                     : model::reluDrop(linear.product(x), linear.bias, hiddenDrop(site));
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
    const at::Tensor& queries, const at::Tensor& keys, const Pass& pass) const
{
    const auto both = at::linear(
        keys, at::cat({m_key.weight, m_value.weight}), at::cat({m_key.bias, m_value.bias}));
    const auto width = queries.size(1);
    return packedAttentionOfLasts(
        m_query(queries), both.narrow(1, 0, width), both.narrow(1, width, width), callOf(pass, 0));
}

at::Tensor MultiHeadAttention::operator()(
    const at::Tensor& queries, const at::Tensor& keys, const Pass& pass, std::uint32_t layer) const
{
    const auto call = callOf(pass, layer);
    at::Tensor context;
    if (pass.context.maps || pass.isPlain()) {
        at::Tensor weights;
        context = referenceAttention(
            m_query(queries), m_key(keys), m_value(keys), call,
            pass.context.maps ? &weights : nullptr);
        if (pass.context.maps)
            pass.context.maps->push_back(weights);
    } else {
        context = packedAttention(m_query(queries), m_key(keys), m_value(keys), call);
    }
    if (pass.context.headGates.defined()) {
        const auto gates = pass.context.headGates.select(0, layer).view({1, m_heads, 1});
        context = (context.view({context.size(0), m_heads, -1}) * gates).reshape_as(context);
    }
    return context;
}

SumAndNorm MultiHeadAttention::addThenNorm(
    const at::Tensor& residual, const at::Tensor& queries, const at::Tensor& keys, const Pass& pass,
    std::uint32_t layer, const LayerNorm* norm) const
{
    const auto site = siteOf(layer, 3);
    const bool isSeen = pass.context.maps || pass.context.headGates.defined();
    if (pass.isPlain() || isSeen || !queries.is_same(keys) || !m_out.weight.defined()
        || !fitSublayers(queries, queries.size(1)))
        return pass.addThenNorm(residual, m_out, (*this)(queries, keys, pass, layer), site, norm);
    return selfAttention(
        queries,
        {at::cat({m_query.weight, m_key.weight, m_value.weight}),
         at::cat({m_query.bias, m_key.bias, m_value.bias})},
        callOf(pass, layer), {m_out.weight, m_out.bias},
        endingOf(residual, pass.hiddenDrop(site), norm));
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

SumAndNorm Block::feedForward(
    const at::Tensor& residual, const at::Tensor& x, const Pass& pass, std::uint32_t layer,
    const LayerNorm* next) const
{
    if (!pass.isPlain() && fitSublayers(x, m_up.weight.size(0)))
        return model::feedForward(
            x, {m_up.weight, m_up.bias}, pass.hiddenDrop(siteOf(layer, 1)),
            {m_down.weight, m_down.bias},
            endingOf(residual, pass.hiddenDrop(siteOf(layer, 2)), next));
    return pass.addThenNorm(
        residual, m_down, pass.reluDrop(m_up, x, siteOf(layer, 1)), siteOf(layer, 2), next);
}

// rows(x): the positions that are wanted; attend(residual, queries, keys, norm): what attention
// makes of them.
template <class Rows, class Attend>
SumAndNorm Block::apply(
    const SumAndNorm& x, const Pass& pass, std::uint32_t layer, const LayerNorm* next,
    const Rows& rows, const Attend& attend) const
{
    if (m_norm == Norm::Post) {
        const auto own = rows(x.sum);
        auto y = attend(own, own, x.sum, &m_attentionNorm).norm;
        if (m_hasFeedForward)
            y = feedForward(y, y, pass, layer, &m_forwardNorm).norm;
        return {y, next ? pass.norm(*next, y) : at::Tensor()};
    }
    const auto queries = rows(x.norm);
    const bool isPre = m_norm == Norm::Pre;
    const auto residual = isPre ? rows(x.sum) : queries;
    const auto& keys = isPre ? x.norm : x.sum;
    if (!m_hasFeedForward)
        return attend(residual, queries, keys, next);
    const auto y = attend(residual, queries, keys, &m_forwardNorm);
    return feedForward(isPre ? y.sum : y.norm, y.norm, pass, layer, next);
}

SumAndNorm Block::operator()(
    const SumAndNorm& x, const at::Tensor& keys, const Pass& pass, std::uint32_t layer,
    const LayerNorm* next) const
{
    return apply(
        x, pass, layer, next, [](const at::Tensor& all) { return all; },
        [&](const at::Tensor& residual, const at::Tensor& queries, const at::Tensor& own,
            const LayerNorm* norm) {
            return m_attention.addThenNorm(
                residual, queries, keys.defined() ? keys : own, pass, layer, norm);
        });
}

at::Tensor Block::ofLasts(const SumAndNorm& x, const Pass& pass, std::uint32_t layer) const
{
    return apply(
               x, pass, layer, nullptr,
               [&](const at::Tensor& all) { return all.index_select(0, pass.batch.lasts); },
               [&](const at::Tensor& residual, const at::Tensor& queries, const at::Tensor& own,
                   const LayerNorm* norm) {
                   return pass.addThenNorm(
                       residual, m_attention.output(), m_attention.ofLasts(queries, own, pass),
                       siteOf(layer, 3), norm);
               })
        .sum;
}

SumAndNorm through(
    std::span<const Block> blocks, const at::Tensor& x, const at::Tensor& keys, const Pass& pass,
    const LayerNorm* last)
{
    const auto normBehind = [&](std::size_t count) {
        return count < blocks.size() ? blocks[count].firstNorm() : last;
    };
    const auto* first = normBehind(0);
    SumAndNorm y = {x, first ? pass.norm(*first, x) : at::Tensor()};
    for (std::size_t layer = 0; layer < blocks.size(); ++layer)
        y = blocks[layer](y, keys, pass, static_cast<std::uint32_t>(layer), normBehind(layer + 1));
    return y;
}

ItemEncoder::ItemEncoder(ParameterSet& set, std::int64_t items, const train::RunConfig& config)
    : m_table(set.glorot("items.weight", items + 1, config.width))
    , m_sparse(config.updatesTouched())
{
    const at::NoGradGuard noGrad;
    m_table[0].zero_();
}

at::Tensor ItemEncoder::operator()(const at::Tensor& items) const
{
    return takeRows(m_table, items, m_sparse);
}

} // namespace fovea::model

// The parts that attention models are built of. Compute thread.
#pragma once

#include "core/model/attention_torch.h"
#include "core/model/rows_torch.h"

#include <span>

namespace fovea::train {
struct RunConfig;
}

namespace fovea::model {

struct LayerNorm {
    LayerNorm() = default;
    LayerNorm(ParameterSet& set, const std::string& name, std::int64_t width);
    at::Tensor operator()(const at::Tensor& x) const;

    at::Tensor weight;
    at::Tensor bias;
};

struct Linear {
    Linear() = default;
    Linear(ParameterSet& set, const std::string& name, std::int64_t in, std::int64_t out);

    at::Tensor weight; // (out, in)
    at::Tensor bias; // (out)
};

// One pass: its dropout keys, made once and shared by all blocks, and the steps between two matrix
// products, by the engine that is asked for.
struct Pass {
    Pass(const PackedBatch& batch, const Context& context, Engine engine);
    at::Tensor dropHidden(const at::Tensor& x, std::uint32_t site) const;
    at::Tensor linear(const Linear& layer, const at::Tensor& x) const;
    at::Tensor rowsOf(const TableRows& rows) const; // table[index]
    // residual + drop(layer(x)); of x itself where the layer is undefined.
    at::Tensor add(
        const at::Tensor& residual, const Linear& layer, const at::Tensor& x,
        std::uint32_t site) const;
    at::Tensor norm(const LayerNorm& norm, const at::Tensor& x) const;
    // drop(max(layer(x), 0))
    at::Tensor reluDrop(const Linear& layer, const at::Tensor& x, std::uint32_t site) const;
    RowDropout hiddenDrop(std::uint32_t site) const;
    bool isPlain() const { return engine == Engine::Reference; }

    const PackedBatch& batch;
    const Context& context;
    Engine engine;
    RowKeys hidden;
    RowKeys attention;
};

class MultiHeadAttention {
public:
    // Without an output projection where `project` is false, as in the SASRec paper's code.
    MultiHeadAttention(
        ParameterSet& set, const std::string& name, const train::RunConfig& config, bool project);
    // queries (T, d) look at keys (T, d) of the same sequence that are not later: the heads' values
    // side by side, still to be projected by output().
    at::Tensor operator()(
        const at::Tensor& queries, const at::Tensor& keys, const Pass& pass,
        std::uint32_t layer) const;
    // x + drop(output(attention)) of a sequence's own positions, of x or of its norm where there is
    // one. A single function (sublayers_torch.h), where isOneFunction().
    at::Tensor onto(
        const at::Tensor& x, const LayerNorm* norm, const Pass& pass, std::uint32_t layer,
        std::uint32_t site) const;
    bool isOneFunction(const at::Tensor& x, const Pass& pass) const;
    // The last query of each sequence alone, (B, d) to (B, d), where nothing is trained or watched.
    // Keys and values are never made: a query is taken into the keys' rows instead, and the values'
    // product is that of the rows' weighted sum.
    at::Tensor ofLasts(
        const at::Tensor& queries, const at::Tensor& keys,
        const std::vector<std::int64_t>& offsets) const;
    const Linear& output() const { return m_out; } // undefined weight = no projection

private:
    AttentionCall callOf(const Pass& pass, std::uint32_t layer) const;

    std::int64_t m_heads;
    Linear m_query;
    Linear m_key;
    Linear m_value;
    Linear m_out;
};

enum class Norm { Pre, Post, Original };
Norm normOf(const std::string& name);

// Attention and feed-forward with residuals. Pre: x + f(LN(x)). Post: LN(x + f(x)). Original
// (kang205 model.py): the query and the residual are LN(x), keys and values are x, no output
// projection.
class Block {
public:
    Block(ParameterSet& set, const std::string& name, const train::RunConfig& config);
    // (T, d) to (T, d); self-attention where `keys` is undefined.
    at::Tensor operator()(
        const at::Tensor& x, const at::Tensor& keys, const Pass& pass, std::uint32_t layer) const;
    // Self-attention of the last position of each sequence alone, (T, d) to (B, d), where nothing
    // is trained or watched.
    at::Tensor ofLasts(const at::Tensor& x, const Pass& pass, std::uint32_t layer) const;

private:
    at::Tensor attended(
        const at::Tensor& x, const at::Tensor& keys, const Pass& pass, std::uint32_t layer) const;
    at::Tensor fedForward(const at::Tensor& x, const Pass& pass, std::uint32_t layer) const;

    Norm m_norm;
    bool m_hasFeedForward;
    LayerNorm m_attentionNorm;
    MultiHeadAttention m_attention;
    LayerNorm m_forwardNorm;
    Linear m_up;
    Linear m_down;
};

// x through blocks, one after the other.
at::Tensor through(
    std::span<const Block> blocks, const at::Tensor& x, const at::Tensor& keys, const Pass& pass);

// Item vectors behind a seam of their own: models never index the table themselves.
class ItemEncoder {
public:
    ItemEncoder(ParameterSet& set, std::int64_t items, const train::RunConfig& config);
    at::Tensor of(const Pass& pass) const; // the batch's items, (T, d)
    // drop(of(pass) + added)
    at::Tensor plus(const TableRows& added, const Pass& pass, std::uint32_t site) const;
    at::Tensor all() const { return m_table; } // (items + 1, d), row 0 is PAD

private:
    at::Tensor m_table;
    bool m_sparse; // its gradient holds the rows that were read, and no others
};

} // namespace fovea::model

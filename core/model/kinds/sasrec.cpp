// SASRec (Kang and McAuley, "Self-attentive sequential recommendation", ICDM 2018): item and
// position embeddings, causal self-attention blocks, scores against the item table. Positions count
// from the end, so that the last event always stands at the same one.
#include "core/model/blocks_torch.h"
#include "core/model/kinds_torch.h"
#include "core/model/scripts.h"
#include "core/train/run_config.h"

namespace fovea::model {

namespace {

class Sasrec final : public Model {
public:
    Sasrec(const train::RunConfig& config, const Shape& shape, ParameterSet set)
        : Model(std::move(set))
        , m_config(config)
        , m_items(m_parameters, shape.items, config.width)
        , m_positions(m_parameters.glorot("positions.weight", config.maxLength, config.width))
    {
        for (std::int64_t layer = 0; layer < *config.layers; ++layer)
            m_blocks.emplace_back(m_parameters, "blocks." + std::to_string(layer), config);
        if (normOf(config.norm) != Norm::Post)
            m_finalNorm = LayerNorm(m_parameters, "final_norm", config.width);
    }

    Task task() const override { return Task::NextItem; }

    at::Tensor forward(const PackedBatch& batch, const Context& context) const override
    {
        const PassKeys pass(batch, context);
        auto x = m_items(batch.items) + at::embedding(m_positions, batch.recency);
        x = pass.dropHidden(x, 0);
        std::uint32_t layer = 0;
        for (const auto& block : m_blocks)
            x = block(x, {}, pass, layer++);
        return m_finalNorm.weight.defined() ? m_finalNorm(x) : x;
    }

    at::Tensor itemVectors() const override { return m_items.all(); }
    Script script() const override { return {sasrecScript(m_config)}; }

private:
    train::RunConfig m_config;
    ItemEncoder m_items;
    at::Tensor m_positions; // (max_length, d)
    std::vector<Block> m_blocks;
    LayerNorm m_finalNorm; // undefined for post-norm
};

} // namespace

const KindRow kSasrec = {
    {"sasrec", Task::NextItem, "ce", 2, true,
     "self-attention over the history, scores for the next item"},
    [](const train::RunConfig& config, const Shape& shape,
       ParameterSet set) -> std::unique_ptr<Model> {
        return std::make_unique<Sasrec>(config, shape, std::move(set));
    }};

} // namespace fovea::model

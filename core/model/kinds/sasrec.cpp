// SASRec (Kang and McAuley, "Self-attentive sequential recommendation", ICDM 2018): item and
// position embeddings, causal self-attention blocks, scores against the item table. Positions count
// from the end, so that the last event always stands at the same one.
#include "core/base/text.h"
#include "core/model/blocks_torch.h"
#include "core/model/kinds_torch.h"
#include "core/model/scripts_torch.h"
#include "core/train/run_config.h"

namespace fovea::model {

namespace {

// forward(items: int64 [B, L], 0 = pad on the left) -> float [B, items + 1], column 0 = -inf
std::string sasrecScript(const train::RunConfig& c)
{
    Body body;
    body("length = items.size(1)");
    body("recency = torch.arange(length - 1, -1, -1, device=items.device)");
    body("pad = items == 0");
    scriptCausalMask(body, "pad");
    body("x = torch.embedding(self.items_weight, items) + torch.embedding(self.positions_weight, "
         "recency)");
    for (std::int64_t layer = 0; layer < *c.layers; ++layer)
        scriptBlock(body, "blocks_" + std::to_string(layer), c, true);
    body("x = torch.select(x, 1, length - 1)");
    if (normOf(c.norm) != Norm::Post)
        body("x = " + scriptNorm("x", "final_norm", c.width));
    body("scores = torch.matmul(x, self.items_weight.t())");
    body("never = torch.arange(self.items_weight.size(0), device=items.device) == 0");
    body("return torch.masked_fill(scores, never, float('-inf'))");
    return "def forward(self, items: Tensor) -> Tensor:\n" + body.text()
        + "\ndef topk(self, items: Tensor, k: int) -> Tuple[Tensor, Tensor]:\n"
          "    values, indices = torch.topk(self.forward(items), k)\n"
          "    return values, indices\n";
}

class Sasrec final : public Model {
public:
    Sasrec(const train::RunConfig& config, const Shape& shape, ParameterSet set)
        : Model(std::move(set))
        , m_config(config)
        , m_items(m_parameters, shape.items, config)
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
        const Pass pass(batch, context, engineOf(m_config));
        return exit(through(m_blocks, entry(pass), {}, pass), pass);
    }

    at::Tensor lasts(const PackedBatch& batch) const override
    {
        if (m_blocks.empty() || engineOf(m_config) == Engine::Reference)
            return Model::lasts(batch);
        const Context context;
        const Pass pass(batch, context, Engine::Packed);
        const auto& last = m_blocks.back();
        const auto before = std::span(m_blocks).first(m_blocks.size() - 1);
        const auto x = through(before, entry(pass), {}, pass);
        return exit(last.ofLasts(x, pass, static_cast<std::uint32_t>(before.size())), pass);
    }

    at::Tensor itemVectors() const override { return m_items.all(); }
    Script script() const override { return {sasrecScript(m_config)}; }

private:
    at::Tensor entry(const Pass& pass) const
    {
        return m_items.plus({m_positions, pass.batch.recency}, pass, 0);
    }
    at::Tensor exit(const at::Tensor& x, const Pass& pass) const
    {
        return m_finalNorm.weight.defined() ? pass.norm(m_finalNorm, x) : x;
    }

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

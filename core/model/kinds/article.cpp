// The article's model for ratings, mended (docs/article-model.md): embedding, multi-head attention,
// a linear head, dropout on the context. The query is the item to be rated, keys and values are the
// user's earlier events with the ratings given; position 0 of the keys is a learned vector, so that
// an empty history has something to look at. With more layers or a feed-forward part the attention
// sits in residual blocks.
#include "core/base/text.h"
#include "core/model/blocks_torch.h"
#include "core/model/kinds_torch.h"
#include "core/model/scripts_torch.h"
#include "core/train/run_config.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace fovea::model {

namespace {

// forward(items: int64 [B, L], ratings: float [B, L], target: int64 [B], user: int64 [B] or
// nothing)
// -> float [B]; user rows count from 1, 0 = nobody
std::string articleScript(const train::RunConfig& c, const Shape& shape)
{
    Body body;
    // The history is cut to what the model sees beside the target, whose recency is 0.
    body("kept = min(items.size(1), " + std::to_string(c.maxLength - 1) + ")");
    body("history = items.narrow(1, items.size(1) - kept, kept)");
    body("given = ratings.narrow(1, ratings.size(1) - kept, kept)");
    body("length = kept + 1");
    body("recency = torch.arange(length - 1, -1, -1, device=items.device)");
    body("events = torch.cat([history, target.unsqueeze(1)], 1)");
    body("x = torch.embedding(self.items_weight, events) + torch.embedding(self.positions_weight, "
         "recency)");
    body(
        "v = (given - " + base::toText(shape.meanValue) + ") / " + base::toText(shape.halfScale()));
    body("rated = x.narrow(1, 0, kept) + " + scriptLinear("torch.stack([v, v * v], 2)", "ratings"));
    // The learned start stands right before the first event, where the packed model has it.
    body("pads = torch.sum(history == 0, 1)");
    body("slots = torch.arange(length, device=items.device).unsqueeze(0)");
    body("isStart = (slots == pads.unsqueeze(1)).unsqueeze(2)");
    body("shifted = torch.cat([torch.zeros_like(x.narrow(1, 0, 1)), rated], 1)");
    body("keys = torch.where(isStart, self.start.unsqueeze(0), shifted)");
    body("pad = slots < pads.unsqueeze(1)");
    scriptCausalMask(body, "pad");
    if (*c.layers == 1 && *c.ffnWidth == 0) {
        body("q = x")("kv = keys");
        scriptAttention(body, "attention", c, true);
        body("x = a");
    } else {
        for (std::int64_t layer = 0; layer < *c.layers; ++layer)
            scriptBlock(body, "blocks_" + std::to_string(layer), c, false);
        body("x = " + scriptNorm("x", "final_norm", c.width));
    }
    body(
        "p = " + scriptLinear("torch.select(x, 1, length - 1)", "head")
        + ".squeeze(1) + self.mean");
    if (c.biases) {
        body("p = p + torch.index_select(self.item_bias, 0, target)");
        body("rows = torch.zeros_like(target)");
        body("if user is not None:")("    rows = user");
        body("p = p + torch.index_select(self.user_bias, 0, rows)");
    }
    body("return p");
    return "def forward(self, items: Tensor, ratings: Tensor, target: Tensor, user: "
           "Optional[Tensor] = "
           "None) -> Tensor:\n"
        + body.text();
}

class Article final : public Model {
public:
    Article(const train::RunConfig& config, const Shape& shape, ParameterSet set)
        : Model(std::move(set))
        , m_config(config)
        , m_shape(shape)
        , m_items(m_parameters, shape.items, config)
        , m_positions(m_parameters.glorot("positions.weight", config.maxLength, config.width))
        , m_start(m_parameters.normal("start", {1, config.width}, 0.02))
        , m_ratings(m_parameters, "ratings", 2, config.width)
        , m_head(m_parameters, "head", config.width, 1)
    {
        if (isPlain(config)) {
            m_attention.emplace(m_parameters, "attention", config, true);
        } else {
            for (std::int64_t layer = 0; layer < *config.layers; ++layer)
                m_blocks.emplace_back(m_parameters, "blocks." + std::to_string(layer), config);
            m_finalNorm = LayerNorm(m_parameters, "final_norm", config.width);
        }
        m_mean = m_parameters.filled("mean", {1}, shape.meanValue);
        if (config.biases) {
            m_userBias = m_parameters.filled("user_bias", {shape.users + 1}, 0);
            m_itemBias = m_parameters.filled("item_bias", {shape.items + 1}, 0);
        }
    }

    Task task() const override { return Task::Ratings; }

    at::Tensor forward(const PackedBatch& batch, const Context& context) const override
    {
        const Pass pass(batch, context, engineOf(m_config));
        const auto items = m_items.of(pass);
        const auto positions = pass.rowsOf({m_positions, batch.recency});
        const auto keys = pass.dropHidden(earlierEvents(pass, items + positions), 1);
        auto x = pass.dropHidden(items + positions, 0);
        if (m_attention) {
            x = pass.dropHidden(
                pass.linear(m_attention->output(), (*m_attention)(x, keys, pass, 0)), 2);
        } else {
            x = pass.norm(m_finalNorm, through(m_blocks, x, keys, pass));
        }
        auto head = m_head;
        head.bias = head.bias + m_mean;
        auto prediction = pass.linear(head, x);
        if (m_userBias.defined()) {
            // Row 0 is for a history that belongs to nobody.
            prediction = prediction + pass.rowsOf({m_userBias.unsqueeze(1), batch.users + 1})
                + pass.rowsOf({m_itemBias.unsqueeze(1), batch.items});
        }
        return prediction.squeeze(-1);
    }

    at::Tensor itemVectors() const override { return {}; }
    Script script() const override { return {articleScript(m_config, m_shape)}; }

private:
    static bool isPlain(const train::RunConfig& config)
    {
        return *config.layers == 1 && *config.ffnWidth == 0;
    }

    // Key i of a sequence is event i - 1 with its rating, key 0 the learned start: causal attention
    // then shows a query all events before it and nothing of its own.
    at::Tensor earlierEvents(const Pass& pass, const at::Tensor& events) const
    {
        const auto& batch = pass.batch;
        const auto tokens = batch.items.size(0);
        auto previous =
            at::empty({tokens}, at::kLong); // index of the event before, tokens = the start
        const auto& offsets = *batch.offsets;
        for (std::size_t b = 0; b + 1 < offsets.size(); ++b) {
            for (auto t = offsets[b]; t < offsets[b + 1]; ++t)
                previous.data_ptr<std::int64_t>()[t] = t == offsets[b] ? tokens : t - 1;
        }
        const auto values =
            (at::tensor(batch.host.values, at::kFloat).to(events.scalar_type()) - m_shape.meanValue)
            / m_shape.halfScale();
        const auto features = at::stack({values, values * values}, 1);
        const auto rated = events + pass.linear(m_ratings, features);
        return pass.rowsOf({at::cat({rated, m_start}), previous});
    }

    train::RunConfig m_config;
    Shape m_shape;
    ItemEncoder m_items;
    at::Tensor m_positions; // (max_length, d)
    at::Tensor m_start; // (1, d)
    Linear m_ratings; // embedding of a rating: linear in it and its square
    std::optional<MultiHeadAttention> m_attention;
    std::vector<Block> m_blocks;
    LayerNorm m_finalNorm;
    Linear m_head;
    at::Tensor m_mean; // (1)
    at::Tensor m_userBias; // (users + 1), undefined without biases
    at::Tensor m_itemBias; // (items + 1)
};

} // namespace

const KindRow kArticle = {
    {"article", Task::Ratings, "mse", 1, false,
     "the article's model: attention of an item over the rated history, ratings"},
    [](const train::RunConfig& config, const Shape& shape,
       ParameterSet set) -> std::unique_ptr<Model> {
        return std::make_unique<Article>(config, shape, std::move(set));
    }};

} // namespace fovea::model

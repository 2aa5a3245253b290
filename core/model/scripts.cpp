#include "core/model/scripts.h"

#include "core/base/text.h"
#include "core/model/blocks_torch.h"
#include "core/train/run_config.h"

#include <algorithm>
#include <cmath>

namespace fovea::model {

namespace {

// Lines of a function body, indented by four.
class Body {
public:
    Body& operator()(const std::string& line)
    {
        m_text += "    " + line + "\n";
        return *this;
    }
    const std::string& text() const { return m_text; }

private:
    std::string m_text;
};

std::string norm(const std::string& x, const std::string& name, std::int64_t width)
{
    return "torch.layer_norm(" + x + ", [" + std::to_string(width) + "], self." + name
        + "_weight, self." + name + "_bias, 1e-05)";
}

std::string linear(const std::string& x, const std::string& name)
{
    return "torch.linear(" + x + ", self." + name + "_weight, self." + name + "_bias)";
}

// a = attention of q over kv (both [B, L, d]); `hidden` [B, 1, L, L] is true where a key is hidden.
void attention(Body& body, const std::string& name, const train::RunConfig& c, bool project)
{
    const auto heads = std::to_string(c.heads);
    const auto head = std::to_string(c.width / c.heads);
    for (const std::string part : {"query", "key", "value"}) {
        const std::string from = part == "query" ? "q" : "kv";
        body(
            part + " = " + linear(from, name + "_" + part) + ".view([q.size(0), q.size(1), " + heads
            + ", " + head + "]).transpose(1, 2)");
    }
    body(
        "scores = torch.matmul(query, key.transpose(2, 3)) / "
        + base::toFixed(std::sqrt(static_cast<double>(c.width / c.heads)), 12));
    body("weights = torch.softmax(torch.masked_fill(scores, hidden, float('-inf')), -1)");
    body(
        "a = torch.matmul(weights, value).transpose(1, 2).reshape([q.size(0), q.size(1), "
        + std::to_string(c.width) + "])");
    if (project)
        body("a = " + linear("a", name + "_out"));
}

// x = block(x), over its own stream or over `keys`.
void block(Body& body, const std::string& name, const train::RunConfig& c, bool ownKeys)
{
    const auto kind = normOf(c.norm);
    const bool forward = *c.ffnWidth > 0;
    const auto an = norm("x", name + "_attention_norm", c.width);
    const auto feed = [&](const std::string& x) {
        return linear("torch.relu(" + linear(x, name + "_up") + ")", name + "_down");
    };
    body("q = " + (kind == Norm::Post ? std::string("x") : an));
    body("kv = " + std::string(!ownKeys ? "keys" : kind == Norm::Original ? "x" : "q"));
    attention(body, name + "_attention", c, kind != Norm::Original);
    switch (kind) {
    case Norm::Pre:
        body("x = x + a");
        if (forward)
            body("y = " + norm("x", name + "_forward_norm", c.width))("x = x + " + feed("y"));
        break;
    case Norm::Post:
        body("x = x + a")("x = " + an);
        if (forward)
            body("x = x + " + feed("x"))("x = " + norm("x", name + "_forward_norm", c.width));
        break;
    case Norm::Original:
        body("x = q + a");
        if (forward)
            body("y = " + norm("x", name + "_forward_norm", c.width))("x = y + " + feed("y"));
        break;
    }
}

// A query always sees its own place, so that no row is hidden whole.
void causalMask(Body& body, const std::string& pad)
{
    body("future = torch.triu(torch.ones([length, length], device=items.device), 1) > 0");
    body("own = torch.eye(length, device=items.device) > 0");
    body(
        "hidden = torch.logical_or(future.unsqueeze(0), torch.logical_and(" + pad
        + ".unsqueeze(1), torch.logical_not(own).unsqueeze(0))).unsqueeze(1)");
}

} // namespace

std::string sasrecScript(const train::RunConfig& c)
{
    Body body;
    body("length = items.size(1)");
    body("recency = torch.arange(length - 1, -1, -1, device=items.device)");
    body("pad = items == 0");
    causalMask(body, "pad");
    body("x = torch.embedding(self.items_weight, items) + torch.embedding(self.positions_weight, "
         "recency)");
    for (std::int64_t layer = 0; layer < *c.layers; ++layer)
        block(body, "blocks_" + std::to_string(layer), c, true);
    body("x = torch.select(x, 1, length - 1)");
    if (normOf(c.norm) != Norm::Post)
        body("x = " + norm("x", "final_norm", c.width));
    body("scores = torch.matmul(x, self.items_weight.t())");
    body("never = torch.arange(self.items_weight.size(0), device=items.device) == 0");
    body("return torch.masked_fill(scores, never, float('-inf'))");
    return "def forward(self, items: Tensor) -> Tensor:\n" + body.text()
        + "\ndef topk(self, items: Tensor, k: int) -> Tuple[Tensor, Tensor]:\n"
          "    values, indices = torch.topk(self.forward(items), k)\n"
          "    return values, indices\n";
}

std::string articleScript(const train::RunConfig& c, const Shape& shape)
{
    const double width =
        std::max(1.0, 0.5 * (static_cast<double>(shape.highestValue) - shape.lowestValue));
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
    body("v = (given - " + base::toText(shape.meanValue) + ") / " + base::toText(width));
    body("rated = x.narrow(1, 0, kept) + " + linear("torch.stack([v, v * v], 2)", "ratings"));
    // The learned start stands right before the first event, where the packed model has it.
    body("pads = torch.sum(history == 0, 1)");
    body("slots = torch.arange(length, device=items.device).unsqueeze(0)");
    body("isStart = (slots == pads.unsqueeze(1)).unsqueeze(2)");
    body("shifted = torch.cat([torch.zeros_like(x.narrow(1, 0, 1)), rated], 1)");
    body("keys = torch.where(isStart, self.start.unsqueeze(0), shifted)");
    body("pad = slots < pads.unsqueeze(1)");
    causalMask(body, "pad");
    if (*c.layers == 1 && *c.ffnWidth == 0) {
        body("q = x")("kv = keys");
        attention(body, "attention", c, true);
        body("x = a");
    } else {
        for (std::int64_t layer = 0; layer < *c.layers; ++layer)
            block(body, "blocks_" + std::to_string(layer), c, false);
        body("x = " + norm("x", "final_norm", c.width));
    }
    body("p = " + linear("torch.select(x, 1, length - 1)", "head") + ".squeeze(1) + self.mean");
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

} // namespace fovea::model

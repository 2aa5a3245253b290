#include "core/model/scripts_torch.h"

#include "core/base/text.h"
#include "core/train/run_config.h"

#include <algorithm>
#include <cmath>

namespace fovea::model {

std::string scriptNorm(const std::string& x, const std::string& name, std::int64_t width)
{
    return "torch.layer_norm(" + x + ", [" + std::to_string(width) + "], self." + name
        + "_weight, self." + name + "_bias, 1e-05)";
}

std::string scriptLinear(const std::string& x, const std::string& name)
{
    return "torch.linear(" + x + ", self." + name + "_weight, self." + name + "_bias)";
}

void scriptAttention(Body& body, const std::string& name, const train::RunConfig& c, bool project)
{
    const auto headWidth = c.width / c.heads; // heads divide the width
    const auto split = ".view([q.size(0), q.size(1), " + std::to_string(c.heads) + ", "
        + std::to_string(headWidth) + "]).transpose(1, 2)";
    const auto stem = name + "_";
    for (const std::string part : {"query", "key", "value"}) {
        const std::string from = part == "query" ? "q" : "kv";
        std::string line = part + " = ";
        line += scriptLinear(from, stem + part);
        line += split;
        body(line);
    }
    body(
        "scores = torch.matmul(query, key.transpose(2, 3)) / "
        + base::toFixed(std::sqrt(static_cast<double>(headWidth)), 12));
    body("weights = torch.softmax(torch.masked_fill(scores, hidden, float('-inf')), -1)");
    body(
        "a = torch.matmul(weights, value).transpose(1, 2).reshape([q.size(0), q.size(1), "
        + std::to_string(c.width) + "])");
    if (project)
        body("a = " + scriptLinear("a", name + "_out"));
}

// x = scriptBlock(x), over its own stream or over `keys`.
void scriptBlock(Body& body, const std::string& name, const train::RunConfig& c, bool ownKeys)
{
    const auto kind = normOf(c.norm);
    const bool forward = *c.ffnWidth > 0;
    const auto an = scriptNorm("x", name + "_attention_norm", c.width);
    const auto feed = [&](const std::string& x) {
        return scriptLinear("torch.relu(" + scriptLinear(x, name + "_up") + ")", name + "_down");
    };
    body("q = " + (kind == Norm::Post ? std::string("x") : an));
    body("kv = " + std::string(!ownKeys ? "keys" : kind == Norm::Original ? "x" : "q"));
    scriptAttention(body, name + "_attention", c, kind != Norm::Original);
    switch (kind) {
    case Norm::Pre:
        body("x = x + a");
        if (forward)
            body("y = " + scriptNorm("x", name + "_forward_norm", c.width))("x = x + " + feed("y"));
        break;
    case Norm::Post:
        body("x = x + a")("x = " + an);
        if (forward)
            body("x = x + " + feed("x"))("x = " + scriptNorm("x", name + "_forward_norm", c.width));
        break;
    case Norm::Original:
        body("x = q + a");
        if (forward)
            body("y = " + scriptNorm("x", name + "_forward_norm", c.width))("x = y + " + feed("y"));
        break;
    }
}

void scriptCausalMask(Body& body, const std::string& pad)
{
    body("future = torch.triu(torch.ones([length, length], device=items.device), 1) > 0");
    body("own = torch.eye(length, device=items.device) > 0");
    body(
        "hidden = torch.logical_or(future.unsqueeze(0), torch.logical_and(" + pad
        + ".unsqueeze(1), torch.logical_not(own).unsqueeze(0))).unsqueeze(1)");
}

} // namespace fovea::model

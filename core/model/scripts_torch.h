// Pieces of TorchScript source for the exported modules: the padded form, in evaluation mode, of
// what the packed blocks compute. A kind's file puts its script together from them. Pure text.
#pragma once

#include "core/model/blocks_torch.h"

#include <string>

namespace fovea::model {

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

// Expressions over an expression x and the parameters of that name.
std::string scriptNorm(const std::string& x, const std::string& name, std::int64_t width);
std::string scriptLinear(const std::string& x, const std::string& name);

// a = attention of q over kv (both [B, L, d]); `hidden` [B, 1, L, L] is true where a key is hidden.
void scriptAttention(
    Body& body, const std::string& name, const train::RunConfig& config, bool project);
// x = block(x), over its own stream, or over `keys`.
void scriptBlock(Body& body, const std::string& name, const train::RunConfig& config, bool ownKeys);
// `hidden` for causal attention, pads (an expression, [B, L]) hidden, too; a query always sees its
// own place, so that no row is hidden whole.
void scriptCausalMask(Body& body, const std::string& pad);

} // namespace fovea::model

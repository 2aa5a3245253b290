// The TorchScript source of each model's exported module: the padded form of what the packed model
// computes in evaluation mode. Pure text.
#pragma once

#include <string>

namespace fovea::train {
struct RunConfig;
}

namespace fovea::model {

struct Shape;

// forward(items: int64 [B, L], 0 = pad on the left) -> float [B, items + 1], column 0 = -inf
std::string sasrecScript(const train::RunConfig& config);
// forward(items: int64 [B, L], ratings: float [B, L], target: int64 [B], user: int64 [B] or
// nothing)
// -> float [B]; user rows count from 1, 0 = nobody
std::string articleScript(const train::RunConfig& config, const Shape& shape);

} // namespace fovea::model

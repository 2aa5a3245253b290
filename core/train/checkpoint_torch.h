// Everything that training continues from, in one file: tensors as safetensors, the rest as JSON in
// its metadata. Checked by a checksum. Compute thread.
#pragma once

#include "core/io/json.h"
#include "core/model/model_torch.h"
#include "core/train/optimiser_torch.h"

#include <filesystem>

namespace fovea::train {

struct Progression {
    std::int64_t epoch = 0; // finished ones
    std::int64_t stepInEpoch = 0; // done in the one under way
    std::int64_t step = 0; // done in all
    double lossSum = 0; // over targets of the epoch under way, as they weigh
    double lossTargets = 0; // or what they weigh together
    std::int64_t epochsSinceBest = 0;
    double bestMetric = 0;
    std::int64_t bestEpoch = 0;
    std::int64_t metricsBytes = 0; // how much of metrics.jsonl belongs to this state
    double seconds = 0;
};

// The file's bytes, which are saved with io::replaceFile.
std::string checkpointBytes(
    const model::Model& model, const Optimiser* optimiser, const Progression& progression);
// `optimiser` may be null, for looking at the weights alone.
Result<Progression> loadCheckpoint(
    const std::filesystem::path& file, const model::Model& model, Optimiser* optimiser);

} // namespace fovea::train

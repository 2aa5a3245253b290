// How far a run has come, as a checkpoint says it in its metadata. A plain value; any thread.
#pragma once

#include "core/io/safetensors.h"

#include <cstdint>

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
    std::int64_t updates = 0; // steps that had something to learn from
};

io::TensorMetadata metadataOf(const Progression& progression);
// Refuses what no run could have written; `where` names the file.
Result<Progression> progressionFrom(const io::TensorMetadata& metadata, const std::string& where);

// Whether a run of so many steps an epoch and so many epochs can be there.
Status checkPlace(
    const Progression& progression, std::int64_t stepsPerEpoch, std::int64_t epochs,
    const std::string& where);

} // namespace fovea::train

// How well attention finds the planted causes of a sample: the probability that the cause of a
// user's target of a part gets more of the last row's attention than another item of the history,
// ties counting half (the area under the ROC curve; 0.5 is chance). Compute thread.
#pragma once

#include "core/base/progress.h"
#include "core/data/sample.h"
#include "core/data/split.h"
#include "core/explain/attention_map.h"

#include <stop_token>

namespace fovea::explain {

struct PlantedScore {
    std::string name; // "layer 2, mean of heads"
    double auc = 0;
};

struct PlantedResult {
    std::vector<PlantedScore> scores; // each head of each layer, and each layer's mean
    std::int64_t events =
        0; // targets that have a cause within what the model sees, and another item beside it
};

Result<PlantedResult> plantedCauses(
    const train::TrainedModel& model, const std::vector<data::Cause>& truth, data::Part part,
    base::Progress& progress, std::stop_token stop);

// Of one event: scores (n), the index of the cause. Exposed for tests.
double aucOf(std::span<const float> scores, std::size_t cause);

} // namespace fovea::explain

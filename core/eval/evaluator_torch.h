// Measures a model on one part of a data set. Compute thread.
#pragma once

#include "core/base/progress.h"
#include "core/eval/evaluate.h"
#include "core/model/model_torch.h"

#include <functional>
#include <stop_token>

namespace fovea::eval {

struct EvaluatorCall {
    const data::Dataset& dataset;
    data::Part part;
    std::int64_t maxLength;
    base::Progress& progress;
    std::stop_token stop;
    std::function<void()> betweenTiles; // may be empty
};

// Histories of so many positions, or a single one, pass through the model at a time.
inline constexpr std::int64_t kTileTokens = 1 << 14;

// Ranks of targets, or prediction minus truth, in the order of usersWithTarget. NaN scores are a
// failure that says so.
Result<std::vector<double>> terms(const model::Model& model, const EvaluatorCall& call);

Result<MetricValues> evaluate(const model::Model& model, const EvaluatorCall& call);

} // namespace fovea::eval

// Evaluations: what was measured, on whom, by which protocol, beside which baselines. Plain values.
#pragma once

#include "core/data/split.h"
#include "core/eval/metrics.h"
#include "core/io/json.h"

#include <span>
#include <string>
#include <vector>

namespace fovea::eval {

struct Measured {
    std::string name; // "sasrec", "popularity", ...
    MetricValues values;
};

struct Evaluation {
    Measured model;
    std::vector<Measured> baselines;
    std::int64_t users = 0; // with a target
    std::int64_t items = 0; // that compete
    std::string protocol; // in words
    double seconds = 0;
};

io::Json toJson(const Evaluation& evaluation);

struct Target {
    std::int32_t item;
    float score;
};

// How many items score higher than a target and the same.
struct Compared {
    std::int64_t greater = 0;
    std::int64_t equal = 0;
};
// Of the items that a user has seen, with these scores; the target is none of them, since it always
// competes.
Compared comparedSeen(
    Target target, std::span<const std::int32_t> seen, std::span<const float> scores);

// 1 + greater + ties / 2, from how many competitors score higher and equal, itself included.
double rankOf(std::int64_t greater, std::int64_t equal);

// The items of a history, sorted, each once.
std::vector<std::int32_t> seenItems(std::span<const std::int32_t> history);
// The same, behind others.
void appendSeen(std::span<const std::int32_t> history, std::vector<std::int32_t>& items);

// Baselines on the training part. Any thread.
Measured popularityBaseline(const data::Dataset& dataset, data::Part part);
// Global mean, mean of the user, mean of the item, regularised biases.
std::vector<Measured> ratingBaselines(const data::Dataset& dataset, data::Part part);

std::string protocolText(model::Task task, data::Part part);

} // namespace fovea::eval

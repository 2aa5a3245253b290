#include "core/eval/metrics.h"

#include <cmath>

namespace fovea::eval {

extern const Metric kMae;
// Pooled over events.
const Metric kMae = {
    "mae",
    model::Task::Ratings,
    false,
    false,
    [](double x, int) { return std::abs(x); },
    [](double mean) { return mean; },
    "mean absolute error"};

} // namespace fovea::eval

#include "core/eval/metrics.h"

#include <cmath>

namespace fovea::eval {

extern const Metric kRmse;
// Pooled over events, not a mean of users' means.
const Metric kRmse = {
    "rmse",
    model::Task::Ratings,
    false,
    false,
    [](double x, int) { return x * x; },
    [](double mean) { return std::sqrt(mean); },
    "root of the mean squared error"};

} // namespace fovea::eval

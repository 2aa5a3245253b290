#include "core/eval/metrics.h"

#include <cmath>

namespace fovea::eval {

extern const Metric kHr;
// Hit rate: the share of targets that rank k or better.
const Metric kHr = {
    "hr",
    model::Task::NextItem,
    true,
    true,
    [](double x, int k) { return x <= k ? 1.0 : 0.0; },
    [](double mean) { return mean; },
    "share of targets among the first k"};

} // namespace fovea::eval

#include "core/eval/metrics.h"

#include <cmath>

namespace fovea::eval {

extern const Metric kMrr;
// Mean reciprocal rank over the whole catalogue.
const Metric kMrr = {
    "mrr",
    model::Task::NextItem,
    true,
    false,
    [](double x, int) { return 1.0 / x; },
    [](double mean) { return mean; },
    "mean of 1 / rank"};

} // namespace fovea::eval

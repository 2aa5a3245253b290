#include "core/eval/metrics.h"

#include <cmath>

namespace fovea::eval {

extern const Metric kNdcg;
// With one target the ideal gain is 1 (Järvelin and Kekäläinen 2002).
const Metric kNdcg = {
    "ndcg",
    model::Task::NextItem,
    true,
    true,
    [](double x, int k) { return x <= k ? 1.0 / std::log2(x + 1.0) : 0.0; },
    [](double mean) { return mean; },
    "gain of the target among the first k, discounted by its rank"};

} // namespace fovea::eval

#include "core/train/schedules.h"

#include <cmath>
#include <numbers>

namespace fovea::train {

extern const Schedule kCosine;
// Half a cosine from 1 to 0 (Loshchilov and Hutter, "SGDR", 2017, without restarts).
const Schedule kCosine = {
    "cosine", [](double progress) { return 0.5 * (1.0 + std::cos(std::numbers::pi * progress)); },
    "falls to zero along half a cosine"};

} // namespace fovea::train

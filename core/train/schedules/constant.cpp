#include "core/train/schedules.h"

namespace fovea::train {

extern const Schedule kConstant;
const Schedule kConstant = {"constant", [](double) { return 1.0; }, "stays as it was set"};

} // namespace fovea::train

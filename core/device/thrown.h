// What LibTorch or the standard library threw, as an error for a person. Only to be called inside a
// catch block.
#pragma once

#include "core/base/result.h"

namespace fovea::device {

// Too little memory has a hint of its own, whichever of the two threw it.
Error thrown();

} // namespace fovea::device

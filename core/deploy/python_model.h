// model.py, which goes with exported weights: how they are put together, in PyTorch. It is also the
// second implementation that the tests compare with.
#pragma once

#include <string_view>

namespace fovea::deploy {

extern const std::string_view kPythonModel;

} // namespace fovea::deploy

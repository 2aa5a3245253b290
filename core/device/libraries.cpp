#include "core/device/libraries.h"

#include "core/device/tensor_torch.h"

#include <torch/version.h>

namespace fovea::device {

std::map<std::string, std::string> libraries()
{
#ifdef __clang__
    const std::string compiler = "Clang " __clang_version__;
#else
    const std::string compiler = "GCC " __VERSION__;
#endif
    return {{"libtorch", TORCH_VERSION}, {"compiler", compiler}};
}

} // namespace fovea::device

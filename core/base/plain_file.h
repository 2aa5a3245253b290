// What is read whole or by places has to be a file: a pipe would be waited for, a device may have
// no end. Any thread.
#pragma once

#include "core/base/result.h"

#include <filesystem>

namespace fovea::base {

// Refuses folders, pipes and devices. Where nothing is there, whoever opens it says so.
Status checkPlainFile(const std::filesystem::path& file);

} // namespace fovea::base

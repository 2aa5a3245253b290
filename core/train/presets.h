// Configurations by name, to start from. Constant data; any thread.
#pragma once

#include "core/train/run_config.h"

#include <span>
#include <string_view>

namespace fovea::train {

struct Preset {
    std::string_view name;
    std::string_view help;
    RunConfig config;
};

std::span<const Preset> presets();

} // namespace fovea::train

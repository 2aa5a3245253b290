// The table of losses, as much of it as needs no LibTorch. Constant data; any thread.
#pragma once

#include "core/model/kinds.h"

#include <span>
#include <string_view>

namespace fovea::train {

struct LossFunction; // losses_torch.h

struct Loss {
    std::string_view name;
    model::Task task;
    std::string_view help;
    const LossFunction* function;
};

std::span<const Loss> losses();
const Loss* findLoss(std::string_view name);

} // namespace fovea::train

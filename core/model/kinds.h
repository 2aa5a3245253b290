// The table of models, as much of it as needs no LibTorch. Constant data; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace fovea::model {

enum class Task { NextItem, Ratings };
std::string_view taskName(Task task);

struct Kind {
    std::string_view name;
    Task task;
    std::string_view loss; // where none is chosen
    std::int64_t layers; // where none is chosen
    bool feedForward; // where none is chosen: as wide as the model, or none
    std::string_view help;
};

std::span<const Kind> kinds();
const Kind* findKind(std::string_view name);

} // namespace fovea::model

// The table of schedules: the learning rate of a step as a factor of the one that was set. Constant
// data; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace fovea::train {

struct Schedule {
    std::string_view name;
    double (*factor)(double progress); // of the run after warm-up, 0 to 1
    std::string_view help;
};

std::span<const Schedule> schedules();
const Schedule* findSchedule(std::string_view name);

// Linear warm-up, then the schedule. `step` counts from 0.
double learningRateFactor(
    const Schedule& schedule, std::int64_t step, std::int64_t warmup, std::int64_t totalSteps);

} // namespace fovea::train

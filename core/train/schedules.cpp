#include "core/train/schedules.h"

#include <algorithm>
#include <array>

namespace fovea::train {

// One file each, in schedules/.
extern const Schedule kConstant;
extern const Schedule kCosine;

std::span<const Schedule> schedules()
{
    static const std::array<Schedule, 2> table = {kConstant, kCosine};
    return table;
}

const Schedule* findSchedule(std::string_view name)
{
    const auto table = schedules();
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const auto& s) { return s.name == name; });
    return found == table.end() ? nullptr : &*found;
}

double learningRateFactor(
    const Schedule& schedule, std::int64_t step, std::int64_t warmup, std::int64_t totalSteps)
{
    if (step < warmup)
        return static_cast<double>(step + 1) / static_cast<double>(warmup);
    const auto length = std::max<std::int64_t>(1, totalSteps - warmup);
    return schedule.factor(
        std::min(1.0, static_cast<double>(step - warmup) / static_cast<double>(length)));
}

} // namespace fovea::train

#include "core/data/split.h"

#include "core/base/long_pass.h"

namespace fovea::data {

std::int64_t historyLength(std::int64_t events, Part part)
{
    if (events < 3)
        return part == Part::Train ? events : -1;
    return part == Part::Test ? events - 1 : events - 2;
}

std::vector<UserIndex> usersWithTarget(const Dataset& dataset, Part part)
{
    const base::LongPass pass("the users with a target", dataset.userCount());
    std::vector<UserIndex> users;
    for (std::int32_t u = 0; u < dataset.userCount(); ++u) {
        const auto events = static_cast<std::int64_t>(dataset.itemsOf({u}).size());
        if (historyLength(events, part) >= 1)
            users.push_back({u});
    }
    return users;
}

} // namespace fovea::data

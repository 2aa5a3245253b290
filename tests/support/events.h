// The events of a data set as plain values, for comparing: the users in their order, each in time
// order.
#pragma once

#include "core/data/dataset.h"

#include <ostream>

namespace fovea::test {

struct Event {
    std::string user, item;
    std::int64_t time = 0;
    float value = 0;
    bool operator==(const Event&) const = default;
};

inline void PrintTo(const Event& e, std::ostream* out)
{
    *out << e.user << " " << e.item << " " << e.time << " " << e.value;
}

inline std::vector<Event> eventsOf(const data::Dataset& dataset)
{
    std::vector<Event> events;
    for (std::int32_t u = 0; u < dataset.userCount(); ++u) {
        const auto items = dataset.itemsOf({u});
        for (std::size_t i = 0; i < items.size(); ++i)
            events.push_back(
                {std::string(dataset.userId({u})), std::string(dataset.item({items[i]}).id),
                 dataset.hasTimes() ? dataset.timesOf({u})[i] : 0,
                 dataset.hasValues() ? dataset.valuesOf({u})[i] : 0});
    }
    return events;
}

} // namespace fovea::test

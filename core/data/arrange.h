// The second half of an import: from events in the order of the file to each user's events in time
// order, without duplicates, filtered. On several threads; what is left out is counted.
#pragma once

#include "core/base/progress.h"
#include "core/data/dataset.h"
#include "core/data/event_readers.h"

#include <stop_token>

namespace fovea::data {

struct ArrangeCall {
    int minUserEvents = 1;
    int minItemEvents = 1;
    Deals deals;
    int threads = 1;
    std::uint32_t earlierKind = kUnknownKind; // events of it come first, at their user's first time
};

constexpr const char* kDuplicate = "exact duplicate";

struct Arranged {
    // By first appearance among the events of the users and items that are left.
    std::vector<std::string> users;
    std::vector<std::string> items;
    Events events; // of each user by time, ties in file order; items count from 1
};

// Later copies of an event with the same user, item, time, value and weight go (without times a
// repetition is an event of its own), then what the recipe says about repeats and very long
// histories. Then users and items with fewer events, again and again until nothing changes.
// `memory` is that of reading, which took what the sorted events need.
Result<Arranged> arrange(
    const ReadEvents& read, const ArrangeCall& call, MemoryBudget& memory, Problems& problems,
    base::Progress& progress, std::stop_token stop);

} // namespace fovea::data

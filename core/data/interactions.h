// Events as readers produce them, and the second half of an import: duplicates, filters, order.
// Pure functions; each counts what it leaves out.
#pragma once

#include "core/data/dataset.h"

namespace fovea::data {

// In file order, ids already numbered by first appearance.
struct Interactions {
    std::vector<std::string> userIds;
    std::vector<std::string> itemIds;
    std::vector<std::int32_t> users; // from 0
    std::vector<std::int32_t> items; // from 0
    std::vector<std::int64_t> times; // microseconds since 1970; may be empty
    std::vector<float> values; // may be empty
    std::vector<std::int64_t> lines; // of the file, from 1
};

// Leaves out later copies of an event that has the same user, item, time and value. Without times a
// repetition is an event of its own.
void dropDuplicates(Interactions& all, Problems& problems);

// Users and items with fewer events go, again and again until nothing changes.
Interactions filtered(Interactions all, int minUserEvents, int minItemEvents, Problems& problems);

// Each user's events sorted by time, ties in file order. `items` begins with PAD.
std::shared_ptr<const Dataset> toDataset(
    const Interactions& all, const std::vector<Item>& items, Problems& problems);

} // namespace fovea::data

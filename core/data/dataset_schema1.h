// Data sets as Fovea wrote them before columns were mapped: names in CSV files, times of 64 bits.
// Read only; what is saved is of the newest schema.
#pragma once

#include "core/data/dataset.h"

namespace fovea::data {

struct Schema1 {
    std::vector<std::string> users;
    std::vector<Item> items; // PAD first
    Events events;
};

Result<Schema1> readSchema1(const std::filesystem::path& folder, const std::stop_token& stop);

} // namespace fovea::data

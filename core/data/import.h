// From a file of events to a data set: read, map ids, drop exact duplicates, filter to a fixed
// point, sort each user's events by time (ties in file order). One thread; takes progress and stop.
#pragma once

#include "core/data/dataset.h"
#include "core/data/delimited.h"
#include "core/data/roles.h"

#include <nlohmann/json.hpp>

#include <stop_token>

namespace fovea::data {

struct ImportOptions {
    std::filesystem::path file;
    std::filesystem::path itemsFile; // empty = none
    std::string format = "auto"; // auto, delimited, sequences
    std::vector<RoleChoice> roles;
    int minUserEvents = 1;
    int minItemEvents = 1;
};

struct Imported {
    std::shared_ptr<const Dataset> dataset;
    Problems problems;
    std::int64_t rows = 0; // rows of the file, the header not counted
    io::Json source; // how the file was read, for dataset.json
};

Result<Imported> importFile(
    const ImportOptions& options, base::Progress& progress, std::stop_token stop);

// Interactions in file order, ids already mapped by first appearance; what readers produce.
struct Interactions {
    std::vector<std::string> userIds;
    std::vector<std::string> itemIds;
    std::vector<std::int32_t> users; // from 0
    std::vector<std::int32_t> items; // from 0
    std::vector<std::int64_t> times; // may be empty
    std::vector<float> values; // may be empty
};

// The second half of the import: interactions to events. Counts what it leaves out in `problems`.
Interactions filtered(Interactions all, int minUserEvents, int minItemEvents, Problems& problems);
std::shared_ptr<const Dataset> toDataset(
    const Interactions& interactions, std::vector<Item> items, Problems& problems);

} // namespace fovea::data

// A file of items or of users beside the events: titles, categories and attributes by id. One
// thread; blocks on the disk.
#pragma once

#include "core/data/attributes.h"
#include "core/data/dataset.h"
#include "core/data/memory_budget.h"
#include "core/data/side_reading.h"
#include "core/io/access.h"

#include <nlohmann/json.hpp>

namespace fovea::data {

// What a file says, in the order of the ids that were asked about.
struct Told {
    std::vector<bool> isTold; // the file has a row
    std::vector<std::string> titles; // of items; empty = none
    std::vector<std::string> categories;
    std::vector<OwnAttribute> attributes;
    std::vector<std::int32_t> ids; // of the file's rows; -1 = not asked about
    bool hasProperties = false; // a row for each property, not for each item
    Problems problems;
    io::Json source; // how it was read, for dataset.json
};

// Files of one table. The first row of an id counts; of a table with a row for each property of an
// item (Retailrocket), the latest of each. The file need not tell of the first `known` ids. The
// column of the ids is the one that holds ids that are asked about, where none was named and the
// one that seems to be it holds none.
Result<Told> readSideFile(
    Side side, const std::vector<std::filesystem::path>& files, const std::vector<std::string>& ids,
    std::size_t known, const SideReading& reading, const io::Access& access, MemoryBudget& memory);

// A matrix with a row for each row of the items file, as a vector of its items: .npy, or the one
// matrix of a .safetensors file that has as many rows.
Status addVectors(
    Told& told, const std::filesystem::path& file, MemoryBudget& memory,
    const std::stop_token& stop);

// The items of a data set for these ids, PAD first; an id without a title is its own. The first of
// them are those of `before`, and stay as they are; null = there is none.
std::vector<Item> describeItems(
    const std::vector<std::string>& ids, const Told& told, const Dataset* before);

// With a row for PAD before them, for items; what `before` knew stays.
std::vector<OwnAttribute> attributesOf(
    Side side, std::vector<OwnAttribute> told, std::size_t ids, const Dataset* before);

} // namespace fovea::data

// A file of items beside the events: titles and categories by item id. One thread; blocks on the
// disk.
#pragma once

#include "core/data/dataset.h"

#include <nlohmann/json.hpp>

#include <stop_token>
#include <unordered_map>

namespace fovea::data {

struct ItemsFile {
    std::unordered_map<std::string, Item> items; // by id; the first row of an id counts
    Problems problems;
    io::Json source; // how it was read, for dataset.json
};

Result<ItemsFile> readItemsFile(const std::filesystem::path& file, std::stop_token stop);

// The items of a data set for these ids, PAD first; an id without a row is its own title and is
// counted. The first of them are those of `before`, and stay as they are; null = there is none.
std::vector<Item> describeItems(
    const std::vector<std::string>& ids, const ItemsFile& file, const Dataset* before,
    Problems& problems);

} // namespace fovea::data

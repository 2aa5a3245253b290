// What dataset.json says of a data set: its schema, counts and fingerprint, how its file was read
// and what was found wrong in it. Every value is checked for its type and range when it is read.
#pragma once

#include "core/data/problems.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <string>

namespace fovea::data {

constexpr int kDatasetSchema = 3; // of a data set with weights; without them it is the one before

constexpr std::int64_t kMostRows = 1'000'000'000'000; // that a file is believed to have

struct About {
    int schema = kDatasetSchema;
    std::int64_t events = 0;
    std::int64_t users = 0;
    std::int64_t items = 0;
    std::string fingerprint;
    io::Json source; // an object, empty where nothing is known
    Problems problems;
};

Result<About> aboutDataset(const std::filesystem::path& folder);

} // namespace fovea::data

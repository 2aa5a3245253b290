// Files of events to interactions: delimited text, and one line a user. Each counts what it leaves
// out. One thread; takes progress and stop.
#pragma once

#include "core/base/progress.h"
#include "core/data/interactions.h"
#include "core/data/layout.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <stop_token>

namespace fovea::data {

struct ReadEvents {
    Interactions events;
    Problems problems;
    std::int64_t rows = 0; // of the file, the header not counted
    io::Json source; // how it was read, for dataset.json
};

// `layout` is how the file was understood from its head. Roles that were not chosen are guessed.
Result<ReadEvents> readDelimitedEvents(
    const std::filesystem::path& file, const Layout& layout, const std::vector<RoleChoice>& choices,
    base::Progress& progress, std::stop_token stop);

// "user: item item ...", one line a user, in time order.
Result<ReadEvents> readSequences(
    const std::filesystem::path& file, base::Progress& progress, std::stop_token stop);

// True if most lines of the head read "something: word word".
bool looksLikeSequences(std::string_view head);

} // namespace fovea::data

// Files of events to interactions: delimited text, and one line a user. Each counts what it leaves
// out. One thread; takes progress and stop.
#pragma once

#include "core/base/progress.h"
#include "core/data/interactions.h"
#include "core/data/layout.h"

#include <nlohmann/json.hpp>

#include <stop_token>

namespace fovea::data {

struct ReadEvents {
    Interactions events;
    Problems problems;
    std::int64_t rows = 0; // of the file, the header not counted
    io::Json source; // how it was read, for dataset.json
};

// `layout` is how the file was understood from its head. Roles that were not chosen are guessed,
// and so is the format of the time.
struct Choices {
    std::vector<RoleChoice> roles;
    std::string timeFormat; // empty = guessed
};
Result<ReadEvents> readDelimitedEvents(
    io::TextSource& source, const Layout& layout, const Choices& choices, base::Progress& progress,
    const std::stop_token& stop);

// "user: item item ...", one line a user, in time order.
Result<ReadEvents> readSequences(
    io::TextSource& source, base::Progress& progress, const std::stop_token& stop);

// True if most lines of the head read "something: word word".
bool looksLikeSequences(std::string_view head);

} // namespace fovea::data

// From the rows of a file to interactions: ids are numbered, times and values read. What is left
// out is counted. One thread; takes progress and stop.
#pragma once

#include "core/base/progress.h"
#include "core/data/interactions.h"
#include "core/data/shapes.h"

#include <nlohmann/json.hpp>

#include <stop_token>

namespace fovea::data {

struct ReadEvents {
    Interactions events;
    Problems problems;
    std::int64_t rows = 0; // of the file, the header not counted
    io::Json source; // how it was read, for dataset.json
};

// What a person said; what was not said is guessed.
struct Choices {
    std::vector<RoleChoice> roles;
    std::string timeFormat; // empty = guessed
};
// `layout` is how the file was understood from its head.
Result<ReadEvents> readEvents(
    io::TextSource& source, const Shape& shape, const Layout& layout, const Choices& choices,
    base::Progress& progress, const std::stop_token& stop);

} // namespace fovea::data

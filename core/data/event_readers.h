// From the rows of a file to events: ids are numbered, times and values read. What is left out is
// counted. On several threads; takes stop through its source.
#pragma once

#include "core/data/event_blocks.h"
#include "core/data/id_table.h"
#include "core/data/layout.h"

#include <nlohmann/json.hpp>

namespace fovea::data {

struct ReadEvents {
    std::unique_ptr<EventBlocks> blocks;
    MergedIds users;
    MergedIds items;
    Roles roles;
    std::string timeFormat; // empty = no column of times
};

// What a person said; what was not said is guessed.
struct Choices {
    std::vector<RoleChoice> roles;
    std::string timeFormat; // empty = guessed
    std::optional<float> noValue; // says that there is none
    std::vector<std::string> types; // the others are left out; empty = all are taken
    std::optional<double> least; // value
    std::optional<double> most;
};

struct ReadingCall {
    std::string where; // the file, for errors
    std::filesystem::path scratch; // a folder for what need not lie in memory
    int threads = 1;
};

// `layout` is how the file was understood from its head.
Result<ReadEvents> readEvents(
    RowSource& source, const Layout& layout, const Choices& choices, const ReadingCall& call);

} // namespace fovea::data

// From the rows of a file to events: ids are numbered, times and values read. What is left out is
// counted. On several threads; takes stop through its source.
#pragma once

#include "core/data/dataset.h"
#include "core/data/event_blocks.h"
#include "core/data/id_table.h"
#include "core/data/layout.h"
#include "core/data/memory_budget.h"
#include "core/data/recipe.h"
#include "core/io/access.h"

#include <nlohmann/json.hpp>

namespace fovea::data {

struct ReadEvents {
    std::unique_ptr<EventBlocks> blocks;
    MergedIds users;
    MergedIds items;
    Roles roles;
    std::string timeFormat; // empty = no column of times
    Message whyTime; // empty = chosen, or no column of times
    std::string otherTimeFormat; // that read the first rows as well; empty = none
    std::int64_t replaced = 0; // bytes that mean nothing in the encoding
    std::vector<std::string> unseenTypes; // that a person named and no row has
    std::int64_t memory = 0; // that was taken for it
};

struct ReadingCall {
    std::string where; // the file, for errors
    std::filesystem::path scratch; // a folder for what need not lie in memory
    int threads = 1;
    const Dataset* before = nullptr; // whose events come first, under their numbers
    io::Access access;
    MemoryBudget& memory;
};

// Kinds of problems that a recipe has a word on, and the effect of those that are rows.
constexpr const char* kMissingTime = "missing time";
constexpr const char* kWrongTime = "time is not written as the others";
constexpr const char* kMissingId = "missing id";
constexpr const char* kMissingValue = "missing value";
constexpr const char* kBelow = "value below the least that was chosen";
constexpr const char* kAbove = "value above the most that was chosen";
constexpr const char* kNoValue = "a value that says that there is none";
constexpr const char* kOtherType = "an event of a type that was not chosen";
constexpr const char* kOtherTime = "an event of a time that was not chosen";
constexpr const char* kSwapped = "the columns of user and item look swapped";
constexpr const char* kOddTime = "time before 1980 or after 2100";
constexpr const char* kRowLeftOut = "row left out";
constexpr const char* kLeftOutAsChosen = "row left out, as chosen";
constexpr const char* kLeftOutAsUnrated = "row left out, as the format has it";

// `layout` is how the file was understood from its head; `noValue` says that there is none.
Result<ReadEvents> readEvents(
    RowSource& source, const Layout& layout, const Recipe& recipe, std::optional<float> noValue,
    const ReadingCall& call);

} // namespace fovea::data

// Checks of a data set's columns before anything uses them: docs/file-layouts.md has the rules. A
// checksum proves nothing, since anyone can write one. Pure; any thread.
#pragma once

#include "core/base/result.h"
#include "core/data/columns.h"

#include <span>
#include <string>

namespace fovea::data {

// Where the columns lie, for errors.
struct ColumnFiles {
    std::string events;
    std::string names;
};

// The least and the largest of some numbers; both 0 where there are none.
struct Range {
    float lowest = 0;
    float highest = 0;
    bool isFinite = true; // all of them
};
Range rangeOf(std::span<const float> values);

// Lengths and ends: that reading any user's events and any name stays within the columns. One look
// at each user and name.
Status checkShapes(const Columns& columns, const ColumnFiles& files);
// The numbers and texts themselves, of columns that have passed checkShapes(). Reads everything
// once, at about the speed of the memory.
Status checkContents(const Columns& columns, const ColumnFiles& files);
// Of texts that something else than a data set's columns holds: their ends, and that they are
// UTF-8.
Status checkTexts(const Texts& texts, const std::string& file, const std::string& tensor);

} // namespace fovea::data

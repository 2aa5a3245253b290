// The shapes that tables have in files: delimited text, lines of JSON or of Python literals,
// blocks, one line a user. Each is one file in shapes/ and one line in the table here. Reading
// gives rows of the layout's columns; what they mean is decided behind it (roles.h).
#pragma once

#include "core/data/layout.h"

#include <span>

namespace fovea::data {

struct Shape {
    std::string_view name; // as --format and recipes have it
    std::string_view title; // as the window shows it
    std::string_view why; // it is recognised; empty = by its number of fields
    bool (*recognise)(std::string_view head);
    Result<Layout> (*layOut)(std::string_view head, const std::string& where);
    // How its text is cut into rows of fields ...
    const Dialect& (*dialect)(const Layout& layout);
    // ... and what makes the layout's rows of those, for one thread. Counts what is left out.
    RowVisitor (*adapt)(const Layout& layout, const RowVisitor& visit, Problems& problems);
    bool isInOrder; // what a row means depends on those before it
    bool hasKeys = false; // a row says itself which of its values is which
    // Events of that type were before all others of their user, whatever their row's time.
    std::string_view earlierType = {};
};

std::span<const Shape* const> shapes(); // the first that recognises a head is taken
const Shape* findShape(std::string_view name);
const Shape& recognised(std::string_view head);

// The rows that a shape's `adapt` makes of the first `atMost` rows of a head.
Rows adaptedRows(
    std::string_view head, const Layout& layout, const Dialect& dialect, std::size_t atMost,
    RowVisitor (*adapt)(const Layout& layout, const RowVisitor& visit, Problems& problems));

// Whole lines, for shapes whose rows are lines.
const Dialect& wholeLines();

// Lines of a text that hold something, `atMost` of them: what shapes look at.
std::vector<std::string_view> linesOf(std::string_view head, std::size_t atMost);

} // namespace fovea::data

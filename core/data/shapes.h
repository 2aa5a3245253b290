// The shapes that tables have in files: delimited text, lines of JSON or of Python literals,
// blocks, one line a user. Each is one file in shapes/ and one line in the table here. Reading
// gives rows of the layout's columns; what they mean is decided behind it (roles.h).
#pragma once

#include "core/data/layout.h"

#include <span>
#include <stop_token>

namespace fovea::data {

struct Shape {
    std::string_view name; // as --format and recipes have it
    std::string_view title; // as the window shows it
    bool (*recognise)(std::string_view head);
    Result<Layout> (*layOut)(std::string_view head, const std::string& where);
    // Visits each row of data, the header not, and counts what is left out. One thread.
    Status (*read)(
        io::TextSource& source, const Layout& layout, const RowVisitor& visit, Problems& problems,
        base::Progress& progress, const std::stop_token& stop);
};

std::span<const Shape* const> shapes(); // the first that recognises a head is taken
const Shape* findShape(std::string_view name);
const Shape& recognised(std::string_view head);

// Lines of a text that hold something, `atMost` of them: what shapes look at.
std::vector<std::string_view> linesOf(std::string_view head, std::size_t atMost);

} // namespace fovea::data

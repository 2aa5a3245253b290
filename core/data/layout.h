// How a file of a table was understood from its head: columns and first rows, and the dialect where
// it is delimited text. Pure.
#pragma once

#include "core/data/delimited.h"
#include "core/data/problems.h"
#include "core/data/roles.h"

namespace fovea::data {

// What is made of a file's rows before they are the layout's (unfold.h). Columns from 0.
struct Unfolding {
    std::vector<int> lists; // that cells hold, the items' first: a row for every entry
    int date = -1; // and the time of day beside it, ...
    int clock = -1; // (alone: one that no date is found for)
    int moment = -1; // ... which stand together in this column
};

struct Layout {
    Dialect dialect; // of delimited text
    int skipped = 0; // lines before its table
    std::vector<std::string> names; // of the header; empty if there is none
    Unfolding unfolding;
    Rows rows; // the first rows after it, unfolded

    std::size_t width() const; // fields a row should have
};

// The dialect is sniffed where none is given. `where` names the file in errors.
Result<Layout> layoutOf(
    std::string_view head, const std::string& where, const std::optional<Dialect>& dialect = {});

// For dataset.json: the column that each role was found in, and of text delimiter, quotes, header.
io::Json describe(const Layout& layout, Roles roles, bool isText);

// A field as trimmed UTF-8 text; bytes that are not UTF-8 are read as Windows-1252, into `own`, and
// counted.
std::string_view textOf(
    std::string_view field, const Row& row, int column, Problems& problems, std::string& own);

} // namespace fovea::data

// Delimited text with or without a header; what no other shape recognises is taken for it.
#include "core/data/shapes.h"

namespace fovea::data {

namespace {

Status read(
    io::TextSource& source, const Layout& layout, const RowVisitor& visit, Problems&,
    base::Progress& progress, const std::stop_token& stop)
{
    bool isHeader = layout.dialect.header;
    return readDelimited(
        source, layout.dialect,
        [&](const Row& row) -> Status {
            return std::exchange(isHeader, false) ? success() : visit(row);
        },
        progress, stop);
}

} // namespace

extern const Shape kDelimited;
const Shape kDelimited = {
    "delimited", "Delimited text", [](std::string_view) { return true; },
    [](std::string_view head, const std::string& where) { return layoutOf(head, where); }, read};

} // namespace fovea::data

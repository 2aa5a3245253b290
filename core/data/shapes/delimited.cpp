// Delimited text with or without a header; what no other shape recognises is taken for it.
#include "core/data/shapes.h"

namespace fovea::data {

extern const Shape kDelimited;
const Shape kDelimited = {
    .name = "delimited",
    .title = "Delimited text",
    .why = {},
    .recognise = [](std::string_view) { return true; },
    .layOut = [](std::string_view head, const std::string& where) { return layoutOf(head, where); },
    .dialect = [](const Layout& layout) -> const Dialect& { return layout.dialect; },
    .adapt = [](const Layout&, const RowVisitor& visit, Problems&) { return visit; },
    .isInOrder = false};

} // namespace fovea::data

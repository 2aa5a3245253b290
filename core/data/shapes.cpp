#include "core/data/shapes.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace fovea::data {

extern const Shape kJsonLines;
extern const Shape kPythonLines;
extern const Shape kBlocks;
extern const Shape kImpressions;
extern const Shape kSequences;
extern const Shape kDelimited;

namespace {

constexpr std::array<const Shape*, 6> kShapes = {&kJsonLines,   &kPythonLines, &kBlocks,
                                                 &kImpressions, &kSequences,   &kDelimited};

} // namespace

std::span<const Shape* const> shapes() { return kShapes; }

const Shape* findShape(std::string_view name)
{
    const auto found = std::find_if(
        kShapes.begin(), kShapes.end(), [&](const auto* shape) { return shape->name == name; });
    return found == kShapes.end() ? nullptr : *found;
}

const Shape& recognised(std::string_view head)
{
    return **std::find_if(kShapes.begin(), kShapes.end() - 1, [&](const auto* shape) {
        return shape->recognise(head);
    });
}

Rows adaptedRows(
    std::string_view head, const Layout& layout, const Dialect& dialect, std::size_t atMost,
    RowVisitor (*adapt)(const Layout& layout, const RowVisitor& visit, Problems& problems))
{
    Rows rows;
    Problems unsaid;
    const auto visit = adapt(
        layout, [&](const Row& row) { rows.emplace_back(row.fields.begin(), row.fields.end()); },
        unsaid);
    RowSplitter splitter(dialect);
    splitter.begin(head, 1, true);
    for (std::size_t i = 0; i < atMost; ++i) {
        const auto* row = splitter.next();
        if (!row)
            break;
        visit(*row);
    }
    return rows;
}

const Dialect& wholeLines()
{
    static const Dialect lines{"\n", false, false};
    return lines;
}

std::vector<std::string_view> linesOf(std::string_view head, std::size_t atMost)
{
    std::vector<std::string_view> lines;
    while (!head.empty() && lines.size() < atMost) {
        const auto end = std::min(head.find('\n'), head.size());
        if (const auto line = base::trim(head.substr(0, end)); !line.empty())
            lines.push_back(line);
        head.remove_prefix(std::min(end + 1, head.size()));
    }
    return lines;
}

} // namespace fovea::data

#include "core/data/shapes/records.h"

#include <algorithm>

namespace fovea::data {

namespace {

constexpr std::size_t kLooked = 200;
const Dialect kLines{"\n", false, false};

} // namespace

bool areRecords(std::string_view head, Records& records)
{
    const auto lines = linesOf(head, 20);
    const auto yes = std::count_if(lines.begin(), lines.end(), [&](std::string_view line) {
        return line.front() == '{' && records.read(line, [](auto, auto) {});
    });
    return yes > 0 && 2 * yes >= static_cast<std::ptrdiff_t>(lines.size());
}

Result<Layout> layOutRecords(std::string_view head, const std::string& where, Records& records)
{
    Layout layout;
    for (const auto line : linesOf(head, kLooked)) {
        std::vector<std::string> row(layout.names.size());
        const bool whole = records.read(line, [&](std::string_view key, std::string_view value) {
            const auto found = std::find(layout.names.begin(), layout.names.end(), key);
            const auto at = static_cast<std::size_t>(found - layout.names.begin());
            if (found == layout.names.end())
                layout.names.emplace_back(key);
            row.resize(layout.names.size());
            row[at] = value;
        });
        if (whole)
            layout.rows.push_back(std::move(row));
    }
    if (layout.rows.empty())
        return badInput("no line holds a record", where, "Choose another format");
    for (auto& row : layout.rows)
        row.resize(layout.names.size());
    return layout;
}

Status readRecords(
    io::TextSource& source, const Layout& layout, Records& records, const RowVisitor& visit,
    Problems& problems, base::Progress& progress, const std::stop_token& stop)
{
    const auto& names = layout.names;
    std::vector<std::string_view> fields;
    std::size_t expected = 0; // where the next key usually is
    const auto take = [&](std::string_view key, std::string_view value) {
        if (expected >= names.size() || names[expected] != key)
            expected = static_cast<std::size_t>(
                std::find(names.begin(), names.end(), key) - names.begin());
        if (expected < names.size())
            fields[expected++] = value;
    };
    return readDelimited(
        source, kLines,
        [&](const Row& line) -> Status {
            fields.assign(names.size(), {});
            expected = 0;
            if (records.read(line.fields.front(), take))
                return visit(Row{line.line, fields});
            records.complain(problems, line.line, line.fields.front().substr(0, 80));
            return success();
        },
        progress, stop);
}

} // namespace fovea::data

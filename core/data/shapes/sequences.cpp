// "user: item item ...", one line a user, in time order.
#include "core/base/text.h"
#include "core/data/shapes.h"

#include <array>

namespace fovea::data {

namespace {

const Dialect kLines{"\n", false, false};

bool recognise(std::string_view head)
{
    int yes = 0;
    const auto lines = linesOf(head, 20);
    for (const auto line : lines) {
        const auto colon = line.find(": ");
        yes += colon != std::string_view::npos
            && line.find_first_of(",;\t\"") == std::string_view::npos && line.find(' ') > colon;
    }
    return !lines.empty() && yes * 10 >= static_cast<int>(lines.size()) * 9;
}

// Visits a line's events; false where it has none, and that is counted.
Status visitLine(const Row& line, const RowVisitor& visit, Problems& problems)
{
    const auto text = base::trim(line.fields.front());
    const auto colon = text.find(':');
    const auto user = base::trim(text.substr(0, std::min(colon, text.size())));
    if (colon == std::string_view::npos || user.empty()) {
        problems.add("no 'user:' at its start", "row left out", line.line, 0, text);
        return success();
    }
    if (text.find('\0') != std::string_view::npos) {
        problems.add("a zero byte", "row left out", line.line);
        return success();
    }
    auto rest = base::trim(text.substr(colon + 1));
    if (rest.empty())
        problems.add("a user without items", "row left out", line.line, 0, text);
    while (!rest.empty()) {
        const auto end = std::min(rest.find_first_of(" \t"), rest.size());
        const std::array<std::string_view, 2> fields = {user, rest.substr(0, end)};
        FOVEA_TRY(visit(Row{line.line, fields}));
        rest = base::trim(rest.substr(end));
    }
    return success();
}

Status read(
    io::TextSource& source, const Layout&, const RowVisitor& visit, Problems& problems,
    base::Progress& progress, const std::stop_token& stop)
{
    return readDelimited(
        source, kLines, [&](const Row& line) { return visitLine(line, visit, problems); }, progress,
        stop);
}

Result<Layout> layOut(std::string_view head, const std::string&)
{
    Layout layout;
    layout.names = {"user", "item"};
    Problems unsaid;
    for (const auto line : linesOf(head, 50)) {
        const std::array<std::string_view, 1> whole = {line};
        FOVEA_TRY(visitLine(
            Row{0, whole},
            [&](const Row& row) -> Status {
                layout.rows.emplace_back(row.fields.begin(), row.fields.end());
                return success();
            },
            unsaid));
    }
    return layout;
}

} // namespace

extern const Shape kSequences;
const Shape kSequences = {"sequences", "Sequences (user: item item)", recognise, layOut, read};

} // namespace fovea::data

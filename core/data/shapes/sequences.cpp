// "user: item item ...", one line a user, in time order.
#include "core/base/text.h"
#include "core/data/shapes.h"

#include <array>

namespace fovea::data {

namespace {

bool recognise(std::string_view head)
{
    int yes = 0;
    const auto lines = linesOf(head, 20);
    for (const auto line : lines) {
        const auto colon = std::min(line.find(": "), line.size() - 1);
        yes += line[colon] == ':' // at its end where the user has no items
            && line.find_first_of(",;\t\"") == std::string_view::npos
            && line.find(' ') > colon; // npos too
    }
    return !lines.empty() && yes * 10 >= static_cast<int>(lines.size()) * 9;
}

// Visits a line's events; where it has none, that is counted.
void visitLine(const Row& line, const RowVisitor& visit, Problems& problems)
{
    const auto text = base::trim(line.fields.front());
    const auto colon = text.find(':');
    const auto user = base::trim(text.substr(0, std::min(colon, text.size())));
    if (colon == std::string_view::npos || user.empty()) {
        problems.add("no 'user:' at its start", "row left out", line.line, 0, text);
        return;
    }
    if (text.find('\0') != std::string_view::npos) {
        problems.add("a zero byte", "row left out", line.line);
        return;
    }
    auto rest = base::trim(text.substr(colon + 1));
    if (rest.empty())
        problems.add("a user without items", "row left out", line.line, 0, text);
    while (!rest.empty()) {
        const auto end = std::min(rest.find_first_of(" \t"), rest.size());
        const std::array<std::string_view, 2> fields = {user, rest.substr(0, end)};
        visit(Row{line.line, fields});
        rest = base::trim(rest.substr(end));
    }
}

RowVisitor adapt(const Layout&, const RowVisitor& visit, Problems& problems)
{
    return [visit, &problems](const Row& line) { visitLine(line, visit, problems); };
}

Result<Layout> layOut(std::string_view head, const std::string&)
{
    Layout layout;
    layout.names = {"user", "item"};
    layout.rows = adaptedRows(head, wholeLines(), 50, adapt);
    return layout;
}

} // namespace

extern const Shape kSequences;
const Shape kSequences = {
    .name = "sequences",
    .title = "Sequences (user: item item)",
    .why = "a line for each user, and on it the items",
    .recognise = recognise,
    .layOut = layOut,
    .dialect = [](const Layout&) -> const Dialect& { return wholeLines(); },
    .adapt = adapt,
    .isInOrder = false};

} // namespace fovea::data

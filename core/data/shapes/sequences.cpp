// "user: item item ...", one line a user, in time order; or numbers alone, the first of them the
// user's.
#include "core/base/text.h"
#include "core/data/shapes.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace fovea::data {

namespace {

constexpr std::string_view kBetween = " \t,";

// Lines of whole numbers with blanks between them, more on some than on others, as LightGCN has
// them. Each begins with a user, who is on no other.
bool areBareSequences(const std::vector<std::string_view>& lines)
{
    std::set<std::string_view> users;
    std::map<std::size_t, std::size_t> widths; // of how many lines
    for (const auto line : lines) {
        const auto numbers = base::split(line, " ");
        if (!std::all_of(numbers.begin(), numbers.end(), [](std::string_view number) {
                return base::parseInteger(number).has_value();
            }))
            return false;
        users.insert(numbers[0]);
        ++widths[numbers.size()];
    }
    const bool isTable = std::any_of(widths.begin(), widths.end(), [&](const auto& width) {
        return 2 * width.second > lines.size();
    });
    return lines.size() > 1 && users.size() == lines.size() && !isTable
        && widths.rbegin()->first > 3;
}

bool haveColons(const std::vector<std::string_view>& lines)
{
    const auto yes = std::count_if(lines.begin(), lines.end(), [](std::string_view line) {
        const auto colon = std::min(line.find(": "), line.size() - 1);
        return line[colon] == ':' // at its end where the user has no items
            && line.find_first_of(",;\t\"") == std::string_view::npos
            && line.find(' ') > colon; // npos too
    });
    return !lines.empty() && yes * 10 >= std::ssize(lines) * 9;
}

bool recognise(std::string_view head)
{
    const auto lines = linesOf(head, 20);
    return haveColons(lines) || areBareSequences(lines);
}

// Visits a line's events; where it has none, that is counted.
void visitLine(const Row& line, bool hasColon, const RowVisitor& visit, Problems& problems)
{
    const auto text = base::trim(line.fields.front());
    const auto end =
        hasColon ? text.find(':') : std::min(text.find_first_of(kBetween), text.size());
    const auto user = base::trim(text.substr(0, std::min(end, text.size())));
    if (end == std::string_view::npos || user.empty()) {
        problems.add("no 'user:' at its start", "row left out", line.line, 0, text);
        return;
    }
    if (text.find('\0') != std::string_view::npos) {
        problems.add("a zero byte", "row left out", line.line);
        return;
    }
    auto rest = base::trim(text.substr(std::min(end + 1, text.size())));
    if (rest.empty())
        problems.add("a user without items", "row left out", line.line, 0, text);
    while (!rest.empty()) {
        const auto behind = std::min(rest.find_first_of(kBetween), rest.size());
        const std::array<std::string_view, 2> fields = {user, rest.substr(0, behind)};
        if (behind > 0)
            visit(Row{line.line, fields});
        rest = base::trim(rest.substr(std::min(behind + 1, rest.size())));
    }
}

// The layout says what stands behind the user.
RowVisitor adapt(const Layout& layout, const RowVisitor& visit, Problems& problems)
{
    const bool hasColon = layout.dialect.delimiter == ":";
    return [hasColon, visit, &problems](const Row& line) {
        visitLine(line, hasColon, visit, problems);
    };
}

Result<Layout> layOut(std::string_view head, const std::string&)
{
    Layout layout;
    const auto lines = linesOf(head, 20);
    const bool hasColon = std::any_of(lines.begin(), lines.end(), [](std::string_view line) {
        return line.find(':') != line.npos;
    });
    layout.dialect = {hasColon ? ":" : " ", false, false};
    layout.names = {"user", "item"};
    layout.rows = adaptedRows(head, layout, wholeLines(), 50, adapt);
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

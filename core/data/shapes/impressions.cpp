// MIND's behaviors: impression, user, time, history, and what was shown as "N1-0 N2-1". The events
// of a user are the history, which is the same on all of the user's lines, and what was clicked.
// The file knows no time of the history: it comes first, at the earliest of the user's.
#include "core/base/text.h"
#include "core/data/shapes.h"
#include "core/data/time_formats.h"

#include <array>
#include <unordered_set>

namespace fovea::data {

namespace {

const Dialect kTabs{"\t", false, false};
constexpr std::size_t kColumns = 5;
constexpr std::string_view kHistory = "history"; // types of events
constexpr std::string_view kClick = "click";

bool isTwelveHourTime(std::string_view text)
{
    static const auto* const format = findTimeFormat("month-first");
    return (text.ends_with(" AM") || text.ends_with(" PM")) && format->read(text).has_value();
}

bool recognise(std::string_view head)
{
    std::size_t yes = 0;
    const auto rows = rowsOf(head, kTabs, 20);
    for (const auto& row : rows)
        yes += row.size() == kColumns && isTwelveHourTime(base::trim(row[2]));
    return yes > 0 && yes == rows.size();
}

class Impressions {
public:
    Impressions(RowVisitor visit, Problems& problems)
        : m_visit(std::move(visit))
        , m_problems(problems)
    { }

    void operator()(const Row& line)
    {
        if (line.fields.size() < kColumns) {
            m_problems.add("too few fields", "row left out", line.line, 0, line.fields.front());
            return;
        }
        if (m_seen.emplace(line.fields[1]).second)
            each(line.fields[3], [&](std::string_view news) { tell(line, news, kHistory); });
        each(line.fields[4], [&](std::string_view shown) {
            const auto dash = shown.rfind('-');
            if (dash == std::string_view::npos)
                m_problems.add(
                    "shown, without a word on whether it was clicked", "no event", line.line, 5,
                    shown);
            else if (shown.substr(dash + 1) == "1")
                tell(line, shown.substr(0, dash), kClick);
            else
                m_problems.add("shown and not clicked", "no event", line.line, 5, shown);
        });
    }

private:
    template <typename Take> static void each(std::string_view list, const Take& take)
    {
        for (const auto part : base::split(list, " ")) {
            if (const auto word = base::trim(part); !word.empty())
                take(word);
        }
    }
    void tell(const Row& line, std::string_view news, std::string_view type)
    {
        const std::array<std::string_view, 4> fields = {line.fields[1], news, line.fields[2], type};
        m_visit(Row{line.line, fields});
    }

    RowVisitor m_visit;
    Problems& m_problems;
    std::unordered_set<std::string> m_seen; // users
};

RowVisitor adapt(const Layout&, const RowVisitor& visit, Problems& problems)
{
    return Impressions(visit, problems);
}

Result<Layout> layOut(std::string_view head, const std::string&)
{
    Layout layout;
    layout.names = {"user", "item", "time", "type"};
    layout.rows = adaptedRows(head, layout, kTabs, 50, adapt);
    return layout;
}

} // namespace

extern const Shape kImpressions;
const Shape kImpressions = {
    .name = "impressions",
    .title = "Impressions (MIND)",
    .why = "histories and impressions are in its columns",
    .recognise = recognise,
    .layOut = layOut,
    .dialect = [](const Layout&) -> const Dialect& { return kTabs; },
    .adapt = adapt,
    .isInOrder = true,
    .earlierType = kHistory};

} // namespace fovea::data

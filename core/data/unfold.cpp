#include "core/data/unfold.h"

#include "core/base/text.h"
#include "core/data/list_text.h"
#include "core/data/time_formats.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fovea::data {

namespace {

std::size_t at(int column) { return static_cast<std::size_t>(column); }

// --- Lists -------------------------------------------------------------------------------------

// Of a cell: in brackets, or with `between` them.
std::vector<std::string> entriesOf(std::string_view cell, std::string_view between)
{
    cell = base::trim(cell);
    if (!isList(cell)) {
        std::vector<std::string> parts;
        for (const auto part : base::split(cell, between.empty() ? "|" : between)) {
            if (!base::trim(part).empty())
                parts.emplace_back(base::trim(part));
        }
        return parts;
    }
    auto parts = listOf(cell);
    const bool isQuoted = cell.find_first_of("'\"") != cell.npos;
    if (parts.size() == 1 && !isQuoted) { // [1 2 3], as NumPy prints, over several lines too
        auto text = std::move(parts.front());
        std::replace_if(
            text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
        parts.clear();
        for (const auto part : base::split(text, " ")) {
            if (!part.empty())
                parts.emplace_back(part);
        }
    }
    return parts;
}

// The cells of a column that hold something.
std::vector<std::string_view> cellsOf(const Layout& layout, int column)
{
    std::vector<std::string_view> cells;
    for (const auto& row : layout.rows) {
        if (at(column) < row.size() && !base::trim(row[at(column)]).empty())
            cells.push_back(base::trim(row[at(column)]));
    }
    return cells;
}

// Lists in brackets, of no lists and no records.
bool holdsLists(const Layout& layout, int column)
{
    const auto cells = cellsOf(layout, column);
    return !cells.empty() && std::all_of(cells.begin(), cells.end(), [](std::string_view cell) {
        return isList(cell) && cell.find_first_of("[{", 1) == cell.npos;
    });
}

// Names of things have blanks and commas in them, too; ids have digits.
bool mayBeIds(const std::vector<std::string>& entries)
{
    return std::all_of(entries.begin(), entries.end(), [](const std::string& entry) {
        return entry.find_first_of("0123456789") != entry.npos;
    });
}

// What stands in half of the cells; empty where nothing does.
std::string betweenEntries(const Layout& layout, int column)
{
    constexpr std::array<std::string_view, 4> kBetween = {"|", ";", ",", " "};
    const auto cells = cellsOf(layout, column);
    for (const auto between : kBetween) {
        const bool isClear = between == "|" || between == ";";
        std::ptrdiff_t having = 0;
        for (const auto cell : cells)
            having +=
                cell.find(between) != cell.npos && (isClear || mayBeIds(entriesOf(cell, between)));
        if (having > 0 && 2 * having >= std::ssize(cells))
            return std::string(between);
    }
    return {};
}

// The column of lists of items; -1 where a row has one item, or none that is known.
int listedItems(Layout& layout)
{
    const auto width = static_cast<int>(layout.width());
    if (layout.names.empty()) { // the user's, and the list
        const bool isOne = width == 2 && holdsLists(layout, 1) && !holdsLists(layout, 0);
        return isOne ? 1 : -1;
    }
    int found = -1;
    for (int c = 0; c < width; ++c) {
        const auto& name = layout.names[at(c)];
        const bool isOne = isNameOf(Role::Item, name);
        if (!isOne && !isNameOfSeveral(Role::Item, name))
            continue;
        if (found < 0 && holdsLists(layout, c)) {
            found = c;
        } else if (found < 0 && !isOne) {
            layout.unfolding.between = betweenEntries(layout, c);
            found = layout.unfolding.between.empty() ? -1 : c;
        } else if (isOne && !cellsOf(layout, c).empty() && base::lower(name) != "id") {
            return -1; // lists beside an item tell something of it
        }
    }
    return found;
}

// As many entries as the items have, in each of the rows.
bool goesWith(const Layout& layout, int column, int items)
{
    return std::all_of(layout.rows.begin(), layout.rows.end(), [&](const auto& row) {
        if (at(column) >= row.size() || at(items) >= row.size())
            return true;
        const auto& between = layout.unfolding.between;
        return entriesOf(row[at(column)], between).size()
            == entriesOf(row[at(items)], between).size();
    });
}

bool hasSeveral(const Layout& layout, int column)
{
    const auto cells = cellsOf(layout, column);
    return std::any_of(cells.begin(), cells.end(), [&](std::string_view cell) {
        return entriesOf(cell, layout.unfolding.between).size() > 1;
    });
}

void findLists(Layout& layout)
{
    const int items = listedItems(layout);
    if (items < 0)
        return;
    layout.unfolding.lists.push_back(items);
    for (int c = 0; c < static_cast<int>(layout.width()); ++c) {
        if (c != items && hasSeveral(layout, c) && goesWith(layout, c, items))
            layout.unfolding.lists.push_back(c);
    }
}

// --- Date and time of day ----------------------------------------------------------------------

// 14:30, 14:30:00.5, 2:30 PM
bool isTimeOfDay(std::string_view text)
{
    const auto colon = text.find(':');
    const auto hours = base::parseInteger(text.substr(0, colon));
    const auto behind = text.find_first_not_of("0123456789:.");
    const auto rest = base::lower(base::trim(text.substr(std::min(behind, text.size()))));
    return colon != text.npos && hours && *hours >= 0 && *hours < 24
        && (rest.empty() || rest == "am" || rest == "pm");
}

bool isNamedLikeATimeOfDay(const std::string& name)
{
    constexpr std::array<std::string_view, 6> kYes = {"time", "hour", "clock",
                                                      "zeit", "uhr",  "时间"};
    constexpr std::array<std::string_view, 7> kNo = {"run",  "duration", "play",  "watch",
                                                     "prep", "cook",     "listen"};
    const auto lower = base::lower(name);
    const auto holds = [&](std::string_view word) { return lower.find(word) != lower.npos; };
    return std::any_of(kYes.begin(), kYes.end(), holds)
        && std::none_of(kNo.begin(), kNo.end(), holds);
}

bool holdsTimesOfDay(const Layout& layout, int column)
{
    const auto cells = cellsOf(layout, column);
    const bool isNamed = !layout.names.empty() && isNamedLikeATimeOfDay(layout.names[at(column)]);
    const std::ptrdiff_t fewest = isNamed ? 1 : 2; // colons
    return (isNamed || layout.names.empty()) && !cells.empty()
        && std::all_of(cells.begin(), cells.end(), [&](std::string_view cell) {
               return isTimeOfDay(cell) && std::count(cell.begin(), cell.end(), ':') >= fewest;
           });
}

bool holdsDates(const Layout& layout, int column)
{
    constexpr std::array<std::string_view, 5> kNotations = {
        "iso", "day-first", "month-first", "digits", "words"};
    const auto cells = cellsOf(layout, column);
    const auto guess = guessTimeFormat(cells);
    return guess && guess->isOurTime
        && std::find(kNotations.begin(), kNotations.end(), guess->format->name) != kNotations.end();
}

bool isNamedLikeADate(const Layout& layout, int column)
{
    constexpr std::array<std::string_view, 4> kWords = {"date", "day", "datum", "日期"};
    const auto lower = layout.names.empty() ? "" : base::lower(layout.names[at(column)]);
    return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
        return lower.find(word) != lower.npos;
    });
}

// The columns that `test` holds for.
template <typename Test> std::vector<int> columnsThat(const Layout& layout, Test test)
{
    std::vector<int> columns;
    for (int c = 0; c < static_cast<int>(layout.width()); ++c) {
        if (test(layout, c))
            columns.push_back(c);
    }
    return columns;
}

// What a date and a time of day say together; nothing where one is missing.
std::string momentOf(std::string_view date, std::string_view clock)
{
    date = base::trim(date);
    clock = base::trim(clock);
    return date.empty() || clock.empty() ? std::string()
                                         : std::string(date).append(" ").append(clock);
}

// The only columns of the two kinds, if together they are times.
void findMoment(Layout& layout)
{
    const auto clocks = columnsThat(layout, holdsTimesOfDay);
    if (clocks.size() != 1)
        return;
    auto dates = columnsThat(layout, holdsDates);
    std::erase(dates, clocks.front());
    if (dates.size() > 1) // other numbers may read as dates
        std::erase_if(dates, [&](int column) { return !isNamedLikeADate(layout, column); });
    if (dates.size() != 1)
        return;
    const auto roles = eventRoles(layout.names, layout.rows, {}, {}, layout.unfolding.lists);
    const int time = roles ? roles->time : -1;
    if (time >= 0 && time != clocks[0] && time != dates[0])
        return; // the table has the whole moment, too
    std::vector<std::string> moments;
    for (const auto& row : layout.rows) {
        if (at(std::max(dates[0], clocks[0])) < row.size())
            moments.push_back(momentOf(row[at(dates[0])], row[at(clocks[0])]));
    }
    const std::vector<std::string_view> texts(moments.begin(), moments.end());
    if (const auto guess = guessTimeFormat(texts); guess && guess->isOurTime) {
        layout.unfolding.date = dates[0];
        layout.unfolding.clock = clocks[0];
        layout.unfolding.moment = time < 0 ? dates[0] : time;
    }
}

// --- Rows --------------------------------------------------------------------------------------

// Makes one thread's rows.
class Unfolder {
public:
    Unfolder(const Unfolding& what, RowVisitor visit, Problems& problems)
        : m_what(what)
        , m_visit(std::move(visit))
        , m_problems(problems)
    { }

    void operator()(const Row& row)
    {
        m_fields.assign(row.fields.begin(), row.fields.end());
        if (m_what.lists.empty() || at(m_what.lists.front()) >= m_fields.size()) {
            hand(row);
            return;
        }
        m_entries.clear();
        for (const int column : m_what.lists) {
            const bool isThere = at(column) < m_fields.size();
            const auto cell = isThere ? m_fields[at(column)] : std::string_view();
            m_entries.push_back(entriesOf(cell, m_what.between));
        }
        const auto count = m_entries.front().size();
        if (count == 0) {
            m_problems.add("a list without items", "row left out", row.line);
            return;
        }
        for (std::size_t l = 1; l < m_entries.size(); ++l) {
            // A list that is missing is missing for each.
            if (m_entries[l].size() == count || m_entries[l].empty())
                continue;
            m_problems.add(
                "lists of different lengths", "row left out", row.line, m_what.lists[l] + 1,
                m_fields[at(m_what.lists[l])]);
            return;
        }
        for (std::size_t e = 0; e < count; ++e) {
            for (std::size_t l = 0; l < m_entries.size(); ++l) {
                if (at(m_what.lists[l]) < m_fields.size())
                    m_fields[at(m_what.lists[l])] = {};
                if (!m_entries[l].empty())
                    m_fields[at(m_what.lists[l])] = m_entries[l][e];
            }
            hand(row);
        }
    }

private:
    // With the fields as they are now.
    void hand(const Row& row)
    {
        if (m_what.moment < 0 || at(std::max(m_what.date, m_what.clock)) >= m_fields.size()) {
            m_visit({row.line, m_fields, row.strayQuote});
            return;
        }
        m_moment = momentOf(m_fields[at(m_what.date)], m_fields[at(m_what.clock)]);
        const auto before = std::exchange(m_fields[at(m_what.moment)], m_moment);
        m_visit({row.line, m_fields, row.strayQuote});
        m_fields[at(m_what.moment)] = before;
    }

    Unfolding m_what;
    RowVisitor m_visit;
    Problems& m_problems;
    std::vector<std::string_view> m_fields;
    std::string m_moment;
    std::vector<std::vector<std::string>> m_entries; // of each list
};

bool isNothing(const Unfolding& unfolding)
{
    return unfolding.lists.empty() && unfolding.moment < 0;
}

class UnfoldedRows final : public RowSource {
public:
    UnfoldedRows(std::unique_ptr<RowSource> rows, Unfolding unfolding)
        : m_rows(std::move(rows))
        , m_unfolding(std::move(unfolding))
    { }

    std::unique_ptr<Worker> worker(const RowVisitor& visit, Problems& problems) override
    {
        return m_rows->worker(Unfolder(m_unfolding, visit, problems), problems);
    }
    bool isInOrder() const override { return m_rows->isInOrder(); }
    void need(std::span<const int> columns) override
    {
        // What nobody looks at need not go with the items.
        auto& lists = m_unfolding.lists;
        if (!lists.empty())
            lists.erase(
                std::remove_if(
                    lists.begin() + 1, lists.end(),
                    [&](int list) {
                        return std::find(columns.begin(), columns.end(), list) == columns.end();
                    }),
                lists.end());
        std::vector<int> all(columns.begin(), columns.end());
        all.insert(all.end(), lists.begin(), lists.end());
        all.push_back(m_unfolding.date);
        all.push_back(m_unfolding.clock);
        m_rows->need(all);
    }
    std::int64_t replaced() const override { return m_rows->replaced(); }

private:
    std::unique_ptr<RowSource> m_rows;
    Unfolding m_unfolding;
};

// The first rows as they will be read, no more than there were.
void unfoldRows(Layout& layout, const Unfolding& what)
{
    Rows rows;
    Problems unsaid;
    Unfolder unfolder(
        what,
        [&](const Row& row) {
            if (rows.size() < layout.rows.size())
                rows.emplace_back(row.fields.begin(), row.fields.end());
        },
        unsaid);
    for (const auto& row : layout.rows) {
        const std::vector<std::string_view> fields(row.begin(), row.end());
        unfolder(Row{0, fields});
    }
    layout.rows = std::move(rows);
}

} // namespace

void unfold(Layout& layout)
{
    auto& unfolding = layout.unfolding;
    findLists(layout);
    if (!unfolding.lists.empty())
        unfoldRows(layout, unfolding);
    findMoment(layout);
    if (unfolding.moment >= 0)
        unfoldRows(layout, {{}, {}, unfolding.date, unfolding.clock, unfolding.moment});
}

void tellUnfolded(const Layout& layout, std::vector<RoleReason>& reasons)
{
    const auto& [lists, between, date, clock, moment] = layout.unfolding;
    for (auto& reason : reasons) {
        if (std::find(lists.begin(), lists.end(), reason.column) != lists.end())
            reason.why = say("it holds lists, of which each entry becomes an event");
        else if (reason.column == moment)
            reason.why =
                say("the date of %1 with the time of day of %2", columnName(layout.names, date),
                    columnName(layout.names, clock));
    }
}

std::unique_ptr<RowSource> unfolded(std::unique_ptr<RowSource> rows, const Unfolding& unfolding)
{
    if (isNothing(unfolding))
        return rows;
    return std::make_unique<UnfoldedRows>(std::move(rows), unfolding);
}

} // namespace fovea::data

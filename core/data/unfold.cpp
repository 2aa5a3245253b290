#include "core/data/unfold.h"

#include "core/base/text.h"
#include "core/data/list_text.h"
#include "core/data/time_formats.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace fovea::data {

namespace {

std::size_t at(int column) { return static_cast<std::size_t>(column); }

// What NumPy prints for entries that it leaves out.
constexpr std::string_view kCut = "...";

// --- Lists -------------------------------------------------------------------------------------

// [..], {..} as PostgreSQL writes arrays, (..) as Python does.
bool isInBrackets(std::string_view cell)
{
    constexpr std::array<std::string_view, 3> kPairs = {"[]", "{}", "()"};
    return cell.size() >= 2 && std::any_of(kPairs.begin(), kPairs.end(), [&](std::string_view p) {
               return cell.front() == p[0] && cell.back() == p[1];
           });
}

bool hasDigit(std::string_view text) { return text.find_first_of("0123456789") != text.npos; }

// What "np.int64(12)" and "Timestamp('2020-01-01')" hold.
std::string_view unwrapped(std::string_view entry)
{
    const auto open = entry.find('(');
    const auto name = entry.substr(0, open);
    if (open == entry.npos || open == 0 || entry.back() != ')'
        || name.find_first_of(" '\"") != name.npos)
        return entry;
    entry = base::trim(entry.substr(open + 1, entry.size() - open - 2));
    const bool isQuoted = entry.size() >= 2 && entry.front() == entry.back()
        && (entry.front() == '\'' || entry.front() == '"');
    return isQuoted ? entry.substr(1, entry.size() - 2) : entry;
}

std::vector<std::string> entriesOf(std::string_view cell)
{
    cell = base::trim(cell);
    if (!isInBrackets(cell))
        return cell.empty() ? std::vector<std::string>() : std::vector{std::string(cell)};
    auto parts = listOf(cell.substr(1, cell.size() - 2));
    const bool isQuoted = cell.find_first_of("'\"") != cell.npos;
    if (parts.size() == 1 && !isQuoted) { // [1 2 3], as NumPy prints, over several lines too
        auto text = parts.front();
        std::replace_if(
            text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
        auto words = base::split(text, " ");
        std::erase(words, std::string_view());
        const bool areNumbers = std::all_of(words.begin(), words.end(), [](std::string_view word) {
            return hasDigit(word) || word == kCut;
        });
        if (areNumbers)
            parts.assign(words.begin(), words.end());
    }
    for (auto& part : parts)
        part = std::string(unwrapped(part));
    return parts;
}

// More than a million entries: no person's history, and each entry takes 32 bytes beside its own.
bool isTooLong(std::string_view cell)
{
    constexpr std::ptrdiff_t kMost = 1 << 20;
    return std::ssize(cell) > kMost
        && std::count_if(
               cell.begin(), cell.end(), [](char c) { return c == ',' || c == ' ' || c == '\n'; })
        > kMost;
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

// Of no lists and no records.
bool holdsLists(const Layout& layout, int column)
{
    const auto cells = cellsOf(layout, column);
    return !cells.empty() && std::all_of(cells.begin(), cells.end(), [](std::string_view cell) {
        const auto inside = isInBrackets(cell) ? cell.substr(1) : "{";
        return inside.find_first_of("[{") == inside.npos
            && (cell.front() != '{' || inside.find(':') == inside.npos);
    });
}

// Of numbers with decimals, as vectors are, or of nothing at all there are none.
bool holdsListsOfIds(const Layout& layout, int column)
{
    if (!holdsLists(layout, column))
        return false;
    bool hasOne = false;
    for (const auto cell : cellsOf(layout, column)) {
        for (const auto& entry : entriesOf(cell)) {
            const auto number = base::parseDouble(entry);
            if (number && *number != std::floor(*number))
                return false;
            hasOne = true;
        }
    }
    return hasOne;
}

// The column of lists of items; -1 where a row has one item, or none that is known.
int listedItems(const Layout& layout)
{
    const auto width = static_cast<int>(layout.width());
    if (layout.names.empty()) { // the user's, and the list
        const bool isOne = width == 2 && holdsListsOfIds(layout, 1) && !holdsLists(layout, 0);
        return isOne ? 1 : -1;
    }
    int found = -1;
    for (int c = 0; c < width; ++c) {
        const auto& name = layout.names[at(c)];
        const bool isOne = isNameOf(Role::Item, name);
        // The number of a line in an order, "items.id", is not that of what was bought.
        const bool isBetter = found < 0 || base::lower(layout.names[at(found)]).ends_with(".id");
        if ((isOne || isNameOfSeveral(Role::Item, name)) && holdsListsOfIds(layout, c))
            found = isBetter ? c : found;
        else if (isOne && !cellsOf(layout, c).empty() && base::lower(name) != "id")
            return -1; // lists beside an item tell something of it
    }
    return found;
}

// Lists as long as those of the items, or none, in each of the rows.
bool goesWith(const Layout& layout, int column, int items)
{
    return holdsLists(layout, column)
        && std::all_of(layout.rows.begin(), layout.rows.end(), [&](const auto& row) {
               if (at(std::max(column, items)) >= row.size())
                   return true;
               const auto count = entriesOf(row[at(column)]).size();
               return count == 0 || count == entriesOf(row[at(items)]).size();
           });
}

void findLists(Layout& layout)
{
    const int items = listedItems(layout);
    if (items < 0)
        return;
    layout.unfolding.lists.push_back(items);
    for (int c = 0; c < static_cast<int>(layout.width()); ++c) {
        if (c != items && goesWith(layout, c, items))
            layout.unfolding.lists.push_back(c);
    }
}

// --- Date and time of day ----------------------------------------------------------------------

// A date, also where a midnight is written behind it.
std::string_view dateOf(std::string_view text)
{
    text = base::trim(text);
    const auto end = std::min(text.find(" 0"), text.find("T0"));
    if (text.ends_with(" 12:00:00 AM") || text.ends_with(" 12:00 AM"))
        return text.substr(0, text.find(" 12:00"));
    const bool isMidnight =
        end != text.npos && text.substr(end + 1).find_first_not_of("0:.,Z+- ") == text.npos;
    return isMidnight ? text.substr(0, end) : text;
}

bool holdsDates(const Layout& layout, int column)
{
    constexpr std::array<std::string_view, 5> kNotations = {
        "iso", "day-first", "month-first", "digits", "words"};
    auto cells = cellsOf(layout, column);
    for (auto& cell : cells)
        cell = dateOf(cell);
    const auto guess = guessTimeFormat(cells);
    return guess && guess->isOurTime
        && std::find(kNotations.begin(), kNotations.end(), guess->format->name) != kNotations.end()
        && std::none_of(cells.begin(), cells.end(), [](std::string_view cell) {
               return cell.find(':') != cell.npos;
           });
}

bool isEither(std::string_view text, std::span<const std::string_view> words)
{
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return text.find(word) != text.npos;
    });
}

constexpr std::array<std::string_view, 9> kClocks = {"uhrzeit", "time", "hour",  "clock", "zeit",
                                                     "hora",    "时间", "heure", "时刻"};
constexpr std::array<std::string_view, 6> kDates = {"datum", "date", "day",
                                                    "fecha", "jour", "日期"};

// Nine of ten are, and its name or their seconds say so.
bool holdsTimesOfDay(const Layout& layout, int column)
{
    const auto cells = cellsOf(layout, column);
    const bool isNamed =
        !layout.names.empty() && isEither(base::lower(layout.names[at(column)]), kClocks);
    const auto yes = std::count_if(cells.begin(), cells.end(), [&](std::string_view cell) {
        return isTimeOfDay(cell) && (isNamed || std::count(cell.begin(), cell.end(), ':') == 2);
    });
    return (isNamed || layout.names.empty()) && yes > 0 && 10 * yes >= 9 * std::ssize(cells);
}

// What a name says beside one of the words: "order_date" and "OrderTime" both "order".
std::string restOf(const std::string& name, std::span<const std::string_view> words)
{
    auto rest = base::lower(name);
    for (const auto word : words) {
        if (const auto found = rest.find(word); found != rest.npos) {
            rest.erase(found, word.size());
            break;
        }
    }
    std::erase_if(rest, [](char c) { return c == '_' || c == ' ' || c == '-' || c == '.'; });
    return rest;
}

// Whether the names say that one is the day of the other; 2 = more surely.
int belonging(const Layout& layout, int date, int clock)
{
    if (layout.names.empty())
        return 1;
    const auto& dateName = layout.names[at(date)];
    const auto ofDate = restOf(dateName, kDates);
    const auto ofClock = restOf(layout.names[at(clock)], kClocks);
    if (ofDate == ofClock)
        return 2;
    return ofClock.empty() && !isNamedLikeAnotherTime(dateName) ? 1 : 0;
}

// What a date and a time of day say together; nothing where one is missing.
std::string momentOf(std::string_view date, std::string_view clock)
{
    date = dateOf(date);
    clock = base::trim(clock);
    return date.empty() || clock.empty() ? std::string()
                                         : std::string(date).append(" ").append(clock);
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

bool areMoments(const Layout& layout, int date, int clock)
{
    std::vector<std::string> moments;
    for (const auto& row : layout.rows) {
        if (at(std::max(date, clock)) < row.size())
            moments.push_back(momentOf(row[at(date)], row[at(clock)]));
    }
    const std::vector<std::string_view> texts(moments.begin(), moments.end());
    const auto guess = guessTimeFormat(texts);
    return guess && guess->isOurTime;
}

// The pair that belongs together most surely, if together they are times; among equals the one that
// would be the time in any case, and otherwise none.
void findMoment(Layout& layout)
{
    const auto clocks = columnsThat(layout, holdsTimesOfDay);
    if (clocks.empty())
        return;
    auto& found = layout.unfolding;
    const auto roles = eventRoles(layout.names, layout.rows, {}, {}, found.lists);
    const int time = roles ? roles->time : -1;
    const auto dates = columnsThat(layout, holdsDates);
    const auto isAmong = [&](const std::vector<int>& columns) {
        return std::find(columns.begin(), columns.end(), time) != columns.end();
    };
    if (time >= 0 && !isAmong(clocks) && !isAmong(dates))
        return; // the table has the whole moment, too
    int best = 0;
    int equals = 0;
    for (const int date : dates) {
        for (const int clock : clocks) {
            const int sure = belonging(layout, date, clock);
            const bool isTime = time == date || time == clock;
            const int rank = sure == 0 ? 0 : 2 * sure + isTime;
            if (rank == 0 || rank < best || !areMoments(layout, date, clock))
                continue;
            equals = rank == best ? equals + 1 : 1;
            best = rank;
            found.date = date;
            found.clock = clock;
        }
    }
    if (equals == 1)
        found.moment = time < 0 ? found.date : time;
    else if (isAmong(dates)) // of which there is a word
        found.clock = clocks.front();
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
            if (at(column) < m_fields.size() && isTooLong(m_fields[at(column)])) {
                m_problems.add(
                    "a list of more than a million entries", "row left out", row.line, column + 1);
                return;
            }
            const bool isThere = at(column) < m_fields.size();
            m_entries.push_back(entriesOf(isThere ? m_fields[at(column)] : std::string_view()));
        }
        const auto count = m_entries.front().size();
        if (std::find(m_entries.front().begin(), m_entries.front().end(), kCut)
            != m_entries.front().end()) {
            m_problems.add(
                "a list that was cut when it was written", "row left out", row.line,
                m_what.lists.front() + 1);
            return;
        }
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
        const int items = lists.empty() ? -1 : lists.front();
        std::erase_if(lists, [&](int list) {
            return list != items
                && std::find(columns.begin(), columns.end(), list) == columns.end();
        });
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
        unfoldRows(layout, {{}, unfolding.date, unfolding.clock, unfolding.moment});
}

void tellUnfolded(const Layout& layout, std::vector<RoleReason>& reasons)
{
    const auto& [lists, date, clock, moment] = layout.unfolding;
    for (auto& reason : reasons) {
        if (std::find(lists.begin(), lists.end(), reason.column) != lists.end())
            reason.why = say("it holds lists, of which each entry becomes an event");
        else if (moment >= 0 && reason.column == moment)
            reason.why =
                say("the date of %1 with the time of day of %2", columnName(layout.names, date),
                    columnName(layout.names, clock));
    }
}

std::unique_ptr<RowSource> unfolded(std::unique_ptr<RowSource> rows, const Unfolding& unfolding)
{
    if (unfolding.lists.empty() && unfolding.moment < 0)
        return rows;
    return std::make_unique<UnfoldedRows>(std::move(rows), unfolding);
}

} // namespace fovea::data

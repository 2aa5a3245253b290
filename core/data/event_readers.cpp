#include "core/data/event_readers.h"

#include "core/base/text.h"

#include <algorithm>
#include <unordered_map>

namespace fovea::data {

namespace {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const
    {
        return std::hash<std::string_view>{}(text);
    }
};

// Ids of any text to numbers, by first appearance.
class IdMap {
public:
    std::int32_t number(std::string_view id)
    {
        const auto found = m_numbers.find(id);
        if (found != m_numbers.end())
            return found->second;
        const auto next = static_cast<std::int32_t>(m_ids.size());
        m_ids.emplace_back(id);
        m_numbers.emplace(id, next);
        return next;
    }
    const std::vector<std::string>& ids() const { return m_ids; }
    std::vector<std::string> takeIds() { return std::move(m_ids); }

private:
    std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>> m_numbers;
    std::vector<std::string> m_ids;
};

class EventReader {
public:
    EventReader(const Roles& roles, std::size_t width, Problems& problems)
        : m_roles(roles)
        , m_width(width)
        , m_problems(problems)
    { }

    void add(const Row& row)
    {
        ++m_rows;
        if (!isWhole(row))
            return;
        const auto time = number<std::int64_t>(row, m_roles.time, base::parseInteger, "time");
        const auto value = number<double>(row, m_roles.value, base::parseDouble, "value");
        const auto user = textOf(field(row, m_roles.user), row, m_roles.user, m_problems);
        const auto item = textOf(field(row, m_roles.item), row, m_roles.item, m_problems);
        if (user.empty() || item.empty()) {
            m_problems.add(
                "empty id", "row left out", row.line,
                (user.empty() ? m_roles.user : m_roles.item) + 1);
            return;
        }
        if (!time || !value)
            return;
        m_events.users.push_back(m_users.number(user));
        m_events.items.push_back(m_items.number(item));
        if (m_roles.time >= 0)
            m_events.times.push_back(*time);
        if (m_roles.value >= 0)
            m_events.values.push_back(static_cast<float>(*value));
    }

    std::int64_t rows() const { return m_rows; }
    Interactions take()
    {
        m_events.userIds = m_users.takeIds();
        m_events.itemIds = m_items.takeIds();
        return std::move(m_events);
    }

private:
    static std::string_view field(const Row& row, int column)
    {
        return row.fields[static_cast<std::size_t>(column)];
    }

    bool isWhole(const Row& row)
    {
        if (row.unclosedQuote) {
            m_problems.add("quote never closed", "row left out", row.line, 0, row.fields.back());
            return false;
        }
        const int last = std::max({m_roles.user, m_roles.item, m_roles.time, m_roles.value});
        if (row.fields.size() <= static_cast<std::size_t>(last)) {
            m_problems.add("too few fields", "row left out", row.line, 0, row.fields.front());
            return false;
        }
        if (row.fields.size() > m_width)
            m_problems.add(
                "too many fields", "kept, the surplus ignored", row.line, 0, row.fields.back());
        return true;
    }

    // The number in a column, zero where there is no such column; nothing, and counted, on bad
    // text.
    template <typename T, typename Parse>
    std::optional<T> number(const Row& row, int column, Parse parse, const std::string& what)
    {
        if (column < 0)
            return T{};
        const auto text = base::trim(field(row, column));
        const auto value = parse(text);
        const bool finite =
            value && static_cast<double>(*value) - static_cast<double>(*value) == 0.0;
        if (finite)
            return *value;
        m_problems.add(
            text.empty() ? "missing " + what : what + " is not a number", "row left out", row.line,
            column + 1, text);
        return std::nullopt;
    }

    Roles m_roles;
    std::size_t m_width;
    Problems& m_problems;
    std::int64_t m_rows = 0;
    IdMap m_users;
    IdMap m_items;
    Interactions m_events;
};

} // namespace

Result<ReadEvents> readDelimitedEvents(
    const std::filesystem::path& file, std::string_view head,
    const std::vector<RoleChoice>& choices, base::Progress& progress, std::stop_token stop)
{
    FOVEA_ASSIGN(const auto layout, layoutOf(head, file.string()));
    FOVEA_ASSIGN(const auto roles, eventRoles(layout.names, layout.rows, choices, file.string()));
    ReadEvents result;
    EventReader reader(roles, layout.width(), result.problems);
    bool isHeader = layout.dialect.header;
    FOVEA_TRY(readDelimited(
        file, layout.dialect,
        [&](const Row& row) -> Status {
            if (!isHeader)
                reader.add(row);
            isHeader = false;
            return success();
        },
        progress, stop));
    result.rows = reader.rows();
    result.events = reader.take();
    result.source = describe(layout, roles);
    return result;
}

Result<ReadEvents> readSequences(
    const std::filesystem::path& file, base::Progress& progress, std::stop_token stop)
{
    ReadEvents result;
    auto& events = result.events;
    IdMap users;
    IdMap items;
    const Dialect lines{"\n", false, false};
    FOVEA_TRY(readDelimited(
        file, lines,
        [&](const Row& row) -> Status {
            ++result.rows;
            const auto text = textOf(row.fields.front(), row, 0, result.problems);
            const auto colon = text.find(':');
            if (colon == std::string::npos || base::trim(text.substr(0, colon)).empty()) {
                result.problems.add("no 'user:' at its start", "row left out", row.line, 0, text);
                return success();
            }
            const auto user = users.number(base::trim(std::string_view(text).substr(0, colon)));
            for (const auto item : base::split(std::string_view(text).substr(colon + 1), " ")) {
                if (base::trim(item).empty())
                    continue;
                events.users.push_back(user);
                events.items.push_back(items.number(base::trim(item)));
            }
            return success();
        },
        progress, stop));
    events.userIds = users.takeIds();
    events.itemIds = items.takeIds();
    result.source = {{"format", "sequences"}};
    return result;
}

bool looksLikeSequences(std::string_view head)
{
    int yes = 0;
    int all = 0;
    for (const auto& row : rowsOf(head, Dialect{"\n", false, false}, 20)) {
        const auto colon = row[0].find(": ");
        yes += colon != std::string::npos && row[0].find_first_of(",;\t\"") == std::string::npos
            && row[0].find(' ') > colon;
        ++all;
    }
    return all > 0 && yes * 10 >= all * 9;
}

} // namespace fovea::data

#include "core/data/event_readers.h"

#include "core/base/text.h"
#include "core/data/time_formats.h"

#include <algorithm>
#include <cmath>
#include <optional>
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

// Of a column of numbers.
struct Complaint {
    const char* missing;
    const char* wrong;
};
constexpr Complaint kTimeComplaint{"missing time", "time is not written as the others"};
constexpr Complaint kValueComplaint{"missing value", "value is not a number"};

class EventReader {
public:
    EventReader(const Roles& roles, const TimeFormat* time, std::size_t width, Problems& problems)
        : m_roles(roles)
        , m_time(time)
        , m_width(width)
        , m_problems(problems)
    { }

    // Counts the first thing that is wrong with a row.
    void add(const Row& row)
    {
        ++m_rows;
        if (!isWhole(row))
            return;
        const auto user = id(row, m_roles.user);
        const auto item = user ? id(row, m_roles.item) : std::nullopt;
        if (!item)
            return;
        const auto time = number<std::int64_t>(
            row, m_roles.time, m_time ? m_time->read : base::parseInteger, kTimeComplaint);
        const auto value =
            time ? number<float>(row, m_roles.value, parseFloat, kValueComplaint) : std::nullopt;
        if (!value)
            return;
        m_events.users.push_back(m_users.number(*user));
        m_events.items.push_back(m_items.number(*item));
        m_events.lines.push_back(row.line);
        if (m_roles.time >= 0)
            m_events.times.push_back(*time);
        if (m_roles.value >= 0)
            m_events.values.push_back(*value);
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
        if (row.strayQuote)
            m_problems.add(
                "a quote that encloses no whole field", "kept, read as it stands", row.line);
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

    std::optional<std::string> id(const Row& row, int column)
    {
        auto text = textOf(field(row, column), row, column, m_problems);
        if (!text.empty() && text.find('\0') == std::string::npos)
            return text;
        m_problems.add(
            text.empty() ? "empty id" : "a zero byte in an id", "row left out", row.line,
            column + 1);
        return std::nullopt;
    }

    // As float32, in which values are kept; nothing for what overflows it.
    static std::optional<float> parseFloat(std::string_view text)
    {
        const auto value = base::parseDouble(text);
        const auto narrow = static_cast<float>(value.value_or(0));
        return value && std::isfinite(narrow) ? std::optional(narrow) : std::nullopt;
    }

    // The number in a column, zero where there is no such column; nothing, and counted, on bad
    // text.
    template <typename T, typename Parse>
    std::optional<T> number(const Row& row, int column, Parse parse, const Complaint& complaint)
    {
        if (column < 0)
            return T{};
        const auto text = base::trim(field(row, column));
        if (const auto value = parse(text))
            return *value;
        m_problems.add(
            text.empty() ? complaint.missing : complaint.wrong, "row left out", row.line,
            column + 1, text);
        return std::nullopt;
    }

    Roles m_roles;
    const TimeFormat* m_time; // null where there is no column of times
    std::size_t m_width;
    Problems& m_problems;
    std::int64_t m_rows = 0;
    IdMap m_users;
    IdMap m_items;
    Interactions m_events;
};

// Null where there is no column of times.
Result<const TimeFormat*> timeFormatOf(const Layout& layout, int column, const std::string& chosen)
{
    if (column < 0)
        return nullptr;
    if (!chosen.empty()) {
        const auto* format = findTimeFormat(chosen);
        return format ? Result<const TimeFormat*>(format)
                      : wrongUse(say("no time format '%1'", chosen));
    }
    std::vector<std::string_view> samples;
    for (const auto& row : layout.rows) {
        if (static_cast<std::size_t>(column) < row.size())
            samples.push_back(row[static_cast<std::size_t>(column)]);
    }
    const auto guess = guessTimeFormat(samples);
    return guess ? guess->format : findTimeFormat("seconds"); // which complains of each row
}

} // namespace

Result<ReadEvents> readEvents(
    io::TextSource& source, const Shape& shape, const Layout& layout, const Choices& choices,
    base::Progress& progress, const std::stop_token& stop)
{
    const auto& where = source.bytes().name();
    FOVEA_ASSIGN(const auto roles, eventRoles(layout.names, layout.rows, choices.roles, where));
    FOVEA_ASSIGN(const auto* time, timeFormatOf(layout, roles.time, choices.timeFormat));
    ReadEvents result;
    EventReader reader(roles, time, layout.width(), result.problems);
    const auto take = [&](const Row& row) -> Status {
        reader.add(row);
        return success();
    };
    FOVEA_TRY(shape.read(source, layout, take, result.problems, progress, stop));
    result.rows = reader.rows();
    result.events = reader.take();
    result.source = describe(layout, roles);
    result.source["format"] = shape.name;
    if (time)
        result.source["time_format"] = time->name;
    return result;
}

} // namespace fovea::data

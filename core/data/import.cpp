#include "core/data/import.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <numeric>
#include <tuple>
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

// A field as UTF-8 text; bytes that are not UTF-8 are read as Windows-1252 and counted.
std::string textOf(std::string_view field, const Row& row, int column, Problems& problems)
{
    field = base::trim(field);
    if (base::isUtf8(field))
        return std::string(field);
    auto text = base::fromCp1252(field);
    problems.add("not UTF-8", "read as Windows-1252", row.line, column + 1, text);
    return text;
}

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

struct Layout {
    Dialect dialect;
    std::vector<std::string> names;
    Rows rows;
};

Result<Layout> layoutOf(const std::filesystem::path& file)
{
    FOVEA_ASSIGN(const auto head, headOf(file));
    Layout layout;
    FOVEA_ASSIGN(layout.dialect, sniffDialect(head, file.string()));
    layout.rows = rowsOf(head, layout.dialect, 200);
    if (layout.dialect.header) {
        layout.names = layout.rows.front();
        for (auto& name : layout.names)
            name = base::trim(name);
        layout.rows.erase(layout.rows.begin());
    }
    return layout;
}

std::size_t widthOf(const Layout& layout)
{
    return layout.names.empty() && !layout.rows.empty() ? layout.rows.front().size()
                                                        : layout.names.size();
}

io::Json describe(const Layout& layout, Roles roles)
{
    io::Json columns = io::Json::object();
    for (const Role role :
         {Role::User, Role::Item, Role::Time, Role::Value, Role::Title, Role::Category}) {
        const int column = roles.of(role);
        if (column < 0)
            continue;
        const auto at = static_cast<std::size_t>(column);
        columns[std::string(roleName(role))] =
            at < layout.names.size() ? layout.names[at] : std::to_string(column + 1);
    }
    return {
        {"delimiter", delimiterName(layout.dialect.delimiter)},
        {"quoted", layout.dialect.quoted},
        {"header", layout.dialect.header},
        {"columns", columns}};
}

// Nothing could be read: say why by the first problem rather than give an empty data set.
Error nothingLeft(const Problems& problems, const std::string& file)
{
    if (problems.list().empty())
        return badInput("no event is left", file);
    const auto& p = problems.list().front();
    std::string where = file;
    if (p.firstLine > 0)
        where += ", line " + std::to_string(p.firstLine);
    if (p.firstColumn > 0)
        where += ", column " + std::to_string(p.firstColumn);
    const std::string example = p.example.empty() ? "" : " ('" + p.example + "')";
    return badInput(
        "no event can be used: " + p.kind + example + ", " + base::grouped(p.count) + " time(s)",
        where, "Check the columns: fovea inspect FILE shows how the file was understood");
}

Result<Imported> readDelimitedEvents(
    const ImportOptions& options, base::Progress& progress, std::stop_token stop,
    Interactions& events)
{
    FOVEA_ASSIGN(const auto layout, layoutOf(options.file));
    FOVEA_ASSIGN(
        const auto roles,
        eventRoles(layout.names, layout.rows, options.roles, options.file.string()));
    Imported result;
    EventReader reader(roles, widthOf(layout), result.problems);
    bool isHeader = layout.dialect.header;
    FOVEA_TRY(readDelimited(
        options.file, layout.dialect,
        [&](const Row& row) -> Status {
            if (!isHeader)
                reader.add(row);
            isHeader = false;
            return success();
        },
        progress, stop));
    result.rows = reader.rows();
    events = reader.take();
    result.source = describe(layout, roles);
    return result;
}

// "user: item item ...", one line a user, in time order.
Result<Imported> readSequences(
    const ImportOptions& options, base::Progress& progress, std::stop_token stop,
    Interactions& events)
{
    Imported result;
    IdMap users;
    IdMap items;
    const Dialect lines{"\n", false, false};
    FOVEA_TRY(readDelimited(
        options.file, lines,
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

// True if most lines of the head read "something: word word".
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

struct ItemFacts {
    std::string title;
    std::string category;
};

Result<std::vector<Item>> describeItems(
    const ImportOptions& options, const std::vector<std::string>& ids, Imported& imported,
    std::stop_token stop)
{
    std::unordered_map<std::string, ItemFacts> facts;
    if (!options.itemsFile.empty()) {
        FOVEA_ASSIGN(const auto layout, layoutOf(options.itemsFile));
        FOVEA_ASSIGN(
            auto roles, itemRoles(layout.names, layout.rows, {}, options.itemsFile.string()));
        Problems problems;
        bool isHeader = layout.dialect.header;
        base::Silent silent;
        FOVEA_TRY(readDelimited(
            options.itemsFile, layout.dialect,
            [&](const Row& row) -> Status {
                const auto text = [&](int column) {
                    const bool there =
                        column >= 0 && static_cast<std::size_t>(column) < row.fields.size();
                    return there ? textOf(
                               row.fields[static_cast<std::size_t>(column)], row, column, problems)
                                 : std::string();
                };
                if (!isHeader)
                    facts.try_emplace(
                        text(roles.item), ItemFacts{text(roles.title), text(roles.category)});
                isHeader = false;
                return success();
            },
            silent, stop));
        for (const auto& p : problems.list())
            imported.problems.add(
                "items file: " + p.kind, p.effect, p.firstLine, p.firstColumn, p.example, p.count);
        imported.source["items_file"] = describe(layout, roles);
        imported.source["items_file"]["name"] = options.itemsFile.filename().string();
    }
    std::vector<Item> items = {{"[PAD]", "", ""}};
    std::int64_t unmatched = 0;
    for (const auto& id : ids) {
        const auto found = facts.find(id);
        unmatched += !facts.empty() && found == facts.end();
        items.push_back(
            found == facts.end() ? Item{id, id, ""}
                                 : Item{
                                     id, found->second.title.empty() ? id : found->second.title,
                                     found->second.category});
    }
    imported.problems.add(
        "item not in the items file", "kept, its id is its title", 0, 0, {}, unmatched);
    return items;
}

// Renumbers by first appearance among the events that are left.
std::vector<std::string> renumber(
    std::vector<std::int32_t>& numbers, const std::vector<std::string>& ids)
{
    std::vector<std::int32_t> fresh(ids.size(), -1);
    std::vector<std::string> kept;
    for (auto& number : numbers) {
        auto& target = fresh[static_cast<std::size_t>(number)];
        if (target < 0) {
            target = static_cast<std::int32_t>(kept.size());
            kept.push_back(ids[static_cast<std::size_t>(number)]);
        }
        number = target;
    }
    return kept;
}

std::vector<std::int64_t> countsOf(const std::vector<std::int32_t>& numbers, std::size_t size)
{
    std::vector<std::int64_t> counts(size);
    for (const auto number : numbers)
        ++counts[static_cast<std::size_t>(number)];
    return counts;
}

template <typename T> void keepWhere(std::vector<T>& values, const std::vector<char>& keep)
{
    std::size_t to = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (keep[i])
            values[to++] = values[i];
    }
    values.resize(to);
}

void keepEvents(Interactions& all, const std::vector<char>& keep)
{
    for (auto* numbers : {&all.users, &all.items})
        keepWhere(*numbers, keep);
    if (!all.times.empty())
        keepWhere(all.times, keep);
    if (!all.values.empty())
        keepWhere(all.values, keep);
}

// The events sorted by user and time, ties in file order.
std::vector<std::size_t> orderOf(const Interactions& all)
{
    std::vector<std::size_t> order(all.users.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (all.users[a] != all.users[b])
            return all.users[a] < all.users[b];
        return !all.times.empty() && all.times[a] < all.times[b];
    });
    return order;
}

// Marks later copies of an event that has the same user, item, time and value. Without times a
// repetition is an event of its own.
std::int64_t markDuplicates(
    const Interactions& all, const std::vector<std::size_t>& order, std::vector<char>& keep)
{
    if (all.times.empty())
        return 0;
    const auto key = [&](std::size_t e) {
        return std::tuple(
            all.users[e], all.times[e], all.items[e], all.values.empty() ? 0.0f : all.values[e]);
    };
    auto sorted = order;
    std::stable_sort(sorted.begin(), sorted.end(), [&](std::size_t a, std::size_t b) {
        return key(a) < key(b);
    });
    std::int64_t found = 0;
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        if (key(sorted[i]) == key(sorted[i - 1])) {
            keep[sorted[i]] = 0;
            ++found;
        }
    }
    return found;
}

void dropDuplicates(Interactions& all, Problems& problems)
{
    std::vector<char> keep(all.users.size(), 1);
    const auto found = markDuplicates(all, orderOf(all), keep);
    problems.add("exact duplicate", "event left out", 0, 0, {}, found);
    if (found > 0)
        keepEvents(all, keep);
}

} // namespace

Interactions filtered(Interactions all, int minUserEvents, int minItemEvents, Problems& problems)
{
    const auto before = static_cast<std::int64_t>(all.users.size());
    while (minUserEvents > 1 || minItemEvents > 1) {
        const auto users = countsOf(all.users, all.userIds.size());
        const auto items = countsOf(all.items, all.itemIds.size());
        std::vector<char> keep(all.users.size());
        for (std::size_t e = 0; e < keep.size(); ++e) {
            keep[e] = users[static_cast<std::size_t>(all.users[e])] >= minUserEvents
                && items[static_cast<std::size_t>(all.items[e])] >= minItemEvents;
        }
        if (std::all_of(keep.begin(), keep.end(), [](char k) { return k != 0; }))
            break;
        keepEvents(all, keep);
    }
    problems.add(
        "user or item with too few events", "event left out", 0, 0,
        "at least " + std::to_string(minUserEvents) + " a user, " + std::to_string(minItemEvents)
            + " an item",
        before - static_cast<std::int64_t>(all.users.size()));
    all.userIds = renumber(all.users, all.userIds);
    all.itemIds = renumber(all.items, all.itemIds);
    return all;
}

std::shared_ptr<const Dataset> toDataset(
    const Interactions& all, std::vector<Item> items, Problems& problems)
{
    Events events;
    events.offsets.assign(all.userIds.size() + 1, 0);
    std::int64_t ties = 0;
    const auto order = orderOf(all);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto e = order[i];
        events.items.push_back(all.items[e] + 1);
        ++events.offsets[static_cast<std::size_t>(all.users[e]) + 1];
        if (!all.times.empty())
            events.times.push_back(all.times[e]);
        if (!all.values.empty())
            events.values.push_back(all.values[e]);
        ties += i > 0 && !all.times.empty() && all.users[order[i - 1]] == all.users[e]
            && all.times[order[i - 1]] == all.times[e];
    }
    std::partial_sum(events.offsets.begin(), events.offsets.end(), events.offsets.begin());
    problems.add(
        "same user and time as the event before", "kept, in the order of the file", 0, 0, {}, ties);
    return std::make_shared<const Dataset>(all.userIds, std::move(items), std::move(events));
}

Result<Imported> importFile(
    const ImportOptions& options, base::Progress& progress, std::stop_token stop)
{
    FOVEA_ASSIGN(const auto head, headOf(options.file));
    const bool sequences = options.format == "sequences"
        || (options.format == "auto" && options.roles.empty() && looksLikeSequences(head));
    Interactions all;
    FOVEA_ASSIGN(
        auto imported,
        sequences ? readSequences(options, progress, stop, all)
                  : readDelimitedEvents(options, progress, stop, all));
    if (all.users.empty())
        return nothingLeft(imported.problems, options.file.string());
    dropDuplicates(all, imported.problems);
    all = filtered(std::move(all), options.minUserEvents, options.minItemEvents, imported.problems);
    if (all.users.empty())
        return badInput(
            "no event is left after the filter", options.file.string(),
            "Lower --min-user-events or --min-item-events");
    FOVEA_ASSIGN(auto items, describeItems(options, all.itemIds, imported, stop));
    imported.dataset = toDataset(all, std::move(items), imported.problems);
    imported.source["file"] = options.file.filename().string();
    imported.source["rows"] = imported.rows;
    imported.source["min_user_events"] = options.minUserEvents;
    imported.source["min_item_events"] = options.minItemEvents;
    return imported;
}

} // namespace fovea::data

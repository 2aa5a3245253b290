#include "core/data/event_readers.h"

#include "core/base/text.h"
#include "core/base/threads.h"
#include "core/data/number_text.h"
#include "core/data/time_formats.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <optional>
#include <utility>

namespace fovea::data {

namespace {

// Of a column of numbers.
struct Complaint {
    const char* missing;
    const char* wrong;
    const char* filled;
};
constexpr Complaint kTimeComplaint{kMissingTime, kWrongTime, "filled with that of the row before"};
constexpr Complaint kValueComplaint{
    kMissingValue, "value is not a number", "filled with the chosen value"};

// The first eight digits at once: pairs, then fours, then all, each in its part of the word.
std::optional<std::uint64_t> eightDigits(std::string_view text)
{
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), sizeof word);
    static_assert(std::endian::native == std::endian::little);
    const auto digits = word ^ 0x3030303030303030ULL; // 0 to 9 where there were digits
    if (((digits + 0x7676767676767676ULL) | digits) & 0x8080808080808080ULL)
        return std::nullopt;
    auto pairs = (digits * 10 + (digits >> 8)) & 0x00FF00FF00FF00FFULL;
    auto fours = (pairs * 100 + (pairs >> 16)) & 0x0000FFFF0000FFFFULL;
    return (fours * 10000 + (fours >> 32)) & 0xFFFFFFFFULL;
}

// Digits alone, as most numbers are written; nothing for what needs a closer look.
std::optional<std::int64_t> plainDigits(std::string_view text)
{
    if (text.empty() || text.size() > 18)
        return std::nullopt;
    std::uint64_t number = 0;
    if (text.size() >= 8) {
        const auto eight = eightDigits(text);
        if (!eight)
            return std::nullopt;
        number = *eight;
        text.remove_prefix(8);
    }
    for (const char c : text) {
        const auto digit = static_cast<unsigned>(c - '0');
        if (digit > 9)
            return std::nullopt;
        number = 10 * number + digit;
    }
    return static_cast<std::int64_t>(number);
}

// "4" and "3.5", to the same bits as parseDouble: both numbers of the division are exact.
std::optional<float> shortDecimal(std::string_view text)
{
    constexpr std::array<double, 4> kTens = {1, 10, 100, 1000};
    const auto point = std::min(text.find('.'), text.size());
    const auto decimals = text.size() - std::min(point + 1, text.size());
    if (decimals >= kTens.size() || text.size() > 12)
        return std::nullopt;
    const auto whole = plainDigits(text.substr(0, point));
    const auto part = decimals > 0 ? plainDigits(text.substr(point + 1)) : 0;
    if (!whole || !part || point + 1 == text.size())
        return std::nullopt;
    const auto scale = kTens[decimals];
    return static_cast<float>(
        (static_cast<double>(*whole) * scale + static_cast<double>(*part)) / scale);
}

// As float32, in which values are kept; nothing for what overflows it.
std::optional<float> parseFloat(std::string_view text)
{
    if (const auto value = shortDecimal(text))
        return value;
    const auto value = numberOf(text);
    const auto narrow = static_cast<float>(value.value_or(0));
    return value && std::isfinite(narrow) ? std::optional(narrow) : std::nullopt;
}

// Microseconds in a unit of a format that counts; 0 for other formats.
std::int64_t unitOf(const TimeFormat& format)
{
    if (format.name == "seconds")
        return kMicroseconds;
    if (format.name == "milliseconds")
        return 1000;
    return format.name == "microseconds" ? 1 : 0;
}

// The column of a time; `read` is slower than digits in a known unit.
class TimeReader {
public:
    explicit TimeReader(const TimeFormat* format)
        : m_format(format)
        , m_unit(format ? unitOf(*format) : 0)
    { }
    std::optional<std::int64_t> operator()(std::string_view text) const
    {
        // Up to the year 5138 in seconds; what is beyond is looked at with care.
        if (m_unit > 0 && text.size() < 15) {
            const auto count = plainDigits(text);
            if (count && *count < 100'000'000'000'000'000 / m_unit)
                return *count * m_unit;
        }
        const auto time = m_format->read(text);
        return time && *time >= -kLastSecond * kMicroseconds ? time : std::nullopt;
    }
    std::int64_t unit() const { return m_unit; } // microseconds of one; 0 = it is no count of them

private:
    const TimeFormat* m_format; // null where there is no column of times
    std::int64_t m_unit;
};

// What a recipe's texts mean.
struct Choices {
    bool isWholeSeconds = false; // what times are rounded down to
    std::int64_t from = std::numeric_limits<std::int64_t>::min(); // microseconds
    std::int64_t before = std::numeric_limits<std::int64_t>::max();
    Weighting weighting;
    std::vector<std::string> types; // that are named, to be taken or weighed
};

Result<Choices> choicesOf(const Recipe& recipe, const Roles& roles, const std::string& where)
{
    Choices choices;
    if (!recipe.fromTime.empty()) {
        FOVEA_ASSIGN(choices.from, momentFrom(recipe.fromTime));
    }
    if (!recipe.beforeTime.empty()) {
        FOVEA_ASSIGN(choices.before, momentFrom(recipe.beforeTime));
    }
    FOVEA_ASSIGN(choices.weighting, weightingFrom(recipe.weight));
    if (!(recipe.fromTime.empty() && recipe.beforeTime.empty()) && roles.time < 0)
        return badInput(
            "the file has no times to choose a part of", where,
            "Name the column of the time, or choose no part");
    if (!recipe.types.empty() && roles.type < 0)
        return badInput(
            "the file has no types to choose by", where,
            "Name the column of the type, or choose all types");
    if ((recipe.minValue || recipe.maxValue) && roles.value < 0)
        return badInput(
            "the file has no values to choose by", where,
            "Name the column of the value, or choose all values");
    if (std::isnan(recipe.minValue.value_or(0)) || std::isnan(recipe.maxValue.value_or(0)))
        return wrongUse("a bound of values is a number", "--min-value, --max-value");
    if (recipe.deals.missingValue == "fill" && !recipe.fillValue)
        return wrongUse(
            "missing values are to be filled, and nothing says with what", "missing_value=fill",
            "Give the value (--fill-value)");
    // Values are kept as float32, which holds no more.
    const auto isFloat = [](std::optional<double> number) {
        return std::abs(number.value_or(0)) <= std::numeric_limits<float>::max();
    };
    if (!isFloat(recipe.fillValue))
        return wrongUse("a value to fill in is a number", "--fill-value");
    if (recipe.deals.outside == "clip" && !(isFloat(recipe.minValue) && isFloat(recipe.maxValue)))
        return wrongUse("a bound of values is a number", "--min-value, --max-value");
    if (choices.from >= choices.before)
        return wrongUse(
            say("no time is both from %1 on and before %2", recipe.fromTime, recipe.beforeTime));
    if (recipe.minValue.value_or(0) > recipe.maxValue.value_or(recipe.minValue.value_or(0)))
        return wrongUse(
            say("no value is both at least %1 and at most %2", base::toText(*recipe.minValue),
                base::toText(*recipe.maxValue)));
    const auto by = choices.weighting.by;
    if (by == Weighting::By::Type && roles.type < 0)
        return badInput(
            "the file has no types to weigh events by", where,
            "Name the column of the type, or weigh them otherwise");
    if ((by == Weighting::By::Value || by == Weighting::By::LogValue) && roles.value < 0)
        return badInput(
            "the file has no values to weigh events by", where,
            "Name the column of the value, or weigh them otherwise");
    choices.types = recipe.types;
    for (const auto& [type, weight] : choices.weighting.types)
        choices.types.push_back(type);
    return choices;
}

// What one thread makes of the rows of the parts that it takes.
class EventReader {
public:
    EventReader(
        const Roles& roles, const TimeFormat* time, std::size_t width, const Recipe& recipe,
        const Choices& choices, std::optional<float> noValue)
        : m_roles(roles)
        , m_recipe(recipe)
        , m_choices(choices)
        , m_isOddRefused(recipe.deals.oddTimes != "keep")
        , m_isSeen(choices.types.size())
        , m_noValue(noValue)
        , m_time(time)
        , m_width(width)
        , m_last(static_cast<std::size_t>(
              std::max({roles.user, roles.item, roles.time, roles.value, typeColumn()})))
        , m_takesAnyId(recipe.deals.missingId == "keep")
        , m_takesTimeBefore(recipe.deals.missingTime == "previous")
    {
        if (recipe.deals.missingValue == "fill")
            m_fillValue = static_cast<float>(*recipe.fillValue);
    }

    void beginPart(std::int64_t number)
    {
        m_columns.clear();
        m_part = number;
        m_line = 0;
    }
    EventColumns& columns() { return m_columns; }
    const std::vector<char>& seenTypes() const { return m_isSeen; }
    const PartialIds& users() const { return m_users; }
    const PartialIds& items() const { return m_items; }
    // Ids lie in a reader's tables, in those of all readers, and then in the data set.
    std::int64_t memoryOfIds() const { return 3 * (m_users.memoryBytes() + m_items.memoryBytes()); }
    std::int64_t memoryOfColumns() const { return m_columns.memoryBytes(); }

    // Counts the first thing that is wrong with a row.
    void add(const Row& row)
    {
        ++m_columns.rows;
        if (!isWhole(row))
            return;
        const auto user = id(row, m_roles.user, m_userText);
        const auto item = user ? id(row, m_roles.item, m_itemText) : std::nullopt;
        if (!item)
            return;
        const auto itemKey = IdTable::keyOf(*item);
        m_items.ids.prefetch(itemKey);
        std::int64_t time = 0;
        float value = 0;
        if (m_roles.time >= 0
            && !read(row, m_roles.time, m_time, kTimeComplaint, previousTime(), time))
            return;
        m_timeBefore = time;
        if (m_roles.time >= 0)
            tellUnit(row, time);
        if (m_isOddRefused && isOdd(row, time))
            return;
        if (m_choices.isWholeSeconds)
            time = secondOf(time) * kMicroseconds;
        if (m_roles.value >= 0
            && !read(row, m_roles.value, parseFloat, kValueComplaint, m_fillValue, value))
            return;
        seeType(row);
        if (!isWanted(row, time, value))
            return;
        const auto weight = weightOf(row, value);
        const auto event = m_columns.users.size();
        m_columns.users.push_back(number(
            m_users, *user, [&] { return IdTable::keyOf(*user); }, event));
        m_columns.items.push_back(number(
            m_items, *item, [&] { return itemKey; }, event));
        if (m_roles.time >= 0)
            m_columns.times.push_back(time);
        if (m_roles.value >= 0)
            m_columns.values.push_back(value);
        if (m_choices.weighting.by != Weighting::By::Nothing)
            m_columns.weights.push_back(weight);
        if (m_roles.type >= 0)
            m_columns.kinds.push_back(kindOfType(typeOf(row)));
        if (row.line != m_line + 1 || event == 0)
            m_columns.lines.push_back({event, row.line});
        m_line = row.line;
    }

private:
    struct Known : PartialIds {
        std::int32_t last = -1; // number that was asked for
    };

    static std::string_view field(const Row& row, int column)
    {
        return row.fields[static_cast<std::size_t>(column)];
    }

    bool isWhole(const Row& row)
    {
        auto& problems = m_columns.problems;
        if (row.strayQuote)
            problems.add(
                "a quote that encloses no whole field", "kept, read as it stands", row.line);
        if (row.fields.size() <= m_last) {
            problems.add("too few fields", kRowLeftOut, row.line, 0, row.fields.front());
            return false;
        }
        if (row.fields.size() > m_width)
            problems.add(
                "too many fields", "kept, the surplus ignored", row.line, 0, row.fields.back());
        return true;
    }

    // Counts a time that is one of ours in another unit: files that were put together.
    void tellUnit(const Row& row, std::int64_t time)
    {
        constexpr std::int64_t kFrom = kOurTimesFrom * kMicroseconds;
        constexpr std::int64_t kTo = kOurTimesTo * kMicroseconds;
        if (m_time.unit() == 0 || (time >= kFrom && time < kTo)) [[likely]]
            return;
        const auto isOurs = [](std::int64_t moment) { return moment >= kFrom && moment < kTo; };
        const bool isFiner = isOurs(time / 1000) || isOurs(time / 1'000'000);
        // Small seconds are the numbers of an order.
        const bool isCoarser =
            m_time.unit() < kMicroseconds && time > 0 && time < kFrom && isOurs(time * 1000);
        if (isFiner || isCoarser)
            m_columns.problems.add(
                "a time in another unit than the others", "kept, out of their order", row.line,
                m_roles.time + 1, field(row, m_roles.time));
    }

    // Counts a time that is no time of ours.
    bool isOdd(const Row& row, std::int64_t time)
    {
        const auto second = secondOf(time);
        const bool isOurs = m_roles.time < 0 || (second >= kOurTimesFrom && second < kOurTimesTo);
        if (!isOurs)
            m_columns.problems.add(
                kOddTime, kRowLeftOut, row.line, m_roles.time + 1, field(row, m_roles.time));
        return !isOurs;
    }

    // That of the types where they matter.
    int typeColumn() const
    {
        const bool weighs = m_choices.weighting.by == Weighting::By::Type;
        return m_recipe.types.empty() && !weighs ? -1 : m_roles.type;
    }

    // A row may end before the type where nothing is chosen by it.
    std::string_view typeOf(const Row& row) const
    {
        const bool isThere = static_cast<std::size_t>(m_roles.type) < row.fields.size();
        return isThere ? base::trim(field(row, m_roles.type)) : std::string_view();
    }

    // Remembers which of the types that a person named are there.
    void seeType(const Row& row)
    {
        if (typeColumn() < 0)
            return;
        const auto type = base::trim(field(row, m_roles.type));
        for (std::size_t i = 0; i < m_isSeen.size(); ++i)
            m_isSeen[i] |= isSameType(m_choices.types[i], type);
    }

    float weightOf(const Row& row, float value)
    {
        const auto& weighting = m_choices.weighting;
        if (weighting.by == Weighting::By::Nothing)
            return 1;
        if (weighting.by == Weighting::By::Type)
            return weighting.ofType(base::trim(field(row, m_roles.type)));
        if (value < 0)
            m_columns.problems.add(
                "a value below 0 as a weight", "kept with weight 0", row.line, m_roles.value + 1,
                field(row, m_roles.value));
        value = std::max(value, 0.0f);
        return weighting.by == Weighting::By::LogValue ? std::log1p(value) : value;
    }

    // Why a value beyond a bound goes; null, and counted, where it is moved to the bound.
    const char* outside(const Row& row, const char* why, double bound, float& value)
    {
        if (m_recipe.deals.outside != "clip")
            return why;
        m_columns.problems.add(
            why, "value moved to the bound", row.line, m_roles.value + 1,
            field(row, m_roles.value));
        value = static_cast<float>(bound);
        return nullptr;
    }

    // Counts what the choices leave out.
    bool isWanted(const Row& row, std::int64_t time, float& value)
    {
        const char* why = nullptr;
        auto column = m_roles.value;
        if (m_roles.time >= 0 && (time < m_choices.from || time >= m_choices.before)) {
            why = kOtherTime;
            column = m_roles.time;
        }
        if (!why && m_roles.value >= 0) {
            if (m_noValue && value == *m_noValue)
                why = kNoValue;
            else if (m_recipe.minValue && value < *m_recipe.minValue)
                why = outside(row, kBelow, *m_recipe.minValue, value);
            else if (m_recipe.maxValue && value > *m_recipe.maxValue)
                why = outside(row, kAbove, *m_recipe.maxValue, value);
        }
        if (!why && !m_recipe.types.empty() && m_roles.type >= 0) {
            const auto type = base::trim(field(row, typeColumn()));
            const auto& types = m_recipe.types;
            if (std::none_of(types.begin(), types.end(), [&](const std::string& wanted) {
                    return isSameType(wanted, type);
                })) {
                why = kOtherType;
                column = typeColumn();
            }
        }
        if (why)
            m_columns.problems.add(
                why, why == kNoValue ? kLeftOutAsUnrated : kLeftOutAsChosen, row.line, column + 1,
                base::trim(field(row, column)));
        return !why;
    }

    // Visible ASCII alone: nothing to trim, to decode or to refuse.
    static bool isPlain(std::string_view text)
    {
        bool isPlain = !text.empty();
        for (const char c : text)
            isPlain = isPlain & (c > ' ') & (c < '\x7f');
        return isPlain;
    }

    // Lives until the next row.
    std::optional<std::string_view> id(const Row& row, int column, std::string& own)
    {
        if (isPlain(field(row, column)) && (m_takesAnyId || !isNull(field(row, column))))
            return field(row, column);
        const auto text = textOf(field(row, column), row, column, m_columns.problems, own);
        if (!m_takesAnyId && isNull(text)) {
            m_columns.problems.add(kMissingId, kRowLeftOut, row.line, column + 1, text);
            return std::nullopt;
        }
        if (!text.empty() && text.find('\0') == std::string_view::npos)
            return text;
        m_columns.problems.add(
            text.empty() ? "empty id" : "a zero byte in an id", kRowLeftOut, row.line, column + 1);
        return std::nullopt;
    }

    template <typename Key>
    std::int32_t number(Known& known, std::string_view id, const Key& key, std::size_t event) const
    {
        if (known.last >= 0 && known.ids[static_cast<std::size_t>(known.last)] == id)
            return known.last; // files are often sorted by one of the two
        const auto number = known.last = known.ids.number(id, key());
        if (static_cast<std::size_t>(number) == known.firsts.size())
            known.firsts.push_back((m_part << 32) + static_cast<std::int64_t>(event));
        return number;
    }

    // What a missing time is filled with; nothing where it is not.
    std::optional<std::int64_t> previousTime() const
    {
        return m_takesTimeBefore ? m_timeBefore : std::nullopt;
    }

    // The number in a column; false, and counted, on bad text.
    template <typename T, typename Parse>
    bool read(
        const Row& row, int column, const Parse& parse, const Complaint& complaint,
        std::optional<T> filler, T& number)
    {
        auto text = field(row, column);
        auto value = parse(text);
        if (!value) {
            text = base::trim(text);
            value = parse(text);
        }
        if (value) {
            number = *value;
            return true;
        }
        const bool isMissing = saysNothing(text);
        if (isMissing && filler) {
            m_columns.problems.add(complaint.missing, complaint.filled, row.line, column + 1, text);
            number = *filler;
            return true;
        }
        m_columns.problems.add(
            isMissing ? complaint.missing : complaint.wrong, kRowLeftOut, row.line, column + 1,
            text);
        return false;
    }

    Roles m_roles;
    const Recipe& m_recipe;
    const Choices& m_choices;
    bool m_isOddRefused; // times that are no times of ours
    std::vector<char> m_isSeen; // the choices' types
    std::optional<float> m_noValue;
    TimeReader m_time;
    std::size_t m_width;
    std::size_t m_last; // column that a row must have
    bool m_takesAnyId; // "NULL" is one, too
    bool m_takesTimeBefore; // where a time is missing
    std::optional<float> m_fillValue; // where a value is missing
    std::int64_t m_part = 0;
    std::int64_t m_line = 0; // of the event before
    std::optional<std::int64_t> m_timeBefore; // of the row before
    Known m_users;
    Known m_items;
    EventColumns m_columns;
    std::string m_userText; // an id that is not written in UTF-8
    std::string m_itemText;
};

// Its format is null where there is no column of times.
Result<TimeGuess> timeFormatOf(const Layout& layout, int column, const std::string& chosen)
{
    if (column < 0)
        return TimeGuess{nullptr, {}};
    if (!chosen.empty()) {
        const auto* format = findTimeFormat(chosen);
        return format ? Result<TimeGuess>(TimeGuess{format, {}})
                      : wrongUse(say("no time format '%1'", chosen));
    }
    std::vector<std::string_view> samples;
    for (const auto& row : layout.rows) {
        if (static_cast<std::size_t>(column) < row.size())
            samples.push_back(row[static_cast<std::size_t>(column)]);
    }
    // Seconds complain of each row.
    return guessTimeFormat(samples).value_or(TimeGuess{findTimeFormat("seconds"), {}});
}

// The ids of a data set, all of them before those of a file.
PartialIds idsBefore(
    std::int32_t count, const std::function<std::string_view(std::int32_t)>& id,
    const std::stop_token& stop)
{
    PartialIds known;
    for (std::int32_t i = 0; i < count && !stop.stop_requested(); ++i) {
        known.ids.number(id(i));
        known.firsts.push_back(std::int64_t{i} - count);
    }
    return known;
}

// Puts the events of a data set into blocks of their own; returns how many.
Result<std::size_t> putBefore(
    const ReadingCall& call, bool hasKinds, std::size_t table, ReadEvents& result)
{
    constexpr std::size_t kBlock = 1 << 18;
    const auto& before = *call.before;
    EventColumns columns;
    std::size_t number = 0;
    const auto put = [&]() -> Status {
        if (call.access.stop.stop_requested())
            return interrupted("reading was stopped");
        if (!columns.users.empty()) {
            const auto bytes = result.blocks->put(number++, table, columns);
            FOVEA_TRY(call.memory.take(bytes));
            result.memory += bytes;
        }
        columns.clear();
        return success();
    };
    for (std::int32_t u = 0; u < before.userCount(); ++u) {
        const auto items = before.itemsOf({u});
        const auto times = before.timesOf({u});
        const auto values = before.valuesOf({u});
        const auto weights = before.weightsOf({u});
        for (std::size_t e = 0; e < items.size(); ++e) {
            columns.users.push_back(u);
            columns.items.push_back(items[e] - 1);
            if (before.hasTimes())
                columns.times.push_back(times[e] * kMicroseconds);
            if (before.hasValues())
                columns.values.push_back(values[e]);
            if (before.hasWeights())
                columns.weights.push_back(weights[e]);
            if (hasKinds)
                columns.kinds.push_back(kUnknownKind);
            if (columns.users.size() == kBlock)
                FOVEA_TRY(put());
        }
    }
    FOVEA_TRY(put());
    return number;
}

// What one thread does: it reads parts until there is none, it is to stop, or the memory that may
// be taken does not do.
class PartReader {
public:
    PartReader(EventReader& reader, std::size_t table, const ReadingCall& call)
        : m_reader(reader)
        , m_table(table)
        , m_call(call)
    { }

    Status read(
        RowSource& source, std::size_t blocksBefore, EventBlocks& blocks,
        const std::atomic<bool>& isFailed)
    {
        const auto worker =
            source.worker([this](const Row& row) { add(row); }, m_reader.columns().problems);
        while (!isFailed) {
            FOVEA_ASSIGN(const auto part, worker->next());
            if (!part)
                break;
            m_reader.beginPart(*part);
            worker->visit();
            FOVEA_TRY(look());
            const auto number = blocksBefore + static_cast<std::size_t>(*part);
            FOVEA_TRY(take(blocks.put(number, m_table, m_reader.columns())));
        }
        return success();
    }
    // Once all is read: what was taken beside the columns of its own.
    std::int64_t memory() const { return m_ofIds + m_ofBlocks; }
    void giveBackColumns() { m_call.memory.giveBack(std::exchange(m_ofColumns, 0)); }

private:
    void add(const Row& row)
    {
        constexpr std::int64_t kRows = 1
            << 12; // between two looks; a part may be a list of millions
        if (m_status && ++m_rows % kRows == 0)
            m_status = look();
        if (m_status)
            m_reader.add(row);
    }
    Status look()
    {
        FOVEA_TRY(m_status);
        if (m_call.access.stop.stop_requested())
            return interrupted("reading was stopped");
        FOVEA_TRY(grow(m_ofIds, m_reader.memoryOfIds()));
        return grow(m_ofColumns, m_reader.memoryOfColumns());
    }
    Status grow(std::int64_t& taken, std::int64_t wanted)
    {
        FOVEA_TRY(m_call.memory.take(wanted - taken));
        taken = wanted;
        return success();
    }
    Status take(std::int64_t bytes)
    {
        FOVEA_TRY(m_call.memory.take(bytes));
        m_ofBlocks += bytes;
        return success();
    }

    EventReader& m_reader;
    std::size_t m_table;
    const ReadingCall& m_call;
    Status m_status = success();
    std::int64_t m_rows = 0;
    std::int64_t m_ofIds = 0; // bytes that were taken
    std::int64_t m_ofColumns = 0;
    std::int64_t m_ofBlocks = 0;
};

// As many threads as may be; each has columns of its own, of tens of megabytes.
int threadsFor(const ReadingCall& call, bool isInOrder)
{
    constexpr std::int64_t kOfThread = std::int64_t{256} << 20;
    const auto fit = std::max<std::int64_t>(1, call.memory.most() / kOfThread);
    return isInOrder ? 1 : static_cast<int>(std::clamp<std::int64_t>(call.threads, 1, fit));
}

// What a file must have to go behind a data set.
Status fits(
    const Dataset& before, const Roles& roles, const Choices& choices, const std::string& where)
{
    if (before.hasWeights() != (choices.weighting.by != Weighting::By::Nothing))
        return badInput(
            before.hasWeights()
                ? "the events of the data set have weights, these would have none"
                : "the events of the data set have no weights, these would have some",
            where, "Weigh them as for the data set");
    if (before.hasTimes() != (roles.time >= 0))
        return badInput(
            before.hasTimes() ? "the data set has times, this file has none"
                              : "the data set has no times, this file has some",
            where, "Choose the column of the time as for the data set");
    if (before.hasValues() != (roles.value >= 0))
        return badInput(
            before.hasValues() ? "the data set has values, this file has none"
                               : "the data set has no values, this file has some",
            where, "Choose the column of the value as for the data set");
    return success();
}

} // namespace

Result<ReadEvents> readEvents(
    RowSource& source, const Layout& layout, const Recipe& recipe, std::optional<float> noValue,
    const ReadingCall& call)
{
    FOVEA_ASSIGN(
        const auto roles,
        eventRoles(layout.names, layout.rows, recipe.roles, call.where, layout.unfolding.lists));
    FOVEA_ASSIGN(const auto guess, timeFormatOf(layout, roles.time, recipe.timeFormat));
    const auto* time = guess.format;
    FOVEA_ASSIGN(auto choices, choicesOf(recipe, roles, call.where));
    choices.isWholeSeconds = call.before != nullptr; // as the events that are there
    const std::array<int, 5> columns = {
        roles.user, roles.item, roles.time, roles.value, roles.type};
    source.need(columns);
    // What a missing time is filled with stands in the row before.
    const bool isInOrder = source.isInOrder() || recipe.deals.missingTime == "previous";
    const int threads = threadsFor(call, isInOrder);
    ReadEvents result;
    result.roles = roles;
    result.timeFormat = time ? time->name : std::string_view();
    result.whyTime = guess.why;
    if (guess.isDayOrderOpen)
        result.otherTimeFormat = result.timeFormat == "day-first" ? "month-first" : "day-first";
    result.blocks = std::make_unique<EventBlocks>(call.scratch);
    std::size_t blocksBefore = 0;
    if (call.before) {
        FOVEA_TRY(fits(*call.before, roles, choices, call.where));
        FOVEA_ASSIGN(
            blocksBefore,
            putBefore(call, roles.type >= 0, static_cast<std::size_t>(threads), result));
    }
    std::vector<EventReader> readers(
        static_cast<std::size_t>(threads),
        EventReader(roles, time, layout.width(), recipe, choices, noValue));
    std::atomic<bool> isFailed = false;
    std::vector<Status> ends(readers.size(), success());
    std::vector<PartReader> readings;
    for (std::size_t t = 0; t < readers.size(); ++t)
        readings.emplace_back(readers[t], t, call);
    base::onThreads(threads, [&](int t) {
        const auto table = static_cast<std::size_t>(t);
        ends[table] = readings[table].read(source, blocksBefore, *result.blocks, isFailed);
        isFailed = isFailed || !ends[table];
    });
    for (const auto& end : ends)
        FOVEA_TRY(end);
    for (auto& reading : readings) {
        result.memory += reading.memory();
        reading.giveBackColumns();
    }
    FOVEA_TRY(result.blocks->finish());
    for (std::size_t i = 0; i < choices.types.size(); ++i) {
        const bool isSeen = std::any_of(readers.begin(), readers.end(), [&](const auto& reader) {
            return reader.seenTypes()[i] != 0;
        });
        if (!isSeen)
            result.unseenTypes.push_back(choices.types[i]);
    }
    std::vector<const PartialIds*> users;
    std::vector<const PartialIds*> items;
    for (const auto& reader : readers) {
        users.push_back(&reader.users());
        items.push_back(&reader.items());
    }
    PartialIds usersBefore;
    PartialIds itemsBefore;
    if (const auto* before = call.before) {
        const auto& stop = call.access.stop;
        usersBefore = idsBefore(
            before->userCount(), [&](std::int32_t u) { return before->userId({u}); }, stop);
        itemsBefore = idsBefore(
            before->itemCount(), [&](std::int32_t i) { return before->item({i + 1}).id; }, stop);
        const auto ofIds = 3 * (usersBefore.memoryBytes() + itemsBefore.memoryBytes());
        FOVEA_TRY(call.memory.take(ofIds));
        result.memory += ofIds;
        users.push_back(&usersBefore);
        items.push_back(&itemsBefore);
    }
    FOVEA_ASSIGN(result.users, merged(users, call.access.stop));
    FOVEA_ASSIGN(result.items, merged(items, call.access.stop));
    return result;
}

} // namespace fovea::data

#include "core/data/time_formats.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>

namespace fovea::data {

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

// Reads a text from its start; what does not fit leaves it where it was.
class Scan {
public:
    explicit Scan(std::string_view text)
        : m_rest(text)
    { }
    bool atEnd() const { return m_rest.empty(); }
    bool skip(char c)
    {
        if (m_rest.empty() || m_rest.front() != c)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }
    std::optional<char> oneOf(std::string_view characters)
    {
        if (m_rest.empty() || characters.find(m_rest.front()) == std::string_view::npos)
            return std::nullopt;
        const char c = m_rest.front();
        m_rest.remove_prefix(1);
        return c;
    }
    std::optional<int> digits(std::size_t fewest, std::size_t most)
    {
        std::size_t length = 0;
        int value = 0;
        while (length < std::min(most, m_rest.size()) && isDigit(m_rest[length]))
            value = 10 * value + (m_rest[length++] - '0');
        if (length < fewest)
            return std::nullopt;
        m_rest.remove_prefix(length);
        return value;
    }
    // The word of the list that comes next, three letters each: its number from 1.
    std::optional<int> word(std::string_view list)
    {
        const auto found =
            m_rest.size() < 3 ? std::string_view::npos : list.find(m_rest.substr(0, 3));
        if (found == std::string_view::npos || found % 3 != 0)
            return std::nullopt;
        m_rest.remove_prefix(3);
        return static_cast<int>(found / 3) + 1;
    }
    void skipLetters()
    {
        while (!m_rest.empty() && (m_rest.front() | 0x20) >= 'a' && (m_rest.front() | 0x20) <= 'z')
            m_rest.remove_prefix(1);
    }
    bool skipEither(std::string_view a, std::string_view b)
    {
        if (m_rest != a && m_rest != b)
            return false;
        m_rest = {};
        return true;
    }
    static bool isDigit(char c) { return c >= '0' && c <= '9'; }
    // What stands behind a decimal point, in microseconds; finer digits are cut.
    std::optional<int> fraction()
    {
        int value = 0;
        std::size_t length = 0;
        while (length < m_rest.size() && isDigit(m_rest[length])) {
            if (length < 6)
                value = 10 * value + (m_rest[length] - '0');
            ++length;
        }
        if (length == 0)
            return std::nullopt;
        m_rest.remove_prefix(length);
        for (; length < 6; ++length)
            value *= 10;
        return value;
    }

private:
    std::string_view m_rest;
};

std::optional<std::int64_t> day(int year, int month, int dayOfMonth)
{
    const std::chrono::year_month_day date(
        std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
        std::chrono::day(static_cast<unsigned>(dayOfMonth)));
    if (!date.ok())
        return std::nullopt;
    return std::chrono::sys_days(date).time_since_epoch().count() * 86'400 * kMicroseconds;
}

// In microseconds.
std::int64_t microsecondsOf(int hours, int minutes, int seconds)
{
    return ((hours * 60 + minutes) * std::int64_t{60} + seconds) * kMicroseconds;
}

// "8:36", "08:36:57.25", "8:36:57 AM": microseconds since midnight.
std::optional<std::int64_t> timeOfDay(Scan& text)
{
    auto hour = text.digits(1, 2);
    if (!hour || !text.skip(':'))
        return std::nullopt;
    const auto minute = text.digits(2, 2);
    std::optional<int> second = 0;
    std::optional<int> fraction = 0;
    if (text.skip(':')) {
        second = text.digits(2, 2);
        if (text.oneOf(".,"))
            fraction = text.fraction();
    }
    if (!minute || !second || !fraction || *minute > 59 || *second > 60)
        return std::nullopt;
    Scan behind = text;
    behind.skip(' ');
    const auto half = behind.oneOf("AaPp");
    const bool hasPoints = behind.skip('.');
    if (half && behind.oneOf("Mm")) {
        if (hasPoints)
            behind.skip('.');
        if (*hour < 1 || *hour > 12)
            return std::nullopt;
        hour = *hour % 12 + (*half == 'P' || *half == 'p' ? 12 : 0);
        text = behind;
    }
    if (*hour > 24 || (*hour == 24 && *minute + *second > 0))
        return std::nullopt;
    return microsecondsOf(*hour, *minute, *second) + *fraction;
}

// "Z", "UTC", "+02:00", "-0700", "+02": what it is ahead of UTC, in microseconds; zero where the
// text has ended.
std::optional<std::int64_t> zone(Scan& text)
{
    if (text.atEnd() || text.oneOf("Zz") || text.skipEither("UTC", "GMT"))
        return 0;
    const auto sign = text.oneOf("+-");
    const auto hours = sign ? text.digits(2, 2) : std::nullopt;
    if (!hours || *hours > 15)
        return std::nullopt;
    text.skip(':');
    const auto minutes = text.digits(2, 2).value_or(0);
    return microsecondsOf(*hours, minutes, 0) * (*sign == '-' ? -1 : 1);
}

// The rest behind a date: nothing, or a time of day and a zone.
std::optional<std::int64_t> withTime(std::optional<std::int64_t> date, Scan text)
{
    if (!date || text.atEnd())
        return date;
    const auto separator = text.oneOf(" T_,");
    if (separator == ',')
        text.skip(' ');
    const auto time = separator ? timeOfDay(text) : std::nullopt;
    if (!time)
        return std::nullopt;
    text.skip(' ');
    const auto ahead = zone(text);
    if (!ahead || !text.atEnd())
        return std::nullopt;
    return *date + *time - *ahead;
}

std::optional<std::int64_t> readIso(std::string_view string)
{
    Scan text(string);
    const auto year = text.digits(4, 4);
    const auto separator = year ? text.oneOf("-/.") : std::nullopt;
    const auto month = separator ? text.digits(1, 2) : std::nullopt;
    if (!month || !text.skip(*separator))
        return std::nullopt;
    const auto dayOfMonth = text.digits(1, 2);
    return dayOfMonth ? withTime(day(*year, *month, *dayOfMonth), text) : std::nullopt;
}

struct Year {
    int number;
    bool isShort;
};

// Of four digits, or of two: from 1970 to 2069, as POSIX has it but for one.
std::optional<Year> yearOf(Scan& text)
{
    Scan whole = text;
    if (const auto year = whole.digits(4, 4)) {
        text = whole;
        return Year{*year, false};
    }
    const auto year = text.digits(2, 2);
    return year ? std::optional(Year{*year + (*year < 70 ? 2000 : 1900), true}) : std::nullopt;
}

std::optional<std::int64_t> readTriple(std::string_view string, bool isDayFirst)
{
    Scan text(string);
    const auto first = text.digits(1, 2);
    const auto separator = first ? text.oneOf("/.-") : std::nullopt;
    const auto second = separator ? text.digits(1, 2) : std::nullopt;
    if (!second || !text.skip(*separator))
        return std::nullopt;
    const auto year = yearOf(text);
    // Numbers of versions have points, too, and years come first before strokes.
    const bool isPadded = string.size() > 5 && string[2] == *separator && string[5] == *separator;
    if (!year || (year->isShort && (*separator == '-' || (*separator == '.' && !isPadded))))
        return std::nullopt;
    return withTime(
        isDayFirst ? day(year->number, *second, *first) : day(year->number, *first, *second), text);
}

std::optional<std::int64_t> readDayFirst(std::string_view text) { return readTriple(text, true); }
std::optional<std::int64_t> readMonthFirst(std::string_view text)
{
    return readTriple(text, false);
}

// 20200705 and 20200705143000
std::optional<std::int64_t> readDigits(std::string_view string)
{
    if (string.size() != 8 && string.size() != 14)
        return std::nullopt;
    Scan text(string);
    const auto year = text.digits(4, 4);
    const auto month = text.digits(2, 2);
    const auto dayOfMonth = text.digits(2, 2);
    if (!year || !month || !dayOfMonth)
        return std::nullopt;
    const auto date = day(*year, *month, *dayOfMonth);
    if (!date || text.atEnd())
        return date;
    const auto hour = text.digits(2, 2);
    const auto minute = text.digits(2, 2);
    const auto second = text.digits(2, 2);
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    return *date + microsecondsOf(*hour, *minute, *second);
}

constexpr std::string_view kDays = "MonTueWedThuFriSatSun";
constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";

// "18-May-2023 06:02", "May 18, 2023, 06:02 AM"
std::optional<std::int64_t> readNamedMonth(Scan text)
{
    auto dayOfMonth = text.digits(1, 2);
    if (dayOfMonth && !text.oneOf(" -/"))
        return std::nullopt;
    const auto month = text.word(kMonths);
    if (!month)
        return std::nullopt;
    text.skipLetters();
    text.skip('.');
    if (!text.oneOf(" -/"))
        return std::nullopt;
    if (!dayOfMonth) {
        dayOfMonth = text.digits(1, 2);
        text.skip(',');
        if (!dayOfMonth || !text.skip(' '))
            return std::nullopt;
    }
    const auto year = yearOf(text);
    return year ? withTime(day(year->number, *month, *dayOfMonth), text) : std::nullopt;
}

// Also "Thu Aug 17 15:15:28 -0700 2017", as C and Ruby write it.
std::optional<std::int64_t> readWords(std::string_view string)
{
    if (const auto moment = readNamedMonth(Scan(string)))
        return moment;
    Scan text(string);
    if (!text.word(kDays) || !text.skip(' '))
        return std::nullopt;
    const auto month = text.word(kMonths);
    if (!month || !text.skip(' '))
        return std::nullopt;
    text.skip(' ');
    const auto dayOfMonth = text.digits(1, 2);
    const auto time = dayOfMonth && text.skip(' ') ? timeOfDay(text) : std::nullopt;
    if (!time || !text.skip(' '))
        return std::nullopt;
    std::optional<std::int64_t> ahead = 0;
    Scan behind = text;
    if (const auto sign = behind.oneOf("+-")) {
        const auto hours = behind.digits(2, 2);
        const auto minutes = hours ? behind.digits(2, 2) : std::nullopt;
        if (!minutes || !behind.skip(' '))
            return std::nullopt;
        ahead = microsecondsOf(*hours, *minutes, 0) * (*sign == '-' ? -1 : 1);
        text = behind;
    }
    const auto year = text.digits(4, 4);
    const auto date = year && text.atEnd() ? day(*year, *month, *dayOfMonth) : std::nullopt;
    return date ? std::optional(*date + *time - *ahead) : std::nullopt;
}

// A count of units, each so many microseconds, or so many to a microsecond.
std::optional<std::int64_t> readCount(std::string_view text, std::int64_t each, std::int64_t toOne)
{
    std::int64_t whole = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (code == std::errc() && end == text.data() + text.size()) {
        if (whole > kMost / each || whole < -kMost / each)
            return std::nullopt;
        whole *= each;
        return whole >= 0 ? whole / toOne : -((-whole + toOne - 1) / toOne);
    }
    const auto number = base::parseDouble(text); // "8.8e+08", "1593878903.438"
    if (!number)
        return std::nullopt;
    const double microseconds = *number * static_cast<double>(each) / static_cast<double>(toOne);
    if (!(std::fabs(microseconds) < 9e18))
        return std::nullopt;
    return std::llround(microseconds);
}

std::optional<std::int64_t> readSeconds(std::string_view text)
{
    return readCount(text, kMicroseconds, 1);
}
std::optional<std::int64_t> readMilliseconds(std::string_view text)
{
    return readCount(text, 1000, 1);
}
std::optional<std::int64_t> readMicroseconds(std::string_view text)
{
    return readCount(text, 1, 1);
}
std::optional<std::int64_t> readNanoseconds(std::string_view text)
{
    return readCount(text, 1, 1000);
}

constexpr std::array<TimeFormat, 9> kFormats = {{
    {"seconds", "seconds since 1970", readSeconds},
    {"milliseconds", "milliseconds since 1970", readMilliseconds},
    {"microseconds", "microseconds since 1970", readMicroseconds},
    {"nanoseconds", "nanoseconds since 1970", readNanoseconds},
    {"iso", "2020-07-05 14:30:00, the time and its zone may be missing", readIso},
    {"day-first", "5/7/2020 14:30, day before month", readDayFirst},
    {"month-first", "7/5/2020 2:30:00 PM, month before day", readMonthFirst},
    {"digits", "20200705 or 20200705143000", readDigits},
    {"words", "Sun Jul 05 14:30:00 +0000 2020, 5-Jul-2020 14:30, Jul 5, 2020", readWords},
}};

enum Index : std::size_t {
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
    Iso,
    DayFirst,
    MonthFirst,
    Digits,
    Words
};

using Samples = std::vector<std::string_view>;

// Half of them at least: the others may be damaged.
template <typename Test> bool most(const Samples& samples, Test test)
{
    const auto yes = std::count_if(samples.begin(), samples.end(), test);
    return 2 * yes >= static_cast<std::ptrdiff_t>(samples.size());
}

std::ptrdiff_t readCountOf(std::size_t format, const Samples& samples)
{
    return std::count_if(samples.begin(), samples.end(), [&](std::string_view text) {
        return kFormats[format].read(text).has_value();
    });
}

bool readsMost(std::size_t format, const Samples& samples)
{
    return 2 * readCountOf(format, samples) >= static_cast<std::ptrdiff_t>(samples.size());
}

// Whether it falls between 1980 and 2100 when it is read so.
bool isOurTime(std::size_t format, std::string_view text)
{
    const auto moment = kFormats[format].read(text);
    return moment && *moment >= kOurTimesFrom * kMicroseconds
        && *moment < kOurTimesTo * kMicroseconds;
}

TimeGuess guessUnit(const Samples& samples)
{
    const auto mostOfOurTime = [&](std::size_t format) {
        return most(samples, [&](std::string_view text) { return isOurTime(format, text); });
    };
    if (mostOfOurTime(Digits))
        return {&kFormats[Digits], say("the digits are dates")};
    for (const auto unit : {Seconds, Milliseconds, Microseconds, Nanoseconds}) {
        if (mostOfOurTime(unit))
            return {
                &kFormats[unit],
                say("as %1 they are dates of our time", term(kFormats[unit].name))};
    }
    return {&kFormats[Seconds], say("numbers that are no dates keep their order"), false};
}

} // namespace

std::string isoText(std::int64_t seconds)
{
    // The calendar repeats every 400 years, and the library's knows no more than 32,767 of them.
    constexpr std::int64_t kCycle = std::int64_t{146'097} * 86'400;
    const auto cycles = seconds / kCycle - (seconds % kCycle < 0 ? 1 : 0);
    const std::chrono::sys_seconds moment{std::chrono::seconds(seconds - cycles * kCycle)};
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{moment - day};
    const long long year = 400 * cycles + static_cast<int>(date.year());
    std::array<char, 64> text{};
    std::snprintf(
        text.data(), text.size(), "%04lld-%02u-%02u %02d:%02d:%02d", year,
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()));
    return text.data();
}

Result<std::int64_t> momentFrom(std::string_view text)
{
    if (const auto moment = readIso(base::trim(text)))
        return *moment;
    return wrongUse(
        say("'%1' is no moment", text), {},
        "Write it as 2015-03-31 or 2015-03-31 14:30:00, with a zone as +02:00 where it is not UTC");
}

bool isTimeOfDay(std::string_view string)
{
    Scan text(string);
    const auto time = timeOfDay(text);
    text.skip(' ');
    return time && zone(text) && text.atEnd();
}

std::span<const TimeFormat> timeFormats() { return kFormats; }

const TimeFormat* findTimeFormat(std::string_view name)
{
    const auto found = std::find_if(
        kFormats.begin(), kFormats.end(), [&](const auto& row) { return row.name == name; });
    return found == kFormats.end() ? nullptr : &*found;
}

std::optional<TimeGuess> guessTimeFormat(std::span<const std::string_view> all)
{
    Samples samples;
    for (const auto text : all) {
        if (const auto plain = base::trim(text); !plain.empty())
            samples.push_back(plain);
    }
    if (samples.empty())
        return std::nullopt;
    if (readsMost(Nanoseconds, samples))
        return guessUnit(samples);
    for (const auto format : {Iso, Words}) {
        if (readsMost(format, samples))
            return TimeGuess{&kFormats[format], say("they read as %1", kFormats[format].help)};
    }
    const auto dayFirst = readCountOf(DayFirst, samples);
    const auto monthFirst = readCountOf(MonthFirst, samples);
    if (2 * std::max(dayFirst, monthFirst) < static_cast<std::ptrdiff_t>(samples.size()))
        return std::nullopt;
    if (dayFirst > monthFirst)
        return TimeGuess{&kFormats[DayFirst], say("first numbers are over 12")};
    if (monthFirst > dayFirst)
        return TimeGuess{&kFormats[MonthFirst], say("second numbers are over 12")};
    // Who writes twelve hours writes the month first.
    const bool twelve = most(
        samples, [](std::string_view text) { return text.back() == 'M' || text.back() == 'm'; });
    return TimeGuess{
        &kFormats[twelve ? MonthFirst : DayFirst], say("day and month can be told apart in no row"),
        true, true};
}

} // namespace fovea::data

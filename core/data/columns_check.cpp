#include "core/data/columns_check.h"

#include "core/base/long_pass.h"
#include "core/base/text.h"
#include "core/data/time_formats.h"

#include <simdjson.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace fovea::data {

namespace {

constexpr std::size_t kBlock = 1 << 16; // elements that are counted in 32 bits
constexpr auto kMostNames = static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max());

Error damaged(Message what, Message where)
{
    return badInput(std::move(what), std::move(where), "The data set is damaged; import it again");
}

// What is wrong with a tensor, or with one entry of it.
struct Tensor {
    const std::string& file;
    std::string name;

    Error wrong(Message what) const
    {
        return damaged(std::move(what), say("%1, tensor '%2'", file, name));
    }
    Error wrong(Message what, std::size_t entry) const
    {
        return damaged(std::move(what), say("%1, tensor '%2', entry %3", file, name, entry));
    }
    Error outOfRange(std::int64_t time, std::size_t entry) const
    {
        return wrong(say("the time %1 is more than 292,000 years from 1970", time), entry);
    }
};

bool isTime(std::int64_t second) { return second >= -kLastSecond && second <= kLastSecond; }

// The first number that is less than the one before it; the count where there is none.
template <typename Numbers> std::size_t firstFall(const Numbers& numbers)
{
    std::size_t i = 1;
    while (i < numbers.size() && numbers[i] >= numbers[i - 1])
        ++i;
    return std::min(i, numbers.size());
}

Status checkOffsets(const Columns& columns, const Tensor& tensor)
{
    const auto& offsets = columns.offsets;
    const auto users = columns.userIds.size();
    if (offsets.size() != users + 1)
        return tensor.wrong(say("%1 offsets for %2 users", offsets.size(), users));
    if (offsets.front() != 0)
        return tensor.wrong(say("the first offset is %1, not 0", offsets.front()), 0);
    if (const auto fall = firstFall(offsets); fall < offsets.size())
        return tensor.wrong(
            say("the offset %1 comes after %2", offsets[fall], offsets[fall - 1]), fall);
    if (offsets.back() != std::ssize(columns.items))
        return tensor.wrong(
            say("the last offset is %1, but there are %2 events", offsets.back(),
                columns.items.size()),
            users);
    return success();
}

// Offsets of texts in bytes.
Status checkEnds(const Texts& texts, const Tensor& tensor)
{
    const auto ends = texts.ends();
    const auto size = static_cast<std::int64_t>(texts.bytes().size());
    if (!ends.empty() && ends.front() < 0)
        return tensor.wrong(say("a text ends at %1", ends.front()), 0);
    if (const auto fall = firstFall(ends); fall < ends.size())
        return tensor.wrong(
            say("a text ends at %1, before it begins at %2", ends[fall], ends[fall - 1]), fall);
    if ((ends.empty() ? 0 : ends.back()) != size)
        return tensor.wrong(say(
            "the texts end at %1, but there are %2 bytes", ends.empty() ? 0 : ends.back(), size));
    return success();
}

bool isUtf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

Status checkUtf8(const Texts& texts, const Tensor& tensor)
{
    const auto bytes = texts.bytes();
    const auto ends = texts.ends();
    // A text that ends within a character leaves the next one a byte that begins none.
    const bool isCut = std::any_of(ends.begin(), ends.end(), [&](std::int64_t end) {
        const auto at = static_cast<std::size_t>(end);
        return at < bytes.size() && (static_cast<unsigned char>(bytes[at]) & 0xC0) == 0x80;
    });
    if (!isCut && isUtf8(bytes))
        return success();
    std::size_t first = 0;
    while (first + 1 < texts.size() && isUtf8(texts[first]))
        ++first;
    return tensor.wrong(say("this text is not UTF-8"), first);
}

// Two places, from `begin` on, with the same text. By a table of hashes, a free place between them.
std::optional<std::pair<std::size_t, std::size_t>> sameTexts(const Texts& texts, std::size_t begin)
{
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t number = 0; // from 1; 0 = free
    };
    std::vector<Slot> slots(std::bit_ceil(2 * texts.size() + 1));
    const auto mask = slots.size() - 1;
    for (auto i = begin; i < texts.size(); ++i) {
        const auto text = texts[i];
        const auto hash = XXH3_64bits(text.data(), text.size());
        const auto short32 = static_cast<std::uint32_t>(hash >> 32);
        auto at = hash & mask;
        for (; slots[at].number != 0; at = (at + 1) & mask) {
            const auto other = std::size_t{slots[at].number} - 1;
            if (slots[at].hash == short32 && texts[other] == text)
                return std::pair(other, i);
        }
        slots[at] = {short32, static_cast<std::uint32_t>(i + 1)};
    }
    return std::nullopt;
}

Status checkIds(const Texts& ids, std::size_t begin, const Tensor& tensor)
{
    FOVEA_TRY(checkUtf8(ids, tensor));
    // The fingerprint takes it for the end of an id.
    if (ids.bytes().find('\0') != std::string_view::npos) {
        std::size_t first = 0;
        while (ids[first].find('\0') == std::string_view::npos)
            ++first;
        return tensor.wrong(say("a zero byte in an id"), first);
    }
    const auto same = sameTexts(ids, begin);
    return same ? Status(tensor.wrong(
               say("entry %2 has the same id, '%1'", base::shortened(ids[same->second], 60),
                   same->first),
               same->second))
                : success();
}

Status checkItems(const Columns& columns, const Tensor& tensor)
{
    const auto count = static_cast<std::uint32_t>(columns.itemIds.size() - 1);
    // As unsigned numbers those below one are the largest.
    const auto isWrong = [&](std::int32_t item) {
        return static_cast<std::uint32_t>(item) - 1 >= count;
    };
    std::uint32_t largest = 0;
    for (const auto item : columns.items)
        largest = std::max(largest, static_cast<std::uint32_t>(item) - 1);
    if (columns.items.empty() || largest < count)
        return success();
    const auto wrong = std::find_if(columns.items.begin(), columns.items.end(), isWrong);
    return tensor.wrong(
        say("item number %1, but there are %2 items", *wrong, count),
        static_cast<std::size_t>(wrong - columns.items.begin()));
}

// How often a number is less than the one before it. Such a loop is vectorised.
template <typename T> std::int64_t fallCount(std::span<const T> numbers)
{
    std::int64_t falls = 0;
    for (std::size_t from = 1; from < numbers.size(); from += kBlock) {
        const auto to = std::min(numbers.size(), from + kBlock);
        std::uint32_t inBlock = 0;
        for (auto i = from; i < to; ++i)
            inBlock += numbers[i] < numbers[i - 1] ? 1 : 0;
        falls += inBlock;
    }
    return falls;
}

// Where a user's times fall. They may fall from one user to the next alone: both are counted.
template <typename T>
Status checkOrder(
    std::span<const std::int64_t> offsets, std::span<const T> times, const Tensor& tensor)
{
    std::int64_t between = 0;
    std::size_t last = 0;
    for (const auto offset : offsets) {
        const auto at = static_cast<std::size_t>(offset);
        if (at != last && at < times.size())
            between += times[at] < times[at - 1];
        last = at;
    }
    if (fallCount(times) == between)
        return success();
    for (std::size_t u = 0; u + 1 < offsets.size(); ++u) {
        const auto begin = static_cast<std::size_t>(offsets[u]);
        const auto own = times.subspan(begin, static_cast<std::size_t>(offsets[u + 1]) - begin);
        if (const auto fall = firstFall(own); fall < own.size())
            return tensor.wrong(
                say("a time of user %1 is before the one that precedes it", u), begin + fall);
    }
    return success();
}

Status checkTimes(const Columns& columns, const Tensor& tensor)
{
    const auto since = columns.times.since();
    if (!since.empty()) {
        std::uint32_t most = 0;
        for (const auto time : since)
            most = std::max(most, time);
        if (const auto last = columns.times.first() + std::int64_t{most}; !isTime(last))
            return tensor.outOfRange(
                last,
                static_cast<std::size_t>(
                    std::find(since.begin(), since.end(), most) - since.begin()));
        return checkOrder(columns.offsets, since, tensor);
    }
    const auto wide = columns.times.wide();
    const auto wrong = std::find_if_not(wide.begin(), wide.end(), isTime);
    if (wrong != wide.end())
        return tensor.outOfRange(*wrong, static_cast<std::size_t>(wrong - wide.begin()));
    return checkOrder(columns.offsets, wide, tensor);
}

Status checkNumbers(std::span<const float> numbers, float least, Message what, const Tensor& tensor)
{
    const auto range = rangeOf(numbers);
    if (range.isFinite && (numbers.empty() || range.lowest >= least))
        return success();
    const auto wrong = std::find_if(numbers.begin(), numbers.end(), [&](float number) {
        return !(number >= least) || !rangeOf({&number, 1}).isFinite;
    });
    return tensor.wrong(std::move(what), static_cast<std::size_t>(wrong - numbers.begin()));
}

// Floats as whole numbers of the same order, those that are not finite beyond all others. Its own
// inverse.
constexpr std::int32_t ordered(std::int32_t bits) { return bits ^ ((bits >> 31) & 0x7FFFFFFF); }

} // namespace

Range rangeOf(std::span<const float> values)
{
    if (values.empty())
        return {};
    std::int32_t least = std::numeric_limits<std::int32_t>::max();
    std::int32_t most = std::numeric_limits<std::int32_t>::min();
    for (const auto value : values) {
        const auto key = ordered(std::bit_cast<std::int32_t>(value));
        least = std::min(least, key);
        most = std::max(most, key);
    }
    constexpr auto kInfinity = std::numeric_limits<float>::infinity();
    constexpr auto kAbove = ordered(std::bit_cast<std::int32_t>(kInfinity));
    constexpr auto kBelow = ordered(std::bit_cast<std::int32_t>(-kInfinity));
    const auto number = [](std::int32_t key) {
        return std::bit_cast<float>(ordered(key)) + 0.0f; // no negative zero
    };
    return {number(least), number(most), kBelow < least && most < kAbove};
}

Status checkShapes(const Columns& columns, const ColumnFiles& files)
{
    const auto users = columns.userIds.size();
    const auto items = columns.itemIds.size();
    if (users >= kMostNames)
        return Tensor{files.names, "users_end"}.wrong(say("%1 users are too many", users));
    if (items == 0 || items >= kMostNames)
        return Tensor{files.names, "items_end"}.wrong(
            say("%1 entries: the padding and up to %2 items are allowed", items, kMostNames - 1));
    if (columns.itemIds.size() != columns.titles.size())
        return Tensor{files.names, "titles_end"}.wrong(
            say("%1 entries for %2 items", columns.titles.size(), items));
    if (columns.itemIds.size() != columns.categories.size())
        return Tensor{files.names, "categories_end"}.wrong(
            say("%1 entries for %2 items", columns.categories.size(), items));
    FOVEA_TRY(checkEnds(columns.userIds, {files.names, "users_end"}));
    FOVEA_TRY(checkEnds(columns.itemIds, {files.names, "items_end"}));
    FOVEA_TRY(checkEnds(columns.titles, {files.names, "titles_end"}));
    FOVEA_TRY(checkEnds(columns.categories, {files.names, "categories_end"}));
    FOVEA_TRY(checkOffsets(columns, {files.events, "offsets"}));
    if (!isTime(columns.times.first()))
        return Tensor{files.events, "times"}.outOfRange(columns.times.first(), 0);
    const auto isWhole = [&](const char* name, std::size_t count) -> Status {
        if (count == 0 || count == columns.items.size())
            return success();
        return Tensor{files.events, name}.wrong(
            say("%1 entries for %2 events", count, columns.items.size()));
    };
    FOVEA_TRY(isWhole("times", columns.times.size()));
    FOVEA_TRY(isWhole("values", columns.values.size()));
    return isWhole("weights", columns.weights.size());
}

Status checkContents(const Columns& columns, const ColumnFiles& files)
{
    const base::LongPass pass("the check of a data set", std::ssize(columns.items));
    constexpr auto kLeast = std::numeric_limits<float>::lowest();
    FOVEA_TRY(checkItems(columns, {files.events, "items"}));
    FOVEA_TRY(checkTimes(columns, {files.events, "times"}));
    FOVEA_TRY(checkNumbers(
        columns.values, kLeast, say("a value is not a finite number"), {files.events, "values"}));
    FOVEA_TRY(checkNumbers(
        columns.weights, 0, say("a weight is negative or not a finite number"),
        {files.events, "weights"}));
    FOVEA_TRY(checkIds(columns.userIds, 0, {files.names, "users"}));
    FOVEA_TRY(checkIds(columns.itemIds, 1, {files.names, "items"}));
    if (columns.itemIds[0] != "[PAD]")
        return Tensor{files.names, "items"}.wrong(
            say("the first entry is '%1', not '[PAD]'", base::shortened(columns.itemIds[0], 60)),
            0);
    FOVEA_TRY(checkUtf8(columns.titles, {files.names, "titles"}));
    return checkUtf8(columns.categories, {files.names, "categories"});
}

Status checkTexts(const Texts& texts, const std::string& file, const std::string& tensor)
{
    FOVEA_TRY(checkEnds(texts, {file, tensor + "_end"}));
    return checkUtf8(texts, {file, tensor});
}

} // namespace fovea::data

#include "core/data/id_table.h"

#include "core/data/stoppable_sort.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cstring>

namespace fovea::data {

namespace {

constexpr std::size_t kShort = 8;

template <typename Word> Word wordAt(std::string_view text, std::size_t at)
{
    Word word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    return word;
}

// Spreads the bits of a key over the slots. After one round ids of eight digits took six looks each
// that they do not need; after two half of one.
std::size_t placeOf(std::uint64_t key)
{
    constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ULL; // 2^64 over the golden ratio
    for (int round = 0; round < 2; ++round)
        key = (key ^ (key >> 32)) * kGolden;
    return key ^ (key >> 32);
}

} // namespace

IdTable::IdTable()
    : m_slots(1024)
{ }

// Of 4 to 8 bytes the first and the last four, of fewer the first, the middle and the last: no call
// for a length that is not known beforehand.
std::uint64_t IdTable::keyOf(std::string_view id)
{
    const auto size = id.size();
    if (size > kShort)
        return XXH3_64bits(id.data(), size);
    if (size >= 4)
        return wordAt<std::uint32_t>(id, 0)
            | std::uint64_t{wordAt<std::uint32_t>(id, size - 4)} << 32;
    const auto byte = [&](std::size_t at) { return std::uint64_t{wordAt<std::uint8_t>(id, at)}; };
    return size == 0 ? 0 : byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
}

void IdTable::grow()
{
    std::vector<Slot> wider(2 * m_slots.size());
    const auto mask = wider.size() - 1;
    for (const auto& slot : m_slots) {
        if (slot.number < 0)
            continue;
        auto at = placeOf(slot.key) & mask;
        while (wider[at].number >= 0)
            at = (at + 1) & mask;
        wider[at] = slot;
    }
    m_slots = std::move(wider);
}

void IdTable::prefetch(std::uint64_t key) const
{
    __builtin_prefetch(&m_slots[placeOf(key) & (m_slots.size() - 1)]);
}

// Where the id is, or the free place that would be its.
std::size_t IdTable::slotOf(std::string_view id, std::uint64_t key) const
{
    const auto length = static_cast<std::uint32_t>(id.size());
    const auto mask = m_slots.size() - 1;
    auto at = placeOf(key) & mask;
    while (m_slots[at].number >= 0) {
        const auto& slot = m_slots[at];
        if (slot.key == key && slot.length == length
            && (length <= kShort || (*this)[static_cast<std::size_t>(slot.number)] == id))
            break;
        at = (at + 1) & mask;
    }
    return at;
}

std::int32_t IdTable::find(std::string_view id) const
{
    return m_slots[slotOf(id, keyOf(id))].number;
}

std::int32_t IdTable::number(std::string_view id, std::uint64_t key)
{
    auto& slot = m_slots[slotOf(id, key)];
    if (slot.number >= 0)
        return slot.number;
    const auto number = static_cast<std::int32_t>(m_ends.size());
    slot = {key, number, static_cast<std::uint32_t>(id.size())};
    m_bytes += id;
    m_ends.push_back(m_bytes.size());
    if (2 * m_ends.size() > m_slots.size())
        grow();
    return number;
}

std::int64_t IdTable::memoryBytes() const
{
    return static_cast<std::int64_t>(
        m_slots.capacity() * sizeof(Slot) + m_ends.capacity() * sizeof(m_ends[0])
        + m_bytes.capacity());
}

Result<MergedIds> merged(const std::vector<const PartialIds*>& parts, const std::stop_token& stop)
{
    constexpr std::size_t kLook = 1 << 16; // ids between two looks at a stop
    struct First {
        std::int64_t where;
        std::size_t part;
        std::size_t number;
    };
    std::vector<First> firsts;
    MergedIds result;
    for (std::size_t p = 0; p < parts.size(); ++p) {
        result.numbers.emplace_back(parts[p]->ids.size());
        for (std::size_t i = 0; i < parts[p]->ids.size(); ++i)
            firsts.push_back({parts[p]->firsts[i], p, i});
    }
    const auto isBefore = [](const First& a, const First& b) { return a.where < b.where; };
    if (!sortUntilStopped(firsts.begin(), firsts.end(), isBefore, stop))
        return interrupted("reading was stopped");
    for (std::size_t f = 0; f < firsts.size(); ++f) {
        const auto& first = firsts[f];
        if (f % kLook == 0 && stop.stop_requested())
            return interrupted("reading was stopped");
        result.numbers[first.part][first.number] =
            result.ids.number(parts[first.part]->ids[first.number]);
    }
    return result;
}

} // namespace fovea::data

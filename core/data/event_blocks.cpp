#include "core/data/event_blocks.h"

#include "core/base/pages.h"
#include "core/data/time_formats.h"

#include <algorithm>

namespace fovea::data {

namespace {

constexpr std::size_t kMostInMemory = std::size_t{8} << 20;

// Puts columns one after the other, the widest first.
class Packer {
public:
    explicit Packer(std::size_t bytes)
        : m_bytes(new char[bytes])
    { }
    template <typename T> T* column(std::size_t count)
    {
        auto* const begin = reinterpret_cast<T*>(m_bytes.get() + m_size);
        m_size += count * sizeof(T);
        return begin;
    }
    std::string_view all() const { return {m_bytes.get(), m_size}; }
    std::unique_ptr<char[]> take() { return std::move(m_bytes); }

private:
    std::unique_ptr<char[]> m_bytes;
    std::size_t m_size = 0;
};

template <typename T> std::span<const T> next(const char*& bytes, std::size_t count)
{
    const auto* const begin = reinterpret_cast<const T*>(bytes);
    bytes += count * sizeof(T);
    return {begin, count};
}

} // namespace

std::int64_t secondOf(std::int64_t microseconds)
{
    const auto seconds = microseconds / kMicroseconds;
    return seconds - (microseconds % kMicroseconds < 0 ? 1 : 0);
}

void EventColumns::clear()
{
    users.clear();
    items.clear();
    times.clear();
    values.clear();
    weights.clear();
    kinds.clear();
    lines.clear();
    problems = {};
    rows = 0;
}

std::int64_t EventColumns::memoryBytes() const
{
    const auto bytesOf = [](const auto& column) {
        return static_cast<std::int64_t>(column.capacity() * sizeof(column[0]));
    };
    return bytesOf(users) + bytesOf(items) + bytesOf(times) + bytesOf(values) + bytesOf(weights)
        + bytesOf(kinds) + bytesOf(lines);
}

std::int64_t EventBlock::lineOf(std::size_t event) const
{
    if (lines.empty())
        return 0;
    const auto after = std::upper_bound(
        lines.begin(), lines.end(), event,
        [](std::size_t e, const LineMark& mark) { return e < mark.event; });
    const auto& mark = *(after - 1);
    return mark.line + static_cast<std::int64_t>(event - mark.event);
}

EventBlocks::EventBlocks(std::filesystem::path scratch)
    : m_folder(std::move(scratch))
    , m_isScratchInMemory(base::liesInMemory(m_folder))
{ }

std::int64_t EventBlocks::put(std::size_t number, std::size_t table, const EventColumns& columns)
{
    const auto count = columns.users.size();
    const auto& times = columns.times;
    Raw raw;
    raw.count = count;
    raw.table = table;
    raw.lines = columns.lines;
    raw.problems = columns.problems;
    raw.rows = columns.rows;
    Packer packer(count * (8 + 4 + 4 + 4 + 4 + 4 + 4) + 8);
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    std::int64_t last = std::numeric_limits<std::int64_t>::min();
    for (const auto time : times) {
        const auto second = secondOf(time);
        first = std::min(first, second);
        last = std::max(last, second);
        raw.hasMicros = raw.hasMicros || time != second * kMicroseconds;
    }
    raw.firstSecond = times.empty() ? 0 : first;
    raw.areWide = !times.empty() && last - first > std::numeric_limits<std::uint32_t>::max();
    if (raw.areWide)
        std::transform(times.begin(), times.end(), packer.column<std::int64_t>(count), secondOf);
    std::copy_n(columns.users.data(), count, packer.column<std::int32_t>(count));
    std::copy_n(columns.items.data(), count, packer.column<std::int32_t>(count));
    if (!times.empty() && !raw.areWide)
        std::transform(
            times.begin(), times.end(), packer.column<std::uint32_t>(count),
            [&](std::int64_t t) { return static_cast<std::uint32_t>(secondOf(t) - first); });
    if (raw.hasMicros)
        std::transform(
            times.begin(), times.end(), packer.column<std::uint32_t>(count), [](std::int64_t t) {
                return static_cast<std::uint32_t>(t - secondOf(t) * kMicroseconds);
            });
    if (!columns.values.empty())
        std::copy_n(columns.values.data(), count, packer.column<float>(count));
    if (!columns.weights.empty())
        std::copy_n(columns.weights.data(), count, packer.column<float>(count));
    if (!columns.kinds.empty())
        std::copy_n(columns.kinds.data(), count, packer.column<std::uint32_t>(count));
    if (packer.all().size() % 8 != 0)
        *packer.column<std::int32_t>(1) = 0; // the next block's columns are aligned

    // Each column of the sorted table once, and one of them twice while events are left out.
    const auto ofEvent = sizeof(std::int32_t) * 2
        + (times.empty()     ? 0
               : raw.areWide ? sizeof(std::int64_t)
                             : sizeof(std::uint32_t))
        + sizeof(float)
            * (std::size_t{raw.hasMicros} + !columns.values.empty() + !columns.weights.empty()
               + !columns.kinds.empty());
    const auto bytes = packer.all().size();
    auto taken = count * ofEvent + raw.lines.size() * sizeof(LineMark);

    const std::lock_guard lock(m_mutex);
    m_hasTimes = m_hasTimes || !times.empty();
    m_hasMicros = m_hasMicros || raw.hasMicros;
    m_hasValues = m_hasValues || !columns.values.empty();
    m_hasWeights = m_hasWeights || !columns.weights.empty();
    m_hasKinds = m_hasKinds || !columns.kinds.empty();
    m_first = std::min(m_first, first);
    m_last = std::max(m_last, last);
    if (m_inMemory > kMostInMemory && !m_isRefused) {
        if (!m_scratch) {
            if (auto made = base::ScratchFile::create(m_folder); made)
                m_scratch = made.take();
        }
        const auto at =
            m_scratch ? m_scratch->append(packer.all()) : Result<std::size_t>(failure("no file"));
        m_isRefused = !at;
        if (at)
            raw.at = *at;
    }
    if (m_inMemory <= kMostInMemory || m_isRefused) {
        m_inMemory += bytes;
        raw.bytes = packer.take();
    }
    if (raw.bytes || m_isScratchInMemory)
        taken += bytes;
    if (m_raw.size() <= number)
        m_raw.resize(number + 1);
    m_raw[number] = std::move(raw);
    return static_cast<std::int64_t>(taken);
}

EventBlock EventBlocks::viewOf(Raw& raw, const char* bytes) const
{
    EventBlock block;
    const auto* const begin = bytes;
    block.table = raw.table;
    block.lines = std::move(raw.lines);
    if (raw.areWide)
        block.seconds = Times(next<std::int64_t>(bytes, raw.count));
    block.users = next<std::int32_t>(bytes, raw.count);
    block.items = next<std::int32_t>(bytes, raw.count);
    if (m_hasTimes && !raw.areWide)
        block.seconds = Times(raw.firstSecond, next<std::uint32_t>(bytes, raw.count));
    if (raw.hasMicros)
        block.micros = next<std::uint32_t>(bytes, raw.count);
    if (m_hasValues)
        block.values = next<float>(bytes, raw.count);
    if (m_hasWeights)
        block.weights = next<float>(bytes, raw.count);
    if (m_hasKinds)
        block.kinds = next<std::uint32_t>(bytes, raw.count);
    if (!raw.bytes)
        block.mapped = {begin, static_cast<std::size_t>(bytes - begin)};
    return block;
}

Status EventBlocks::finish()
{
    std::string_view file;
    if (m_scratch) {
        FOVEA_ASSIGN(file, m_scratch->map());
    }
    for (auto& raw : m_raw) {
        m_problems.append(raw.problems);
        m_rows += raw.rows;
        m_events += raw.count;
        if (raw.count > 0)
            m_blocks.push_back(viewOf(raw, raw.bytes ? raw.bytes.get() : file.data() + raw.at));
    }
    return success();
}

} // namespace fovea::data

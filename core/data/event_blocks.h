// Events as they were read, in the order of the file and in blocks: ids as numbers of a thread's
// tables, times, values, and the line of each. Beyond some megabytes the blocks lie in a file
// without a name, so that an import takes the memory of its result. put() may be called by any
// thread; the rest once all is put.
#pragma once

#include "core/base/os.h"
#include "core/data/columns.h"
#include "core/data/problems.h"
#include "core/data/weighting.h"

#include <filesystem>
#include <limits>
#include <mutex>

namespace fovea::data {

std::int64_t secondOf(std::int64_t microseconds); // rounded down

// From this event of a block on, each is a line below the one before.
struct LineMark {
    std::size_t event;
    std::int64_t line;
};

// What a reader fills, again and again.
struct EventColumns {
    std::vector<std::int32_t> users; // numbers of the reader's own tables
    std::vector<std::int32_t> items;
    std::vector<std::int64_t> times; // microseconds since 1970; empty if there are none
    std::vector<float> values; // empty if there are none
    std::vector<float> weights; // empty if all weigh the same
    std::vector<std::uint32_t> kinds; // what kindOfType() makes of the type; empty if there is none
    std::vector<LineMark> lines;
    Problems problems;
    std::int64_t rows = 0;

    void clear();
    std::int64_t memoryBytes() const;
};

struct EventBlock {
    std::size_t table = 0; // whose numbers
    std::span<const std::int32_t> users;
    std::span<const std::int32_t> items;
    Times seconds; // rounded down
    std::span<const std::uint32_t> micros; // of the second; empty where all are whole
    std::span<const float> values;
    std::span<const float> weights;
    std::span<const std::uint32_t> kinds;
    std::vector<LineMark> lines;
    std::string_view mapped; // the file's pages that it lies in; empty = in memory

    std::int64_t lineOf(std::size_t event) const; // 0 = of no file
};

class EventBlocks {
public:
    // A folder for the file. Where it cannot be had, all stays in memory.
    explicit EventBlocks(std::filesystem::path scratch);

    // Returns the bytes of memory that the block takes now and its events will take when they are
    // sorted.
    std::int64_t put(std::size_t number, std::size_t table, const EventColumns& columns);
    // Makes the blocks readable; their number, rows and problems in the order of the file.
    Status finish();

    const std::vector<EventBlock>& list() const { return m_blocks; }
    std::size_t eventCount() const { return m_events; }
    std::int64_t rows() const { return m_rows; }
    const Problems& problems() const { return m_problems; }
    bool hasTimes() const { return m_hasTimes; }
    bool hasMicros() const { return m_hasMicros; }
    bool hasValues() const { return m_hasValues; }
    bool hasWeights() const { return m_hasWeights; }
    bool hasKinds() const { return m_hasKinds; }
    // Of all events with times.
    std::int64_t firstSecond() const { return m_first; }
    std::int64_t lastSecond() const { return m_last; }

private:
    // How a block's columns lie one after the other.
    struct Raw {
        std::unique_ptr<char[]> bytes; // null = in the file
        std::size_t at = 0; // there
        std::size_t count = 0;
        std::size_t table = 0;
        std::int64_t firstSecond = 0;
        bool areWide = false; // the seconds, 64 bits each
        bool hasMicros = false;
        std::vector<LineMark> lines;
        Problems problems;
        std::int64_t rows = 0;
    };
    EventBlock viewOf(Raw& raw, const char* bytes) const;

    std::filesystem::path m_folder;
    std::mutex m_mutex; // of what follows, while blocks are put
    std::vector<Raw> m_raw;
    std::unique_ptr<base::ScratchFile> m_scratch;
    bool m_isRefused = false; // the file
    bool m_isScratchInMemory = false;
    std::size_t m_inMemory = 0;

    std::vector<EventBlock> m_blocks;
    Problems m_problems;
    std::size_t m_events = 0;
    std::int64_t m_rows = 0;
    bool m_hasTimes = false;
    bool m_hasMicros = false;
    bool m_hasValues = false;
    bool m_hasWeights = false;
    bool m_hasKinds = false;
    std::int64_t m_first = std::numeric_limits<std::int64_t>::max();
    std::int64_t m_last = std::numeric_limits<std::int64_t>::min();
};

} // namespace fovea::data

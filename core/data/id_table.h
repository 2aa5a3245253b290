// Ids of any text to numbers from 0, by first appearance. A plain value; one thread at a time.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace fovea::data {

class IdTable {
public:
    IdTable();

    // What an id is looked up by. An id of up to 8 bytes has one that no other of its length has.
    static std::uint64_t keyOf(std::string_view id);
    // A new id takes the next number. `key` is its own.
    std::int32_t number(std::string_view id, std::uint64_t key);
    std::int32_t number(std::string_view id) { return number(id, keyOf(id)); }
    std::int32_t find(std::string_view id) const; // -1 = not there
    // Has what number() looks at come nearer, for an id that it will be asked about soon.
    void prefetch(std::uint64_t key) const;
    std::size_t size() const { return m_ends.size(); }
    std::int64_t memoryBytes() const;
    std::string_view operator[](std::size_t number) const
    {
        const auto begin = number == 0 ? 0 : m_ends[number - 1];
        return {m_bytes.data() + begin, m_ends[number] - begin};
    }

private:
    // A short id is known by its key and length, without a look at the text.
    struct Slot {
        std::uint64_t key = 0;
        std::int32_t number = -1; // free
        std::uint32_t length = 0;
    };
    std::size_t slotOf(std::string_view id, std::uint64_t key) const;
    void grow();

    std::vector<Slot> m_slots; // a power of two, half of it free
    std::vector<std::size_t> m_ends;
    std::string m_bytes;
};

// One numbering, by first appearance, from those of several threads that shared the parts of a
// file.
struct MergedIds {
    IdTable ids;
    std::vector<std::vector<std::int32_t>> numbers; // of each table's, in `ids`
};

struct PartialIds {
    IdTable ids;
    std::vector<std::int64_t> firsts; // where each appeared first: they grow with the file

    std::int64_t memoryBytes() const
    {
        return ids.memoryBytes() + static_cast<std::int64_t>(firsts.capacity() * sizeof(firsts[0]));
    }
};
// Interrupted once it is to stop.
Result<MergedIds> merged(
    const std::vector<const PartialIds*>& parts, const std::stop_token& stop = {});

} // namespace fovea::data

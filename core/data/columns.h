// Columns of a data set as they lie in memory or in a mapped file: views that own nothing and cost
// nothing to copy. Their owner is the Dataset. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>

namespace fovea::data {

// Texts back to back: the i-th ends where ends[i] says and begins where the one before ended.
class Texts {
public:
    Texts() = default;
    Texts(std::span<const std::int64_t> ends, std::string_view bytes)
        : m_ends(ends)
        , m_bytes(bytes)
    { }
    std::size_t size() const { return m_ends.size(); }
    std::string_view operator[](std::size_t i) const
    {
        const auto begin = i == 0 ? 0 : m_ends[i - 1];
        return {m_bytes.data() + begin, static_cast<std::size_t>(m_ends[i] - begin)};
    }
    std::span<const std::int64_t> ends() const { return m_ends; }
    std::string_view bytes() const { return m_bytes; }

private:
    std::span<const std::int64_t> m_ends;
    std::string_view m_bytes;
};

// Seconds since 1970: as 32 bits since the first event where they all fit (136 years), else as 64.
class Times {
public:
    Times() = default;
    explicit Times(std::span<const std::int64_t> seconds)
        : m_wide(seconds)
    { }
    Times(std::int64_t first, std::span<const std::uint32_t> since)
        : m_first(first)
        , m_since(since)
    { }

    std::size_t size() const { return m_since.size() + m_wide.size(); }
    bool empty() const { return size() == 0; }
    std::int64_t operator[](std::size_t i) const
    {
        return m_since.empty() ? m_wide[i] : m_first + static_cast<std::int64_t>(m_since[i]);
    }
    std::int64_t front() const { return (*this)[0]; }
    std::int64_t back() const { return (*this)[size() - 1]; }
    Times part(std::size_t begin, std::size_t count) const
    {
        return m_since.empty() ? Times(m_wide.subspan(begin, count))
                               : Times(m_first, m_since.subspan(begin, count));
    }

    class Iterator {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = std::int64_t;
        using difference_type = std::ptrdiff_t;
        using pointer = const std::int64_t*;
        using reference = std::int64_t;

        Iterator() = default;
        Iterator(const Times* times, std::size_t at)
            : m_times(times)
            , m_at(at)
        { }
        std::int64_t operator*() const { return (*m_times)[m_at]; }
        Iterator& operator++()
        {
            ++m_at;
            return *this;
        }
        Iterator operator++(int)
        {
            const auto before = *this;
            ++m_at;
            return before;
        }
        bool operator==(const Iterator& other) const = default;

    private:
        const Times* m_times = nullptr;
        std::size_t m_at = 0;
    };
    Iterator begin() const { return {this, 0}; }
    Iterator end() const { return {this, size()}; }

    // How they are kept: one of the two is empty.
    std::int64_t first() const { return m_first; }
    std::span<const std::uint32_t> since() const { return m_since; }
    std::span<const std::int64_t> wide() const { return m_wide; }

private:
    std::int64_t m_first = 0;
    std::span<const std::uint32_t> m_since;
    std::span<const std::int64_t> m_wide;
};

struct Columns {
    std::span<const std::int64_t> offsets; // users + 1
    std::span<const std::int32_t> items; // 1 to items, by user, then time, ties in file order
    Times times; // as the file gave them; empty if it gave none
    std::span<const float> values; // ratings; empty if there are none
    std::span<const float> weights; // what each event counts in a loss; empty = all the same
    Texts userIds;
    Texts itemIds; // PAD first, as in the next two
    Texts titles; // the id where the file gives none
    Texts categories; // may be empty
};

} // namespace fovea::data

// Rows of a table in an order of their own, made beside the window's thread. Any thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

namespace fovea::widgets {

// Entities by row.
using Rows = std::vector<std::int32_t>;

// Sorts stably. Looks now and then whether anybody still waits; where nobody does it ends unsorted.
template <typename Less>
void sortStably(Rows& rows, const Less& isLess, const std::stop_token& stop)
{
    constexpr std::ptrdiff_t kPart = 1 << 14;
    const auto count = std::ssize(rows);
    const auto at = [&](std::ptrdiff_t row) { return rows.begin() + std::min(row, count); };
    for (std::ptrdiff_t row = 0; row < count && !stop.stop_requested(); row += kPart)
        std::stable_sort(at(row), at(row + kPart), isLess);
    for (auto part = kPart; part < count; part *= 2) {
        for (std::ptrdiff_t row = 0; row < count && !stop.stop_requested(); row += 2 * part)
            std::inplace_merge(at(row), at(row + part), at(row + 2 * part), isLess);
    }
}

// Those of `first` to `first + count - 1` that are wanted.
template <typename Wanted>
Rows rowsOf(
    std::int32_t first, std::int32_t count, const Wanted& isWanted, const std::stop_token& stop)
{
    constexpr std::int32_t kPart = 1 << 12;
    Rows rows;
    for (std::int32_t i = 0; i < count; ++i) {
        if (i % kPart == 0 && stop.stop_requested())
            break;
        if (isWanted(first + i))
            rows.push_back(first + i);
    }
    return rows;
}

} // namespace fovea::widgets

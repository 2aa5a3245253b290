// std::sort and std::stable_sort that look at a stop on the way: a sort of 100 million takes many
// seconds. Stopped, they return false and leave any order. Any thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <stop_token>

namespace fovea::data {

namespace detail {

struct SortStopped { };

template <typename Sort, typename Iterator, typename Less>
bool sortUntilStopped(
    const Sort& sort, Iterator begin, Iterator end, const Less& less, const std::stop_token& stop)
{
    constexpr std::ptrdiff_t kShort = 1 << 14; // done before anybody waits
    constexpr std::uint32_t kLook = 1 << 16; // comparisons between two looks
    if (end - begin <= kShort) {
        sort(begin, end, less);
        return true;
    }
    std::uint32_t comparisons = 0;
    try { // the one way out of a sort
        sort(begin, end, [&](const auto& a, const auto& b) {
            if (++comparisons % kLook == 0 && stop.stop_requested())
                throw SortStopped();
            return less(a, b);
        });
    } catch (const SortStopped&) {
        return false;
    }
    return !stop.stop_requested();
}

} // namespace detail

template <typename Iterator, typename Less>
bool sortUntilStopped(Iterator begin, Iterator end, const Less& less, const std::stop_token& stop)
{
    const auto sort = [](auto from, auto to, const auto& isLess) { std::sort(from, to, isLess); };
    return detail::sortUntilStopped(sort, begin, end, less, stop);
}

template <typename Iterator, typename Less>
bool stableSortUntilStopped(
    Iterator begin, Iterator end, const Less& less, const std::stop_token& stop)
{
    const auto sort = [](auto from, auto to, const auto& isLess) {
        std::stable_sort(from, to, isLess);
    };
    return detail::sortUntilStopped(sort, begin, end, less, stop);
}

} // namespace fovea::data

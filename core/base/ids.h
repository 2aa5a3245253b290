// Indices of users and items inside one data set, as types of their own so that one cannot be
// passed for the other. Users count from 0; item 0 is PAD, real items count from 1. Plain values,
// any thread.
#pragma once

#include <cstdint>

namespace fovea {

template <typename Tag> struct Index {
    std::int32_t value = 0;

    constexpr bool operator==(const Index&) const = default;
    constexpr bool operator<(const Index& other) const { return value < other.value; }
};

using UserIndex = Index<struct UserTag>;
using ItemIndex = Index<struct ItemTag>;

inline constexpr std::int32_t kPadItem = 0;

} // namespace fovea

// What is granted to whoever reads a data file: until when, how much may come out of it, how much
// memory that may take. A plain value; a stop token alone grants the usual.
#pragma once

#include <cstdint>
#include <stop_token>
#include <utility>

namespace fovea::io {

struct Access {
    std::stop_token stop;
    std::int64_t mostUnpacked = 0; // bytes; 0 = what growsTooMuch() says
    std::int64_t mostMemory = 0; // bytes that a decompressor may hold; 0 = half of what is free

    Access() = default;
    Access(std::stop_token until)
        : stop(std::move(until))
    { }
};

inline constexpr std::int64_t kMostUnpacked = std::int64_t{4} << 30;
inline constexpr std::int64_t kMostGrowth = 100;

// Whether more came out of so many packed bytes than data give: text is packed to a fifth or a
// twentieth, a file of one repeated line to a thousandth. More than 4 GiB and 100 times the packed
// bytes, or more than 256 MiB and 2,000 times. A size that a person chose takes the place of both.
inline bool growsTooMuch(std::int64_t unpacked, std::int64_t packed, const Access& access)
{
    constexpr std::int64_t kSoon = std::int64_t{256} << 20;
    constexpr std::int64_t kSoonGrowth = 2000;
    const auto growth = unpacked / (packed > 0 ? packed : 1);
    if (access.mostUnpacked > 0)
        return unpacked > access.mostUnpacked && growth >= kMostGrowth;
    return (unpacked > kMostUnpacked && growth >= kMostGrowth)
        || (unpacked > kSoon && growth >= kSoonGrowth);
}

} // namespace fovea::io

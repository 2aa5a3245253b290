// Named random streams. Each draw is a pure function of (seed, purpose, a, b, c, n-th draw), so
// nothing has to be remembered between steps and the order in which work is done changes nothing.
// Streams are values; any thread. Generator: Philox4x32-10 (Salmon et al., "Parallel random
// numbers: as easy as 1, 2, 3", SC 2011).
#pragma once

#include <array>
#include <cstdint>

namespace fovea::base {

enum class Purpose : std::uint32_t {
    Initialisation = 1,
    Shuffle = 2,
    Negatives = 3,
    HiddenDropout = 4,
    AttentionDropout = 5,
    Sample = 6,
    Candidates = 7,
};

// One block of the generator: 128 bits of counter, 64 bits of key, 128 random bits.
std::array<std::uint32_t, 4> philox(
    std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

// Where a stream sits: usually (epoch, user, position), zeros where one does not apply.
struct Place {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    std::uint32_t c = 0;
};

class Stream {
public:
    Stream(std::uint64_t seed, Purpose purpose, Place place = {});

    std::uint32_t next32();
    std::uint64_t next64();
    double uniform(); // [0, 1), 53 bits
    std::uint32_t below(std::uint32_t bound); // [0, bound), unbiased; bound > 0
    double normal(); // mean 0, variance 1 (Box and Muller 1958)

    // Where the first `count` calls of a new stream's normal() would have led.
    void seekNormal(std::uint32_t count);

private:
    std::array<std::uint32_t, 2> m_key;
    std::array<std::uint32_t, 4> m_counter;
    std::array<std::uint32_t, 4> m_block{};
    int m_used = 4;
};

// The keyed hash that dropout uses for element `column` of a row whose 64-bit key came from a
// stream: a multiply and shift finaliser, cheap enough to be drawn again in the backward pass.
// What it makes of a column before it looks at the key is a step for each column.
constexpr std::uint32_t kColumnStep = 0x9E3779B9u;
constexpr std::uint32_t hashSteps(std::uint64_t rowKey, std::uint32_t steps)
{
    std::uint32_t x = static_cast<std::uint32_t>(rowKey) + steps;
    x ^= x >> 16;
    x *= 0x7FEB352Du;
    x ^= static_cast<std::uint32_t>(rowKey >> 32);
    x ^= x >> 15;
    x *= 0x846CA68Bu;
    x ^= x >> 16;
    return x;
}
constexpr std::uint32_t hashColumn(std::uint64_t rowKey, std::uint32_t column)
{
    return hashSteps(rowKey, column * kColumnStep);
}

// A drop is "hash below this"; dropping with probability p.
constexpr std::uint32_t dropThreshold(double p)
{
    return static_cast<std::uint32_t>(p * 4294967296.0);
}

} // namespace fovea::base

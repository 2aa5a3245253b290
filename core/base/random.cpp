#include "core/base/random.h"

#include <cmath>
#include <numbers>

namespace fovea::base {

namespace {

constexpr std::uint32_t kMul0 = 0xD2511F53u;
constexpr std::uint32_t kMul1 = 0xCD9E8D57u;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9u;
constexpr std::uint32_t kWeyl1 = 0xBB67AE85u;

// Spreads seed and purpose over the 64-bit key (the finaliser of SplitMix64).
std::uint64_t mix(std::uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

} // namespace

std::array<std::uint32_t, 4> philox(
    std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key)
{
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t p0 = static_cast<std::uint64_t>(kMul0) * counter[0];
        const std::uint64_t p1 = static_cast<std::uint64_t>(kMul1) * counter[2];
        counter = {
            static_cast<std::uint32_t>(p1 >> 32) ^ counter[1] ^ key[0],
            static_cast<std::uint32_t>(p1),
            static_cast<std::uint32_t>(p0 >> 32) ^ counter[3] ^ key[1],
            static_cast<std::uint32_t>(p0)};
        key[0] += kWeyl0;
        key[1] += kWeyl1;
    }
    return counter;
}

Stream::Stream(std::uint64_t seed, Purpose purpose, Place place)
{
    const std::uint64_t key = mix(seed ^ mix(static_cast<std::uint64_t>(purpose)));
    m_key = {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)};
    m_counter = {0, place.a, place.b, place.c};
}

std::uint32_t Stream::next32()
{
    if (m_used == 4) {
        m_block = philox(m_counter, m_key);
        ++m_counter[0];
        m_used = 0;
    }
    return m_block[static_cast<std::size_t>(m_used++)];
}

std::uint64_t Stream::next64()
{
    const std::uint64_t high = next32();
    return (high << 32) | next32();
}

double Stream::uniform() { return static_cast<double>(next64() >> 11) * 0x1.0p-53; }

std::uint32_t Stream::below(std::uint32_t bound)
{
    // Multiply and reject (Lemire, "Fast random integer generation in an interval", 2019).
    std::uint64_t product = static_cast<std::uint64_t>(next32()) * bound;
    if (static_cast<std::uint32_t>(product) < bound) {
        const std::uint32_t threshold = (0u - bound) % bound;
        while (static_cast<std::uint32_t>(product) < threshold)
            product = static_cast<std::uint64_t>(next32()) * bound;
    }
    return static_cast<std::uint32_t>(product >> 32);
}

double Stream::normal()
{
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

void Stream::seekNormal(std::uint32_t count)
{
    m_counter[0] = count; // each normal takes one block
    m_used = 4;
}

} // namespace fovea::base

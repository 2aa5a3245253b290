#include "core/base/hash.h"

#include <xxhash.h>

#include <array>

namespace fovea::base {

struct Fingerprint::State {
    XXH3_state_t* hash = XXH3_createState();

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { XXH3_freeState(hash); }
};

Fingerprint::Fingerprint()
    : m_state(std::make_unique<State>())
{
    XXH3_128bits_reset(m_state->hash);
}

Fingerprint::~Fingerprint() = default;

void Fingerprint::add(std::string_view bytes)
{
    XXH3_128bits_update(m_state->hash, bytes.data(), bytes.size());
}

std::string Fingerprint::digest() const
{
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(m_state->hash));
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    for (const unsigned char byte : canonical.digest) {
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
    return out;
}

std::string fingerprint(std::string_view bytes)
{
    Fingerprint hash;
    hash.add(bytes);
    return hash.digest();
}

} // namespace fovea::base

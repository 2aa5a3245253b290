// Fingerprints of data: XXH3 with 128 bits, as 32 hexadecimal digits. Not cryptographic: it finds
// damage and tells data sets apart. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace fovea::base {

std::string fingerprint(std::string_view bytes);

// Fed piece by piece; the result does not depend on how the bytes were cut.
class Fingerprint {
public:
    Fingerprint();
    ~Fingerprint();
    Fingerprint(const Fingerprint&) = delete;
    Fingerprint& operator=(const Fingerprint&) = delete;

    void add(std::string_view bytes);
    template <typename T> void addValues(std::span<const T> values)
    {
        add({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
    }
    std::string digest() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace fovea::base

// Text in the encodings that data files come in, turned into UTF-8 as it is read. The guess is by
// validity, from a head; a person may choose another. By iconv, which the C library has. A decoder
// belongs to one thread at a time.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace fovea::io {

struct Encoding {
    std::string_view name; // "utf-8", as recipes and the command line have it
    std::string_view title; // as the window shows it
    const char* iconv; // its name there
};

// UTF-8, UTF-16LE, UTF-16BE, Windows-1252, Latin-1, GB18030
std::span<const Encoding> encodings();
const Encoding* findEncoding(std::string_view name);

struct EncodingGuess {
    const Encoding* encoding;
    Message why;
};
EncodingGuess guessEncoding(std::string_view head);

class Decoder {
public:
    explicit Decoder(const Encoding& encoding);
    ~Decoder();
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    // Appends what `bytes` say to `out`; what is cut at their end waits for the next call. A byte
    // order mark is left out. Bytes that mean nothing become U+FFFD, each counted.
    void decode(std::string_view bytes, std::string& out);
    void finish(std::string& out); // a character that was cut at the end of the file
    std::int64_t replaced() const { return m_replaced; }

private:
    struct State;
    void convert(std::string_view bytes, std::string& out);
    std::unique_ptr<State> m_state;
    std::string m_cut;
    bool m_isStart = true;
    std::int64_t m_replaced = 0;
};

std::string decoded(const Encoding& encoding, std::string_view bytes);

} // namespace fovea::io

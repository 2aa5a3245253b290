// The text of a data file as UTF-8: decompressed and decoded as it is read. Text in UTF-8 is handed
// on as it stands, without its byte order mark; who reads it meets what is damaged. One thread at a
// time.
#pragma once

#include "core/io/byte_source.h"
#include "core/io/encoding.h"

namespace fovea::io {

class TextSource {
public:
    static Result<std::unique_ptr<TextSource>> open(
        const std::filesystem::path& file, const Encoding& encoding, const std::string& member = {},
        const Access& access = {});

    Result<std::size_t> read(std::span<char> buffer); // 0 = end
    const ByteSource& bytes() const { return *m_bytes; }
    std::int64_t replaced() const { return m_decoder.replaced(); } // bytes that mean nothing

private:
    TextSource(std::unique_ptr<ByteSource> bytes, const Encoding& encoding);
    Status fill();

    std::unique_ptr<ByteSource> m_bytes;
    Decoder m_decoder;
    bool m_isUtf8;
    bool m_isStart = true;
    bool m_isEnd = false;
    std::string m_raw;
    std::string m_text; // decoded, from m_at not handed on yet
    std::size_t m_at = 0;
};

// The beginning of a file, cut after a whole line where possible.
struct Head {
    const Encoding* encoding = nullptr;
    Message whyEncoding; // empty = chosen
    std::string compression;
    std::string member; // of an archive
    std::string text; // UTF-8, but for what is damaged
    std::string start = {}; // the first few bytes, as they stand
    std::int64_t others = 0; // members that were passed over for the largest
    bool isCut = false; // the first line is longer than a head
};
Result<Head> headOf(
    const std::filesystem::path& file, const Encoding* encoding = nullptr,
    const std::string& member = {}, const Access& access = {});

} // namespace fovea::io

// What is in a gzip stream, by zlib, which compares the sums that stand behind the data; libarchive
// does not. Several streams one behind the other are one. One thread at a time.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace fovea::io {

class GzipReader {
public:
    // `read` gives the next compressed bytes, which last until it is called again; none at the end.
    explicit GzipReader(std::function<std::span<const char>()> read);
    ~GzipReader();
    GzipReader(const GzipReader&) = delete;
    GzipReader& operator=(const GzipReader&) = delete;

    static bool recognises(std::string_view start) { return start.starts_with("\x1F\x8B\x08"); }

    // The next bytes, which last until it is called again; none at the end, or where error() says
    // what is wrong.
    std::span<const char> next();
    const char* error() const { return m_error; } // null = nothing

private:
    struct Stream;
    bool fill(); // false where there is no more

    std::function<std::span<const char>()> m_read;
    std::unique_ptr<Stream> m_stream;
    std::vector<char> m_out;
    const char* m_error = nullptr;
    bool m_isInside = false; // of a stream, whose end is still to come
    bool m_isEnd = false;
};

} // namespace fovea::io

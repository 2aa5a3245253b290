// The bytes of a data file, decompressed as they are read (gzip, by libarchive). One thread at a
// time.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace fovea::io {

class ByteSource {
public:
    // A missing file, a folder, a file that may not be read and an empty file are bad input.
    static Result<std::unique_ptr<ByteSource>> open(const std::filesystem::path& file);
    ~ByteSource();
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;

    // Fills as much of `buffer` as there is; 0 = end. A damaged or truncated stream is bad input.
    Result<std::size_t> read(std::span<char> buffer);

    const std::string& name() const { return m_name; }
    std::int64_t fileBytes() const { return m_fileBytes; } // on disk
    std::int64_t consumedBytes() const; // of those
    std::string compression() const; // "none" or "gzip"

private:
    struct Archive;
    ByteSource(std::string name, std::int64_t fileBytes, std::unique_ptr<Archive> archive);
    std::string m_name;
    std::int64_t m_fileBytes;
    std::unique_ptr<Archive> m_archive;
};

} // namespace fovea::io

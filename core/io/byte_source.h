// The bytes of a data file, decompressed as they are read, by libarchive: gzip, bzip2, xz, zstd;
// one file of a zip or tar archive. Nothing is unpacked onto the disk. One thread at a time.
#pragma once

#include "core/base/result.h"
#include "core/io/access.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace fovea::io {

struct Member {
    std::string name;
    std::int64_t bytes = 0; // decompressed
};

// A path may go on inside an archive, as shop.zip/2024/clicks.csv: the file, and what is in it. A
// path that is there has no member.
struct Place {
    std::filesystem::path file;
    std::string member;
};
Place placeOf(const std::filesystem::path& path);

// What is said where growsTooMuch().
inline constexpr const char* kGrowsTooMuch = "%1 of it gave %2 when unpacked, and there is more";

// The files of an archive, none where the file is no archive. Reads a compressed tar to its end,
// until it is to stop or has grown too much.
Result<std::vector<Member>> membersOf(const std::filesystem::path& file, const Access& access = {});

class ByteSource {
public:
    // A missing file, a folder, a file that may not be read and an empty file are bad input. Of an
    // archive the member of that name is read, or that the path goes on to; without a name its
    // largest file. Once it is to stop,
    // reading is interrupted.
    static Result<std::unique_ptr<ByteSource>> open(
        const std::filesystem::path& file, const std::string& member = {},
        const Access& access = {});
    ~ByteSource();
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;

    // Fills as much of `buffer` as there is; 0 = end. A damaged or truncated stream is bad input,
    // and so is one that grows beyond what data do when it is decompressed.
    Result<std::size_t> read(std::span<char> buffer);

    const std::string& name() const { return m_name; } // the file's, and its member's
    const std::string& member() const { return m_member; } // empty = no archive
    std::int64_t others() const { return m_others; } // members beside the largest, if it was taken
    std::int64_t fileBytes() const { return m_fileBytes; } // on disk
    std::int64_t consumedBytes() const; // of those
    std::string compression() const; // "none", "gzip", "zip", "tar.gz", ...

    struct Archive; // libarchive's handle

private:
    ByteSource(
        std::string name, std::string member, std::int64_t fileBytes,
        std::unique_ptr<Archive> archive);
    std::string m_name;
    std::string m_member;
    std::int64_t m_others = 0;
    std::int64_t m_fileBytes;
    std::unique_ptr<Archive> m_archive;
};

} // namespace fovea::io

#include "core/io/byte_source.h"

#include "core/base/os.h"
#include "core/base/text.h"
#include "core/io/gzip.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <string_view>

namespace fovea::io {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBlock = 1 << 20;
// What a filter of libarchive gets at once: it may make 20,000 times as much of it before it asks
// again, and a stop is seen between two of them.
constexpr std::size_t kSlice = 4096;
constexpr std::size_t kMostAtOnce = std::size_t{256} << 10; // unpacked between two looks at a stop

Result<std::int64_t> readableSize(const fs::path& file)
{
    std::error_code code;
    const auto status = fs::status(file, code);
    if (!fs::exists(status))
        return badInput("no such file", file.string(), "Check the path");
    if (!fs::is_regular_file(status) && !fs::is_directory(status))
        return badInput(
            "this is a pipe or a device: a file is looked into before it is read", file.string(),
            "Write it into a file first");
    if (fs::is_directory(status))
        return badInput("this is a folder, not a data file", file.string());
    errno = 0;
    if (!std::ifstream(file, std::ios::binary))
        return badInput(
            say("%1: %2", "cannot open", base::systemText(errno)), file.string(),
            "Ask its owner for permission to read it");
    const auto size = fs::file_size(file, code);
    if (size == 0)
        return badInput("the file is empty", file.string(), "Choose a file with events in it");
    return static_cast<std::int64_t>(size);
}

} // namespace

struct ByteSource::Archive {
    std::ifstream file;
    std::vector<char> block = std::vector<char>(kBlock);
    std::span<const char> rest; // of what was read, not handed on yet
    Access access;
    std::unique_ptr<GzipReader> gzip; // of a file that is one
    std::int64_t consumed = 0; // bytes of the file
    std::int64_t unpacked = 0; // bytes that they gave
    archive* handle = archive_read_new();
    archive_entry* entry = nullptr; // of the file that is read

    Archive() = default;
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;
    ~Archive() { archive_read_free(handle); }

    static Result<std::unique_ptr<Archive>> open(const fs::path& file, const Access& access)
    {
        auto made = std::make_unique<Archive>();
        made->access = access;
        made->file.open(file, std::ios::binary);
        auto* handle = made->handle;
        char start[3] = {};
        made->file.read(start, sizeof start);
        made->file.clear();
        made->file.seekg(0);
        if (GzipReader::recognises({start, sizeof start}))
            made->gzip = std::make_unique<GzipReader>([own = made.get()] {
                // Empty streams, one after the other, give nothing for long.
                return own->access.stop.stop_requested() ? std::span<const char>()
                                                         : own->readFile();
            });
        for (const auto support :
             {archive_read_support_filter_bzip2, archive_read_support_filter_xz,
              archive_read_support_filter_zstd, archive_read_support_format_zip,
              archive_read_support_format_tar, archive_read_support_format_raw,
              archive_read_support_format_empty})
            support(handle);
        archive_read_set_read_callback(handle, readBlock);
        archive_read_set_callback_data(handle, made.get());
        if (!made->gzip)
            archive_read_set_seek_callback(handle, seek);
        if (archive_read_open1(handle) != ARCHIVE_OK)
            return made->error(file.string());
        return made;
    }

    // Goes to the next file; false at the end.
    Result<bool> next(const std::string& where)
    {
        const base::Utf8Thread names;
        while (true) {
            FOVEA_TRY(skipRest(where));
            const int found = archive_read_next_header(handle, &entry);
            if (found == ARCHIVE_EOF)
                return false;
            if (found < ARCHIVE_WARN)
                return error(where);
            if (!isArchive())
                return true;
            if (climbs(memberName()))
                return badInput(
                    say("the archive holds a path that leads out of it: %1", memberName()), where,
                    "Get the archive from somewhere else");
            if (archive_entry_filetype(entry) == AE_IFREG)
                return true;
        }
    }

    // At most so many bytes, and a look at whether it is to go on.
    Result<std::size_t> read(std::span<char> buffer, const std::string& where)
    {
        if (access.stop.stop_requested())
            return stopped();
        const auto count =
            archive_read_data(handle, buffer.data(), std::min(buffer.size(), kMostAtOnce));
        if (count < 0)
            return error(where);
        FOVEA_TRY(grow(count, where));
        return static_cast<std::size_t>(count);
    }

    std::string memberName() const
    {
        const base::Utf8Thread names;
        const char* name = archive_entry_pathname_utf8(entry);
        name = name ? name : archive_entry_pathname(entry);
        return name ? name : "?"; // written in no known way
    }
    std::int64_t memberBytes() const { return archive_entry_size(entry); }

    bool isArchive() const
    {
        const int format = archive_format(handle) & ARCHIVE_FORMAT_BASE_MASK;
        return format == ARCHIVE_FORMAT_ZIP || format == ARCHIVE_FORMAT_TAR;
    }

    std::string compression() const
    {
        const int filter = archive_filter_code(handle, 0);
        const std::string_view name = gzip  ? "gzip"
            : filter == ARCHIVE_FILTER_NONE ? ""
                                            : archive_filter_name(handle, 0);
        const int format = archive_format(handle) & ARCHIVE_FORMAT_BASE_MASK;
        if (format == ARCHIVE_FORMAT_ZIP)
            return "zip";
        if (format == ARCHIVE_FORMAT_TAR)
            return name.empty() ? "tar" : "tar, " + std::string(name);
        return name.empty() ? "none" : std::string(name);
    }

    Error error(const std::string& where) const
    {
        if (access.stop.stop_requested())
            return stopped();
        const char* text = archive_error_string(handle);
        if (text && std::string_view(text).find("assphrase") != std::string_view::npos)
            return badInput(
                "the archive is encrypted", where, "Unpack it, and give the file that was in it");
        return badInput(
            say("cannot decompress: %1", std::string(text ? text : "unknown error")), where,
            "The file is damaged or was cut short; get it again");
    }

private:
    static Error stopped() { return interrupted("reading was stopped"); }

    Status grow(std::int64_t bytes, const std::string& where)
    {
        unpacked += bytes;
        if (!growsTooMuch(unpacked, consumed, access))
            return success();
        return badInput(
            say(kGrowsTooMuch, base::bytesText(consumed), base::bytesText(unpacked)), where,
            "Events do not pack so well; unpack it yourself if you trust it");
    }

    // Unpacks what is left of the member: libarchive would, without a look at a stop. Where nothing
    // needs to be unpacked to come to the next one, it goes there.
    Status skipRest(const std::string& where)
    {
        const bool isPacked = gzip || archive_filter_code(handle, 0) != ARCHIVE_FILTER_NONE;
        while (entry && isPacked) {
            if (access.stop.stop_requested())
                return stopped();
            const void* bytes = nullptr;
            std::size_t size = 0;
            la_int64_t at = 0;
            const int code = archive_read_data_block(handle, &bytes, &size, &at);
            if (code == ARCHIVE_EOF)
                break;
            if (code < ARCHIVE_WARN)
                return error(where);
            FOVEA_TRY(grow(static_cast<std::int64_t>(size), where));
        }
        return success();
    }

    // What libarchive calls.
    static la_ssize_t readBlock(archive* handle, void* self, const void** bytes)
    {
        auto& own = *static_cast<Archive*>(self);
        if (own.access.stop.stop_requested()) {
            archive_set_error(handle, EINTR, "stopped");
            return ARCHIVE_FATAL;
        }
        if (own.rest.empty())
            own.rest = own.gzip ? own.gzip->next() : own.readFile();
        if (own.file.bad() || (own.gzip && own.gzip->error())) {
            archive_set_error(
                handle, EIO, "%s", own.file.bad() ? "the disk cannot be read" : own.gzip->error());
            return ARCHIVE_FATAL;
        }
        const auto slice = own.rest.first(std::min(own.rest.size(), kSlice));
        own.rest = own.rest.subspan(slice.size());
        *bytes = slice.data();
        return static_cast<la_ssize_t>(slice.size());
    }
    std::span<const char> readFile()
    {
        file.read(block.data(), static_cast<std::streamsize>(block.size()));
        consumed += file.gcount();
        return {block.data(), static_cast<std::size_t>(file.gcount())};
    }
    static la_int64_t seek(archive*, void* self, la_int64_t offset, int whence)
    {
        auto& own = *static_cast<Archive*>(self);
        auto& file = own.file;
        file.clear(); // it may have come to its end
        if (whence == SEEK_CUR)
            offset -= static_cast<la_int64_t>(own.rest.size());
        own.rest = {};
        file.seekg(
            offset,
            whence == SEEK_SET       ? std::ios::beg
                : whence == SEEK_CUR ? std::ios::cur
                                     : std::ios::end);
        return file ? static_cast<la_int64_t>(file.tellg()) : ARCHIVE_FATAL;
    }

    static bool climbs(const std::string& name)
    {
        const fs::path path(name);
        return path.is_absolute()
            || std::any_of(path.begin(), path.end(), [](const auto& part) { return part == ".."; });
    }
};

Place placeOf(const fs::path& path)
{
    std::error_code failed;
    for (auto file = path; !fs::exists(file, failed);) {
        const auto above = file.parent_path();
        if (above == file || above.empty())
            break;
        if (fs::is_regular_file(above, failed))
            return {above, path.lexically_relative(above).generic_string()};
        file = above;
    }
    return {path, {}};
}

Result<std::vector<Member>> membersOf(const fs::path& file, const Access& access)
{
    if (!placeOf(file).member.empty())
        return std::vector<Member>();
    FOVEA_TRY(readableSize(file));
    FOVEA_ASSIGN(const auto archive, ByteSource::Archive::open(file, access));
    std::vector<Member> members;
    while (true) {
        FOVEA_ASSIGN(const bool found, archive->next(file.string()));
        if (!found || !archive->isArchive())
            return members;
        members.push_back({archive->memberName(), archive->memberBytes()});
    }
}

namespace {

Error noMember(const fs::path& file, const std::string& wanted, const Access& access)
{
    std::vector<std::string> names;
    if (const auto members = membersOf(file, access); members.ok()) {
        for (const auto& each : *members)
            names.push_back(each.name);
    }
    return badInput(
        say("no member '%1' in the archive", wanted), file.string(),
        say("It holds %1", base::join(names, ", ")));
}

} // namespace

Result<std::unique_ptr<ByteSource>> ByteSource::open(
    const fs::path& path, const std::string& member, const Access& access)
{
    const auto [file, inside] = placeOf(path);
    FOVEA_ASSIGN(const auto size, readableSize(file));
    std::string wanted = inside.empty() ? member : inside;
    std::int64_t others = 0;
    if (wanted.empty()) {
        FOVEA_ASSIGN(const auto members, membersOf(file, access));
        const auto largest =
            std::max_element(members.begin(), members.end(), [](const auto& a, const auto& b) {
                return a.bytes < b.bytes;
            });
        wanted = largest == members.end() ? "" : largest->name;
        others = std::max<std::int64_t>(std::ssize(members) - 1, 0);
    }
    FOVEA_ASSIGN(auto archive, Archive::open(file, access));
    FOVEA_ASSIGN(bool found, archive->next(file.string()));
    if (found && !archive->isArchive() && !wanted.empty())
        return badInput(say("no member '%1': this is no archive", wanted), file.string());
    if (!found && wanted.empty())
        return badInput("the archive holds no file", file.string());
    while (found && !wanted.empty() && archive->memberName() != wanted) {
        FOVEA_ASSIGN(found, archive->next(file.string()));
    }
    if (!found)
        return noMember(file, wanted, access);
    const auto name = wanted.empty() ? file.string() : file.string() + ": " + wanted;
    auto source = std::unique_ptr<ByteSource>(
        new ByteSource(name, std::move(wanted), size, std::move(archive)));
    source->m_others = others;
    return source;
}

ByteSource::ByteSource(
    std::string name, std::string member, std::int64_t fileBytes, std::unique_ptr<Archive> archive)
    : m_name(std::move(name))
    , m_member(std::move(member))
    , m_fileBytes(fileBytes)
    , m_archive(std::move(archive))
{ }

ByteSource::~ByteSource() = default;

Result<std::size_t> ByteSource::read(std::span<char> buffer)
{
    FOVEA_ASSIGN(const auto count, m_archive->read(buffer, m_name));
    if (count == 0 && consumedBytes() < m_fileBytes && compression() == "none")
        return badInput(
            "the file became shorter while it was read", m_name,
            "Wait until it is written, then open it again");
    return count;
}

std::int64_t ByteSource::consumedBytes() const
{
    return m_archive->gzip ? m_archive->consumed : archive_filter_bytes(m_archive->handle, -1);
}

std::string ByteSource::compression() const { return m_archive->compression(); }

} // namespace fovea::io

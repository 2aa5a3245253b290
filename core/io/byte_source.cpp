#include "core/io/byte_source.h"

#include "core/base/os.h"

#include <archive.h>
#include <archive_entry.h>

#include <cerrno>
#include <fstream>

namespace fovea::io {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBlock = 1 << 20;

Result<std::int64_t> readableSize(const fs::path& file)
{
    std::error_code code;
    const auto status = fs::status(file, code);
    if (!fs::exists(status))
        return badInput("no such file", file.string(), "Check the path");
    if (fs::is_directory(status))
        return badInput("this is a folder, not a data file", file.string());
    errno = 0;
    if (!std::ifstream(file, std::ios::binary))
        return badInput(
            say("%1: %2", "cannot open", base::systemText(errno)), file.string(),
            "Ask its owner for permission to read it");
    const auto size = fs::is_regular_file(status) ? fs::file_size(file, code) : 0;
    if (fs::is_regular_file(status) && size == 0)
        return badInput("the file is empty", file.string(), "Choose a file with events in it");
    return static_cast<std::int64_t>(size);
}

} // namespace

struct ByteSource::Archive {
    archive* handle = archive_read_new();

    Archive() = default;
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;
    ~Archive() { archive_read_free(handle); }

    Error error(const std::string& where) const
    {
        const char* text = archive_error_string(handle);
        return badInput(
            say("cannot decompress: %1", std::string(text ? text : "unknown error")), where,
            "The file is damaged or was cut short; get it again");
    }
};

Result<std::unique_ptr<ByteSource>> ByteSource::open(const fs::path& file)
{
    FOVEA_ASSIGN(const auto size, readableSize(file));
    auto archive = std::make_unique<Archive>();
    archive_read_support_filter_gzip(archive->handle);
    archive_read_support_format_raw(archive->handle);
    archive_read_support_format_empty(archive->handle);
    archive_entry* entry = nullptr;
    if (archive_read_open_filename(archive->handle, file.c_str(), kBlock) != ARCHIVE_OK
        || archive_read_next_header(archive->handle, &entry) != ARCHIVE_OK)
        return archive->error(file.string());
    return std::unique_ptr<ByteSource>(new ByteSource(file.string(), size, std::move(archive)));
}

ByteSource::ByteSource(std::string name, std::int64_t fileBytes, std::unique_ptr<Archive> archive)
    : m_name(std::move(name))
    , m_fileBytes(fileBytes)
    , m_archive(std::move(archive))
{ }

ByteSource::~ByteSource() = default;

Result<std::size_t> ByteSource::read(std::span<char> buffer)
{
    const auto count = archive_read_data(m_archive->handle, buffer.data(), buffer.size());
    if (count < 0)
        return m_archive->error(m_name);
    if (count == 0 && consumedBytes() < m_fileBytes && compression() == "none")
        return badInput(
            "the file became shorter while it was read", m_name,
            "Wait until it is written, then open it again");
    return static_cast<std::size_t>(count);
}

std::int64_t ByteSource::consumedBytes() const
{
    return archive_filter_bytes(m_archive->handle, -1);
}

std::string ByteSource::compression() const
{
    return archive_filter_code(m_archive->handle, 0) == ARCHIVE_FILTER_GZIP ? "gzip" : "none";
}

} // namespace fovea::io

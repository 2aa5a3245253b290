#include "core/io/file.h"

#include "core/base/os.h"
#include "core/base/plain_file.h"
#include "core/base/text.h"
#include "core/io/pieces.h"

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

namespace fovea::io {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t kMostBytes = std::uintmax_t{1} << 30;

} // namespace

Result<std::string> readFile(const fs::path& file)
{
    FOVEA_TRY(base::checkPlainFile(file));
    std::error_code code;
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return badInput(say("%1: %2", "cannot open", base::systemText(errno)), file.string());
    std::string bytes;
    const auto size = fs::file_size(file, code);
    if (!code && size > kMostBytes)
        return badInput(
            say("this file is larger than %1", base::bytesText(std::int64_t{kMostBytes})),
            file.string());
    if (!code)
        bytes.reserve(size);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
    if (in.bad())
        return failure("cannot read", file.string());
    return bytes;
}

Status replaceFile(const fs::path& file, std::string_view bytes)
{
    return replaceFile(file, std::span(&bytes, 1));
}

namespace {

// With the name that the caller knows. What a person asked for has no place.
Error at(Error error, const fs::path& target)
{
    if (error.kind != ErrorKind::Interrupted)
        error.where = target.string();
    return error;
}

} // namespace

Status replaceFile(const fs::path& file, std::span<const std::string_view> parts)
{
    return replaceFile(file, parts, {});
}

Status replaceFile(
    const fs::path& file, std::span<const std::string_view> parts,
    const base::BetweenPieces& between)
{
    auto scratch = base::Scratch::file(file);
    if (!scratch)
        return scratch.error();
    auto written = base::writeDurably(scratch->path(), parts, between);
    if (written)
        written = base::renameDurably(scratch->path(), file);
    if (!written)
        return at(written.error(), file);
    scratch->release();
    return success();
}

bool exists(const fs::path& path)
{
    std::error_code ignored;
    return fs::exists(path, ignored);
}

Status makeFolder(const fs::path& folder)
{
    std::error_code code;
    fs::create_directories(folder, code);
    if (code || !fs::is_directory(folder, code)) {
        const auto why =
            code ? base::systemText(code.value()) : Message("a file of that name is there");
        return failure(
            say("%1: %2", "cannot create the folder", why), folder.string(),
            "Choose a folder that you may write to");
    }
    return success();
}

Result<StagedFolder> StagedFolder::create(fs::path target, const std::string& replaceable)
{
    if (!target.has_filename() && target != target.root_path())
        target = target.parent_path();
    if (!target.has_filename() || target.filename() == "." || target.filename() == "..")
        return wrongUse(
            "this names no new folder", target.empty() ? std::string("''") : target.string(),
            "Give the folder a name of its own");
    std::error_code code;
    if (fs::exists(target, code) && replaceable.empty())
        return wrongUse(
            "this exists already", target.string(), "Choose another name, or replace it (--force)");
    if (fs::exists(target, code) && !fs::exists(target / replaceable, code))
        return wrongUse(
            say("this exists and holds something else: there is no %1 in it", replaceable),
            target.string(), "Choose another name; only its own kind is replaced");
    const auto parent = target.has_parent_path() ? target.parent_path() : fs::path(".");
    if (auto made = makeFolder(parent); !made)
        return at(made.error(), target);
    base::sweepScratch(parent);
    FOVEA_ASSIGN(auto work, base::Scratch::folder(target));
    return StagedFolder(std::move(target), std::move(work));
}

StagedFolder::StagedFolder(fs::path target, base::Scratch work)
    : m_target(std::move(target))
    , m_work(std::move(work))
{ }

Status StagedFolder::publish()
{
    std::error_code code;
    if (!fs::exists(m_target, code)) {
        FOVEA_TRY(base::renameDurably(m_work.path(), m_target));
        m_work.release();
        return success();
    }
    // The old one takes the new one's place in one step and goes with this object.
    return base::exchangeDurably(m_work.path(), m_target);
}

} // namespace fovea::io

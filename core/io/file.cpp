#include "core/io/file.h"

#include "core/base/os.h"
#include "core/base/text.h"

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

namespace fovea::io {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPartial = ".partial";

// A name in the same folder that no other process writes at this moment.
fs::path scratchName(const fs::path& target)
{
    auto name = target;
    name.replace_filename(
        "." + target.filename().string() + std::string(kPartial)
        + std::to_string(base::processId()));
    return name;
}

} // namespace

Result<std::string> readFile(const fs::path& file)
{
    std::error_code code;
    if (fs::is_directory(file, code))
        return badInput("this is a folder, not a file", file.string());
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return badInput(say("%1: %2", "cannot open", base::systemText(errno)), file.string());
    std::string bytes;
    const auto size = fs::file_size(file, code);
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

Status replaceFile(const fs::path& file, std::span<const std::string_view> parts)
{
    const auto scratch = scratchName(file);
    auto written = base::writeDurably(scratch, parts);
    if (written)
        written = base::renameDurably(scratch, file);
    if (written)
        return written;
    std::error_code ignored;
    fs::remove(scratch, ignored);
    auto error = written.error();
    error.where = file.string(); // the name that the caller knows
    return error;
}

void sweepScratch(const fs::path& folder)
{
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(folder, code)) {
        const auto name = entry.path().filename().string();
        const auto mark = name.rfind(kPartial);
        if (name.front() != '.' || mark == std::string::npos)
            continue;
        const auto process = base::parseInteger(name.substr(mark + kPartial.size()));
        if (process && !base::processExists(static_cast<int>(*process)))
            fs::remove_all(entry.path(), code);
    }
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
    auto work = scratchName(target);
    sweepScratch(work.has_parent_path() ? work.parent_path() : ".");
    fs::remove_all(work, code);
    if (auto made = makeFolder(work); !made) {
        auto error = made.error();
        error.where = target.string(); // the name that the caller knows
        return error;
    }
    return StagedFolder(std::move(target), std::move(work));
}

StagedFolder::StagedFolder(fs::path target, fs::path work)
    : m_target(std::move(target))
    , m_work(std::move(work))
{ }

StagedFolder::StagedFolder(StagedFolder&& other) noexcept
    : m_target(std::move(other.m_target))
    , m_work(std::exchange(other.m_work, {}))
{ }

StagedFolder::~StagedFolder()
{
    std::error_code ignored;
    if (!m_work.empty())
        fs::remove_all(m_work, ignored);
}

Status StagedFolder::publish()
{
    std::error_code code;
    if (!fs::exists(m_target, code)) {
        FOVEA_TRY(base::renameDurably(m_work, m_target));
        m_work.clear();
        return success();
    }
    // The old one takes the new one's place in one step and goes with this object.
    return base::exchangeDurably(m_work, m_target);
}

} // namespace fovea::io

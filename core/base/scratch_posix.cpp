#include "core/base/scratch.h"

#include "core/base/os.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <optional>
#include <random>
#include <string>

namespace fovea::base {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPartial = ".partial";
constexpr std::size_t kMostName = 120; // bytes of the target's name that a scratch name repeats
constexpr auto kOld = std::chrono::hours(7 * 24);

// Of the kernel that runs: the same in all containers of a machine, another on each machine and
// after each start. Empty where the system has none.
const std::string& bootMark()
{
    static const std::string mark = [] {
        std::string id;
        std::ifstream("/proc/sys/kernel/random/boot_id") >> id;
        return id.substr(0, id.find('-'));
    }();
    return mark;
}

std::string random()
{
    std::random_device device;
    std::array<char, 20> text{};
    std::snprintf(text.data(), text.size(), "%08x%08x", device(), device());
    return text.data();
}

fs::path scratchName(const fs::path& target)
{
    auto name = target;
    return name.replace_filename(
        "." + target.filename().string().substr(0, kMostName) + std::string(kPartial) + "-"
        + bootMark() + "-" + random());
}

// Whether the name still stands for what was opened.
bool isStillThere(const fs::path& path, int descriptor)
{
    struct ::stat opened = {};
    struct ::stat named = {};
    return ::fstat(descriptor, &opened) == 0 && ::lstat(path.c_str(), &named) == 0
        && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

bool isOld(int descriptor)
{
    struct ::stat about = {};
    if (::fstat(descriptor, &about) != 0)
        return false;
    const auto age =
        std::chrono::system_clock::now() - std::chrono::system_clock::from_time_t(about.st_mtime);
    return age > kOld;
}

void removeAbandoned(const fs::path& path)
{
    const auto name = path.filename().string();
    const auto mark = name.rfind(kPartial);
    if (name.front() != '.' || mark == std::string::npos)
        return;
    const int opened = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (opened < 0)
        return;
    const bool isFree = ::flock(opened, LOCK_SH | LOCK_NB) == 0 && isStillThere(path, opened);
    const bool isOurs = !bootMark().empty()
        && std::string_view(name)
               .substr(mark + kPartial.size())
               .starts_with("-" + bootMark() + "-");
    std::error_code ignored;
    if (isFree && (isOurs || isOld(opened)))
        fs::remove_all(path, ignored);
    ::close(opened);
}

} // namespace

Result<Scratch> Scratch::file(const fs::path& target) { return create(target, Kind::File); }

Result<Scratch> Scratch::folder(const fs::path& target) { return create(target, Kind::Folder); }

Result<Scratch> Scratch::create(const fs::path& target, Kind kind)
{
    for (;;) {
        const auto path = scratchName(target);
        int opened = -1;
        if (kind == Kind::File)
            opened = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
        else if (::mkdir(path.c_str(), 0777) == 0)
            opened = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (opened < 0 && errno == EEXIST)
            continue;
        if (opened < 0)
            return systemError("cannot create", target, errno);
        Scratch scratch(path, opened);
        // Somebody who sweeps may have been faster; a file system without locks refuses otherwise.
        const bool isTaken = ::flock(opened, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
        if (!isTaken && isStillThere(path, opened))
            return scratch;
    }
}

Scratch::Scratch(fs::path path, int descriptor)
    : m_path(std::move(path))
    , m_descriptor(descriptor)
{ }

Scratch::Scratch(Scratch&& other) noexcept
    : m_path(std::exchange(other.m_path, {}))
    , m_descriptor(std::exchange(other.m_descriptor, -1))
{ }

Scratch::~Scratch()
{
    std::error_code ignored;
    if (!m_path.empty())
        fs::remove_all(m_path, ignored);
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void Scratch::release() { m_path.clear(); }

void sweepScratch(const fs::path& folder)
{
    std::error_code code;
    for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code))
        removeAbandoned(at->path());
}

} // namespace fovea::base

#include "core/base/os.h"

#include "core/base/cgroup.h"
#include "core/base/pieces.h"
#include "core/base/plain_file.h"
#include "core/base/text.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <malloc.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <limits>
#include <optional>
#include <sstream>
#include <system_error>
#include <thread>

namespace fovea::base {

namespace {

class Descriptor {
public:
    explicit Descriptor(int value)
        : m_value(value)
    { }
    ~Descriptor()
    {
        if (m_value >= 0)
            ::close(m_value);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return m_value; }

private:
    int m_value;
};

} // namespace

Error systemError(const char* what, const std::filesystem::path& file, int number)
{
    Message hint;
    if (number == ENOSPC || number == EDQUOT || number == EFBIG)
        hint = "Free some space or choose another folder, then try again";
    else if (number == EACCES || number == EPERM || number == EROFS)
        hint = "Choose a folder that you may write to";
    return failure(say("%1: %2", what, systemText(number)), file.string(), std::move(hint));
}

namespace {

Status writeAll(int descriptor, std::string_view bytes, const std::filesystem::path& file)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return systemError("cannot write", file, errno);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return success();
}

} // namespace

namespace {

// Bytes from one sync of a file that is being written to the next.
class Piece {
public:
    // Writes the beginning of the bytes and returns how many; syncs them when the piece is full.
    Result<std::size_t> write(
        int descriptor, std::string_view bytes, const std::filesystem::path& file)
    {
        const auto start = std::chrono::steady_clock::now();
        const auto part = bytes.substr(0, m_size - m_written);
        FOVEA_TRY(writeAll(descriptor, part, file));
        m_written += part.size();
        if (m_written == m_size && part.size() < bytes.size()) {
            if (::fdatasync(descriptor) != 0)
                return systemError("cannot write", file, errno);
            fit(std::chrono::steady_clock::now() - start);
        }
        return part.size();
    }

private:
    // The next one's size, by the time that this one took.
    void fit(std::chrono::steady_clock::duration took)
    {
        m_written = 0;
        if (took < std::chrono::milliseconds(20))
            m_size = std::min(2 * m_size, std::size_t{64} << 20);
        else if (took > std::chrono::milliseconds(60))
            m_size = std::max(m_size / 2, std::size_t{1} << 20);
    }

    std::size_t m_size = std::size_t{4} << 20;
    std::size_t m_written = 0;
};

} // namespace

Status writeDurably(const std::filesystem::path& file, std::span<const std::string_view> parts)
{
    return writeDurably(file, parts, {});
}

Status writeDurably(
    const std::filesystem::path& file, std::span<const std::string_view> parts,
    const BetweenPieces& between)
{
    const Descriptor out(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (out.get() < 0)
        return systemError("cannot create", file, errno);
    Piece piece;
    std::size_t total = 0;
    for (auto part : parts) {
        while (!part.empty()) {
            if (between)
                FOVEA_TRY(between(total));
            FOVEA_ASSIGN(const auto written, piece.write(out.get(), part, file));
            part.remove_prefix(written);
            total += written;
        }
    }
    if (::fsync(out.get()) != 0)
        return systemError("cannot write", file, errno);
    return success();
}

namespace {

// Makes the entries of the folder that holds the name durable. Not every file system can.
Status syncFolderOf(const std::filesystem::path& name)
{
    const auto folder = name.has_parent_path() ? name.parent_path() : std::filesystem::path(".");
    const Descriptor entry(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const bool failed = entry.get() >= 0 && ::fsync(entry.get()) != 0;
    if (failed && (errno == EIO || errno == ENOSPC || errno == EDQUOT))
        return systemError("cannot write", folder, errno);
    return success();
}

// Of a name that moved from one folder to another, or that two folders exchanged.
Status syncFoldersOf(const std::filesystem::path& a, const std::filesystem::path& b)
{
    FOVEA_TRY(syncFolderOf(b));
    return a.parent_path() == b.parent_path() ? success() : syncFolderOf(a);
}

} // namespace

Status renameDurably(const std::filesystem::path& from, const std::filesystem::path& to)
{
    if (::rename(from.c_str(), to.c_str()) != 0)
        return systemError("cannot rename to", to, errno);
    return syncFoldersOf(from, to);
}

Status exchangeDurably(const std::filesystem::path& a, const std::filesystem::path& b)
{
    if (::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0)
        return syncFoldersOf(a, b);
    if (errno != EINVAL && errno != ENOSYS)
        return systemError("cannot replace", b, errno);
    // A file system that cannot exchange: three steps, taken back if the second fails.
    auto aside = b;
    aside += ".old";
    FOVEA_TRY(renameDurably(b, aside));
    if (auto moved = renameDurably(a, b); !moved) {
        FOVEA_TRY(renameDurably(aside, b));
        return moved;
    }
    return renameDurably(aside, a);
}

Status syncFile(const std::filesystem::path& file)
{
    const Descriptor in(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (in.get() < 0 || ::fsync(in.get()) != 0)
        return systemError("cannot write", file, errno);
    return success();
}

Result<std::unique_ptr<FileMapping>> FileMapping::open(const std::filesystem::path& file)
{
    FOVEA_TRY(checkPlainFile(file));
    const Descriptor in(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    struct ::stat about = {};
    if (in.get() < 0 || ::fstat(in.get(), &about) != 0)
        return badInput(say("%1: %2", "cannot open", systemText(errno)), file.string());
    const auto size = static_cast<std::size_t>(about.st_size);
    if (size == 0)
        return std::unique_ptr<FileMapping>(new FileMapping({}));
    void* const start = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, in.get(), 0);
    if (start == MAP_FAILED)
        return systemError("cannot open", file, errno);
    return std::unique_ptr<FileMapping>(new FileMapping({static_cast<const char*>(start), size}));
}

FileMapping::~FileMapping()
{
    if (!m_bytes.empty())
        ::munmap(const_cast<char*>(m_bytes.data()), m_bytes.size());
}

void FileMapping::giveBack() const
{
    if (!m_bytes.empty())
        ::madvise(const_cast<char*>(m_bytes.data()), m_bytes.size(), MADV_DONTNEED);
}

Result<std::unique_ptr<ScratchFile>> ScratchFile::create(const std::filesystem::path& folder)
{
    int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor < 0) { // a file system that has none without a name
        auto name = (folder / ".fovea-scratch-XXXXXX").string();
        descriptor = ::mkostemp(name.data(), O_CLOEXEC);
        if (descriptor < 0)
            return systemError("cannot create", folder, errno);
        ::unlink(name.c_str());
    }
    return std::unique_ptr<ScratchFile>(new ScratchFile(descriptor));
}

ScratchFile::ScratchFile(int descriptor)
    : m_descriptor(descriptor)
{ }

ScratchFile::~ScratchFile()
{
    if (!m_mapped.empty())
        ::munmap(const_cast<char*>(m_mapped.data()), m_mapped.size());
    ::close(m_descriptor);
}

Result<std::size_t> ScratchFile::append(std::string_view bytes)
{
    FOVEA_TRY(writeAll(m_descriptor, bytes, "scratch"));
    return std::exchange(m_size, m_size + bytes.size());
}

Result<std::string_view> ScratchFile::map()
{
    if (m_mapped.size() == m_size)
        return m_mapped;
    void* const start = ::mmap(nullptr, m_size, PROT_READ, MAP_SHARED, m_descriptor, 0);
    if (start == MAP_FAILED)
        return systemError("cannot open", "scratch", errno);
    return m_mapped = {static_cast<const char*>(start), m_size};
}

namespace {

// A lock of the open file, over all of it. Unlike flock's it can be asked for without taking it,
// and unlike fcntl's older ones it does not end when the process closes another descriptor of the
// file.
struct ::flock wholeFile()
{
    struct ::flock whole = {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    return whole;
}

// Who holds a lock writes "4711 server-1" into its file.
void signLock(int descriptor)
{
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    const auto text = std::to_string(::getpid()) + ' ' + host.data() + '\n';
    if (::ftruncate(descriptor, 0) == 0) [[maybe_unused]]
        const auto written = ::pwrite(descriptor, text.data(), text.size(), 0);
}

Message heldBySomebody(const std::filesystem::path& file, std::string_view what)
{
    std::int64_t process = 0;
    std::string host;
    std::ifstream(file) >> process >> host;
    const bool isName = !host.empty() && host.size() < 256
        && host.find_first_not_of(
               "-._0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
            == std::string::npos;
    if (process > 0 && isName)
        return say("%1 is being written by another process (%2 on %3)", term(what), process, host);
    return say("%1 is being written by another process", term(what));
}

} // namespace

Result<std::unique_ptr<FileLock>> FileLock::acquire(
    const std::filesystem::path& file, std::string_view what)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return systemError("cannot open the lock", file, errno);
    std::unique_ptr<FileLock> lock(new FileLock(descriptor));
    auto whole = wholeFile();
    if (::fcntl(descriptor, F_OFD_SETLK, &whole) != 0) {
        if (errno != EAGAIN && errno != EACCES)
            return systemError("cannot lock", file, errno);
        return failure(
            heldBySomebody(file, what), file.string(),
            "Wait until that one ends, or choose another place");
    }
    signLock(descriptor);
    return lock;
}

bool FileLock::isHeld(const std::filesystem::path& file)
{
    const Descriptor asked(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    auto whole = wholeFile();
    return asked.get() >= 0 && ::fcntl(asked.get(), F_OFD_GETLK, &whole) == 0
        && whole.l_type != F_UNLCK;
}

FileLock::FileLock(int descriptor)
    : m_descriptor(descriptor)
{ }

FileLock::~FileLock() { ::close(m_descriptor); }

namespace {

std::atomic<int> signalPipe{-1};
std::atomic<int> signalsSeen{0};
static_assert(std::atomic<int>::is_always_lock_free, "used from a signal handler");

extern "C" void onSignal(int)
{
    if (signalsSeen.fetch_add(1) > 0)
        ::_exit(130);
    const char byte = 's';
    const int saved = errno;
    [[maybe_unused]] const auto written = ::write(signalPipe.load(), &byte, 1);
    errno = saved;
}

} // namespace

struct InterruptGuard::State {
    std::stop_source source;
    std::array<int, 2> pipe{-1, -1};
    std::thread watcher;
};

InterruptGuard::InterruptGuard()
    : m_state(std::make_unique<State>())
{
    if (::pipe2(m_state->pipe.data(), O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "pipe");
    signalsSeen = 0;
    signalPipe = m_state->pipe[1];
    m_state->watcher = std::thread([state = m_state.get()] {
        char byte = 0;
        if (::read(state->pipe[0], &byte, 1) == 1 && byte == 's')
            state->source.request_stop();
    });
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
}

InterruptGuard::~InterruptGuard()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    const char byte = 'q';
    [[maybe_unused]] const auto written = ::write(m_state->pipe[1], &byte, 1);
    m_state->watcher.join();
    signalPipe = -1;
    ::close(m_state->pipe[0]);
    ::close(m_state->pipe[1]);
}

std::stop_token InterruptGuard::token() const { return m_state->source.get_token(); }

std::int64_t peakMemoryBytes()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
}

std::int64_t residentMemoryBytes()
{
    std::ifstream info("/proc/self/statm");
    std::int64_t total = 0;
    std::int64_t resident = 0;
    info >> total >> resident;
    return resident * static_cast<std::int64_t>(::sysconf(_SC_PAGESIZE));
}

double secondsSinceStart()
{
    std::ifstream info("/proc/self/stat");
    std::string text((std::istreambuf_iterator<char>(info)), {});
    // After the name in brackets, which may hold anything: the state is field 3, the start is 22.
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string skipped;
    for (int field = 3; field < 22; ++field)
        fields >> skipped;
    double ticks = 0;
    fields >> ticks;
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9
        - ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::int64_t availableMemoryBytes()
{
    const auto kibibytes = numberIn("/proc/meminfo", "MemAvailable:");
    const std::int64_t available = kibibytes
        ? *kibibytes * 1024
        : ::sysconf(_SC_PHYS_PAGES) * static_cast<std::int64_t>(::sysconf(_SC_PAGESIZE));
    return std::min(available, ControlGroups().memoryLeft().value_or(available));
}

void keepFreedMemory()
{
#ifdef __GLIBC__
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
    mallopt(M_TOP_PAD, 64 << 20);
#endif
    ::setenv("THP_MEM_ALLOC_ENABLE", "1", 0); // LibTorch reads it before its first tensor
}

void returnFreedMemory()
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

namespace {

// The kernel's set may be larger than cpu_set_t.
int allowedProcessors()
{
    constexpr int kMost = 1 << 16;
    for (int processors = CPU_SETSIZE; processors <= kMost; processors *= 2) {
        const std::unique_ptr<cpu_set_t, decltype(&::__sched_cpufree)> set(
            CPU_ALLOC(processors), ::__sched_cpufree);
        const auto size = CPU_ALLOC_SIZE(processors);
        if (set && ::sched_getaffinity(0, size, set.get()) == 0)
            return CPU_COUNT_S(size, set.get());
    }
    return static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN));
}

} // namespace

int coreCount()
{
    const int allowed = allowedProcessors();
    const auto share = ControlGroups().processors();
    // Of a share of 1.5 one thread would leave a third unused.
    return share ? std::min(allowed, static_cast<int>(std::ceil(*share))) : allowed;
}

int processId() { return ::getpid(); }

std::filesystem::path programFile()
{
    std::error_code code;
    Dl_info info{};
    if (::dladdr(reinterpret_cast<const void*>(&programFile), &info) != 0 && info.dli_fname) {
        auto named = std::filesystem::absolute(info.dli_fname, code);
        if (std::filesystem::is_regular_file(named, code))
            return named;
    }
    return std::filesystem::read_symlink("/proc/self/exe", code);
}

bool isTerminal(int descriptor) { return ::isatty(descriptor) == 1; }

std::string timestampNow()
{
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    std::array<char, 32> buffer{};
    const auto length = std::strftime(buffer.data(), buffer.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
    return {buffer.data(), length};
}

Message systemText(int errorNumber)
{
    const std::string text = std::generic_category().message(errorNumber);
    return term(text.empty() ? text : lower(text.substr(0, 1)) + text.substr(1));
}

Utf8Thread::Utf8Thread()
{
    static const auto utf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    m_before = ::uselocale(utf8); // with null it only asks
}

Utf8Thread::~Utf8Thread() { ::uselocale(static_cast<locale_t>(m_before)); }

void* moduleFunction(const std::string& module, const char* name)
{
    std::error_code failed;
    const auto file = programFile().parent_path() / module;
    if (!std::filesystem::exists(file, failed))
        return nullptr;
    // Its libraries may define what ours do: each side keeps to its own.
    void* loaded = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
    return loaded ? ::dlsym(loaded, name) : nullptr;
}

} // namespace fovea::base

// Locks and half-written files, between processes.
#include "core/base/os.h"
#include "core/base/scratch.h"
#include "tests/support/support.h"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace fovea::base {
namespace {

namespace fs = std::filesystem;

TEST(FileLock, IsNotHinderedByAProbe)
{
    const test::ScratchFolder scratch;
    const auto file = scratch.write("lock", "");
    const std::jthread prober([&](std::stop_token stop) {
        while (!stop.stop_requested())
            static_cast<void>(FileLock::isHeld(file));
    });
    int refused = 0;
    for (int i = 0; i < 20'000; ++i)
        refused += !FileLock::acquire(file, "this run").ok();
    EXPECT_EQ(refused, 0);
}

TEST(FileLock, IsSeenWhileItIsHeld)
{
    const test::ScratchFolder scratch;
    EXPECT_FALSE(FileLock::isHeld(scratch / "lock"));
    {
        const auto lock = FileLock::acquire(scratch / "lock", "this run");
        ASSERT_OK(lock);
        EXPECT_TRUE(FileLock::isHeld(scratch / "lock"));
    }
    EXPECT_FALSE(FileLock::isHeld(scratch / "lock"));
}

TEST(FileLock, SaysWhoHoldsIt)
{
    const test::ScratchFolder scratch;
    const auto lock = FileLock::acquire(scratch / "lock", "this run");
    ASSERT_OK(lock);
    const auto second = FileLock::acquire(scratch / "lock", "this run");
    ASSERT_FALSE(second.ok());
    EXPECT_THAT(
        second.error().message(),
        testing::HasSubstr(
            "this run is being written by another process (" + std::to_string(::getpid())
            + " on "));
}

TEST(FileLock, ShowsNothingOfALockFileThatIsNoSignature)
{
    const test::ScratchFolder scratch;
    const auto lock = FileLock::acquire(scratch / "lock", "this run");
    ASSERT_OK(lock);
    scratch.write("lock", "12 \x1b[31mserver\n");
    const auto second = FileLock::acquire(scratch / "lock", "this run");
    ASSERT_FALSE(second.ok());
    EXPECT_THAT(
        second.error().message(), testing::HasSubstr("is being written by another process. Wait"));
}

// Runs it in another process, which dies without cleaning up.
template <typename Work> void inAProcessThatDies(const Work& work)
{
    const auto child = ::fork();
    if (child == 0) {
        work();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
}

std::size_t entries(const fs::path& folder)
{
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

TEST(Scratch, OfAProcessThatDiedIsSwept)
{
    const test::ScratchFolder scratch;
    inAProcessThatDies([&] {
        auto* folder = new Result(Scratch::folder(scratch / "set"));
        auto* file = new Result(Scratch::file(scratch / "run.json"));
        if (!*folder || !*file)
            ::_exit(1);
    });
    EXPECT_EQ(entries(scratch.path()), 2u);
    sweepScratch(scratch.path());
    EXPECT_EQ(entries(scratch.path()), 0u);
}

TEST(Scratch, ThatSomebodyWorksOnIsNotSwept)
{
    const test::ScratchFolder scratch;
    const auto folder = Scratch::folder(scratch / "set");
    const auto file = Scratch::file(scratch / "run.json");
    ASSERT_OK(folder);
    ASSERT_OK(file);
    inAProcessThatDies([&] { sweepScratch(scratch.path()); });
    EXPECT_TRUE(fs::exists(folder->path()));
    EXPECT_TRUE(fs::exists(file->path()));
}

// A process of another machine, or one of an older Fovea in a container, whose number means nothing
// here.
TEST(Scratch, OfAnotherMachineIsLeftForAWeek)
{
    const test::ScratchFolder scratch;
    const auto old = scratch.write(".set.partial999999999/file", "x").parent_path();
    const auto other = scratch.write(".set.partial-00000000-0123456789abcdef", "x");
    sweepScratch(scratch.path());
    EXPECT_TRUE(fs::exists(old));
    EXPECT_TRUE(fs::exists(other));
    for (const auto& path : {old, other})
        fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(8 * 24));
    sweepScratch(scratch.path());
    EXPECT_EQ(entries(scratch.path()), 0u);
}

TEST(Scratch, LeavesOtherFilesAlone)
{
    const test::ScratchFolder scratch;
    scratch.write("ratings.partial-1", "x");
    scratch.write(".hidden", "x");
    fs::create_symlink(scratch / ".hidden", scratch / ".set.partial-00000000-0");
    sweepScratch(scratch.path());
    EXPECT_EQ(entries(scratch.path()), 3u);
}

TEST(Scratch, TakesTargetsWithLongNames)
{
    const test::ScratchFolder scratch;
    EXPECT_OK(Scratch::file(scratch / std::string(255, 'x')));
}

} // namespace
} // namespace fovea::base

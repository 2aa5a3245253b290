#include "core/device/loops.h"

#include "core/device/compute_thread.h"
#include "tests/support/support.h"

#include <latch>
#include <stdexcept>
#include <thread>

namespace fovea::device {
namespace {

TEST(Loops, RunOnAsManyThreadsAsTheComputeThreadHas)
{
    for (const int threads : {1, 2, 5}) {
        ComputeThread thread(threads);
        thread
            .submit(
                Priority::Interactive,
                [&] {
                    std::latch all(threads); // none leaves before all have come
                    onThreadsOfLoop([&] { all.arrive_and_wait(); });
                })
            .get();
    }
}

TEST(Loops, GoThroughEachNumberOnce)
{
    const LoopThreads threads(4);
    for (int round = 0; round < 2000; ++round) {
        std::vector<std::atomic<int>> counts(100);
        parallelFor(0, 100, 1, [&](std::int64_t first, std::int64_t last) {
            for (auto i = first; i < last; ++i)
                ++counts[static_cast<std::size_t>(i)];
        });
        for (const auto& count : counts)
            ASSERT_EQ(count, 1);
    }
}

TEST(Loops, HandOutWhatABodyThrowsAndGoOnAfterwards)
{
    const LoopThreads threads(3);
    for (int round = 0; round < 100; ++round) {
        EXPECT_THROW(
            parallelFor(
                0, 30, 1,
                [](std::int64_t first, std::int64_t) {
                    if (first % 7 == 0)
                        throw std::runtime_error("no");
                }),
            std::runtime_error);
    }
    std::atomic<std::int64_t> sum = 0;
    parallelFor(0, 10, 1, [&](std::int64_t first, std::int64_t last) {
        for (auto i = first; i < last; ++i)
            sum += i;
    });
    EXPECT_EQ(sum, 45);
    EXPECT_FALSE(isInLoop());
}

TEST(Loops, WithinOneAnotherRunOnTheThreadThatCalls)
{
    const LoopThreads threads(2);
    parallelFor(0, 8, 1, [](std::int64_t, std::int64_t) {
        const auto caller = std::this_thread::get_id();
        parallelFor(0, 8, 1, [&](std::int64_t, std::int64_t) {
            EXPECT_EQ(std::this_thread::get_id(), caller);
        });
    });
}

TEST(Loops, OfSeveralThreadsAtOnceAllComeToAnEnd)
{
    const LoopThreads threads(2);
    std::atomic<std::int64_t> sum = 0;
    {
        std::vector<std::jthread> callers;
        for (int i = 0; i < 4; ++i) {
            callers.emplace_back([&] {
                for (int round = 0; round < 500; ++round)
                    parallelFor(0, 16, 1, [&](std::int64_t first, std::int64_t last) {
                        sum += last - first;
                    });
            });
        }
    }
    EXPECT_EQ(sum, 4 * 500 * 16);
}

// The pool has one loop at a time; a second one is done by the thread that calls.
TEST(Loops, AreDoneByTheirCallersWhileAnotherIsRunning)
{
    const LoopThreads threads(2);
    std::atomic<bool> isOver = false;
    std::latch both(3);
    std::jthread slow([&] {
        onThreadsOfLoop([&] {
            both.arrive_and_wait();
            isOver.wait(false);
        });
    });
    both.arrive_and_wait();
    std::int64_t sum = 0; // of one thread
    parallelFor(0, 10, 1, [&](std::int64_t first, std::int64_t last) { sum += last - first; });
    EXPECT_EQ(sum, 10);
    isOver = true;
    isOver.notify_all();
}

} // namespace
} // namespace fovea::device

#include "core/device/compute_thread.h"

#include "tests/support/support.h"

#include <latch>

namespace fovea::device {
namespace {

TEST(ComputeThread, RunsAnUrgentJobBetweenTheUnitsOfALongOne)
{
    ComputeThread thread(1);
    std::latch started(1);
    std::latch submitted(1);
    std::vector<std::string> order;
    auto training = thread.submit(Priority::Training, [&] {
        started.count_down();
        submitted.wait();
        order.emplace_back("unit 1");
        thread.runWaiting(Priority::Training);
        order.emplace_back("unit 2");
    });
    started.wait();
    auto background =
        thread.submit(Priority::Background, [&] { order.emplace_back("background"); });
    auto map = thread.submit(Priority::Interactive, [&] { order.emplace_back("map"); });
    submitted.count_down();
    for (auto* future : {&training, &background, &map})
        future->get();
    EXPECT_THAT(order, testing::ElementsAre("unit 1", "map", "unit 2", "background"));
}

TEST(ComputeThread, HandsExceptionsToTheCaller)
{
    ComputeThread thread(1);
    auto future =
        thread.submit(Priority::Interactive, []() -> int { throw std::runtime_error("no"); });
    EXPECT_THROW(future.get(), std::runtime_error);
    EXPECT_EQ(thread.submit(Priority::Interactive, [] { return 7; }).get(), 7);
}

TEST(ComputeThread, EndsWithJobsStillWaiting)
{
    std::future<void> waiting;
    {
        ComputeThread thread(1);
        thread.submit(Priority::Interactive, [] {}).wait();
        waiting = thread.submit(Priority::Background, [] {});
    }
    try {
        waiting.get();
    } catch (const std::future_error& error) {
        EXPECT_EQ(error.code(), std::future_errc::broken_promise);
    }
}

} // namespace
} // namespace fovea::device

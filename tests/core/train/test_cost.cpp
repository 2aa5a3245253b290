#include "core/train/cost.h"

#include "core/device/loops.h"
#include "core/train/new_run.h"
#include "tests/support/support.h"

namespace fovea::train {
namespace {

RunConfig configOf(std::int64_t width)
{
    RunConfig config;
    config.width = width;
    return *resolved(config);
}

TEST(Cost, RefusesWhatDoesNotFitIntoMemoryAndSaysWhatWould)
{
    const auto data = test::tinyDataset(2000, 1000);
    auto config = configOf(64);
    config.batch = 2000;
    const auto needed = costOf(config, *data).memoryBytes;
    EXPECT_OK(checkMemory(config, *data, needed));

    const auto large = checkMemory(config, *data, needed / 2);
    ASSERT_FALSE(large);
    EXPECT_THAT(large.error().message(), testing::HasSubstr("of memory"));
    auto smaller = config;
    while (costOf(smaller, *data).memoryBytes > needed / 2)
        smaller.batch /= 2;
    EXPECT_THAT(
        large.error().message(),
        testing::HasSubstr("batch = " + std::to_string(smaller.batch) + " would fit"));

    config.batch = 1; // the weights alone are too many
    config.loss = "bce";
    const auto wide = checkMemory(config, *data, costOf(config, *data).memoryBytes * 2 / 3);
    ASSERT_FALSE(wide);
    EXPECT_THAT(wide.error().message(), testing::HasSubstr("width = 32 would fit"));

    const auto hopeless = checkMemory(config, *data, 1000);
    ASSERT_FALSE(hopeless);
    EXPECT_THAT(hopeless.error().message(), testing::HasSubstr("import fewer items"));
}

TEST(Cost, KnowsTheSpeedOfAsManyThreadsAsARunHasAndLeavesThemAsTheyWere)
{
    const auto data = test::tinyDataset(200, 100);
    const auto before = device::loopThreads();
    auto config = configOf(64);
    config.threads = 1;
    const auto one = costOf(config, *data).secondsPerEpoch;
    config.threads = 2;
    EXPECT_GT(costOf(config, *data).secondsPerEpoch, 0.3 * one);
    EXPECT_EQ(device::loopThreads(), before);
}

TEST(Cost, IsLookedAtBeforeARunIsMade)
{
    RunConfig config;
    config.width = 4096;
    config.layers = 64;
    const auto refused = checkTrainable(*resolved(config), *test::tinyDataset());
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message(), testing::HasSubstr("of memory"));
}

} // namespace
} // namespace fovea::train

#include "core/train/cost.h"

#include "core/device/compute_thread.h"
#include "core/device/loops.h"
#include "core/train/new_run.h"
#include "core/train/parameters.h"
#include "tests/core/train/measured_run.h"
#include "tests/support/support.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <sstream>

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
    device::ComputeThread thread(3);
    const auto secondsOn = [&](int threads) {
        auto config = configOf(64);
        config.threads = threads;
        return costOf(config, *data).secondsPerEpoch;
    };
    const auto job = [&] {
        const auto one = secondsOn(1);
        EXPECT_GT(secondsOn(2), 0.2 * one); // others may take much of the machine
        EXPECT_EQ(device::loopThreads(), 3);
    };
    thread.submit(device::Priority::Interactive, job).get();
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

// --- Against measured runs -------------------------------------------------------------------

struct Configuration {
    const char* name;
    int users;
    int items;
    int events; // of a user
    const char* settings; // as --set has them, with spaces between
};

constexpr std::array<Configuration, 8> kConfigurations = {{
    {"narrow", 1200, 2000, 30, "loss=ce width=32 batch=200"},
    {"wide, many items", 100, 15000, 20, "loss=ce width=128"},
    {"few negatives", 800, 20000, 30, "loss=bce width=64"},
    {"many negatives", 800, 2000, 30, "loss=bce width=64 negatives=50"},
    {"long histories, four blocks", 32, 2000, 300, "loss=bce width=64 layers=4 batch=16"},
    {"ratings", 1500, 5000, 20, "model=article width=64"},
    {"large batches", 1500, 2000, 20, "loss=bce width=64 batch=750"},
    {"of the items those that were read", 800, 50000, 20, "loss=bce item_updates=touched"},
}};

RunConfig configOf(const Configuration& configuration)
{
    RunConfig config;
    config.epochs = 3;
    config.patience = 0;
    config.threads = 1;
    config.maxLength = 1000;
    std::istringstream words(configuration.settings);
    for (std::string word; words >> word;) {
        const auto equals = word.find('=');
        EXPECT_OK(setParameter(config, word.substr(0, equals), word.substr(equals + 1)));
    }
    return *resolved(config);
}

std::shared_ptr<const data::Dataset> datasetOf(const Configuration& configuration)
{
    return test::madeDataset(configuration.users, configuration.items, configuration.events);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // they have memory of their own

constexpr const char* kWhich = "FOVEA_TEST_CONFIGURATION";
constexpr std::string_view kBytes = "bytes of memory: ";

void printMemoryOf(const Configuration& configuration)
{
    base::keepFreedMemory(); // as the program has it
    test::measuredRun(configOf(16), test::tinyDataset(), [] {}); // what LibTorch takes once
    const auto run = test::measuredRun(configOf(configuration), datasetOf(configuration), [] {});
    std::cout << kBytes << run.memoryBytes << std::endl;
}

// In a process of its own, since what other runs have left would be taken first. Where its heap
// begins is drawn, and how well freed memory fits differs with it: three may be asked.
double memoryOf(std::size_t which)
{
    const auto ran = test::run(
        "env " + std::string(kWhich) + "=" + std::to_string(which) + " '"
            + base::programFile().string() + "'",
        {"--gtest_filter=Cost.OfMemory*"});
    const auto at = ran.out.find(kBytes);
    EXPECT_NE(at, std::string::npos) << ran.out << ran.err;
    return at == std::string::npos ? 0 : std::stod(ran.out.substr(at + kBytes.size()));
}

TEST(Cost, OfMemoryIsWithinAQuarterOfWhatRunsTake)
{
    if (const char* which = std::getenv(kWhich))
        return printMemoryOf(kConfigurations.at(std::stoul(which)));
    for (std::size_t i = 0; i < kConfigurations.size(); ++i) {
        const auto& configuration = kConfigurations.at(i);
        const auto cost = costOf(configOf(configuration), *datasetOf(configuration));
        double ratio = 0;
        for (int attempt = 0; attempt < 3 && !(ratio > 0.75 && ratio < 1.25); ++attempt)
            ratio = static_cast<double>(cost.memoryBytes) / memoryOf(i);
        EXPECT_GT(ratio, 0.75) << configuration.name;
        EXPECT_LT(ratio, 1.25) << configuration.name;
    }
}

// Processor time of one thread, so that a neighbour takes none of it. A neighbour slows that thread
// all the same, so an epoch is held against the machine's speed just before and after it, and the
// median of all counts. What is not optimised has other times.
#ifdef __OPTIMIZE__
TEST(Cost, OfSecondsIsWithinAFactorOfOneAndAHalfOfWhatEpochsTake)
{
    constexpr double kFactor = 1.5;
    for (const auto& configuration : kConfigurations) {
        const auto config = configOf(configuration);
        const auto dataset = datasetOf(configuration);
        std::vector<double> ratios;
        double ratio = 0;
        for (int attempt = 0; attempt < 5 && !(ratio > 1 / kFactor && ratio < kFactor); ++attempt) {
            std::vector<MachineSpeed> speeds;
            const auto run =
                test::measuredRun(config, dataset, [&] { speeds.push_back(speedOfThread()); });
            ASSERT_EQ(run.epochSeconds.size(), 3U);
            ASSERT_EQ(speeds.size(), 4U);
            for (std::size_t i = 0; i < 3; ++i) {
                const MachineSpeed speed{
                    (speeds[i].products + speeds[i + 1].products) / 2,
                    (speeds[i].bytes + speeds[i + 1].bytes) / 2};
                ratios.push_back(
                    costOf(config, *dataset, speed).secondsPerEpoch / run.epochSeconds[i]);
            }
            const auto middle = ratios.begin() + std::ssize(ratios) / 2;
            std::nth_element(ratios.begin(), middle, ratios.end());
            ratio = *middle;
        }
        EXPECT_GT(ratio, 1 / kFactor) << configuration.name;
        EXPECT_LT(ratio, kFactor) << configuration.name;
    }
}
#endif
#endif

} // namespace
} // namespace fovea::train

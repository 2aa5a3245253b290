#include "core/data/statistics.h"

#include "tests/support/support.h"

#include <numeric>

namespace fovea::data {
namespace {

// Three users: 5, 3 and 1 events over items 1 to 4.
std::shared_ptr<const Dataset> small()
{
    Events events;
    events.offsets = {0, 5, 8, 9};
    events.items = {1, 2, 1, 3, 4, 2, 1, 3, 1};
    events.times = {10, 20, 20, 30, 40, 15, 25, 35, 50};
    events.values = {1, 2, 5, 5, 3, 2, 1, 5, 5};
    return std::make_shared<const Dataset>(
        std::vector<std::string>{"a", "b", "c"},
        std::vector<Item>{
            {"[PAD]", "", ""}, {"1", "", ""}, {"2", "", ""}, {"3", "", ""}, {"4", "", ""}},
        events);
}

std::int64_t sum(const Histogram& h)
{
    return std::accumulate(h.counts.begin(), h.counts.end(), std::int64_t{0});
}

TEST(Statistics, CountWhatIsThere)
{
    const auto s = statisticsOf(*small());
    EXPECT_EQ(s.report.pairs, 8); // a has item 1 twice
    EXPECT_DOUBLE_EQ(s.report.density, 8.0 / 12.0);
    EXPECT_DOUBLE_EQ(s.meanLength, 3.0);
    EXPECT_EQ(s.medianLength, 3);
    EXPECT_EQ(s.longest, 5);
    EXPECT_EQ(s.report.firstTime, 10);
    EXPECT_EQ(s.report.lastTime, 50);
    EXPECT_EQ(sum(s.lengths), 3);
    EXPECT_EQ(sum(s.popularity), 4);
    EXPECT_EQ(sum(s.times), 9);
    EXPECT_EQ(s.values.counts, (std::vector<std::int64_t>{2, 2, 1, 4}));
}

TEST(Statistics, SayWhatTheSplitLeavesWhere)
{
    const auto s = statisticsOf(*small());
    EXPECT_EQ(s.split.trainEvents, 3 + 1 + 1);
    EXPECT_EQ(s.split.testUsers, 2);
    EXPECT_EQ(s.split.trainOnlyUsers, 1);
    // Trained items: 1, 2, 1 of a; 2 of b; 1 of c. Validation targets 3 and 1, test targets 4
    // and 3.
    EXPECT_EQ(s.split.unseenValidItems, 1);
    EXPECT_EQ(s.split.unseenTestItems, 2);
}

TEST(Statistics, SeeTiesAndTheFuture)
{
    const auto s = statisticsOf(*small());
    EXPECT_EQ(s.report.ties, 1);
    EXPECT_DOUBLE_EQ(s.futureShare, 1.0); // c trains at 50, after both test targets
}

TEST(Statistics, CountAPairOnceHoweverOftenItIsRepeated)
{
    Events events;
    events.offsets = {0, 24, 25};
    for (int i = 0; i < 24; ++i)
        events.items.push_back(1 + i % 2);
    events.items.push_back(2);
    const Dataset dataset({"a", "b"}, {{"[PAD]", "", ""}, {"1", "", ""}, {"2", "", ""}}, events);
    const auto report = reportOf(dataset);
    EXPECT_EQ(report.pairs, 3);
    EXPECT_DOUBLE_EQ(report.density, 0.75);
}

// The latest training event is the first of b, which one of the two test targets comes before.
TEST(Statistics, SeeTheFutureBefore1970)
{
    Events events;
    events.offsets = {0, 3, 6};
    events.items = {1, 1, 1, 1, 1, 1};
    events.times = {-100, -90, -80, -70, -60, -50};
    const Dataset dataset({"a", "b"}, {{"[PAD]", "", ""}, {"1", "", ""}}, events);
    EXPECT_DOUBLE_EQ(statisticsOf(dataset).futureShare, 0.5);
}

TEST(Statistics, SayOneOfOneThing)
{
    EXPECT_EQ(countText(0, "user"), "0 users");
    EXPECT_EQ(countText(1, "user"), "1 user");
    EXPECT_EQ(countText(1234, "event"), "1,234 events");
}

TEST(Statistics, HoldEveryLengthInGrowingBins)
{
    const auto data = test::tinyDataset(500, 20);
    const auto s = statisticsOf(*data);
    EXPECT_EQ(sum(s.lengths), 500);
    EXPECT_TRUE(std::is_sorted(s.lengths.edges.begin(), s.lengths.edges.end()));
    EXPECT_GE(s.lengths.edges.back(), static_cast<double>(s.longest));
}

} // namespace
} // namespace fovea::data

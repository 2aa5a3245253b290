#include "core/data/sample.h"

#include "tests/support/stopping.h"
#include "tests/support/support.h"

#include <map>
#include <optional>
#include <set>

namespace fovea::data {
namespace {

TEST(Sample, HasTheSameBytesForTheSameSeed)
{
    const auto a = makeSample({200, 1000, 3});
    const auto b = makeSample({200, 1000, 3});
    const auto c = makeSample({200, 1000, 4});
    EXPECT_EQ(a->dataset->fingerprint(), b->dataset->fingerprint());
    EXPECT_EQ(truthCsv(*a), truthCsv(*b));
    EXPECT_NE(a->dataset->fingerprint(), c->dataset->fingerprint());
}

// A change of these bytes changes every figure that was measured on the sample.
TEST(Sample, IsTheOneThatTheFiguresAreOf)
{
    EXPECT_EQ(makeSample({})->dataset->fingerprint(), "1616fb867ae2f7a760ebaf863bcb0c5d");
}

TEST(Sample, PlantsThePartBeforeAsTheCause)
{
    const auto sample = makeSample({300, 1000, 1});
    ASSERT_OK(sample);
    for (const auto& [user, position, cause] : sample->truth) {
        const auto items = sample->dataset->itemsOf(user);
        const auto item = items[static_cast<std::size_t>(position)];
        if (cause < 0) {
            EXPECT_EQ((item - 1) % 10, 0) << "an event without a cause opens a series";
        } else {
            EXPECT_LT(cause, position);
            EXPECT_EQ(items[static_cast<std::size_t>(cause)], item - 1);
        }
    }
}

TEST(Sample, HasTheSharesThatItsDefinitionGives)
{
    const auto sample = makeSample({2000, 1000, 1});
    std::int64_t caused = 0;
    std::int64_t possible = 0;
    for (const auto& c : sample->truth) {
        possible += c.position > 0;
        caused += c.cause >= 0;
    }
    // 0.7 whenever a series is open, which it nearly always is after the first event.
    EXPECT_NEAR(static_cast<double>(caused) / static_cast<double>(possible), 0.7, 0.02);
    for (std::int32_t u = 0; u < 2000; ++u) {
        const auto length = sample->dataset->itemsOf({u}).size();
        EXPECT_GE(length, 8u);
        EXPECT_LE(length, 59u);
    }
    EXPECT_EQ(sample->dataset->itemCount(), 1000);
    EXPECT_EQ(sample->dataset->lowestValue(), 1.0f);
    EXPECT_EQ(sample->dataset->highestValue(), 5.0f);
}

TEST(Sample, TitlesAreUniqueAndReadAsSeries)
{
    const auto sample = makeSample({1, 1000, 1});
    std::set<std::string> titles;
    for (std::int32_t i = 1; i <= 1000; ++i)
        titles.emplace(sample->dataset->item({i}).title);
    EXPECT_EQ(titles.size(), 1000u);
    EXPECT_TRUE(titles.count("The Lantern 3"));
}

TEST(Sample, ManyUsersAreStoppedAtOnce)
{
    std::optional<Error> error;
    const auto ms = test::millisecondsToStop([&](const std::stop_token& stop) {
        const auto sample = makeSample({10'000'000, 1000, 1}, stop);
        ASSERT_FALSE(sample);
        error = sample.error();
    });
    EXPECT_GE(ms, 0);
    EXPECT_LT(ms, test::kStopMs);
    EXPECT_EQ(error->kind, ErrorKind::Interrupted);
}

TEST(Sample, ItsTruthFileReadsBack)
{
    const test::ScratchFolder scratch;
    const auto sample = makeSample({20, 1000, 1});
    const auto read = readTruth(scratch.write("truth.csv", truthCsv(*sample)), *sample->dataset);
    ASSERT_OK(read);
    ASSERT_EQ(read->size(), sample->truth.size());
    EXPECT_EQ((*read)[7].cause, sample->truth[7].cause);
}

} // namespace
} // namespace fovea::data

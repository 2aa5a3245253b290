#include "core/data/batch.h"

#include "tests/support/support.h"

namespace fovea::data {
namespace {

using testing::ElementsAre;

// Users with 6, 3 and 2 events.
std::shared_ptr<const Dataset> small()
{
    return std::make_shared<const Dataset>(
        std::vector<std::string>{"a", "b", "c"}, std::vector<Item>(10),
        Events{{0, 6, 9, 11}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2}, {}, {}});
}

TEST(Split, LeavesTheLastTwoEventsOut)
{
    EXPECT_EQ(historyLength(6, Part::Train), 4);
    EXPECT_EQ(historyLength(6, Part::Valid), 4);
    EXPECT_EQ(historyLength(6, Part::Test), 5);
    EXPECT_EQ(historyLength(2, Part::Train), 2);
    EXPECT_EQ(historyLength(2, Part::Test), -1);
    EXPECT_THAT(usersWithTarget(*small(), Part::Test), ElementsAre(UserIndex{0}, UserIndex{1}));
}

TEST(Batcher, PacksInputsAndWhatFollowsEach)
{
    const auto dataset = small();
    const std::vector<UserIndex> users = {{2}, {0}};
    const auto batch = Batcher(*dataset, 50).nextItemTraining(users);
    EXPECT_THAT(batch.items, ElementsAre(1, 1, 2, 3));
    EXPECT_THAT(batch.targets, ElementsAre(2, 2, 3, 4));
    EXPECT_THAT(batch.offsets, ElementsAre(0, 1, 4));
    EXPECT_THAT(batch.users, ElementsAre(2, 0));
}

TEST(Batcher, GivesEachPositionTheWeightOfWhatItIsToForetell)
{
    Events events{{0, 6, 9, 11}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2}, {}, {}};
    for (int e = 1; e <= 11; ++e)
        events.weights.push_back(static_cast<float>(e));
    const Dataset dataset({"a", "b", "c"}, std::vector<Item>(10), events);
    const std::vector<UserIndex> users = {{2}, {0}};
    EXPECT_THAT(Batcher(dataset, 50).nextItemTraining(users).weights, ElementsAre(11, 2, 3, 4));
    EXPECT_THAT(Batcher(dataset, 2).nextItemTraining(users).weights, ElementsAre(11, 3, 4));
    EXPECT_THAT(
        Batcher(dataset, 50).ratingTraining(users).weights, ElementsAre(10, 11, 1, 2, 3, 4));
    EXPECT_TRUE(Batcher(dataset, 50).nextItemHistories(users, Part::Test).weights.empty());
    EXPECT_TRUE(Batcher(*small(), 50).nextItemTraining(users).weights.empty());
}

TEST(Batcher, KeepsTheMostRecentInputs)
{
    const auto dataset = small();
    const std::vector<UserIndex> users = {{0}};
    const auto batch = Batcher(*dataset, 2).nextItemTraining(users);
    EXPECT_THAT(batch.items, ElementsAre(2, 3));
    EXPECT_THAT(batch.targets, ElementsAre(3, 4));
    EXPECT_THAT(batch.firsts, ElementsAre(1));
    EXPECT_THAT(
        Batcher(*dataset, 3).nextItemHistories(users, Part::Test).items, ElementsAre(3, 4, 5));
}

TEST(Batcher, NeverShowsATargetInItsHistory)
{
    const auto dataset = small();
    const std::vector<UserIndex> users = {{0}};
    EXPECT_THAT(
        Batcher(*dataset, 50).nextItemHistories(users, Part::Valid).items, ElementsAre(1, 2, 3, 4));
    EXPECT_THAT(
        Batcher(*dataset, 50).nextItemHistories(users, Part::Test).items,
        ElementsAre(1, 2, 3, 4, 5));
}

} // namespace
} // namespace fovea::data

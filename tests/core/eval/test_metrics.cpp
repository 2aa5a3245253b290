#include "core/eval/evaluate.h"

#include "tests/support/support.h"

#include <cmath>

namespace fovea::eval {
namespace {

TEST(Measure, AgreesWithAHandCalculation)
{
    const std::vector<double> ranks = {1, 3, 11};
    const auto values = measure(model::Task::NextItem, ranks);
    EXPECT_NEAR(values.at("hr@10"), 2.0 / 3, 1e-12);
    EXPECT_NEAR(values.at("ndcg@10"), (1 + 0.5) / 3, 1e-12);
    EXPECT_NEAR(values.at("mrr"), (1 + 1.0 / 3 + 1.0 / 11) / 3, 1e-12);
    const std::vector<double> errors = {3, -4};
    EXPECT_NEAR(measure(model::Task::Ratings, errors).at("rmse"), std::sqrt(12.5), 1e-12);
    EXPECT_NEAR(measure(model::Task::Ratings, errors).at("mae"), 3.5, 1e-12);
}

TEST(Popularity, RanksByTheTrainingPartAlone)
{
    // Item 2 trains twice, item 1 once; 3 and 4 never. User a: 1 2 | 2 | 3, user b: 2 ... as below.
    const data::Dataset dataset(
        {"a", "b"}, std::vector<data::Item>(5), {{0, 4, 7}, {1, 2, 4, 3, 2, 4, 1}, {}, {}});
    // Test of a: target 3 with 1, 2, 4 seen: alone, rank 1. Test of b: target 1 (count 1) against 3
    // (count 0), 2 and 4 seen: rank 1.
    EXPECT_EQ(popularityBaseline(dataset, data::Part::Test).values.at("mrr"), 1.0);
    // Validation of a: target 4 (0) against 3 (0): a tie, 1.5. Of b: target 4 against 1 (1) and 3
    // (0): 2.5.
    EXPECT_NEAR(
        popularityBaseline(dataset, data::Part::Valid).values.at("mrr"), (1 / 1.5 + 1 / 2.5) / 2,
        1e-12);
}

// Value = 3 + bias of the user + bias of the item, nothing else.
data::Dataset biased()
{
    data::Events events;
    std::vector<std::string> users;
    for (int u = 0; u < 40; ++u) {
        users.push_back(std::to_string(u));
        for (int n = 0; n < 12; ++n) {
            const int item = 1 + (u * 5 + n * 7) % 30;
            events.items.push_back(item);
            events.values.push_back(
                3.0f + 0.5f * static_cast<float>(u % 3 - 1)
                + 0.25f * static_cast<float>(item % 5 - 2));
        }
        events.offsets.push_back(static_cast<std::int64_t>(events.items.size()));
    }
    return {users, std::vector<data::Item>(31), events};
}

TEST(RatingBaselines, OrderAsTheyShouldOnDataWithBiases)
{
    const auto dataset = biased();
    const auto baselines = ratingBaselines(dataset, data::Part::Test);
    ASSERT_EQ(baselines.size(), 4u);
    EXPECT_EQ(baselines[3].name, "biases");
    EXPECT_LT(baselines[3].values.at("rmse"), baselines[0].values.at("rmse"));
}

} // namespace
} // namespace fovea::eval

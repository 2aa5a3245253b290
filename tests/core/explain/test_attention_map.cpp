#include "core/explain/attention_map.h"

#include "core/device/compute_thread.h"
#include "core/model/model_torch.h"
#include "core/train/trained_model.h"
#include "tests/support/support.h"

namespace fovea::explain {
namespace {

TEST(AttentionMap, IsTheSameBitsForAnyNumberOfThreads)
{
    const auto data = test::tinyDataset(8, 300);
    train::RunConfig config;
    config.maxLength = 200;
    const auto resolved = *train::resolved(config);
    const train::TrainedModel model(
        resolved, data, model::makeModel(resolved, model::shapeOf(*data)), {});
    train::History history;
    for (std::int32_t i = 0; i < 200; ++i)
        history.items.push_back(1 + i * 7 % 300);
    std::vector<std::vector<float>> weights;
    for (const int threads : {1, 2, 3}) {
        device::ComputeThread thread(threads);
        weights.push_back(thread
                              .submit(
                                  device::Priority::Interactive,
                                  [&] { return attentionMap(model, history, "").weights; })
                              .get());
    }
    EXPECT_TRUE(weights[0] == weights[1]);
    EXPECT_TRUE(weights[0] == weights[2]);
}

// The model sees the last 4 of 11 events: they are the 8th to the 11th.
TEST(AttentionMap, CountsPositionsInTheWholeHistory)
{
    const auto data = test::tinyDataset(8, 30);
    train::RunConfig config;
    config.maxLength = 4;
    const auto resolved = train::resolved(config);
    ASSERT_TRUE(resolved.ok());
    const train::TrainedModel model(
        *resolved, data, model::makeModel(*resolved, model::shapeOf(*data)), {});
    train::History history;
    for (std::int32_t i = 1; i <= 11; ++i)
        history.items.push_back(i);
    const auto map = attentionMap(model, history, "");
    ASSERT_EQ(map.queries.size(), 4u);
    EXPECT_EQ(map.queries.front().position, 8);
    EXPECT_EQ(map.keys.back().position, 11);
    const auto csv = toCsv(map, "u", {{0, 0}});
    ASSERT_TRUE(csv.ok());
    EXPECT_THAT(*csv, testing::HasSubstr("\nu,1,1,8,8,"));
    EXPECT_THAT(*csv, testing::HasSubstr("\nu,1,1,11,10,"));
    const auto json = toJson(map, "u", {{0, 0}});
    ASSERT_TRUE(json.ok());
    EXPECT_THAT(*json, testing::HasSubstr("\"position\":11"));
}

TEST(AttentionMap, OfRatingsTellsThePredictionBesideTheRating)
{
    const auto data = test::tinyDataset(8, 30);
    train::RunConfig config;
    config.model = "article";
    config.maxLength = 4;
    const auto resolved = train::resolved(config);
    ASSERT_TRUE(resolved.ok());
    const train::TrainedModel model(
        *resolved, data, model::makeModel(*resolved, model::shapeOf(*data)), {});
    auto history = train::historyOf(*data, {3});
    const auto map = attentionMap(model, history, "", {3});
    ASSERT_TRUE(map.rating.has_value());
    EXPECT_FLOAT_EQ(static_cast<float>(map.rating->given), history.values.back());
    // The same by the way that recommendations go: the last item's score after the events before.
    const auto last = static_cast<std::size_t>(history.items.back());
    history.items.pop_back();
    history.values.pop_back();
    EXPECT_NEAR(map.rating->predicted, model.scores(history, {3})[last], 1e-5);
    // The column of the learned start stands for no event.
    EXPECT_EQ(map.keys.front().position, 0);
    EXPECT_EQ(map.keys.back().position, map.queries.back().position - 1);
    EXPECT_FALSE(attentionMap(model, history, "").rating.has_value()) << "nobody's history";
}

} // namespace
} // namespace fovea::explain

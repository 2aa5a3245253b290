#include "core/explain/planted_causes.h"

#include "core/model/model_torch.h"
#include "core/train/trained_model.h"
#include "tests/support/support.h"

namespace fovea::explain {
namespace {

TEST(AucOf, CountsWhatIsBelowAndHalfOfTheTies)
{
    const std::vector<float> scores = {0.1f, 0.4f, 0.4f, 0.1f, 0.0f};
    EXPECT_DOUBLE_EQ(aucOf(scores, 1), 3.5 / 4);
    EXPECT_DOUBLE_EQ(aucOf(scores, 4), 0.0);
    EXPECT_DOUBLE_EQ(aucOf(std::vector<float>(6, 1.0f), 2), 0.5);
}

TEST(PlantedCauses, AreThoseOfThePartThatIsAskedFor)
{
    const auto data = test::tinyDataset(4);
    train::RunConfig config;
    config.width = 16;
    const auto resolved = *train::resolved(config);
    const train::TrainedModel model(
        resolved, data, model::makeModel(resolved, model::shapeOf(*data)), {});
    // Of three users the validation event has a cause, of one the test event.
    std::vector<data::Cause> truth;
    for (std::int32_t u = 0; u < 4; ++u) {
        const auto events = static_cast<std::int32_t>(data->itemsOf({u}).size());
        truth.push_back({{u}, events - 2, u == 0 ? -1 : 1});
        truth.push_back({{u}, events - 1, u == 0 ? 1 : -1});
    }
    base::Silent silent;
    const auto valid = plantedCauses(model, truth, data::Part::Valid, silent, {});
    const auto test = plantedCauses(model, truth, data::Part::Test, silent, {});
    ASSERT_OK(valid);
    ASSERT_OK(test);
    EXPECT_EQ(valid->events, 3);
    EXPECT_EQ(test->events, 1);
    // User 0's map before the test event: the model's own, asked for that history.
    auto before = train::historyOf(*data, {0});
    before.items.pop_back();
    before.values.pop_back();
    const auto map = attentionMap(model, before, "");
    const auto row = headMatrix(map, {1, 0})->weights;
    const auto length = static_cast<std::size_t>(map.length);
    EXPECT_DOUBLE_EQ(
        test->scores.at(4).auc, aucOf(std::span(row).subspan((length - 1) * length, length), 1));
}

AttentionMap smallMap()
{
    AttentionMap map;
    map.layers = 1;
    map.heads = 2;
    map.length = 2;
    map.weights = {1, 0, 0.25f, 0.75f, 1, 0, 0.75f, 0.25f};
    map.queries = map.keys = {{"a", "A, the first", 1}, {"b", "B", 2}};
    return map;
}

TEST(HeadMatrix, IsAHeadOrTheMeanOfAll)
{
    EXPECT_THAT(headMatrix(smallMap(), {0, 1})->weights, testing::ElementsAre(1, 0, 0.75f, 0.25f));
    EXPECT_THAT(headMatrix(smallMap(), {0, -1})->weights, testing::ElementsAre(1, 0, 0.5f, 0.5f));
    EXPECT_FALSE(headMatrix(smallMap(), {1, 0}).ok());
    EXPECT_FALSE(headMatrix(smallMap(), {0, 2}).ok());
}

TEST(AttentionCsv, HasOneLineACausalCell)
{
    EXPECT_EQ(
        *toCsv(smallMap(), "u,1", {{0, 1}, {0, -1}}),
        "user,layer,head,query_position,key_position,query_item,key_item,query_title,key_title,"
        "weight\n"
        "\"u,1\",1,2,1,1,a,a,\"A, the first\",\"A, the first\",1\n"
        "\"u,1\",1,2,2,1,b,a,B,\"A, the first\",0.75\n"
        "\"u,1\",1,2,2,2,b,b,B,B,0.25\n"
        "\"u,1\",1,mean,1,1,a,a,\"A, the first\",\"A, the first\",1\n"
        "\"u,1\",1,mean,2,1,b,a,B,\"A, the first\",0.5\n"
        "\"u,1\",1,mean,2,2,b,b,B,B,0.5\n");
}

} // namespace
} // namespace fovea::explain

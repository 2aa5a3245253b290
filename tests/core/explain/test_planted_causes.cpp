#include "core/explain/planted_causes.h"

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

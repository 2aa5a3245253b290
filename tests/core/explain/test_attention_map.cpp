#include "core/explain/attention_map.h"

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
    const auto before = at::get_num_threads();
    std::vector<std::vector<float>> weights;
    for (const int threads : {1, test::testThreads()}) {
        at::set_num_threads(threads);
        weights.push_back(attentionMap(model, history, "").weights);
        EXPECT_EQ(at::get_num_threads(), threads) << "as it was";
    }
    at::set_num_threads(before);
    EXPECT_TRUE(weights[0] == weights[1]);
}

} // namespace
} // namespace fovea::explain

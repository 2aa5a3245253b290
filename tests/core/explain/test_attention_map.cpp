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
        weights.push_back(
            thread
                .submit(
                    device::Priority::Interactive,
                    [&] { return attentionMap(model, history, "").weights; })
                .get());
    }
    EXPECT_TRUE(weights[0] == weights[1]);
    EXPECT_TRUE(weights[0] == weights[2]);
}

} // namespace
} // namespace fovea::explain

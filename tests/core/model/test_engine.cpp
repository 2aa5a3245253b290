// Both engines compute the same model: the kernels against LibTorch's plain operations.
#include "core/device/thread_count_torch.h"
#include "core/model/model_torch.h"
#include "core/train/losses_torch.h"
#include "core/train/parameters.h"
#include "core/train/run_config.h"
#include "tests/bench/reference_torch.h"
#include "tests/support/support.h"

#include <hwy/highway.h>

namespace fovea::model {
namespace {

struct Shown {
    std::vector<at::Tensor> gradients;
    at::Tensor loss;
};

Shown lossBy(const char* engine, train::RunConfig config, const data::Dataset& dataset)
{
    config.engine = engine;
    const auto model = makeModel(config, shapeOf(dataset), at::kDouble);
    const data::Batcher batcher(dataset, config.maxLength);
    const auto users = data::usersWithTarget(dataset, data::Part::Train);
    const bool ratings = model->task() == Task::Ratings;
    const auto batch = ratings ? batcher.ratingTraining(users) : batcher.nextItemTraining(users);
    const PackedBatch packed(batch);
    Context context;
    context.training = true;
    context.attentionDropout = *config.attentionDropout;
    context.hiddenDropout = *config.hiddenDropout;
    context.draws = {7, 2};
    const train::TrainedItems trained(dataset);
    Shown shown;
    shown.loss = train::findLoss(config.loss)
                     ->function->mean(
                         {model->forward(packed, context), model->itemVectors(), packed,
                          context.draws, config.negatives, trained, engineOf(config)});
    shown.loss.backward();
    for (const auto& parameter : model->parameters().tensors())
        shown.gradients.push_back(parameter.grad());
    return shown;
}

void compare(const std::vector<std::pair<std::string, std::string>>& settings, int users = 40)
{
    train::RunConfig given;
    std::string name;
    for (const auto& [key, value] : settings) {
        ASSERT_OK(train::setParameter(given, key, value));
        name += key + "=" + value + " ";
    }
    SCOPED_TRACE(name);
    const auto config = train::resolved(given);
    ASSERT_OK(config);
    const auto dataset = test::tinyDataset(users, 25);
    const auto packed = lossBy("packed", *config, *dataset);
    const auto plain = lossBy("reference", *config, *dataset);
    EXPECT_NEAR(packed.loss.item<double>(), plain.loss.item<double>(), 1e-12);
    ASSERT_EQ(packed.gradients.size(), plain.gradients.size());
    for (std::size_t i = 0; i < plain.gradients.size(); ++i) {
        if (!plain.gradients[i].defined())
            continue;
        EXPECT_LT((packed.gradients[i] - plain.gradients[i]).abs().max().item<double>(), 1e-12)
            << i;
    }
}

TEST(Engine, IsTheSameModelForEveryNormAndLoss)
{
    // 32 is of whole vectors, 20 is not.
    for (const char* norm : {"pre", "post", "original"}) {
        for (const char* width : {"20", "32"}) {
            for (const char* loss : {"ce", "bce"})
                compare(
                    {{"norm", norm},
                     {"loss", loss},
                     {"width", width},
                     {"heads", "4"},
                     {"max_length", "9"},
                     {"dropout", "0.3"}});
        }
    }
    compare({{"ffn_width", "0"}, {"width", "12"}, {"heads", "1"}, {"dropout", "0"}});
    compare({{"ffn_width", "0"}, {"width", "16"}, {"heads", "1"}, {"dropout", "0"}});
}

// More positions than are worked on at a time, in parts of several such. On one thread: the plain
// path's many small steps wait long for another where others work, too.
TEST(Engine, IsTheSameModelForManyPositions)
{
    const device::ThreadCount one(1);
    for (const char* norm : {"pre", "post", "original"})
        compare(
            {{"norm", norm},
             {"width", "16"},
             {"heads", "2"},
             {"ffn_width", "40"},
             {"max_length", "9"},
             {"dropout", "0.3"}},
            700);
}

// Evaluations and recommendations take shorter ways, and keep nothing for a backward pass.
TEST(Engine, GivesTheLastPositionsOfTheFullPass)
{
    const auto dataset = test::tinyDataset(40, 25);
    const data::Batcher batcher(*dataset, 9);
    const auto batch = batcher.nextItemHistories(
        data::usersWithTarget(*dataset, data::Part::Test), data::Part::Test);
    const PackedBatch packed(batch);
    const auto expectSame = [&](train::RunConfig given) {
        const auto config = *train::resolved(given);
        const auto model = makeModel(config, shapeOf(*dataset), at::kDouble);
        const auto all = model->forward(packed, {}).detach();
        const at::NoGradGuard noGrad;
        EXPECT_TRUE(at::equal(model->forward(packed, {}), all));
        const auto lasts = all.index_select(0, packed.lasts);
        EXPECT_LT((model->lasts(packed) - lasts).abs().max().item<double>(), 1e-12)
            << config.norm << " " << config.width << " " << config.heads;
    };
    for (auto sets = hwy::SupportedTargets(); sets != 0; sets &= sets - 1) {
        hwy::SetSupportedTargetsForTest(sets & -sets);
        train::RunConfig given;
        given.maxLength = 9;
        for (const char* norm : {"pre", "post", "original"}) {
            given.norm = norm;
            for (const auto [width, heads, layers] :
                 {std::array{20, 4, 1}, {32, 1, 2}, {16, 16, 3}}) {
                given.width = width;
                given.heads = heads;
                given.layers = layers;
                expectSame(given);
            }
        }
    }
    hwy::SetSupportedTargetsForTest(0);
}

TEST(Engine, IsTheSameArticleModel)
{
    compare({{"model", "article"}, {"width", "12"}, {"heads", "2"}, {"dropout", "0.2"}});
    compare(
        {{"model", "article"},
         {"width", "12"},
         {"heads", "3"},
         {"layers", "2"},
         {"ffn_width", "24"},
         {"dropout", "0.2"}});
    compare(
        {{"model", "article"},
         {"width", "16"},
         {"heads", "2"},
         {"layers", "2"},
         {"ffn_width", "24"},
         {"dropout", "0.2"}});
}

TEST(Reference, OfTheBenchmarksIsTheSameModel)
{
    train::RunConfig given;
    for (const auto& [key, value] :
         {std::pair{"width", "16"}, {"heads", "2"}, {"max_length", "9"}, {"dropout", "0"}})
        ASSERT_OK(train::setParameter(given, key, value));
    const auto config = train::resolved(given);
    const auto dataset = test::tinyDataset(40, 25);
    const auto model = makeModel(*config, shapeOf(*dataset), at::kDouble);
    const bench::Reference reference(*model, *config);
    const auto batch = data::Batcher(*dataset, 9)
                           .nextItemTraining(data::usersWithTarget(*dataset, data::Part::Train));
    const PackedBatch packed(batch);
    const train::TrainedItems trained(*dataset);
    const auto own = train::findLoss("ce")->function->mean(
        {model->forward(packed, {}), model->itemVectors(), packed, {}, 1, trained});
    const auto other = reference.loss(batch, "ce");
    EXPECT_NEAR(own.item<double>(), other.item<double>(), 1e-12);
    own.backward();
    other.backward();
    for (const auto& [name, parameter] : model->parameters().all()) {
        const auto difference = parameter.grad() - reference.parameters().at(name).grad();
        EXPECT_LT(difference.abs().max().item<double>(), 1e-12) << name;
    }
}

} // namespace
} // namespace fovea::model

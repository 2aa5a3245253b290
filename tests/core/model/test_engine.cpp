// Both engines compute the same model: the kernels against LibTorch's plain operations.
#include "core/base/hash.h"
#include "core/device/loops.h"
#include "core/model/model_torch.h"
#include "core/model/rows_torch.h"
#include "core/train/losses_torch.h"
#include "core/train/parameters.h"
#include "core/train/run_config.h"
#include "tests/bench/reference_torch.h"
#include "tests/support/slope.h"
#include "tests/support/support.h"

#include <hwy/highway.h>

namespace fovea::model {
namespace {

struct Shown {
    std::vector<at::Tensor> gradients;
    at::Tensor loss;
};

at::Tensor lossOf(
    const Model& model, const train::RunConfig& config, const data::Dataset& dataset,
    std::span<const UserIndex> users)
{
    const data::Batcher batcher(dataset, config.maxLength);
    const bool ratings = model.task() == Task::Ratings;
    const auto batch = ratings ? batcher.ratingTraining(users) : batcher.nextItemTraining(users);
    const PackedBatch packed(batch);
    Context context;
    context.training = true;
    context.attentionDropout = *config.attentionDropout;
    context.hiddenDropout = *config.hiddenDropout;
    context.draws = {7, 2};
    const train::TrainedItems trained(dataset);
    return train::findLoss(config.loss)
        ->function->mean(
            {model.forward(packed, context), model.itemVectors(), packed, context.draws,
             config.negatives, trained, engineOf(config)});
}

at::Tensor lossOf(const Model& model, const train::RunConfig& config, const data::Dataset& dataset)
{
    return lossOf(model, config, dataset, data::usersWithTarget(dataset, data::Part::Train));
}

Shown lossBy(const char* engine, train::RunConfig config, const data::Dataset& dataset)
{
    config.engine = engine;
    const auto model = makeModel(config, shapeOf(dataset), at::kDouble);
    Shown shown;
    shown.loss = lossOf(*model, config, dataset);
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
    const device::LoopThreads one(1);
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
void compareLasts(const train::RunConfig& given, int users, at::ScalarType type, double tolerance)
{
    const auto dataset = test::tinyDataset(users, 25);
    const auto config = *train::resolved(given);
    SCOPED_TRACE(config.norm + " " + std::to_string(config.width));
    const auto batch =
        data::Batcher(*dataset, config.maxLength)
            .nextItemHistories(data::usersWithTarget(*dataset, data::Part::Test), data::Part::Test);
    const PackedBatch packed(batch);
    const auto model = makeModel(config, shapeOf(*dataset), type);
    const auto all = model->forward(packed, {}).detach();
    const at::NoGradGuard noGrad;
    EXPECT_TRUE(at::equal(model->forward(packed, {}), all));
    const auto lasts = all.index_select(0, packed.lasts);
    EXPECT_LT((model->lasts(packed) - lasts).abs().max().item<double>(), tolerance);
}

TEST(Engine, GivesTheLastPositionsOfTheFullPass)
{
    const device::LoopThreads one(1);
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
                compareLasts(given, 40, at::kDouble, 1e-12);
                compareLasts(given, 40, at::kFloat, 1e-5);
            }
        }
        given.width = 32; // several chunks of rows a part
        compareLasts(given, 2000, at::kFloat, 1e-5);
    }
    hwy::SetSupportedTargetsForTest(0);
}

train::RunConfig smallConfig(const char* norm, const char* loss)
{
    train::RunConfig given;
    given.norm = norm;
    given.loss = loss;
    given.width = 16;
    given.maxLength = 9;
    given.dropout = 0.3;
    return *train::resolved(given);
}

// Everything between the parameters and the loss, dropout included, whose draws stay the same.
TEST(Engine, PassesAGradientCheck)
{
    const auto dataset = test::tinyDataset(20, 25);
    for (const char* norm : {"pre", "post", "original"}) {
        for (const char* loss : {"ce", "bce"}) {
            const auto config = smallConfig(norm, loss);
            const auto model = makeModel(config, shapeOf(*dataset), at::kDouble);
            lossOf(*model, config, *dataset).backward();
            const at::NoGradGuard noGrad;
            base::Stream draw(1, base::Purpose::Sample);
            for (const auto& [name, parameter] : model->parameters().all()) {
                const auto gradient = parameter.grad().contiguous();
                for (int i = 0; i < 6; ++i) {
                    const auto place = draw.below(static_cast<std::uint32_t>(parameter.numel()));
                    const double slope = test::slopeBy(parameter.data_ptr<double>()[place], [&] {
                        return lossOf(*model, config, *dataset).item<double>();
                    });
                    EXPECT_NEAR(gradient.data_ptr<double>()[place], slope, 1e-7)
                        << norm << " " << loss << " " << name << " " << place;
                }
            }
        }
    }
}

// Dropout and negatives are drawn by user and place.
TEST(Engine, HasALossThatDoesNotKnowWhoElseIsInABatch)
{
    const auto dataset = test::tinyDataset(20, 25);
    const auto users = data::usersWithTarget(*dataset, data::Part::Train);
    for (const char* loss : {"ce", "bce"}) {
        const auto config = smallConfig("pre", loss);
        const auto model = makeModel(config, shapeOf(*dataset), at::kDouble);
        const at::NoGradGuard noGrad;
        double sum = 0;
        std::int64_t targets = 0;
        for (std::size_t u = 0; u < users.size(); ++u) {
            const auto alone = std::span(users).subspan(u, 1);
            const auto count =
                data::Batcher(*dataset, config.maxLength).nextItemTraining(alone).tokens();
            sum +=
                static_cast<double>(count) * lossOf(*model, config, *dataset, alone).item<double>();
            targets += count;
        }
        EXPECT_NEAR(
            sum / static_cast<double>(targets), lossOf(*model, config, *dataset).item<double>(),
            1e-12)
            << loss;
    }
}

TEST(ParameterSet, DrawsTheSameNumbersOnAnyNumberOfThreads)
{
    constexpr std::int64_t kRows = 3 * 16'384 + 5;
    for (const int threads : {1, 3}) {
        const device::LoopThreads count(threads);
        for (const auto type : {at::kFloat, at::kDouble}) {
            ParameterSet set(4, type, Beginning::Drawn);
            const auto table = set.normal("t", {kRows, 1}, 0.5).detach();
            const auto key = static_cast<std::uint32_t>(
                std::stoul(base::fingerprint("t").substr(0, 8), nullptr, 16));
            base::Stream draw(4, base::Purpose::Initialisation, {key, 0, 0});
            auto expected = at::empty({kRows, 1}, at::kDouble);
            for (std::int64_t i = 0; i < kRows; ++i)
                expected.data_ptr<double>()[i] = 0.5 * draw.normal();
            EXPECT_TRUE(at::equal(table, expected.to(type))) << threads;
        }
    }
}

TEST(AddTakenDrop, HasTheSameGradientWhetherItIsSparse)
{
    const auto index = at::tensor({3, 0, 3, 3, 7, 1, 0}, at::kLong);
    const auto places = at::tensor({0, 1, 2, 0, 1, 2, 3}, at::kLong);
    const auto weights = at::randn({7, 5}, at::kDouble);
    RowDropout drop;
    drop.keys = std::make_shared<const std::vector<std::uint64_t>>(
        std::vector<std::uint64_t>{1u << 9, 2, 3u << 20, 4, 5, 6u << 13, 7});
    for (const double p : {0.0, 0.3}) {
        drop.p = p;
        std::vector<at::Tensor> gradients;
        for (const bool sparse : {false, true}) {
            const auto table = at::arange(50, at::kDouble).view({10, 5}).requires_grad_(true);
            const auto added = at::ones({4, 5}, at::kDouble).requires_grad_(true);
            (addTakenDrop({table, index, sparse}, {added, places}, drop) * weights)
                .sum()
                .backward();
            EXPECT_EQ(table.grad().is_sparse(), sparse);
            gradients.push_back(sparse ? table.grad().to_dense() : table.grad());
            gradients.push_back(added.grad());
        }
        EXPECT_LT((gradients[0] - gradients[2]).abs().max().item<double>(), 1e-14);
        EXPECT_TRUE(at::equal(gradients[1], gradients[3]));
    }
}

TEST(AddTakenDrop, RefusesARowThatTheTableHasNot)
{
    const auto table = at::ones({3, 4});
    const auto right = at::tensor({0, 2}, at::kLong);
    for (const std::int64_t wrong : {-1, 3}) {
        const auto index = at::tensor({std::int64_t{0}, wrong}, at::kLong);
        EXPECT_THROW(addTakenDrop({table, index}, {table, right}, {}), std::out_of_range);
        EXPECT_THROW(addTakenDrop({table, right}, {table, index}, {}), std::out_of_range);
    }
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

#include "core/eval/evaluator_torch.h"
#include "core/train/run_config.h"
#include "tests/support/support.h"

#include <algorithm>
#include <cmath>

namespace fovea::eval {
namespace {

// The definition, item by item: among those not in the history, ties count half.
double plainRank(
    const float* scores, std::int32_t items, std::int32_t target,
    std::span<const std::int32_t> history)
{
    double rank = 1;
    for (std::int32_t i = 1; i <= items; ++i) {
        if (i == target || std::find(history.begin(), history.end(), i) != history.end())
            continue;
        rank += scores[i] > scores[target] ? 1 : scores[i] == scores[target] ? 0.5 : 0;
    }
    return rank;
}

std::size_t targetOf(std::span<const std::int32_t> items, data::Part part)
{
    return items.size() - (part == data::Part::Test ? 1 : 2);
}

std::unique_ptr<model::Model> modelOf(const data::Dataset& dataset, const char* norm)
{
    train::RunConfig config;
    config.width = 16;
    config.maxLength = 6;
    config.norm = norm;
    return model::makeModel(*train::resolved(config), model::shapeOf(dataset));
}

Result<std::vector<double>> termsOf(
    const model::Model& model, const data::Dataset& dataset, data::Part part)
{
    base::Silent silent;
    return terms(model, {dataset, part, 6, silent, {}, {}});
}

TEST(Terms, AreTheRanksOfEachTargetByTheFullPass)
{
    const auto dataset = test::tinyDataset(4500, 40); // more users than are ranked together
    for (const char* norm : {"pre", "post", "original"}) {
        const auto model = modelOf(*dataset, norm);
        for (const auto part : {data::Part::Valid, data::Part::Test}) {
            const auto ranks = termsOf(*model, *dataset, part);
            ASSERT_TRUE(ranks.ok()) << ranks.error().message();
            const auto users = data::usersWithTarget(*dataset, part);
            ASSERT_EQ(ranks->size(), users.size());
            const data::Batcher batcher(*dataset, 6);
            for (std::size_t u = 0; u < users.size(); u += 97) {
                const at::NoGradGuard noGrad;
                const auto batch = batcher.nextItemHistories(std::span(users).subspan(u, 1), part);
                const model::PackedBatch packed(batch);
                const auto all = model->forward(packed, {});
                const auto scores = at::mv(model->itemVectors(), all[all.size(0) - 1]).contiguous();
                const auto items = dataset->itemsOf(users[u]);
                const auto target = targetOf(items, part);
                EXPECT_EQ(
                    (*ranks)[u],
                    plainRank(
                        scores.data_ptr<float>(), dataset->itemCount(), items[target],
                        items.first(target)))
                    << norm << " user " << u;
            }
        }
    }
}

TEST(Terms, AreTheMiddleWhereAllScoresAreEqual)
{
    const auto dataset = test::tinyDataset();
    const auto model = modelOf(*dataset, "pre");
    {
        const at::NoGradGuard noGrad;
        model->itemVectors().zero_();
    }
    const auto ranks = termsOf(*model, *dataset, data::Part::Test);
    ASSERT_TRUE(ranks.ok());
    const auto users = data::usersWithTarget(*dataset, data::Part::Test);
    for (std::size_t u = 0; u < users.size(); ++u) {
        const auto items = dataset->itemsOf(users[u]);
        auto seen = seenItems(items.first(items.size() - 1));
        seen.erase(std::remove(seen.begin(), seen.end(), items.back()), seen.end());
        const auto others = dataset->itemCount() - static_cast<std::int32_t>(seen.size()) - 1;
        EXPECT_EQ((*ranks)[u], 1 + 0.5 * others);
    }
}

TEST(Terms, EndWithinTheUnitOfWorkInWhichTheyAreStopped)
{
    const auto dataset = test::tinyDataset(300, 5000); // three units of histories, three of items
    const auto model = modelOf(*dataset, "pre");
    base::Silent silent;
    for (int units = 1; units <= 7; ++units) {
        std::stop_source source;
        int begun = 0;
        const auto ranks =
            terms(*model, {*dataset, data::Part::Test, 6, silent, source.get_token(), [&] {
                               if (++begun == units)
                                   source.request_stop();
                           }});
        EXPECT_EQ(ranks.ok(), units == 7);
        EXPECT_EQ(begun, std::min(units, 6));
    }
}

TEST(Terms, SayWhereAScoreIsNotANumber)
{
    const auto dataset = test::tinyDataset();
    const auto model = modelOf(*dataset, "pre");
    {
        const at::NoGradGuard noGrad;
        model->itemVectors()[5][3] = NAN;
    }
    const auto ranks = termsOf(*model, *dataset, data::Part::Test);
    ASSERT_FALSE(ranks.ok());
    EXPECT_THAT(ranks.error().message(), testing::HasSubstr("not numbers"));
}

TEST(PopularityBaseline, RanksByTheCountsOfTheTrainingPart)
{
    const auto dataset = test::tinyDataset();
    std::vector<float> counts(static_cast<std::size_t>(dataset->itemCount()) + 1);
    std::vector<double> ranks;
    const auto users = data::usersWithTarget(*dataset, data::Part::Test);
    for (std::int32_t u = 0; u < dataset->userCount(); ++u) {
        const auto items = dataset->itemsOf({u});
        for (const auto item : items.first(items.size() - 2))
            counts[static_cast<std::size_t>(item)] += 1;
    }
    for (const auto user : users) {
        const auto items = dataset->itemsOf(user);
        ranks.push_back(plainRank(
            counts.data(), dataset->itemCount(), items.back(), items.first(items.size() - 1)));
    }
    EXPECT_EQ(
        popularityBaseline(*dataset, data::Part::Test).values,
        measure(model::Task::NextItem, ranks));
}

} // namespace
} // namespace fovea::eval

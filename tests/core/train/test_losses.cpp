#include "core/train/losses_torch.h"

#include "tests/support/support.h"

#include <array>
#include <cmath>
#include <hwy/targets.h>

namespace fovea::train {
namespace {

struct Fixture {
    std::shared_ptr<const data::Dataset> dataset = test::tinyDataset(8, 20);
    data::Batch batch =
        data::Batcher(*dataset, 50).nextItemTraining(std::vector<UserIndex>{{0}, {3}, {5}});
    model::PackedBatch packed{batch};
    TrainedItems trained{*dataset};
    at::Tensor hidden = at::sin(at::arange(batch.tokens() * 6, at::kDouble))
                            .view({batch.tokens(), 6})
                            .requires_grad_(true);
    at::Tensor table = at::cos(at::arange(21 * 6, at::kDouble)).view({21, 6}).requires_grad_(true);

    at::Tensor loss(
        const char* name, std::int64_t negatives = 1, model::Engine engine = model::Engine::Packed,
        bool touched = false)
    {
        return findLoss(name)->function->mean(
            {hidden, table, packed, {1, 1}, negatives, trained, engine, touched});
    }
};

TEST(CrossEntropy, EqualsThePlainOneInValueAndGradients)
{
    Fixture ours;
    Fixture plain;
    const auto value = ours.loss("ce");
    value.backward();
    const auto logits = at::mm(plain.hidden, plain.table.narrow(0, 1, 20).t());
    const auto expected =
        at::cross_entropy_loss(logits, at::tensor(plain.batch.targets, at::kLong) - 1);
    expected.backward();
    EXPECT_NEAR(value.item<double>(), expected.item<double>(), 1e-12);
    EXPECT_LT((ours.hidden.grad() - plain.hidden.grad()).abs().max().item<double>(), 1e-12);
    EXPECT_LT((ours.table.grad() - plain.table.grad()).abs().max().item<double>(), 1e-12);
    EXPECT_EQ(ours.table.grad()[0].abs().max().item<double>(), 0.0) << "PAD learns nothing";
}

// Tiles of 256 items and chunks of 64 to 288 targets: one, a part of one, several and a rest; with
// scores that have to be shifted (a scale of 30) and without; at a width that the kernels fill up.
TEST(CrossEntropy, EqualsThePlainOneForAnyCatalogue)
{
    const auto dataset = test::tinyDataset(2, 5);
    for (const auto type : {at::kDouble, at::kFloat}) {
        for (const std::int64_t items : {1, 7, 255, 256, 257, 900}) {
            for (const std::int64_t targets : {1, 5, 288, 295}) {
                for (const double scale : {0.3, 30.0}) {
                    data::Batch batch;
                    batch.users = {0};
                    batch.offsets = {0, targets};
                    batch.firsts = {0};
                    batch.items.assign(static_cast<std::size_t>(targets), 1);
                    for (std::int64_t t = 0; t < targets; ++t)
                        batch.targets.push_back(static_cast<std::int32_t>(1 + 17 * t % items));
                    const model::PackedBatch packed(batch);
                    const auto rows = [&](std::int64_t count, double phase) {
                        return (scale * at::sin(phase * at::arange(count * 20, at::kDouble)))
                            .view({count, 20})
                            .to(type);
                    };
                    const auto hidden = rows(targets, 1.0);
                    const auto table = rows(items + 1, 0.7);
                    const auto gradients = [&](model::Engine engine) {
                        const auto own = hidden.detach().clone().requires_grad_(true);
                        const auto all = table.detach().clone().requires_grad_(true);
                        const auto loss = findLoss("ce")->function->mean(
                            {own, all, packed, {1, 1}, 1, TrainedItems(), engine});
                        loss.backward();
                        return std::array{loss.detach(), own.grad(), all.grad()};
                    };
                    const auto ours = gradients(model::Engine::Packed);
                    const auto plain = gradients(model::Engine::Reference);
                    for (std::size_t i = 0; i < ours.size(); ++i) {
                        // Scores of 9,000 are rounded to a thousandth.
                        const auto bound = (type == at::kDouble ? 1e-11
                                                : scale > 1     ? 1e-4
                                                                : 2e-5)
                            * std::max(1.0, plain[i].abs().max().item<double>());
                        EXPECT_LT((ours[i] - plain[i]).abs().max().item<double>(), bound)
                            << i << " of " << items << " items, " << targets << " targets, scale "
                            << scale << (type == at::kFloat ? ", float" : "");
                    }
                }
            }
        }
    }
}

TEST(CrossEntropy, OfNumbersThatAreNoneIsNone)
{
    Fixture f;
    auto hidden = f.hidden.detach().clone();
    hidden[0][0] = std::nan("");
    f.hidden = hidden.requires_grad_(true);
    EXPECT_TRUE(std::isnan(f.loss("ce").item<double>()));
}

// A row that the table has not would be read and written where something else lies.
TEST(Losses, RefuseATargetThatIsNoItem)
{
    for (const char* name : {"ce", "bce"}) {
        for (const std::int32_t target : {0, -1, 21}) {
            Fixture f; // of 20 items
            f.batch.targets.front() = target;
            EXPECT_THROW(f.loss(name), std::out_of_range) << name << " " << target;
        }
    }
}

TEST(BinaryCrossEntropy, StaysFiniteForHugeLogits)
{
    Fixture f;
    f.hidden = (f.hidden.detach() * 1e4).requires_grad_(true);
    EXPECT_TRUE(std::isfinite(f.loss("bce", 3).item<double>()));
}

TEST(BinaryCrossEntropy, OfZeroScoresIsOneLogTwoForTheTargetAndEachNegative)
{
    Fixture f;
    f.hidden = at::zeros_like(f.hidden).requires_grad_(true);
    EXPECT_NEAR(f.loss("bce", 4).item<double>(), 5 * std::log(2.0), 1e-12);
}

// Rows of whole vectors and of parts of them; more negatives than are read at a time.
TEST(BinaryCrossEntropy, EqualsThePlainOneOnAnyProcessor)
{
    // As if the processor had this instruction set only.
    for (auto sets = hwy::SupportedTargets(); sets != 0; sets &= sets - 1) {
        hwy::SetSupportedTargetsForTest(sets & -sets);
        for (const auto type : {at::kDouble, at::kFloat}) {
            for (const std::int64_t width : {6, 32, 37}) {
                for (const std::int64_t negatives : {1, 3, 150}) {
                    const auto gradients = [&](model::Engine engine) {
                        Fixture f;
                        const auto rows = [&](std::int64_t count, double phase) {
                            return at::sin(phase * at::arange(count * width, at::kDouble))
                                .view({count, width})
                                .to(type)
                                .requires_grad_(true);
                        };
                        f.hidden = rows(f.batch.tokens(), 1.0);
                        f.table = rows(21, 0.7);
                        const auto loss = f.loss("bce", negatives, engine);
                        loss.backward();
                        return std::array{loss.detach(), f.hidden.grad(), f.table.grad()};
                    };
                    const auto ours = gradients(model::Engine::Packed);
                    const auto plain = gradients(model::Engine::Reference);
                    for (std::size_t i = 0; i < ours.size(); ++i) {
                        const auto bound = (type == at::kDouble ? 1e-13 : 2e-6)
                            * std::max(1.0, plain[i].abs().max().item<double>());
                        EXPECT_LT((ours[i] - plain[i]).abs().max().item<double>(), bound)
                            << i << " of width " << width << ", " << negatives << " negatives, "
                            << hwy::TargetName(sets & -sets);
                    }
                }
            }
        }
    }
    hwy::SetSupportedTargetsForTest(0);
}

TEST(BinaryCrossEntropy, HasTheSameGradientInTheRowsThatItReadAlone)
{
    for (const auto engine : {model::Engine::Packed, model::Engine::Reference}) {
        Fixture all;
        Fixture touched;
        all.loss("bce", 2, engine).backward();
        touched.loss("bce", 2, engine, true).backward();
        const auto& rows = touched.table.grad();
        ASSERT_TRUE(rows.is_sparse());
        EXPECT_LT((rows.to_dense() - all.table.grad()).abs().max().item<double>(), 1e-15);
        EXPECT_LT((touched.hidden.grad() - all.hidden.grad()).abs().max().item<double>(), 1e-15);
    }
}

// Of rows 0 to n - 1 the weights 0, 1, 2, 0, 1, 2, ...
void weigh(Fixture& f)
{
    for (std::int64_t t = 0; t < f.batch.tokens(); ++t)
        f.batch.weights.push_back(static_cast<float>(t % 3));
}

TEST(Weights, OfTwoAreTwoEventsAndOfNoneNone)
{
    for (const auto engine : {model::Engine::Packed, model::Engine::Reference}) {
        Fixture weighted;
        weigh(weighted);
        const auto value = weighted.loss("ce", 1, engine);
        value.backward();
        Fixture plain;
        std::vector<std::int64_t> rows;
        for (std::int64_t t = 0; t < plain.batch.tokens(); ++t)
            rows.insert(rows.end(), static_cast<std::size_t>(t % 3), t);
        const auto index = at::tensor(rows, at::kLong);
        const auto targets = at::tensor(plain.batch.targets, at::kLong) - 1;
        const auto logits =
            at::mm(plain.hidden.index_select(0, index), plain.table.narrow(0, 1, 20).t());
        const auto expected = at::cross_entropy_loss(logits, targets.index_select(0, index));
        expected.backward();
        EXPECT_NEAR(value.item<double>(), expected.item<double>(), 1e-12);
        EXPECT_LT((weighted.hidden.grad() - plain.hidden.grad()).abs().max().item<double>(), 1e-12);
        EXPECT_LT((weighted.table.grad() - plain.table.grad()).abs().max().item<double>(), 1e-12);
    }
}

TEST(Weights, MeanTheSameToBothEnginesAndNothingWhereAllAreAlike)
{
    for (const auto* loss : {"ce", "bce"}) {
        Fixture packed, plain, alike, none;
        weigh(packed);
        weigh(plain);
        alike.batch.weights.assign(static_cast<std::size_t>(alike.batch.tokens()), 4.0f);
        const auto ours = packed.loss(loss, 2);
        const auto theirs = plain.loss(loss, 2, model::Engine::Reference);
        ours.backward();
        theirs.backward();
        EXPECT_NEAR(ours.item<double>(), theirs.item<double>(), 1e-12);
        EXPECT_LT((packed.hidden.grad() - plain.hidden.grad()).abs().max().item<double>(), 1e-12);
        EXPECT_LT((packed.table.grad() - plain.table.grad()).abs().max().item<double>(), 1e-12);
        EXPECT_NEAR(alike.loss(loss, 2).item<double>(), none.loss(loss, 2).item<double>(), 1e-12);
    }
}

TEST(Weights, OfABatchThatAreAllZeroTeachNothing)
{
    for (const auto engine : {model::Engine::Packed, model::Engine::Reference}) {
        Fixture f;
        f.batch.weights.assign(static_cast<std::size_t>(f.batch.tokens()), 0.0f);
        const auto value = f.loss("ce", 1, engine);
        value.backward();
        EXPECT_EQ(value.item<double>(), 0);
        EXPECT_EQ(f.table.grad().abs().max().item<double>(), 0);
    }
}

TEST(MeanSquaredError, AgreesWithAHandCalculation)
{
    Fixture f;
    const auto truth = at::tensor(f.batch.values, at::kDouble);
    const auto value =
        findLoss("mse")->function->mean({truth + 0.5, f.table, f.packed, {1, 1}, 1, f.trained});
    EXPECT_NEAR(value.item<double>(), 0.25, 1e-12);
    // Only the first event counts.
    auto batch = f.batch;
    batch.weights.assign(batch.values.size(), 0.0f);
    batch.weights.front() = 3;
    const model::PackedBatch packed(batch);
    auto off = at::full_like(truth, 0.5);
    off[0] = 2;
    const auto weighted =
        findLoss("mse")->function->mean({truth + off, f.table, packed, {1, 1}, 1, f.trained});
    EXPECT_NEAR(weighted.item<double>(), 4, 1e-12);
}

} // namespace
} // namespace fovea::train

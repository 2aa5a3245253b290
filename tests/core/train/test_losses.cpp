#include "core/train/losses_torch.h"

#include "tests/support/support.h"

#include <cmath>

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

TEST(MeanSquaredError, AgreesWithAHandCalculation)
{
    Fixture f;
    const auto truth = at::tensor(f.batch.values, at::kDouble);
    const auto value =
        findLoss("mse")->function->mean({truth + 0.5, f.table, f.packed, {1, 1}, 1, f.trained});
    EXPECT_NEAR(value.item<double>(), 0.25, 1e-12);
}

} // namespace
} // namespace fovea::train

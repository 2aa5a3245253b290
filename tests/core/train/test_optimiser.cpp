#include "core/train/optimiser_torch.h"

#include "tests/support/support.h"

#include <cmath>

namespace fovea::train {
namespace {

at::Tensor tableOf(double phase)
{
    return at::sin(phase + at::arange(5 * 3, at::kDouble)).view({5, 3}).detach();
}

at::Tensor rowsOf(const at::Tensor& dense, const std::vector<std::int64_t>& rows)
{
    const auto index = at::tensor(rows, at::kLong);
    return at::sparse_coo_tensor(index.unsqueeze(0), dense.index_select(0, index), dense.sizes());
}

double furthest(const at::Tensor& a, const at::Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

TEST(Optimiser, StepsTouchedRowsAsAdamStepsAll)
{
    auto dense = tableOf(0).requires_grad_(true);
    auto sparse = tableOf(0).requires_grad_(true);
    Optimiser all({dense});
    Optimiser touched({sparse});
    for (int i = 1; i <= 20; ++i) {
        dense.mutable_grad() = tableOf(i);
        sparse.mutable_grad() = rowsOf(tableOf(i), {4, 2, 0, 1, 3});
        const auto norm = all.step(0.01, 0.1, 0.5);
        ASSERT_TRUE(norm.has_value());
        EXPECT_NEAR(touched.step(0.01, 0.1, 0.5).value_or(-1), *norm, 1e-12);
    }
    EXPECT_LT(furthest(sparse, dense), 1e-12);
    EXPECT_LT(furthest(touched.firstMoments()[0], all.firstMoments()[0]), 1e-12);
    EXPECT_LT(furthest(touched.secondMoments()[0], all.secondMoments()[0]), 1e-12);
}

// Without a gradient decay alone moves a parameter: by 1 - 0.1 * 0.5 in a step.
at::Tensor afterAStepOfDecay(const at::Tensor& parameter, Decay decay)
{
    const auto moved = parameter.clone();
    Optimiser({moved}, decay).step(0.1, 0.5, 0);
    return moved;
}

TEST(Optimiser, DecaysMatricesAndTablesAlone)
{
    const auto table = at::full({3, 2}, 4.0, at::kDouble);
    const auto bias = at::full({3}, 4.0, at::kDouble);
    EXPECT_NEAR(afterAStepOfDecay(table, Decay::Weights)[2][1].item<double>(), 3.8, 1e-12);
    EXPECT_EQ(afterAStepOfDecay(bias, Decay::Weights)[2].item<double>(), 4.0);
    EXPECT_NEAR(afterAStepOfDecay(bias, Decay::All)[2].item<double>(), 3.8, 1e-12)
        << "as runs of earlier versions go on";
}

TEST(Optimiser, LeavesRowsThatWereNotTouchedAsTheyAre)
{
    auto table = tableOf(0).requires_grad_(true);
    Optimiser optimiser({table});
    table.mutable_grad() = rowsOf(tableOf(1), {0, 1, 2, 3, 4});
    optimiser.step(0.01, 0.1, 0);
    const auto weights = table.detach().clone();
    const auto first = optimiser.firstMoments()[0].clone();
    const auto second = optimiser.secondMoments()[0].clone();
    table.mutable_grad() = rowsOf(tableOf(2), {3, 1, 3}); // a row twice: its gradients add up
    optimiser.step(0.01, 0.1, 0);
    for (const std::int64_t row : {0, 2, 4}) {
        EXPECT_TRUE(at::equal(table[row], weights[row]));
        EXPECT_TRUE(at::equal(optimiser.firstMoments()[0][row], first[row]));
        EXPECT_TRUE(at::equal(optimiser.secondMoments()[0][row], second[row]));
    }
    // Kingma and Ba 2015, algorithm 1, with decay taken off first.
    const auto g = 2 * tableOf(2)[3];
    const auto m = 0.9 * first[3] + 0.1 * g;
    const auto v = 0.999 * second[3] + 0.001 * g * g;
    const auto expected = weights[3] * (1 - 0.01 * 0.1)
        - 0.01 * (m / (1 - 0.9 * 0.9)) / ((v / (1 - 0.999 * 0.999)).sqrt() + 1e-8);
    EXPECT_LT(furthest(table[3].detach(), expected), 1e-12);
}

// A gradient of floats, all of one value.
at::Tensor gradientOf(float value) { return at::full({5, 3}, value, at::kFloat); }

TEST(Optimiser, ChangesNothingWhereTheNormIsNotFinite)
{
    for (const float value : {INFINITY, NAN}) {
        auto table = gradientOf(1).requires_grad_(true);
        Optimiser optimiser({table});
        table.mutable_grad() = gradientOf(value);
        EXPECT_EQ(optimiser.step(0.01, 0.1, 0.5), std::nullopt);
        EXPECT_TRUE(at::equal(table.detach(), gradientOf(1)));
        EXPECT_EQ(optimiser.steps(), 0);
        EXPECT_TRUE(at::equal(optimiser.firstMoments()[0], gradientOf(0)));
    }
}

// Their squares are no floats: without clipping the second moments would be infinite.
TEST(Optimiser, ClipsGradientsOfAnyFiniteSize)
{
    auto table = gradientOf(1).requires_grad_(true);
    Optimiser optimiser({table});
    table.mutable_grad() = gradientOf(1e30F);
    EXPECT_EQ(optimiser.step(0.01, 0, 0), std::nullopt);
    table.mutable_grad() = gradientOf(1e30F);
    const auto norm = optimiser.step(0.01, 0, 1);
    ASSERT_TRUE(norm.has_value());
    EXPECT_NEAR(*norm / (1e30 * std::sqrt(15.0)), 1, 1e-6);
    // The first step of Adam is as long as the learning rate.
    EXPECT_LT(furthest(table.detach(), gradientOf(0.99F)), 1e-6);
}

} // namespace
} // namespace fovea::train

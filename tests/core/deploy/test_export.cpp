#include "core/deploy/export.h"

#include "core/device/tensor_torch.h"
#include "core/model/model_torch.h"
#include "core/train/training_run.h"
#include "tests/support/support.h"

#include <torch/script.h>

#include <cmath>

namespace fovea::deploy {
namespace {

using test::ScratchFolder;

struct Case {
    std::string model;
    std::string norm;
    std::int64_t layers;
    std::int64_t ffn;
};

class TorchScriptCase : public testing::TestWithParam<Case> { };

at::Tensor padded(const std::vector<std::int32_t>& items, std::int64_t length)
{
    auto out = at::zeros({1, length}, at::kLong);
    for (std::size_t i = 0; i < items.size(); ++i)
        out[0][length - static_cast<std::int64_t>(items.size() - i)] = items[i];
    return out;
}

// 100 histories of length 1 to the maximum, padded on the left by any amount.
TEST_P(TorchScriptCase, ScoresAsTheAppDoesOnAHundredHistories)
{
    const auto [model, norm, layers, ffn] = GetParam();
    const ScratchFolder scratch;
    const auto data = test::tinyDataset();
    train::RunConfig config;
    config.model = model;
    config.norm = norm;
    config.layers = layers;
    config.ffnWidth = ffn;
    config.width = 16;
    config.maxLength = 9;
    config.epochs = 2;
    train::RunRecord record;
    record.config = *train::resolved(config);
    record.dataFingerprint = data->fingerprint();
    auto folder = train::RunFolder::create(scratch / "r", record, *data, false);
    ASSERT_OK(folder);
    {
        auto run = train::TrainingRun::open(folder.take(), data);
        ASSERT_OK(run);
        train::PauseGate gate;
        train::Observer nobody;
        base::Silent silent;
        ASSERT_OK((*run)->run({}, gate, nobody, silent));
    }
    const auto opened = train::RunFolder::open(scratch / "r");
    const auto trained = train::TrainedModel::open(*opened, data);
    ASSERT_OK(trained);
    ASSERT_OK(exportModel(*opened, **trained, *findFormat("torchscript"), scratch / "out", false));
    auto module = torch::jit::load((scratch / "out/model.pt").string());
    const bool ratings = model == "article";
    const at::NoGradGuard noGrad;
    double worst = 0;
    for (int n = 0; n < 100; ++n) {
        base::Stream draw(3, base::Purpose::Sample, {static_cast<std::uint32_t>(n), 0, 0});
        const auto longest = static_cast<std::int64_t>(ratings ? 8 : 9);
        const auto length = n == 0 ? 1
            : n == 1
            ? longest
            : 1 + static_cast<std::int64_t>(draw.below(static_cast<std::uint32_t>(longest)));
        const auto total = length
            + static_cast<std::int64_t>(
                               draw.below(static_cast<std::uint32_t>(longest - length + 1)));
        train::History history;
        for (std::int64_t i = 0; i < length; ++i) {
            history.items.push_back(static_cast<std::int32_t>(1 + draw.below(20)));
            history.values.push_back(static_cast<float>(1 + draw.below(5)));
        }
        const auto expected = (*trained)->scores(history);
        if (ratings) {
            auto given = at::zeros({1, total});
            for (std::int64_t i = 0; i < length; ++i)
                given[0][total - length + i] = history.values[static_cast<std::size_t>(i)];
            const std::int64_t target = 1 + static_cast<std::int64_t>(draw.below(20));
            const auto out =
                module
                    .forward({padded(history.items, total), given, at::tensor({target}, at::kLong)})
                    .toTensor();
            worst = std::max(
                worst,
                std::abs(out[0].item<double>() - expected[static_cast<std::size_t>(target)]));
        } else {
            const auto out = module.forward({padded(history.items, total)}).toTensor();
            EXPECT_EQ(out.sizes(), (std::vector<std::int64_t>{1, 21}));
            EXPECT_TRUE(std::isinf(out[0][0].item<double>()));
            for (std::int64_t i = 1; i <= 20; ++i)
                worst = std::max(
                    worst,
                    std::abs(out[0][i].item<double>() - expected[static_cast<std::size_t>(i)]));
        }
    }
    EXPECT_LT(worst, 1e-5);
}

INSTANTIATE_TEST_SUITE_P(
    Export, TorchScriptCase,
    testing::Values(
        Case{"sasrec", "pre", 2, 16}, Case{"sasrec", "post", 1, 24},
        Case{"sasrec", "original", 2, 16}, Case{"sasrec", "pre", 1, 0},
        Case{"article", "pre", 1, 0}, Case{"article", "post", 2, 16}));

} // namespace
} // namespace fovea::deploy

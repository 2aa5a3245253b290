// Exports are loaded by a process of their own, in C++ and in Python, and must score 100 histories
// as the app does.
#include "core/deploy/export.h"

#include "core/base/random.h"
#include "core/io/json.h"
#include "core/train/training_run.h"
#include "tests/support/support.h"

#include <nlohmann/json.hpp>

namespace fovea::deploy {
namespace {

using test::ScratchFolder;

constexpr std::uint32_t kItems = 20; // of test::tinyDataset
constexpr std::int64_t kMaxLength = 9;

struct Shape {
    std::string model;
    std::string norm;
    std::int64_t layers;
    std::int64_t ffn;
};

train::RunConfig configOf(const Shape& shape)
{
    train::RunConfig config;
    config.model = shape.model;
    config.norm = shape.norm;
    config.layers = shape.layers;
    config.ffnWidth = shape.ffn;
    config.width = 16;
    config.maxLength = kMaxLength;
    config.epochs = 2;
    return *train::resolved(config);
}

// A run of two epochs, open.
std::unique_ptr<train::TrainedModel> train(const Shape& shape, const std::filesystem::path& folder)
{
    const auto data = test::tinyDataset();
    train::RunRecord record;
    record.config = configOf(shape);
    record.dataFingerprint = data->fingerprint();
    auto created = train::RunFolder::create(folder, record, *data, false);
    EXPECT_OK(created);
    {
        auto run = train::TrainingRun::open(created.take(), data);
        EXPECT_OK(run);
        train::PauseGate gate;
        train::Observer nobody;
        base::Silent silent;
        EXPECT_OK((*run)->run({}, gate, nobody, silent));
    }
    auto trained = train::TrainedModel::open(*train::RunFolder::open(folder), data);
    EXPECT_OK(trained);
    return trained.take();
}

// A history of length 1 (the first), of the greatest (the second) or any between, padded by any
// amount, with the app's scores.
io::Json caseOf(const train::TrainedModel& model, std::uint32_t number)
{
    const bool ratings = model.config().model == "article";
    const std::uint32_t longest = kMaxLength - (ratings ? 1 : 0);
    base::Stream draw(3, base::Purpose::Sample, {number, 0, 0});
    const auto length = number == 0 ? 1 : number == 1 ? longest : 1 + draw.below(longest);
    train::History history;
    for (std::uint32_t i = 0; i < length; ++i) {
        history.items.push_back(static_cast<std::int32_t>(1 + draw.below(kItems)));
        history.values.push_back(static_cast<float>(1 + draw.below(5)));
    }
    const auto row = ratings ? static_cast<std::int32_t>(draw.below(31)) : 0; // of users.csv
    const auto scores = model.scores(history, {row - 1});
    io::Json result = {
        {"items", history.items}, {"length", length + draw.below(longest - length + 1)}};
    if (ratings) {
        const auto target = 1 + draw.below(kItems);
        result.update(
            {{"ratings", history.values},
             {"target", target},
             {"user", row},
             {"score", scores[target]}});
    } else {
        result["scores"] = scores; // PAD's -infinity becomes null
    }
    return result;
}

io::Json hundredCases(const train::TrainedModel& model)
{
    io::Json cases = io::Json::array();
    for (std::uint32_t n = 0; n < 100; ++n)
        cases.push_back(caseOf(model, n));
    return cases;
}

class EveryShape : public testing::TestWithParam<std::tuple<Shape, std::string>> {
protected:
    // Trains, exports and has `checker` compare; the largest difference, or what went wrong.
    testing::AssertionResult check(const std::string& checker) const
    {
        const auto& [shape, format] = GetParam();
        const auto model = train(shape, m_scratch / "run");
        EXPECT_OK(io::writeJson(m_scratch / "cases.json", hundredCases(*model)));
        base::Silent silent;
        EXPECT_OK(exportModel(
            *train::RunFolder::open(m_scratch / "run"), *model, *findFormat(format),
            m_scratch / "export", false, silent, {}));
        const auto ran = test::run(
            checker, {(m_scratch / "export").string(), (m_scratch / "cases.json").string()});
        if (ran.exitCode != 0)
            return testing::AssertionFailure() << ran.err;
        const double worst = std::stod(ran.out);
        return (worst <= 1e-5 ? testing::AssertionSuccess() : testing::AssertionFailure())
            << "largest difference " << worst;
    }

    ScratchFolder m_scratch;
};

TEST_P(EveryShape, ScoresAsTheAppDoesInAFreshProcess)
{
    EXPECT_TRUE(check("'" + test::builtProgram("check_export") + "'"));
}

TEST_P(EveryShape, ScoresAsTheAppDoesInPython)
{
    const auto python = test::pythonWithTorch();
    if (!python)
        GTEST_SKIP() << "no Python with torch and safetensors; FOVEA_TEST_PYTHON may name one";
    EXPECT_TRUE(
        check("'" + *python + "' -W ignore '" + test::sourceFile("support/check_export.py") + "'"));
}

INSTANTIATE_TEST_SUITE_P(
    Export, EveryShape,
    testing::Combine(
        testing::Values(
            Shape{"sasrec", "pre", 2, 16}, Shape{"sasrec", "post", 1, 24},
            Shape{"sasrec", "original", 2, 16}, Shape{"sasrec", "pre", 1, 0},
            Shape{"article", "pre", 1, 0}, Shape{"article", "post", 2, 16}),
        testing::Values("torchscript", "safetensors")));

} // namespace
} // namespace fovea::deploy

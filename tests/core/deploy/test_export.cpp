// Exports are loaded by a process of their own, in C++ and in Python, and must score 100 histories
// as the app does.
#include "core/base/random.h"
#include "core/io/json.h"
#include "tests/core/deploy/small_run.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace fovea::deploy {
namespace {

using test::ScratchFolder;
using test::Shape;

constexpr std::uint32_t kItems = 20; // of test::tinyDataset

// A history of length 1 (the first), of the greatest (the second) or any between, for ratings also
// none, padded by any amount, with the app's scores.
io::Json caseOf(const train::TrainedModel& model, std::uint32_t number)
{
    const bool ratings = model.config().model == "article";
    const auto longest = static_cast<std::uint32_t>(model.config().maxLength);
    const std::uint32_t least = ratings ? 0 : 1;
    base::Stream draw(3, base::Purpose::Sample, {number, 0, 0});
    const auto length = number == 0 ? 1
        : number == 1               ? longest
                                    : least + draw.below(longest - least + 1);
    train::History history;
    for (std::uint32_t i = 0; i < length; ++i) {
        history.items.push_back(static_cast<std::int32_t>(1 + draw.below(kItems)));
        history.values.push_back(static_cast<float>(1 + draw.below(5)));
    }
    const auto row = ratings ? static_cast<std::int32_t>(draw.below(31)) : 0; // of users.csv
    const auto scores = model.scores(history, {row - 1});
    const auto padded = std::max(1u, length + draw.below(longest - length + 1));
    io::Json result = {{"items", history.items}, {"length", padded}};
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
        const auto model = test::trained(shape, m_scratch / "run");
        EXPECT_OK(io::writeJson(m_scratch / "cases.json", hundredCases(*model)));
        test::exportTo(m_scratch / "export", *model, m_scratch / "run", format);
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

class EveryShapeInPython : public EveryShape { };

TEST_P(EveryShapeInPython, ScoresAsTheAppDoes)
{
    const auto python = test::pythonWithTorch();
    if (!python)
        GTEST_SKIP() << "no Python with torch and safetensors; ./dev test exports makes one";
    EXPECT_TRUE(
        check("'" + *python + "' -W ignore '" + test::sourceFile("support/check_export.py") + "'"));
}

const auto kShapes = testing::Combine(
    testing::Values(
        Shape{"sasrec", "pre", 2, 16}, Shape{"sasrec", "post", 1, 24},
        Shape{"sasrec", "original", 2, 16}, Shape{"sasrec", "pre", 1, 0},
        Shape{"sasrec", "pre", 2, 16, 1}, Shape{"article", "pre", 1, 0},
        Shape{"article", "post", 2, 16}, Shape{"article", "pre", 1, 0, 1, false},
        Shape{"article", "original", 2, 16, 2}),
    testing::Values("torchscript", "safetensors"));
INSTANTIATE_TEST_SUITE_P(Export, EveryShape, kShapes);
INSTANTIATE_TEST_SUITE_P(ExportInPython, EveryShapeInPython, kShapes);

} // namespace
} // namespace fovea::deploy

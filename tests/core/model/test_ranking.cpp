#include "core/base/random.h"
#include "core/model/kernels/ranking.h"

#include <gtest/gtest.h>
#include <hwy/highway.h>

#include <cmath>
#include <numeric>
#include <vector>

namespace fovea::model::kernels {
namespace {

struct Catalogue {
    std::vector<float> rows;
    std::int64_t items;
    std::int64_t width;

    Catalogue(std::int64_t count, std::int64_t columns, std::uint32_t name)
        : rows(static_cast<std::size_t>((count + 1) * columns))
        , items(count)
        , width(columns)
    {
        base::Stream draw(3, base::Purpose::Initialisation, {name, 0, 0});
        for (auto& x : rows)
            x = static_cast<float>(draw.normal());
    }
    ItemVectors vectors() const { return {rows.data(), items, width}; }
    float* row(std::int64_t item) { return rows.data() + item * width; }
};

std::vector<float> scoresOfAll(const Catalogue& catalogue, const float* state)
{
    std::vector<std::int32_t> all(static_cast<std::size_t>(catalogue.items));
    std::iota(all.begin(), all.end(), 1);
    std::vector<float> out(all.size());
    scoresOf(
        catalogue.vectors(), state, {all, std::vector<std::size_t>{0, all.size()}}, out.data());
    return out;
}

TEST(CountScores, CountsWhatScoresOfGivesToTheBit)
{
    for (auto sets = hwy::SupportedTargets(); sets != 0; sets &= sets - 1) {
        hwy::SetSupportedTargetsForTest(sets & -sets);
        for (const std::int64_t items : {1, 7, 16, 33, 100}) {
            for (const std::int64_t width : {1, 4, 17, 64}) {
                Catalogue catalogue(items, width, 1);
                if (items > 20) // two items alike, so that they tie
                    std::copy_n(catalogue.row(3), width, catalogue.row(items));
                Catalogue states(13, width, 2);
                std::vector<std::vector<float>> scores;
                std::vector<float> own;
                for (std::int64_t s = 0; s < 14; ++s) {
                    scores.push_back(scoresOfAll(catalogue, states.row(s)));
                    own.push_back(scores.back()[items > 20 ? 2 : 0]);
                }
                std::vector<ScoreCounts> counts(14);
                // in two parts, as an evaluation does
                const auto middle = 1 + items / 2;
                countScores(catalogue.vectors(), 1, middle, states.rows.data(), own, counts.data());
                countScores(
                    catalogue.vectors(), middle, items + 1, states.rows.data(), own, counts.data());
                for (std::size_t s = 0; s < 14; ++s) {
                    ScoreCounts expected;
                    double plain = 0;
                    for (std::int64_t k = 0; k < width; ++k)
                        plain += static_cast<double>(catalogue.row(1)[k])
                            * states.row(static_cast<std::int64_t>(s))[k];
                    EXPECT_NEAR(scores[s][0], plain, 1e-4);
                    for (const float x : scores[s]) {
                        expected.greater += x > own[s];
                        expected.equal += x == own[s];
                        expected.less += x < own[s];
                    }
                    EXPECT_EQ(counts[s].greater, expected.greater);
                    EXPECT_EQ(counts[s].equal, expected.equal);
                    EXPECT_EQ(counts[s].less, expected.less);
                    EXPECT_EQ(counts[s].equal, items > 20 ? 2 : 1);
                }
            }
        }
    }
    hwy::SetSupportedTargetsForTest(0);
}

TEST(ScoresOf, TakesAListForEachState)
{
    const Catalogue catalogue(50, 12, 1);
    const Catalogue states(3, 12, 2);
    const std::vector<std::int32_t> items = {7, 50, 3, 1, 2, 3, 4, 5, 6, 7};
    const std::vector<std::size_t> offsets = {0, 3, 3, 4, 10};
    std::vector<float> scores(items.size());
    scoresOf(catalogue.vectors(), states.rows.data(), {items, offsets}, scores.data());
    for (std::size_t s = 0; s < 4; ++s) {
        const auto all = scoresOfAll(catalogue, states.rows.data() + s * 12);
        for (auto i = offsets[s]; i < offsets[s + 1]; ++i)
            EXPECT_EQ(scores[i], all[static_cast<std::size_t>(items[i] - 1)]) << s;
    }
}

TEST(CountScores, DoNotAddUpWhereAScoreIsNotANumber)
{
    Catalogue catalogue(20, 8, 1);
    Catalogue states(0, 8, 2);
    catalogue.row(11)[3] = NAN;
    std::vector<ScoreCounts> counts(1);
    countScores(
        catalogue.vectors(), 1, 21, states.rows.data(), std::vector<float>{0.5f}, counts.data());
    EXPECT_EQ(counts[0].greater + counts[0].equal + counts[0].less, 19);
}

} // namespace
} // namespace fovea::model::kernels

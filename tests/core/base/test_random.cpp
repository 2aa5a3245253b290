#include "core/base/random.h"

#include "tests/support/support.h"

#include <set>

namespace fovea::base {
namespace {

// Known answers of Random123's kat_vectors for philox4x32-10.
TEST(Philox, GivesThePublishedAnswerForZeros)
{
    const auto block = philox({0, 0, 0, 0}, {0, 0});
    EXPECT_THAT(block, testing::ElementsAre(0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u));
}

TEST(Philox, GivesThePublishedAnswerForOnes)
{
    const auto block = philox({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u});
    EXPECT_THAT(block, testing::ElementsAre(0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu));
}

TEST(Stream, DependsOnEveryPartOfItsName)
{
    std::set<std::uint64_t> firsts;
    for (const std::uint64_t seed : {1, 2}) {
        for (const auto purpose : {Purpose::Shuffle, Purpose::Negatives}) {
            for (const std::uint32_t a : {0u, 1u})
                firsts.insert(Stream(seed, purpose, {a, 0, 0}).next64());
        }
    }
    firsts.insert(Stream(1, Purpose::Shuffle, {0, 1, 0}).next64());
    firsts.insert(Stream(1, Purpose::Shuffle, {0, 0, 1}).next64());
    EXPECT_EQ(firsts.size(), 10u);
}

TEST(Stream, HasTheMomentsOfANormal)
{
    Stream draw(3, Purpose::Initialisation);
    double sum = 0;
    double squares = 0;
    constexpr int kDraws = 200'000;
    for (int i = 0; i < kDraws; ++i) {
        const double x = draw.normal();
        sum += x;
        squares += x * x;
    }
    EXPECT_NEAR(sum / kDraws, 0.0, 0.01);
    EXPECT_NEAR(squares / kDraws, 1.0, 0.015);
}

TEST(HashColumn, DropsTheAskedShareInEveryColumnAndRow)
{
    constexpr int kRows = 4000;
    constexpr std::uint32_t kColumns = 64;
    std::vector<int> perColumn(kColumns);
    int pairs = 0;
    const auto threshold = dropThreshold(0.2);
    Stream keys(5, Purpose::HiddenDropout);
    for (int r = 0; r < kRows; ++r) {
        const auto key = keys.next64();
        for (std::uint32_t c = 0; c < kColumns; ++c) {
            const bool dropped = hashColumn(key, c) < threshold;
            perColumn[c] += dropped;
            pairs += dropped && hashColumn(key, (c + 1) % kColumns) < threshold;
        }
    }
    // Five standard deviations of a binomial.
    for (const int count : perColumn)
        EXPECT_NEAR(count, 0.2 * kRows, 5 * 25.3);
    EXPECT_NEAR(pairs, 0.04 * kRows * kColumns, 5 * 100);
}

TEST(Stream, GoesOnBehindNormalDraws)
{
    Stream all(5, Purpose::Initialisation, {9, 0, 0});
    std::vector<double> draws;
    for (int i = 0; i < 10; ++i)
        draws.push_back(all.normal());
    Stream later(5, Purpose::Initialisation, {9, 0, 0});
    later.normal();
    for (const std::size_t first : {4, 0, 7}) {
        later.seekNormal(static_cast<std::uint32_t>(first));
        for (auto i = first; i < draws.size(); ++i)
            EXPECT_EQ(later.normal(), draws[i]);
    }
}

} // namespace
} // namespace fovea::base

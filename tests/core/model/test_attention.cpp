#include "core/model/attention_torch.h"

#include "core/train/losses_torch.h"
#include "tests/support/slope.h"
#include "tests/support/support.h"

#include <hwy/highway.h>

namespace fovea::model {
namespace {

// Sequences of lengths 0, 1, odd and longer.
AttentionCall callOf(std::int64_t heads, double dropout)
{
    AttentionCall call;
    call.heads = heads;
    call.offsets = std::make_shared<const std::vector<std::int64_t>>(
        std::vector<std::int64_t>{0, 1, 1, 8, 20});
    std::vector<std::int32_t> places;
    std::vector<std::uint64_t> keys;
    for (int t = 0; t < 20; ++t) {
        places.push_back(t);
        keys.push_back(
            base::Stream(1, base::Purpose::AttentionDropout, {static_cast<std::uint32_t>(t), 0, 0})
                .next64());
    }
    call.places = std::make_shared<const std::vector<std::int32_t>>(places);
    call.keys = std::make_shared<const std::vector<std::uint64_t>>(keys);
    call.dropout = dropout;
    return call;
}

at::Tensor random(std::int64_t rows, std::int64_t columns, std::uint32_t name)
{
    base::Stream draw(9, base::Purpose::Initialisation, {name, 0, 0});
    auto x = at::empty({rows, columns}, at::kDouble);
    for (std::int64_t i = 0; i < x.numel(); ++i)
        x.data_ptr<double>()[i] = draw.normal();
    return x.requires_grad_(true);
}

struct Case {
    std::int64_t heads;
    std::int64_t head;
    double dropout;
};

class PackedAttentionCase : public testing::TestWithParam<Case> { };

TEST_P(PackedAttentionCase, HasTheValuesAndGradientsOfThePlainPath)
{
    const auto [heads, head, dropout] = GetParam();
    const auto call = callOf(heads, dropout);
    const auto weights = random(20, heads * head, 7).detach();
    std::vector<at::Tensor> results;
    for (const bool packed : {true, false}) {
        const auto q = random(20, heads * head, 1);
        const auto k = random(20, heads * head, 2);
        const auto v = random(20, heads * head, 3);
        const auto out =
            packed ? packedAttention(q, k, v, call) : referenceAttention(q, k, v, call);
        (out * weights).sum().backward();
        for (const auto& x : {out, q.grad(), k.grad(), v.grad()})
            results.push_back(x.detach());
    }
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_LT((results[i] - results[i + 4]).abs().max().item<double>(), 1e-12) << i;
}

INSTANTIATE_TEST_SUITE_P(
    Attention, PackedAttentionCase,
    testing::Values(
        Case{1, 4, 0}, Case{2, 8, 0}, Case{3, 5, 0.3}, Case{4, 16, 0.5}, Case{1, 128, 0.1}));

TEST(PackedAttention, PassesAGradientCheck)
{
    const auto call = callOf(2, 0.25);
    const auto weights = random(20, 6, 7).detach();
    std::vector<at::Tensor> inputs = {random(20, 6, 1), random(20, 6, 2), random(20, 6, 3)};
    const auto value = [&] {
        return (packedAttention(inputs[0], inputs[1], inputs[2], call) * weights).sum();
    };
    value().backward();
    const at::NoGradGuard noGrad;
    for (auto& input : inputs) {
        for (const std::int64_t i : {0, 17, 44, 119}) {
            const double slope =
                test::slopeBy(input.data_ptr<double>()[i], [&] { return value().item<double>(); });
            EXPECT_NEAR(input.grad().data_ptr<double>()[i], slope, 1e-7);
        }
    }
}

// Buckets of the distance, as relative places have.
class Distance final : public kernels::BiasIndex {
public:
    void fill(std::int64_t, std::int64_t i, std::int64_t n, std::int32_t* out) const override
    {
        for (std::int64_t j = 0; j < n; ++j)
            out[j] = static_cast<std::int32_t>(std::min<std::int64_t>(std::abs(i - j), 6));
    }
};

// float and double against the plain path in double; sequences long enough for every path through
// the tiles.
void compareLong(std::int64_t head, bool causal, bool hasBias, double dropout)
{
    SCOPED_TRACE(testing::Message() << "head " << head << (causal ? " causal" : " full"));
    auto call = callOf(2, dropout);
    std::vector<std::int64_t> offsets = {0};
    for (const std::int64_t length : {51, 0, 1, 68, 24, 25, 48, 128, 129, 256, 7})
        offsets.push_back(offsets.back() + length);
    const auto rows = offsets.back();
    call.offsets = std::make_shared<const std::vector<std::int64_t>>(offsets);
    std::vector<std::int32_t> places;
    std::vector<std::uint64_t> keys;
    for (std::uint32_t t = 0; t < rows; ++t) {
        places.push_back(static_cast<std::int32_t>(t));
        keys.push_back(base::Stream(1, base::Purpose::AttentionDropout, {t, 0, 0}).next64());
    }
    call.places = std::make_shared<const std::vector<std::int32_t>>(places);
    call.keys = std::make_shared<const std::vector<std::uint64_t>>(keys);
    call.causal = causal;
    call.biasIndex = std::make_shared<const Distance>();
    const auto width = 2 * head;
    const auto run = [&](bool packed, at::ScalarType type) {
        const auto take = [&](std::int64_t count, std::int64_t columns, std::uint32_t name) {
            return random(count, columns, name).detach().to(type).requires_grad_(true);
        };
        const auto qkv = take(rows, 3 * width, 1); // rows lie apart, as models have them
        auto own = call;
        if (hasBias)
            own.bias = take(2, 7, 2);
        const auto part = [&](std::int64_t i) { return qkv.narrow(1, i * width, width); };
        const auto out = packed ? packedAttention(part(0), part(1), part(2), own)
                                : referenceAttention(part(0), part(1), part(2), own);
        (out * random(rows, width, 7).detach().to(type)).sum().backward();
        return std::vector<at::Tensor>{
            out.detach().to(at::kDouble), qkv.grad().to(at::kDouble),
            hasBias ? own.bias.grad().to(at::kDouble) : at::zeros({1}, at::kDouble)};
    };
    const auto plain = run(false, at::kDouble);
    const auto single = run(true, at::kFloat);
    const auto packed = run(true, at::kDouble);
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const auto scale = std::max(1.0, plain[i].abs().max().item<double>());
        EXPECT_LT((single[i] - plain[i]).abs().max().item<double>(), 5e-6 * scale) << i;
        EXPECT_LT((packed[i] - plain[i]).abs().max().item<double>(), 1e-13 * scale) << i;
    }
}

TEST(PackedAttention, HasTheValuesAndGradientsOfThePlainPathInLongSequences)
{
    for (const std::int64_t head : {4, 7, 16, 31, 32, 64, 128}) {
        compareLong(head, true, false, 0.2);
        compareLong(head, false, false, 0.2);
    }
    compareLong(8, true, true, 0.3);
    compareLong(12, false, true, 0);
}

TEST(PackedAttention, IsTheSameOnOlderProcessors)
{
    // As if the processor had this instruction set only.
    for (auto sets = hwy::SupportedTargets(); sets != 0; sets &= sets - 1) {
        hwy::SetSupportedTargetsForTest(sets & -sets);
        compareLong(32, true, true, 0.2);
        compareLong(5, true, false, 0.2);
    }
    hwy::SetSupportedTargetsForTest(0);
}

TEST(PackedAttention, SeesNothingOfTheFutureOrOfOtherSequences)
{
    const auto call = callOf(2, 0);
    const auto q = random(20, 8, 1).detach();
    const auto k = random(20, 8, 2).detach();
    const auto v = random(20, 8, 3).detach();
    const auto before = packedAttention(q, k, v, call).clone();
    k[12].fill_(100); // position 4 of the last sequence
    v[12].fill_(100);
    const auto after = packedAttention(q, k, v, call);
    EXPECT_TRUE(at::equal(before.narrow(0, 0, 12), after.narrow(0, 0, 12)));
    EXPECT_FALSE(at::equal(before.narrow(0, 12, 8), after.narrow(0, 12, 8)));
}

TEST(ReferenceAttention, GivesRowsThatSumToOne)
{
    auto call = callOf(2, 0);
    call.offsets =
        std::make_shared<const std::vector<std::int64_t>>(std::vector<std::int64_t>{0, 20});
    at::Tensor weights;
    referenceAttention(random(20, 8, 1), random(20, 8, 2), random(20, 8, 3), call, &weights);
    EXPECT_EQ(weights.sizes(), (std::vector<std::int64_t>{2, 20, 20}));
    EXPECT_LT((weights.sum(-1) - 1).abs().max().item<double>(), 1e-12);
    EXPECT_EQ(weights[0][0][0].item<double>(), 1.0);
}

TEST(AttentionOverRows, IsSoftmaxOfQueriesAndRows)
{
    const std::vector<std::int64_t> offsets = {0, 1, 1, 8, 8 + 1024, 1032 + 37}; // one is empty
    const auto sequences = std::ssize(offsets) - 1;
    for (auto sets = hwy::SupportedTargets(); sets != 0; sets &= sets - 1) {
        hwy::SetSupportedTargetsForTest(sets & -sets);
        for (const std::int64_t heads : {1, 2, 7}) {
            for (const std::int64_t width : {4, 17, 64}) {
                const auto q =
                    random(sequences * heads, width, 1).detach().view({sequences, heads, width});
                const auto x = random(offsets.back(), width, 2).detach();
                auto expected = at::zeros_like(q);
                for (std::int64_t s = 0; s < sequences; ++s) {
                    const auto begin = offsets[static_cast<std::size_t>(s)];
                    const auto rows =
                        x.narrow(0, begin, offsets[static_cast<std::size_t>(s) + 1] - begin);
                    if (rows.size(0) > 0)
                        expected[s] = at::mm(at::softmax(at::mm(q[s], rows.t()), 1), rows);
                }
                const auto off = [&](at::ScalarType type) {
                    const auto own = attentionOverRows(q.to(type), x.to(type), offsets);
                    return (own.to(at::kDouble) - expected).abs().max().item<double>();
                };
                EXPECT_LT(off(at::kDouble), 1e-12) << heads << " " << width;
                EXPECT_LT(off(at::kFloat), 2e-5) << heads << " " << width;
            }
        }
    }
    hwy::SetSupportedTargetsForTest(0);
}

// Of many values by the kernels: the share that is dropped, mean and variance of what is left, and
// whether two draws that should know nothing of each other are dropped together.
TEST(Dropout, IsIndependentOfRowsColumnsSitesAndEpochs)
{
    constexpr double kP = 0.3;
    constexpr std::int64_t kColumns = 64;
    const auto dataset = test::tinyDataset(1500, 40);
    const auto batch = data::Batcher(*dataset, 50)
                           .nextItemTraining(data::usersWithTarget(*dataset, data::Part::Train));
    const PackedBatch packed(batch);
    const auto made = [&](std::uint32_t epoch, std::uint32_t site) {
        const auto keys = rowKeys(packed, {1, epoch}, base::Purpose::HiddenDropout);
        return dropout(at::ones({batch.tokens(), kColumns}), kP, keys, site).to(at::kDouble);
    };
    const auto values = made(3, 5);
    const auto count = static_cast<double>(values.numel());
    const double deviation = std::sqrt(kP / (1 - kP)); // of a value that is 1 on average
    EXPECT_NEAR(values.mean().item<double>(), 1, 4 * deviation / std::sqrt(count));
    EXPECT_NEAR(values.var().item<double>(), kP / (1 - kP), 0.01);
    const auto correlation = [&](const at::Tensor& a, const at::Tensor& b) {
        return ((a - 1) * (b - 1)).mean().item<double>() / (deviation * deviation);
    };
    const double chance = 4.5 / std::sqrt(count);
    EXPECT_LT(std::abs(correlation(values, made(4, 5))), chance);
    EXPECT_LT(std::abs(correlation(values, made(3, 6))), chance);
    EXPECT_LT(std::abs(correlation(values, values.roll({1}, {0}))), chance); // rows
    EXPECT_LT(std::abs(correlation(values, values.roll({1}, {1}))), chance); // columns
    EXPECT_LT(std::abs(correlation(values, values.roll({8}, {1}))), chance);
    EXPECT_LT(std::abs(correlation(values, values.roll({1, 1}, {0, 1}))), chance);
}

TEST(Dropout, DropsTheSameValuesHoweverUsersAreBatched)
{
    const auto dataset = test::tinyDataset(6, 20);
    const data::Batcher batcher(*dataset, 50);
    const std::vector<UserIndex> together = {{0}, {1}, {2}};
    const std::vector<UserIndex> alone = {{2}};
    const auto drop = [&](const data::Batch& batch) {
        const PackedBatch packed(batch);
        const auto keys = rowKeys(packed, {1, 3}, base::Purpose::HiddenDropout);
        return dropout(at::ones({batch.tokens(), 32}), 0.4, keys, 5);
    };
    const auto many = batcher.nextItemTraining(together);
    const auto one = batcher.nextItemTraining(alone);
    const auto tail = drop(many).narrow(0, many.offsets[2], one.tokens());
    EXPECT_TRUE(at::equal(tail, drop(one)));
}

} // namespace
} // namespace fovea::model

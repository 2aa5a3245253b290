// Checkpoints and metrics.jsonl, wrong in one place, with checksums that are right: the rules are
// those of docs/file-layouts.md.
#include "core/train/metrics_log.h"
#include "core/train/run_folder.h"
#include "tests/core/train/forged_run.h"

#include <fstream>
#include <limits>

namespace fovea::train {
namespace {

namespace fs = std::filesystem;
using io::Json;
using test::TensorForgery;

constexpr const char* kLast = "checkpoints/last.safetensors";
constexpr const char* kBest = "checkpoints/best.safetensors";
constexpr auto kNan = std::numeric_limits<float>::quiet_NaN();
constexpr auto kInfinity = std::numeric_limits<float>::infinity();

class ForgedCheckpoint : public testing::TestWithParam<Forgery> { };

TEST_P(ForgedCheckpoint, IsRefused) { expectRefused(GetParam()); }

Forgery tensors(
    const std::string& name, const std::string& file, const std::string& what,
    const std::function<void(TensorForgery& forgery)>& change)
{
    return {name, what, [=](const auto& run) {
                TensorForgery forgery(run / file);
                change(forgery);
                forgery.write();
            }};
}

Forgery header(
    const std::string& name, const std::string& what,
    const std::function<void(Json& header)>& change)
{
    return tensors(name, kLast, what, [=](auto& forgery) { change(forgery.header); });
}

// The state of a checkpoint, changed.
Forgery state(
    const std::string& name, const std::string& what, const std::function<void(Json&)>& change)
{
    return header(name, what, [=](Json& header) {
        auto& text = header["__metadata__"]["state"];
        auto json = Json::parse(text.get<std::string>());
        change(json);
        text = json.dump();
    });
}

Forgery field(const std::string& name, const std::string& key, const Json& value)
{
    return state(name, key, [=](Json& json) { json[key] = value; });
}

Forgery number(
    const std::string& name, const std::string& file, const std::string& tensor, float value)
{
    return tensors(
        name, file, tensor, [=](auto& forgery) { forgery.template set<float>(tensor, 3, value); });
}

INSTANTIATE_TEST_SUITE_P(
    State, ForgedCheckpoint,
    testing::Values(
        header("missing", "no state", [](Json& h) { h["__metadata__"].erase("state"); }),
        header("notJson", "not valid JSON", [](Json& h) { h["__metadata__"]["state"] = "{"; }),
        header("list", "not an object", [](Json& h) { h["__metadata__"]["state"] = "[]"; }),
        header("noSchema", "schema", [](Json& h) { h["__metadata__"].erase("schema"); }),
        header("newer", "newer Fovea", [](Json& h) { h["__metadata__"]["schema"] = "2"; }),
        header("schemaZero", "schema", [](Json& h) { h["__metadata__"]["schema"] = "0"; }),
        state("noEpoch", "epoch", [](Json& s) { s.erase("epoch"); }),
        state("noSeconds", "seconds", [](Json& s) { s.erase("seconds"); }),
        state("noMetricsBytes", "metrics_bytes", [](Json& s) { s.erase("metrics_bytes"); }),
        field("epochNegative", "epoch", -1), field("epochFraction", "epoch", 1.5),
        field("epochText", "epoch", "1"), field("epochTrue", "epoch", true),
        field("epochHuge", "epoch", std::int64_t{1} << 60), field("stepNegative", "step", -7),
        field("stepHuge", "step", std::int64_t{1} << 60), field("stepNull", "step", nullptr),
        state("stepsOfNoRun", "step 2 of epoch 2", [](Json& s) { s["step"] = 8; }),
        field("stepInEpochNegative", "step_in_epoch", -1),
        state(
            "stepBeyondTheEpoch", "step 7 of epoch 1",
            [](Json& s) {
                s["epoch"] = s["best_epoch"] = s["epochs_since_best"] = 0;
                s["step_in_epoch"] = 7;
            }),
        state(
            "epochBeyondTheRun", "of epoch 5",
            [](Json& s) {
                s["epoch"] = 4;
                s["step"] = 22;
                s["epochs_since_best"] = 3;
            }),
        field("lossNull", "loss_sum", nullptr), field("lossText", "loss_sum", "1"),
        field("targetsNegative", "loss_targets", -1.0),
        field("sinceBestNegative", "epochs_since_best", -1),
        field("sinceBestTooLong", "epochs_since_best", 1),
        field("metricNull", "best_metric", nullptr), field("bestEpochZero", "best_epoch", 0),
        field("bestEpochLater", "best_epoch", 2),
        field("metricsBytesNegative", "metrics_bytes", -1),
        field("metricsBytesHuge", "metrics_bytes", std::numeric_limits<std::int64_t>::max()),
        field("metricsBytesBeyondAllBits", "metrics_bytes", ~std::uint64_t{0}),
        field("metricsBytesFraction", "metrics_bytes", 10.5),
        field("secondsNegative", "seconds", -1.0), field("secondsHuge", "seconds", 1e300),
        field("updatesNegative", "updates", -1), field("updatesBeyondTheSteps", "updates", 8)),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Tensors, ForgedCheckpoint,
    testing::Values(
        number("weightNan", kLast, "model/final_norm.weight", kNan),
        number("weightInfinite", kLast, "model/final_norm.weight", kInfinity),
        number("firstMomentNan", kLast, "adam_m/final_norm.weight", kNan),
        number("secondMomentInfinite", kLast, "adam_v/final_norm.weight", kInfinity),
        number("secondMomentNegative", kLast, "adam_v/final_norm.weight", -1e-20F),
        number("bestNan", kBest, "model/final_norm.weight", kNan),
        number("bestInfinite", kBest, "model/final_norm.weight", -kInfinity),
        tensors(
            "weightMissing", kLast, "model/final_norm.weight",
            [](auto& f) {
                f.replace("model/final_norm.weight", std::vector<float>());
                f.header.erase("model/final_norm.weight");
            }),
        tensors(
            "momentMissing", kLast, "adam_v/final_norm.weight",
            [](auto& f) {
                f.replace("adam_v/final_norm.weight", std::vector<float>());
                f.header.erase("adam_v/final_norm.weight");
            }),
        tensors(
            "momentsOfAnotherShape", kLast, "adam_m/final_norm.weight",
            [](auto& f) { f.replace("adam_m/final_norm.weight", std::vector<float>(15)); }),
        tensors(
            "weightOfAnotherShape", kLast, "model/final_norm.weight",
            [](auto& f) { f.replace("model/final_norm.weight", std::vector<float>(17)); }),
        header(
            "weightOfTwoDimensions", "model/final_norm.weight",
            [](Json& h) {
                h["model/final_norm.weight"]["shape"] = {4, 4};
            }),
        header(
            "weightOfDoubles", "model/final_norm.weight",
            [](Json& h) {
                h["model/final_norm.weight"]["dtype"] = "F64";
                h["model/final_norm.weight"]["shape"] = {8};
            }),
        tensors(
            "bestWithoutAWeight", kBest, "model/final_norm.weight",
            [](auto& f) {
                f.replace("model/final_norm.weight", std::vector<float>());
                f.header.erase("model/final_norm.weight");
            }),
        header(
            "tensorOfAnotherModel", "model/other",
            [](Json& h) {
                h["model/other"] = {{"dtype", "F32"}, {"shape", {0}}, {"data_offsets", {0, 0}}};
            }),
        tensors(
            "bestOfAnotherModel", kBest, "model/other",
            [](auto& f) {
                f.header["model/other"] = {
                    {"dtype", "F32"}, {"shape", {0}}, {"data_offsets", {0, 0}}};
            }),
        Forgery{
            "bestHasNoMoments", "adam_m",
            [](const auto& run) {
                fs::copy(run / kBest, run / kLast, fs::copy_options::overwrite_existing);
                TensorForgery forgery(run / kLast);
                auto& text = forgery.header["__metadata__"]["state"];
                auto json = Json::parse(text.template get<std::string>());
                json["metrics_bytes"] = 0;
                text = json.dump();
                forgery.write();
            }}),
    nameOf);

// Of the container itself.
Forgery extent(const std::string& name, const Json& shape, const Json& offsets)
{
    return header(name, "extent of 'model/final_norm.weight'", [=](Json& h) {
        h["model/final_norm.weight"]["shape"] = shape;
        h["model/final_norm.weight"]["data_offsets"] = offsets;
    });
}

Forgery bytes(const std::string& name, const std::string& what, const std::string& content)
{
    return {name, what, [=](const auto& run) {
                std::ofstream(run / kLast, std::ios::trunc | std::ios::binary) << content;
            }};
}

INSTANTIATE_TEST_SUITE_P(
    Container, ForgedCheckpoint,
    testing::Values(
        bytes("empty", "ends before its header", ""),
        bytes("lengthHuge", "header does not fit", std::string(8, '\xFF') + "{}"),
        bytes("headerNoJson", "not valid JSON", test::tensorFileOf("tensors", "")),
        bytes("headerList", "", test::tensorFileOf("[[[]]]", "")),
        bytes("headerDeep", "nested", test::tensorFileOf(std::string(1 << 20, '['), "")),
        bytes("withoutChecksum", "no checksum", test::tensorFileOf("{}", "")),
        header(
            "metadataList", "layout",
            [](Json& h) { h["model/final_norm.weight"] = Json::array(); }),
        header("shapeText", "", [](Json& h) { h["model/final_norm.weight"]["shape"] = "16"; }),
        header(
            "typeUnknown", "F31", [](Json& h) { h["model/final_norm.weight"]["dtype"] = "F31"; }),
        extent("shapeNegative", {-16}, {0, 64}), extent("shapeTooLarge", {17}, {0, 64}),
        extent("shapeOverflows", {std::int64_t{1} << 62, 64}, {0, 64}),
        extent("offsetsBackwards", {16}, {64, 0}),
        extent("offsetsBeyondTheFile", {16}, {std::int64_t{1} << 40, (std::int64_t{1} << 40) + 64}),
        extent("offsetNegative", {16}, {-64, 0}), extent("offsetFraction", {16}, {0.5, 64.5}),
        tensors("dataTooLong", kLast, "after the last", [](auto& f) { f.data += "12345678"; }),
        tensors("dataTooShort", kLast, "extent", [](auto& f) { f.data.resize(f.data.size() - 8); }),
        Forgery{
            "headerWithManyKeys", "more than 10000 keys",
            [](const auto& run) {
                std::string keys = "{\"a\":0";
                for (int i = 0; i < 300'000; ++i)
                    keys += ",\"k" + std::to_string(i) + "\":0";
                std::ofstream(run / kLast, std::ios::trunc | std::ios::binary)
                    << test::tensorFileOf(keys + "}", "");
            }},
        Forgery{
            "aTerabyte", "bytes",
            [](const auto& run) { fs::resize_file(run / kLast, std::uintmax_t{1} << 40); }},
        Forgery{
            "bestOfATerabyte", "bytes",
            [](const auto& run) { fs::resize_file(run / kBest, std::uintmax_t{1} << 40); }}),
    nameOf);

class CopiedRun : public testing::Test {
protected:
    CopiedRun() { fs::copy(goodRun(), run, fs::copy_options::recursive); }
    void forgeLast(const std::function<void(TensorForgery&)>& change) const
    {
        TensorForgery forgery(run / kLast);
        change(forgery);
        forgery.write();
    }
    test::ScratchFolder m_scratch;
    fs::path run = m_scratch / "run";
};

TEST_F(CopiedRun, GoesOnFromTheCheckpointBeforeOneThatBreaksARule)
{
    fs::copy(run / kLast, run / "checkpoints/previous.safetensors");
    forgeLast([](auto& f) { f.template set<float>("model/final_norm.weight", 3, kNan); });
    EXPECT_OK(use(run));
    EXPECT_TRUE(fs::exists(run / "checkpoints/damaged.safetensors"));
    EXPECT_EQ(RunFolder::open(run)->record().state, State::Finished);
}

// It is what the curves lose, not the run.
TEST_F(CopiedRun, GoesOnWhereTheCheckpointCountsMoreMetricsThanThereAre)
{
    fs::resize_file(run / "metrics.jsonl", 100); // within a line
    EXPECT_OK(use(run));
    const auto series = readSeries(run / "metrics.jsonl");
    ASSERT_OK(series);
    EXPECT_EQ(series->front().name, "loss");
    EXPECT_EQ(series->front().points.back().first, 15);
}

TEST_F(CopiedRun, KeepsWholeLinesWhereTheCheckpointCutsOne)
{
    forgeLast([](auto& f) {
        auto& text = f.header["__metadata__"]["state"];
        auto json = Json::parse(text.template get<std::string>());
        json["metrics_bytes"] = 100;
        text = json.dump();
    });
    EXPECT_OK(use(run));
    std::ifstream in(run / "metrics.jsonl");
    for (std::string line; std::getline(in, line);)
        EXPECT_TRUE(Json::accept(line)) << line;
}

// Finite weights whose loss is finite, and whose gradient has squares that are no floats.
TEST_F(CopiedRun, StopsAtAGradientThatIsTooLargeBeforeItIsApplied)
{
    const auto first = test::contentOf(run / kBest);
    forgeLast([](auto& f) {
        const auto count = f.bytesOf("model/items.weight").size() / sizeof(float);
        for (std::size_t i = 0; i < count; ++i)
            f.template set<float>("model/items.weight", i, i % 3 == 0 ? 3e18F : -3e18F);
    });
    const auto last = test::contentOf(run / kLast);
    const auto used = use(run);
    ASSERT_FALSE(used.ok());
    EXPECT_THAT(
        used.error().message(),
        testing::AllOf(
            testing::HasSubstr("diverged at step 8 (the gradient is too large or not a number)"),
            testing::HasSubstr("Lower the learning rate or set gradient clipping")));
    EXPECT_EQ(test::contentOf(run / kLast), last);
    EXPECT_EQ(test::contentOf(run / kBest), first);
    EXPECT_EQ(RunFolder::open(run)->record().state, State::Failed);
}

TEST(MetricsLog, LeavesOutWhatIsNoNumber)
{
    const test::ScratchFolder scratch;
    auto log = MetricsLog::open(scratch / "metrics.jsonl", 0);
    ASSERT_OK(log);
    for (const float value : {kNan, kInfinity, -kInfinity, 0.5F})
        log->add({1, 1, 0.1, "loss", value});
    ASSERT_OK(log->flush());
    EXPECT_EQ(
        test::contentOf(scratch / "metrics.jsonl"),
        "{\"step\":1,\"epoch\":1,\"time_s\":0.1000,\"name\":\"loss\",\"value\":0.5}\n");
}

TEST(Series, LeaveOutLinesThatAreNoPoints)
{
    const test::ScratchFolder scratch;
    std::string many = "{\"name\":\"loss\",\"step\":3,\"value\":1";
    for (int i = 0; i < 100'000; ++i)
        many += ",\"k" + std::to_string(i) + "\":0";
    const auto file = scratch.write(
        "metrics.jsonl",
        "{\"step\":1,\"epoch\":1,\"name\":\"loss\",\"value\":0.5}\n"
        "{\"step\":-1,\"name\":\"loss\",\"value\":1}\n"
        "{\"step\":1.5,\"name\":\"loss\",\"value\":1}\n"
        "{\"step\":9223372036854775808,\"name\":\"loss\",\"value\":1}\n"
        "{\"step\":2,\"name\":\"\",\"value\":1}\n"
        "{\"step\":2,\"name\":\"\\u001b[31m\",\"value\":1}\n"
        "{\"step\":2,\"name\":\"loss\",\"value\":null}\n"
        "{\"step\":2,\"name\":\"loss\",\"value\":1e999}\n"
        "{\"step\":2,\"name\":\"loss\",\"value\":\"1\"}\n"
        "[1]\n\nloss\n"
            + many + "}\n"
            + "{\"step\":4,\"name\":\"loss\",\"value\":0.25}\n"
              "{\"step\":3,\"name\":\"loss\",\"value\":1}\n" // back
              "{\"step\":5,\"name\":\"lo");
    const auto series = readSeries(file);
    ASSERT_OK(series);
    ASSERT_EQ(series->size(), 1u);
    EXPECT_THAT(
        series->front().points,
        testing::ElementsAre(testing::Pair(1, 0.5), testing::Pair(4, 0.25)));
}

} // namespace
} // namespace fovea::train

// run.json, wrong in one place: the rules are those of docs/file-layouts.md.
#include "core/train/run_folder.h"
#include "tests/core/train/forged_run.h"

#include <fstream>

namespace fovea::train {
namespace {

namespace fs = std::filesystem;
using io::Json;

class ForgedRecord : public testing::TestWithParam<Forgery> { };

TEST_P(ForgedRecord, IsRefused) { expectRefused(GetParam()); }

constexpr auto kNull = nullptr;
constexpr auto kHuge = std::int64_t{1} << 60;

Forgery without(const std::string& name, const std::string& key)
{
    return {name, key, [=](const auto& run) {
                test::forgeJson(run / "run.json", [&](Json& json) { json.erase(key); });
            }};
}

Forgery setting(const std::string& name, const std::string& key, const Json& value)
{
    return record(name, "/config/" + key, value, key);
}

Forgery change(const std::string& name, const std::string& key, const Json& value)
{
    return record(name, "/changes/1/" + key, value, "changes[1]." + key);
}

// A run.json of these bytes.
Forgery text(const std::string& name, const std::string& what, const std::string& bytes)
{
    return {name, what, [=](const auto& run) {
                std::ofstream(run / "run.json", std::ios::trunc) << bytes;
            }};
}

INSTANTIATE_TEST_SUITE_P(
    Whole, ForgedRecord,
    testing::Values(
        text("nothing", "not valid JSON", ""), text("list", "schema", "[]"),
        text("cutShort", "not valid JSON", "{\"schema\": 1, \"state\""),
        text("numberTooLarge", "too large", R"({"schema": 1, "seconds": 1e999})"),
        text(
            "deep", "nested",
            R"({"schema": 1, "config": {"width": )" + std::string(1'000'000, '[')
                + std::string(1'000'000, ']') + "}}"),
        without("noSchema", "schema"), without("noState", "state"), without("noConfig", "config"),
        without("noData", "data"), without("noDevice", "device"), without("noThreads", "threads"),
        without("noStart", "start"), without("noEnd", "end"), without("noEpochs", "epochs"),
        without("noSeconds", "seconds"), without("noBest", "best"), without("noChanges", "changes"),
        without("noError", "error"), record("schemaZero", "/schema", 0, "schema"),
        record("schemaNewer", "/schema", 2, "newer Fovea"),
        record("schemaText", "/schema", "1", "schema"),
        record("schemaFraction", "/schema", 1.5, "schema"),
        Forgery{
            "manyKeys", "more than 10000 keys",
            [](const auto& run) {
                auto bytes = test::contentOf(run / "run.json");
                std::string more = "{";
                for (int i = 0; i < 300'000; ++i)
                    more += "\"k" + std::to_string(i) + "\": 0, ";
                bytes.replace(bytes.find('{'), 1, more);
                std::ofstream(run / "run.json", std::ios::trunc) << bytes;
            }},
        Forgery{
            "aTerabyte", "larger than",
            [](const auto& run) { fs::resize_file(run / "run.json", std::uintmax_t{1} << 40); }}),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Fields, ForgedRecord,
    testing::Values(
        record("unknownState", "/state", "flying", "'flying' is no value for state"),
        record("stateNumber", "/state", 7, "state"), record("dataText", "/data", "x", "data"),
        record("pathNumber", "/data/path", 7, "data.path"),
        record("pathLong", "/data/path", std::string(5000, 'x'), "data.path"),
        record("pathWithZeroByte", "/data/path", std::string("a\0b", 3), "data.path"),
        record("fingerprintNull", "/data/fingerprint", kNull, "data.fingerprint"),
        record("fingerprintLong", "/data/fingerprint", std::string(65, 'a'), "data.fingerprint"),
        record("deviceEscape", "/device", "\x1b[31m", "device"),
        record("threadsAMillion", "/threads", 1'000'000, "'1000000' is no value for threads"),
        record("threadsNegative", "/threads", -1, "threads"),
        record("threadsFraction", "/threads", 1.5, "threads"),
        record("threadsText", "/threads", "2", "threads"),
        record("threadsBeyondAllBits", "/threads", ~std::uint64_t{0}, "threads"),
        record("startWord", "/start", "yesterday", "start"),
        record("startNumber", "/start", 17, "start"),
        record("endInAnotherForm", "/end", "2026-01-31 12:00:00Z", "end"),
        record("epochsNegative", "/epochs", -1, "epochs"),
        record("epochsBeyondTheConfig", "/epochs", 4, "epochs"),
        record("epochsFraction", "/epochs", 1.5, "epochs"),
        record("epochsTrue", "/epochs", true, "epochs"),
        record("epochsHuge", "/epochs", kHuge, "epochs"),
        record("secondsNegative", "/seconds", -1.0, "seconds"),
        record("secondsHuge", "/seconds", 1e300, "seconds"),
        record("secondsNull", "/seconds", kNull, "seconds"),
        record("bestList", "/best", Json::array(), "best"),
        record("bestBeyondTheEpochs", "/best/epoch", 2, "best.epoch"),
        record("bestNegative", "/best/epoch", -1, "best.epoch"),
        record("bestNone", "/best/epoch", 0, "best.metrics"),
        record("metricsNull", "/best/metrics", kNull, "best.metrics"),
        record("metricsEmpty", "/best/metrics", Json::object(), "best.metrics"),
        record("metricNull", "/best/metrics/ndcg@10", kNull, "best.metrics.ndcg@10"),
        record("metricText", "/best/metrics/ndcg@10", "0.5", "best.metrics.ndcg@10"),
        record("metricWithEscape", "/best/metrics/\x1b[31m", 0.5, "is no name in best.metrics"),
        record("metricLong", "/best/metrics/" + std::string(65, 'x'), 0.5, "best.metrics"),
        record("errorNumber", "/error", 1, "error"),
        record("errorHuge", "/error", std::string(2 << 20, 'x'), "error")),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Changes, ForgedRecord,
    testing::Values(
        record("object", "/changes", Json::object(), "changes"),
        record("ofNumbers", "/changes", Json::array({1, 2}), "changes[0]"),
        record("tooMany", "/changes", Json(std::vector<int>(100'001)), "changes"),
        change("keyOfAnotherParameter", "key", "width"), change("keyUnknown", "key", "speed"),
        change("keyNumber", "key", 1),
        Forgery{
            "stepBack", "changes[1].step",
            [](const auto& run) {
                test::forgeJson(run / "run.json", [](Json& json) {
                    json["changes"][1] = json["changes"][0];
                    json["changes"][1]["step"] = 5;
                });
            }},
        change("stepNegative", "step", -1), change("stepHuge", "step", kHuge),
        change("stepFraction", "step", 6.5), change("valueOutOfRange", "value", 11),
        change("valueZero", "value", 0), change("valueNull", "value", kNull),
        change("valueText", "value", "0.1"),
        record("dropoutOfFive", "/changes/0/value", 5, "changes[0].value"),
        record("dropoutNegative", "/changes/0/value", -0.1, "changes[0].value")),
    nameOf);

INSTANTIATE_TEST_SUITE_P(
    Config, ForgedRecord,
    testing::Values(
        record("null", "/config", kNull, "configuration"),
        record("list", "/config", Json::array(), "configuration"), setting("widthZero", "width", 0),
        setting("widthHuge", "width", 1'000'000'000), setting("widthFraction", "width", 2.5),
        setting("widthWord", "width", "wide"), setting("widthNull", "width", kNull),
        setting("widthList", "width", Json::array({16})),
        setting("widthObject", "width", Json::object()), setting("headsThree", "heads", 3),
        setting("headsZero", "heads", 0), setting("layers", "layers", 65),
        setting("ffnWidth", "ffn_width", -1), setting("maxLength", "max_length", 0),
        setting("dropout", "dropout", 1.5), setting("dropoutNan", "dropout", "nan"),
        setting("attentionDropout", "attention_dropout", -0.1),
        setting("hiddenDropout", "hidden_dropout", 2), setting("decay", "weight_decay", -1),
        setting("rateZero", "learning_rate", 0), setting("rateInfinite", "learning_rate", "inf"),
        setting("batchZero", "batch", 0), setting("batchHuge", "batch", kHuge),
        setting("clip", "clip", -1), setting("warmup", "warmup", -1),
        setting("epochsZero", "epochs", 0), setting("epochsHuge", "epochs", kHuge),
        setting("patience", "patience", -1), setting("seed", "seed", -1),
        setting("threads", "threads", 1'000'000), setting("model", "model", "gpt"),
        setting("lossOfAnotherTask", "loss", "mse"), setting("metricOfAnother", "metric", "rmse"),
        setting("metricUnknown", "metric", "ndcg@7"), setting("device", "device", "cuda"),
        setting("engine", "engine", "fast"), setting("norm", "norm", "none"),
        setting("items", "item_updates", "some"), setting("schedule", "schedule", "step"),
        setting("biases", "biases", 1), setting("unknownKey", "depth", 3),
        record("keyWithEscape", "/config/\x1b[31m", 1, "\\u001b"),
        record("keyOfAMegabyte", "/config/" + std::string(1 << 20, 'k'), 1, "kkk"),
        setting("textOfMegabytes", "norm", std::string(20 << 20, 'x'))),
    nameOf);

TEST(ForgedRun, AsItWasIsAccepted)
{
    const test::ScratchFolder scratch;
    fs::copy(goodRun(), scratch / "run", fs::copy_options::recursive);
    EXPECT_OK(use(scratch / "run"));
}

// A checkpoint cannot hold the model that the configuration describes: it is not made first.
TEST(ForgedRun, ModelOfManyGigabytesIsRefusedBeforeItIsMade)
{
    expectRefused({"", "numbers", [](const auto& run) {
                       test::forgeJson(run / "run.json", [](Json& json) {
                           json["config"]["width"] = 4096;
                           json["config"]["layers"] = 64;
                           json["config"]["ffn_width"] = 65536;
                       });
                   }});
}

} // namespace
} // namespace fovea::train

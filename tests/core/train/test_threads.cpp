// The packed engine's weights, curves and answers are the same bits on any number of threads.
#include "core/device/compute_thread.h"
#include "core/io/safetensors.h"
#include "core/train/metrics_log.h"
#include "core/train/parameters.h"
#include "core/train/trained_model.h"
#include "core/train/training_run.h"
#include "tests/support/support.h"

#include <cctype>
#include <sstream>

namespace fovea::train {
namespace {

// As --set has it, with spaces between.
RunConfig configOf(const std::string& settings)
{
    RunConfig config;
    config.epochs = 2;
    config.patience = 0;
    config.batch = 150; // histories: rows enough for many parts
    config.maxLength = 12;
    config.clip = 0.5;
    std::istringstream words(settings);
    for (std::string word; words >> word;) {
        const auto equals = word.find('=');
        EXPECT_OK(setParameter(config, word.substr(0, equals), word.substr(equals + 1)));
    }
    const auto whole = resolved(config);
    EXPECT_OK(whole);
    return *whole;
}

struct Trained {
    std::string weights; // a checksum, of the optimiser's moments too
    std::vector<std::pair<std::string, std::vector<std::pair<double, double>>>> curves;
    std::vector<float> scores; // of all items, after the first user's history
    bool operator==(const Trained&) const = default;
};

Trained trainedOn(
    int threads, const RunConfig& config, const std::shared_ptr<const data::Dataset>& dataset)
{
    const test::ScratchFolder scratch;
    device::ComputeThread thread(threads);
    Trained result;
    auto done = thread.submit(device::Priority::Training, [&]() -> Status {
        RunRecord record;
        record.config = config;
        record.dataFingerprint = dataset->fingerprint();
        FOVEA_ASSIGN(auto folder, RunFolder::create(scratch / "run", record, *dataset, false));
        FOVEA_ASSIGN(auto run, TrainingRun::open(std::move(folder), dataset));
        base::Silent silent;
        PauseGate gate;
        Observer observer;
        FOVEA_TRY(run->run({}, gate, observer, silent));
        result.scores = run->current()->scores(historyOf(*dataset, {0}), {0});
        return success();
    });
    EXPECT_OK(done.get());
    const auto series = readSeries(scratch / "run" / "metrics.jsonl");
    EXPECT_OK(series);
    for (const auto& curve : *series) {
        if (curve.name != "targets_per_second")
            result.curves.emplace_back(curve.name, curve.points);
    }
    const auto file = io::TensorFile::read(scratch / "run" / "checkpoints" / "last.safetensors");
    EXPECT_OK(file);
    result.weights = file->metadata().at("checksum");
    return result;
}

class AnyNumberOfThreads : public testing::TestWithParam<const char*> { };

TEST_P(AnyNumberOfThreads, GivesTheSameBits)
{
    const auto config = configOf(GetParam());
    const auto dataset = test::tinyDataset(400, 60);
    const auto one = trainedOn(1, config, dataset);
    ASSERT_FALSE(one.curves.empty());
    for (const int threads : {2, 3, 4, 5, 8}) {
        const auto more = trainedOn(threads, config, dataset);
        EXPECT_EQ(more.weights, one.weights) << threads << " threads";
        EXPECT_EQ(more.curves, one.curves) << threads << " threads";
        EXPECT_EQ(more.scores, one.scores) << threads << " threads";
    }
}

// Widths of whole vectors and others, heads that are as wide as a vector and narrower; 320 is wider
// than what is done in one function, and layers one after the other.
INSTANTIATE_TEST_SUITE_P(
    Run, AnyNumberOfThreads,
    testing::Values(
        "width=12 heads=3", "width=18 heads=2 loss=bce", "width=20 heads=5",
        "width=20 heads=5 loss=bce item_updates=touched negatives=3", "width=30 heads=1 norm=post",
        "width=33 heads=3 norm=original", "width=36 heads=4 ffn_width=70", "width=36 ffn_width=0",
        "width=64 heads=2", "width=64 heads=2 loss=bce item_updates=touched",
        "width=320 heads=4 layers=1", "model=article width=20 heads=5",
        "model=article width=33 heads=3 layers=2 ffn_width=40 norm=post", "model=article width=64",
        "model=article width=64 layers=2 ffn_width=64 biases=false"),
    [](const auto& each) {
        std::string name = each.param;
        for (auto& c : name)
            c = std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
        return name;
    });

} // namespace
} // namespace fovea::train

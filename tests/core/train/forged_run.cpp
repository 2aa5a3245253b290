#include "tests/core/train/forged_run.h"

#include "core/device/compute_thread.h"
#include "core/train/training_run.h"

#include <chrono>

namespace fovea::train {

namespace fs = std::filesystem;

namespace {

std::shared_ptr<const data::Dataset> dataset()
{
    static const auto data = test::tinyDataset();
    return data;
}

// Stops before the eighth step.
class Stopper final : public Observer {
public:
    explicit Stopper(std::stop_source source)
        : m_source(std::move(source))
    { }
    void onPoint(const Point& point) override
    {
        if (point.name == "loss" && point.step == 7)
            m_source.request_stop();
    }

private:
    std::stop_source m_source;
};

device::ComputeThread& thread()
{
    static device::ComputeThread instance(1);
    return instance;
}

Status resume(RunFolder folder)
{
    return thread()
        .submit(
            device::Priority::Training,
            [&]() -> Status {
                FOVEA_ASSIGN(auto run, TrainingRun::open(std::move(folder), dataset()));
                std::stop_source source;
                Stopper stopper(source);
                PauseGate gate;
                base::Silent silent;
                FOVEA_TRY(run->run(source.get_token(), gate, stopper, silent));
                return success();
            })
        .get();
}

Status openModel(const RunFolder& folder)
{
    return thread()
        .submit(
            device::Priority::Training,
            [&]() -> Status {
                FOVEA_TRY(TrainedModel::open(folder, dataset()));
                return success();
            })
        .get();
}

} // namespace

const fs::path& goodRun()
{
    static const test::ScratchFolder scratch;
    static const auto path = [] {
        RunRecord record;
        record.config.width = 16;
        record.config.epochs = 3;
        record.config.batch = 7;
        record.config.maxLength = 8;
        record.config.patience = 0;
        record.config = *resolved(record.config);
        record.dataPath = "../../data/tiny";
        record.dataFingerprint = dataset()->fingerprint();
        record.device = "cpu";
        record.threads = 1;
        auto folder = RunFolder::create(scratch / "good", record, *dataset(), false);
        EXPECT_OK(folder);
        EXPECT_OK(resume(folder.take()));
        fs::remove(scratch / "good/checkpoints/previous.safetensors");
        test::forgeJson(scratch / "good/run.json", [](io::Json& json) {
            json["start"] = json["end"] = "2026-01-31T12:00:00Z";
            json["changes"] = {
                {{"step", 6}, {"key", "dropout"}, {"value", 0.2}},
                {{"step", 6}, {"key", "learning_rate"}, {"value", 0.001}}};
        });
        return scratch / "good";
    }();
    return path;
}

Status use(const fs::path& run)
{
    FOVEA_ASSIGN(const auto folder, RunFolder::open(run));
    FOVEA_TRY(openModel(folder));
    FOVEA_ASSIGN(auto again, RunFolder::openForWriting(run));
    return resume(std::move(again));
}

void expectRefused(const Forgery& forgery)
{
    const test::ScratchFolder scratch;
    fs::copy(goodRun(), scratch / "run", fs::copy_options::recursive);
    forgery.make(scratch / "run");
    const auto start = std::chrono::steady_clock::now();
    const auto used = use(scratch / "run");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
    ASSERT_FALSE(used.ok());
    EXPECT_EQ(used.error().kind, ErrorKind::BadInput);
    EXPECT_THAT(used.error().message(), testing::HasSubstr(forgery.what));
    EXPECT_THAT(used.error().where.english(), testing::HasSubstr((scratch / "run").string()));
}

} // namespace fovea::train

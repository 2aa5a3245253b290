// The five equalities: same seed again, paused, watched, stopped and resumed, killed and resumed
// give the same bits; for both models, every norm, at 1 and 2 threads.
#include "core/train/training_run.h"

#include "core/device/compute_thread.h"
#include "core/explain/attention_map.h"
#include "core/io/safetensors.h"
#include "core/train/metrics_log.h"
#include "core/train/parameters.h"
#include "core/train/trained_model.h"
#include "tests/support/support.h"

#include <nlohmann/json.hpp>

#include <atomic>
#include <cmath>
#include <thread>
#include <tuple>

namespace fovea::train {
namespace {

using test::ScratchFolder;

RunConfig configOf(
    const std::string& model, const std::string& loss = "auto", const std::string& norm = "pre")
{
    RunConfig config;
    config.model = model;
    config.width = 16;
    config.epochs = 3;
    config.batch = 7;
    config.maxLength = 8;
    config.patience = 0;
    config.clip = 1.0;
    config.schedule = "cosine";
    config.warmup = 3;
    config.loss = loss;
    config.norm = norm;
    return *resolved(config);
}

RunFolder newFolder(
    const std::filesystem::path& path, const RunConfig& config, const data::Dataset& dataset)
{
    RunRecord record;
    record.config = config;
    record.dataFingerprint = dataset.fingerprint();
    auto folder = RunFolder::create(path, record, dataset, false);
    EXPECT_OK(folder);
    return folder.take();
}

// Everything that must be equal: the loss series and the last weights with the optimiser's moments.
struct Bits {
    std::vector<std::pair<double, double>> losses;
    std::string weights;
    bool operator==(const Bits&) const = default;
};

Bits bitsOf(const std::filesystem::path& run)
{
    Bits bits;
    const auto series = readSeries(run / "metrics.jsonl");
    EXPECT_OK(series);
    for (const auto& s : *series) {
        if (s.name == "loss")
            bits.losses = s.points;
    }
    const auto file = io::TensorFile::read(run / "checkpoints" / "last.safetensors");
    EXPECT_OK(file);
    bits.weights = file->metadata().at("checksum");
    return bits;
}

// Asks for a stop after so many steps.
class Stopper final : public Observer {
public:
    Stopper(std::stop_source source, int steps)
        : m_source(std::move(source))
        , m_left(steps)
    { }
    void onBetweenUnits() override
    {
        if (--m_left == 0)
            m_source.request_stop();
    }

private:
    std::stop_source m_source;
    int m_left;
};

Result<Outcome> go(
    device::ComputeThread& thread, RunFolder folder, std::shared_ptr<const data::Dataset> dataset,
    PauseGate& gate, Observer& observer, std::stop_token stop = {})
{
    return thread
        .submit(
            device::Priority::Training,
            [&]() -> Result<Outcome> {
                FOVEA_ASSIGN(auto run, TrainingRun::open(std::move(folder), dataset));
                base::Silent silent;
                return run->run(stop, gate, observer, silent);
            })
        .get();
}

struct Variant {
    std::string model;
    std::string loss;
    std::string norm;
    std::string itemUpdates = "all";
    int batch = 7; // a fifth of the users, about; rows of one part, or of several
};

// Counts finished steps.
class Counter final : public Observer {
public:
    explicit Counter(std::atomic<int>& steps)
        : m_steps(steps)
    { }
    void onBetweenUnits() override { ++m_steps; }

private:
    std::atomic<int>& m_steps;
};

// Until the run stands at the gate.
void waitAt(const PauseGate& gate)
{
    while (!gate.isWaiting())
        std::this_thread::yield();
}

class Equalities : public testing::TestWithParam<std::tuple<Variant, int>> {
protected:
    Equalities()
        : m_thread(std::get<1>(GetParam()))
    { }
    RunConfig config() const
    {
        const auto& variant = std::get<0>(GetParam());
        auto config = configOf(variant.model, variant.loss, variant.norm);
        config.itemUpdates = variant.itemUpdates;
        config.batch = variant.batch;
        return config;
    }

    Bits straight(const std::string& name)
    {
        PauseGate gate;
        Observer nobody;
        EXPECT_OK(
            go(m_thread, newFolder(m_scratch / name, config(), *m_data), m_data, gate, nobody));
        return bitsOf(m_scratch / name);
    }

    ScratchFolder m_scratch;
    std::shared_ptr<const data::Dataset> m_data =
        test::tinyDataset(std::get<0>(GetParam()).batch * 30 / 7);
    device::ComputeThread m_thread;
};

TEST_P(Equalities, TheSameSeedGivesTheSameBits)
{
    const auto first = straight("a");
    EXPECT_EQ(first.losses.size(), 15u);
    EXPECT_TRUE(first == straight("b"));
}

TEST_P(Equalities, PausingChangesNothing)
{
    const auto expected = straight("a");
    PauseGate gate;
    gate.pause();
    const std::jthread hand([&] {
        for (int i = 0; i < 7; ++i) {
            waitAt(gate);
            gate.allowSteps(1);
        }
        waitAt(gate);
        gate.resume();
    });
    Observer nobody;
    ASSERT_OK(go(m_thread, newFolder(m_scratch / "b", config(), *m_data), m_data, gate, nobody));
    EXPECT_TRUE(expected == bitsOf(m_scratch / "b"));
}

// Looks at the attention and the scores of the model in training, between all steps.
class Watcher final : public Observer {
public:
    explicit Watcher(const TrainingRun& run)
        : m_run(run)
    { }
    void onBetweenUnits() override
    {
        const auto model = m_run.current();
        const auto history = historyOf(model->dataset(), {1});
        explain::attentionMap(*model, history, "");
        model->topK(history, 3);
    }

private:
    const TrainingRun& m_run;
};

TEST_P(Equalities, WatchingChangesNothing)
{
    const auto expected = straight("a");
    auto watched = newFolder(m_scratch / "b", config(), *m_data);
    const auto outcome =
        m_thread
            .submit(
                device::Priority::Training,
                [&]() -> Result<Outcome> {
                    FOVEA_ASSIGN(auto run, TrainingRun::open(std::move(watched), m_data));
                    Watcher watcher(*run);
                    PauseGate gate;
                    base::Silent silent;
                    return run->run({}, gate, watcher, silent);
                })
            .get();
    ASSERT_OK(outcome);
    EXPECT_TRUE(expected == bitsOf(m_scratch / "b"));
}

TEST_P(Equalities, StoppingAndResumingChangesNothing)
{
    const auto expected = straight("a");
    for (const int steps : {1, 7, 10}) {
        const auto path = m_scratch / ("b" + std::to_string(steps));
        std::stop_source source;
        Stopper stopper(source, steps);
        PauseGate gate;
        const auto stopped =
            go(m_thread, newFolder(path, config(), *m_data), m_data, gate, stopper,
               source.get_token());
        ASSERT_OK(stopped);
        ASSERT_EQ(stopped->state, State::Stopping);
        Observer nobody;
        auto again = RunFolder::openForWriting(path);
        ASSERT_OK(again);
        ASSERT_OK(go(m_thread, again.take(), m_data, gate, nobody));
        EXPECT_TRUE(expected == bitsOf(path)) << steps;
    }
}

TEST_P(Equalities, ResumingFromAnEarlierCheckpointChangesNothing)
{
    // What a kill leaves: a checkpoint of an earlier moment and a longer metrics file.
    const auto expected = straight("a");
    const auto path = m_scratch / "b";
    std::stop_source source;
    Stopper stopper(source, 6);
    PauseGate gate;
    ASSERT_OK(go(
        m_thread, newFolder(path, config(), *m_data), m_data, gate, stopper, source.get_token()));
    const auto checkpoint = test::contentOf(path / "checkpoints" / "last.safetensors");
    Observer nobody;
    ASSERT_OK(go(m_thread, RunFolder::openForWriting(path).take(), m_data, gate, nobody));
    m_scratch.write("b/checkpoints/last.safetensors", checkpoint);
    ASSERT_OK(go(m_thread, RunFolder::openForWriting(path).take(), m_data, gate, nobody));
    EXPECT_TRUE(expected == bitsOf(path));
}

INSTANTIATE_TEST_SUITE_P(
    Run, Equalities,
    testing::Combine(
        testing::Values(
            Variant{"sasrec", "ce", "pre"}, Variant{"sasrec", "bce", "pre"},
            Variant{"sasrec", "bce", "pre", "touched"}, Variant{"sasrec", "ce", "post"},
            Variant{"sasrec", "ce", "original"}, Variant{"article", "mse", "pre"},
            Variant{"sasrec", "ce", "pre", "all", 35},
            Variant{"sasrec", "bce", "post", "touched", 35}),
        testing::Values(1, 2)));

class EveryNorm : public testing::TestWithParam<std::string> { };

TEST_P(EveryNorm, LearnsTheRingOfItems)
{
    const ScratchFolder scratch;
    const auto data = test::tinyDataset(200, 20);
    auto config = configOf("sasrec", "ce", GetParam());
    config.epochs = 25;
    config.batch = 32;
    config.learningRate = 5e-3;
    device::ComputeThread thread(1);
    PauseGate gate;
    Observer nobody;
    const auto outcome = go(thread, newFolder(scratch / "r", config, *data), data, gate, nobody);
    ASSERT_OK(outcome);
    // 0.8 of the events step to the next item of the ring.
    EXPECT_GT(outcome->best.metrics.at("hr@1"), 0.65);
}

INSTANTIATE_TEST_SUITE_P(Run, EveryNorm, testing::Values("pre", "post", "original"));

TEST(TrainingRun, StopsWhereItDivergesAndKeepsTheBest)
{
    const ScratchFolder scratch;
    const auto data = test::tinyDataset();
    auto config = configOf("sasrec");
    config.epochs = 1;
    config.schedule = "constant";
    config.clip = 0;
    config.warmup = 0;
    device::ComputeThread thread(1);
    PauseGate gate;
    Observer nobody;
    ASSERT_OK(go(thread, newFolder(scratch / "r", config, *data), data, gate, nobody));
    const auto best = test::contentOf(scratch / "r/checkpoints/best.safetensors");
    auto folder = RunFolder::openForWriting(scratch / "r");
    ASSERT_OK(folder);
    folder->record().config.epochs = 10000;
    folder->record().config.learningRate = 10;
    folder->record().config.weightDecay = 10; // 1 - 10 * 10: grows a hundredfold a step
    const auto outcome = go(thread, folder.take(), data, gate, nobody);
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().kind, ErrorKind::Failed);
    EXPECT_THAT(outcome.error().what.english(), testing::HasSubstr("training diverged at step"));
    EXPECT_THAT(outcome.error().hint.english(), testing::HasSubstr("best checkpoint is kept"));
    EXPECT_EQ(RunFolder::open(scratch / "r")->record().state, State::Failed);
    EXPECT_EQ(best, test::contentOf(scratch / "r/checkpoints/best.safetensors"));
}

// Reads what run.json says while it trains.
class Reader final : public Observer {
public:
    explicit Reader(std::filesystem::path run)
        : m_run(std::move(run))
    { }
    void onBetweenUnits() override { said = RunFolder::open(m_run)->record(); }

    RunRecord said;

private:
    std::filesystem::path m_run;
};

TEST(TrainingRun, ForgetsHowTheSittingBeforeEnded)
{
    const ScratchFolder scratch;
    const auto data = test::tinyDataset();
    {
        auto folder = newFolder(scratch / "r", configOf("sasrec"), *data);
        folder.record().state = State::Failed;
        folder.record().ended = "2026-01-01T00:00:00Z";
        folder.record().error = "the disk is full";
        ASSERT_OK(folder.saveRecord());
    }
    device::ComputeThread thread(1);
    PauseGate gate;
    Reader reader(scratch / "r");
    ASSERT_OK(go(thread, RunFolder::openForWriting(scratch / "r").take(), data, gate, reader));
    EXPECT_EQ(reader.said.state, State::Running);
    EXPECT_EQ(reader.said.ended, "");
    EXPECT_EQ(reader.said.error, "");
    const auto after = RunFolder::open(scratch / "r")->record();
    EXPECT_EQ(after.state, State::Finished);
    EXPECT_NE(after.ended, "");
    EXPECT_EQ(after.error, "");
}

// Asks for a stop between two tiles of the first validation, the last of three epochs' steps done.
TEST(TrainingRun, StopsWhileItValidatesAndGoesOnToTheSameBits)
{
    const ScratchFolder scratch;
    const auto data = test::tinyDataset();
    const auto config = configOf("sasrec");
    device::ComputeThread thread(1);
    PauseGate gate;
    Observer nobody;
    ASSERT_OK(go(thread, newFolder(scratch / "a", config, *data), data, gate, nobody));
    std::stop_source source;
    Stopper stopper(source, 6); // five steps, then the first tile
    const auto stopped = go(
        thread, newFolder(scratch / "b", config, *data), data, gate, stopper, source.get_token());
    ASSERT_OK(stopped);
    ASSERT_EQ(stopped->state, State::Stopping);
    EXPECT_EQ(stopped->epochs, 0);
    ASSERT_OK(go(thread, RunFolder::openForWriting(scratch / "b").take(), data, gate, nobody));
    EXPECT_TRUE(bitsOf(scratch / "a") == bitsOf(scratch / "b"));
}

TEST(TrainingRun, GoesOnWithoutTheCurvesThatWereLost)
{
    const ScratchFolder scratch;
    const auto data = test::tinyDataset();
    device::ComputeThread thread(1);
    PauseGate gate;
    Observer nobody;
    std::stop_source source;
    Stopper stopper(source, 7);
    ASSERT_OK(
        go(thread, newFolder(scratch / "r", configOf("sasrec"), *data), data, gate, stopper,
           source.get_token()));
    std::filesystem::remove(scratch / "r/metrics.jsonl");
    ASSERT_OK(go(thread, RunFolder::openForWriting(scratch / "r").take(), data, gate, nobody));
}

// Submits a look at the model to the thread that trains, as a window does.
TEST(TrainingRun, AnswersALookWhileItIsPaused)
{
    const ScratchFolder scratch;
    const auto data = test::tinyDataset();
    device::ComputeThread thread(1);
    PauseGate gate;
    gate.pause();
    const TrainingRun* running = nullptr;
    class Worker final : public Observer {
    public:
        explicit Worker(device::ComputeThread& t)
            : m_thread(t)
        { }
        void onBetweenUnits() override { m_thread.runWaiting(device::Priority::Training); }

    private:
        device::ComputeThread& m_thread;
    };
    auto folder = newFolder(scratch / "r", configOf("sasrec"), *data);
    auto outcome = thread.submit(device::Priority::Training, [&]() -> Result<Outcome> {
        FOVEA_ASSIGN(auto run, TrainingRun::open(std::move(folder), data));
        running = run.get();
        Worker worker(thread);
        base::Silent silent;
        return run->run({}, gate, worker, silent);
    });
    const auto look = [&] {
        auto map = thread.submit(device::Priority::Interactive, [&] {
            const auto model = running->current();
            explain::attentionMap(*model, historyOf(*data, {1}), "");
            return model->moment().step;
        });
        gate.nudge();
        return map.get();
    };
    waitAt(gate);
    EXPECT_EQ(look(), 0);
    EXPECT_EQ(look(), 0);
    gate.allowSteps(2);
    while (!gate.isWaiting() || look() < 2)
        std::this_thread::yield();
    EXPECT_EQ(look(), 2);
    gate.resume();
    ASSERT_OK(outcome.get());
}

TEST(TrainingRun, RecordsWhatWasChangedWhilePausedAndReplaysIt)
{
    const ScratchFolder scratch;
    const auto data = test::tinyDataset();
    const auto config = configOf("sasrec");
    device::ComputeThread thread(1);
    Observer nobody;
    std::atomic<int> steps = 0;
    Counter counter(steps);
    PauseGate gate;
    gate.pause();
    std::jthread hand([&] {
        waitAt(gate);
        gate.allowSteps(4);
        while (steps < 4)
            std::this_thread::yield();
        waitAt(gate);
        gate.change("learning_rate", 5e-3);
        gate.change("dropout", 0.5);
        gate.resume();
    });
    ASSERT_OK(go(thread, newFolder(scratch / "a", config, *data), data, gate, counter));
    hand.join();
    const auto changed = RunFolder::open(scratch / "a");
    ASSERT_OK(changed);
    ASSERT_EQ(changed->record().changes.size(), 2u);
    EXPECT_EQ(changed->record().changes[0].step, 4);
    RunRecord record;
    record.config = config;
    record.dataFingerprint = data->fingerprint();
    record.changes = changed->record().changes;
    PauseGate open;
    ASSERT_OK(go(
        thread, RunFolder::create(scratch / "b", record, *data, false).take(), data, open, nobody));
    EXPECT_TRUE(bitsOf(scratch / "a") == bitsOf(scratch / "b"));
}

TEST(RunFolder, HasOneWriter)
{
    const ScratchFolder scratch;
    const auto data = test::tinyDataset();
    const auto first = newFolder(scratch / "r", configOf("sasrec"), *data);
    const auto second = RunFolder::openForWriting(scratch / "r");
    ASSERT_FALSE(second.ok());
    EXPECT_THAT(second.error().message(), testing::HasSubstr("another process"));
    EXPECT_OK(RunFolder::open(scratch / "r"));
}

TEST(RunFolder, RefusesACheckpointOfANewerSchema)
{
    const ScratchFolder scratch;
    const auto data = test::tinyDataset();
    device::ComputeThread thread(1);
    PauseGate gate;
    Observer nobody;
    auto folder = newFolder(scratch / "r", configOf("sasrec"), *data);
    ASSERT_OK(io::writeTensors(folder.checkpoint("last"), {}, {{"schema", "2"}, {"state", "{}"}}));
    const auto opened = go(thread, std::move(folder), data, gate, nobody);
    ASSERT_FALSE(opened.ok());
    EXPECT_THAT(opened.error().message(), testing::HasSubstr("newer Fovea"));
}

// A model that is opened draws nothing, so that all of it has to be in the file.
TEST(TrainedModel, RefusesACheckpointWithoutAllOfItsParameters)
{
    const ScratchFolder scratch;
    const auto data = test::tinyDataset();
    device::ComputeThread thread(1);
    PauseGate gate;
    Observer nobody;
    ASSERT_OK(go(thread, newFolder(scratch / "r", configOf("sasrec"), *data), data, gate, nobody));
    const auto best = scratch / "r/checkpoints/best.safetensors";
    const auto whole = io::TensorFile::read(best);
    ASSERT_OK(whole);
    const auto& all = whole->tensors();
    for (std::size_t left = 0; left < all.size(); ++left) {
        for (const bool isGone : {true, false}) {
            auto tensors = all;
            if (isGone)
                tensors.erase(tensors.begin() + static_cast<std::ptrdiff_t>(left));
            else
                tensors[left].shape.push_back(1);
            ASSERT_OK(io::writeTensors(best, tensors, whole->metadata()));
            const auto opened = TrainedModel::open(RunFolder::open(scratch / "r").take(), data);
            ASSERT_FALSE(opened.ok()) << all[left].name;
            EXPECT_THAT(opened.error().message(), testing::HasSubstr(all[left].name));
        }
    }
    ASSERT_OK(io::writeTensors(best, all, whole->metadata()));
    EXPECT_OK(TrainedModel::open(RunFolder::open(scratch / "r").take(), data));
}

TEST(RunFolder, GoesOnFromTheCheckpointBeforeADamagedOne)
{
    const ScratchFolder scratch;
    const auto data = test::tinyDataset();
    device::ComputeThread thread(1);
    PauseGate gate;
    Observer nobody;
    for (const auto* name : {"whole", "r"})
        ASSERT_OK(
            go(thread, newFolder(scratch / name, configOf("sasrec"), *data), data, gate, nobody));
    const auto bytes = test::contentOf(scratch / "r/checkpoints/last.safetensors");
    for (const auto place :
         {bytes.size() / 2, bytes.find("step") + 7, bytes.find("\"checksum") + 1}) {
        auto bad = bytes;
        bad[place] ^= 4;
        scratch.write("r/checkpoints/last.safetensors", bad);
        ASSERT_OK(go(thread, RunFolder::openForWriting(scratch / "r").take(), data, gate, nobody));
        EXPECT_TRUE(bitsOf(scratch / "r") == bitsOf(scratch / "whole")) << place;
    }
    std::filesystem::remove(scratch / "r/checkpoints/last.safetensors"); // killed between two names
    ASSERT_OK(go(thread, RunFolder::openForWriting(scratch / "r").take(), data, gate, nobody));
    EXPECT_TRUE(bitsOf(scratch / "r") == bitsOf(scratch / "whole"));
}

TEST(RunFolder, SavesWithinALongEpochToo)
{
    const ScratchFolder scratch;
    const auto data = test::tinyDataset();
    device::ComputeThread thread(1);
    PauseGate gate;
    auto config = configOf("sasrec");
    config.saveEvery = 1e-6; // after each step
    config.batch = 3;
    struct SaveCounter final : Observer {
        std::filesystem::path file;
        std::filesystem::file_time_type before{};
        int saves = 0;
        void onBetweenUnits() override
        {
            std::error_code code;
            const auto now = std::filesystem::last_write_time(file, code);
            saves += !code && now != before;
            before = now;
        }
    } counter;
    counter.file = scratch / "r/checkpoints/last.safetensors";
    ASSERT_OK(go(thread, newFolder(scratch / "r", config, *data), data, gate, counter));
    EXPECT_GT(counter.saves, 10);
    config.saveEvery = 0;
    Observer nobody;
    ASSERT_OK(go(thread, newFolder(scratch / "plain", config, *data), data, gate, nobody));
    EXPECT_TRUE(bitsOf(scratch / "r").losses == bitsOf(scratch / "plain").losses);
}

TEST(RunFolder, SaysWhatIsWrongWithADamagedCheckpoint)
{
    const ScratchFolder scratch;
    const auto data = test::tinyDataset();
    device::ComputeThread thread(1);
    PauseGate gate;
    Observer nobody;
    ASSERT_OK(go(thread, newFolder(scratch / "r", configOf("sasrec"), *data), data, gate, nobody));
    auto bytes = test::contentOf(scratch / "r/checkpoints/last.safetensors");
    bytes[bytes.size() / 2] ^= 4;
    scratch.write("r/checkpoints/last.safetensors", bytes);
    scratch.write("r/checkpoints/previous.safetensors", bytes);
    const auto resumed =
        go(thread, RunFolder::openForWriting(scratch / "r").take(), data, gate, nobody);
    ASSERT_FALSE(resumed.ok());
    EXPECT_EQ(resumed.error().kind, ErrorKind::BadInput);
    EXPECT_THAT(resumed.error().message(), testing::HasSubstr("checksum"));
}

TEST(Parameters, RefuseUnknownKeysAndValuesAndOfferTheNearest)
{
    RunConfig config;
    EXPECT_THAT(
        setParameter(config, "learing_rate", "1").error().message(),
        testing::HasSubstr("learning_rate"));
    EXPECT_THAT(
        setParameter(config, "model", "sasrek").error().message(), testing::HasSubstr("sasrec"));
    EXPECT_THAT(
        setParameter(config, "dropout", "1.5").error().message(), testing::HasSubstr("0.95"));
    EXPECT_THAT(
        setParameter(config, "dropout", "nan").error().message(), testing::HasSubstr("0.95"));
    EXPECT_FALSE(setParameter(config, "heads", "2.5").ok());
}

TEST(Parameters, SayThatHeadsMustDivideTheWidth)
{
    RunConfig config;
    config.heads = 3;
    EXPECT_THAT(
        resolved(config).error().message(),
        testing::HasSubstr("width 64 is not divisible by 3 heads (try 2 or 4, or width 63/66)"));
    config.width = 32;
    config.heads = 5;
    EXPECT_THAT(
        resolved(config).error().message(), testing::HasSubstr("(try 4 or 8, or width 30/35)"));
    config.width = 2; // nothing above
    config.heads = 4;
    EXPECT_THAT(resolved(config).error().message(), testing::HasSubstr("(try 2, or width 4)"));
    config.width = 4096;
    config.heads = 3;
    EXPECT_THAT(
        resolved(config).error().message(), testing::HasSubstr("(try 2 or 4, or width 4095)"));
}

TEST(Parameters, NameEveryKeyOfWhatDoesNotGoTogether)
{
    RunConfig config;
    config.heads = 3;
    config.loss = "mse";
    config.metric = "rmse";
    const auto found = misfits(config);
    ASSERT_EQ(found.size(), 3u);
    EXPECT_THAT(found[0].keys, testing::ElementsAre("width", "heads"));
    EXPECT_THAT(found[1].keys, testing::ElementsAre("model", "loss"));
    EXPECT_THAT(found[2].keys, testing::ElementsAre("model", "metric"));
    EXPECT_TRUE(misfits({}).empty());
}

TEST(Parameters, ReadBackFromJson)
{
    RunConfig config;
    ASSERT_OK(setParameter(config, "attention_dropout", "0.3"));
    ASSERT_OK(setParameter(config, "norm", "post"));
    const auto back = fromJson(toJson(config), "here");
    ASSERT_OK(back);
    EXPECT_EQ(toJson(*back), toJson(config));
}

// Only one user's events weigh anything: the other batches teach nothing and are passed over.
TEST(Weights, MakeTheLossOfAnEpochAWeightedMean)
{
    const auto plain = test::tinyDataset(21, 30);
    const auto& columns = plain->columns();
    data::Events events;
    events.offsets.assign(columns.offsets.begin(), columns.offsets.end());
    events.items.assign(columns.items.begin(), columns.items.end());
    events.weights.assign(events.items.size(), 0.0f);
    for (auto e = events.offsets[4]; e < events.offsets[5]; ++e)
        events.weights[static_cast<std::size_t>(e)] = 2;
    std::vector<std::string> users;
    std::vector<data::Item> items;
    for (std::int32_t u = 0; u < plain->userCount(); ++u)
        users.emplace_back(plain->userId({u}));
    for (std::int32_t i = 0; i <= plain->itemCount(); ++i)
        items.push_back({std::string(plain->item({i}).id), "", ""});
    const auto dataset = std::make_shared<const data::Dataset>(users, items, events);
    const ScratchFolder scratch;
    auto config = configOf("sasrec");
    device::ComputeThread thread(1);
    PauseGate gate;
    Observer nobody;
    ASSERT_OK(go(thread, newFolder(scratch / "run", config, *dataset), dataset, gate, nobody));
    const auto series = readSeries(scratch / "run" / "metrics.jsonl");
    ASSERT_OK(series);
    std::vector<double> steps, epochs;
    for (const auto& s : *series) {
        for (const auto& [x, value] : s.points) {
            if (s.name == "loss")
                steps.push_back(value);
            if (s.name == "train/loss")
                epochs.push_back(value);
        }
    }
    EXPECT_EQ(steps.size(), 3u); // of nine
    EXPECT_EQ(epochs, steps);
}

} // namespace
} // namespace fovea::train

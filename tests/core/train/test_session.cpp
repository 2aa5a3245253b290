// The session that the window drives, without a window: states, looks, a hundred starts.
#include "core/train/session.h"

#include "core/explain/attention_map.h"
#include "tests/support/full_disk.h"
#include "tests/support/support.h"

#include <condition_variable>

namespace fovea::train {
namespace {

using namespace std::chrono_literals;
using test::ScratchFolder;

// Waits for what the session tells.
class Ear final : public Session::Listener {
public:
    void onState(State state) override
    {
        const std::scoped_lock lock(m_mutex);
        m_states.push_back(state);
        m_heard.notify_all();
    }
    void onEpoch(const EpochReport&) override
    {
        const std::scoped_lock lock(m_mutex);
        ++m_epochs;
    }
    void onEnd(const Result<Outcome>& outcome) override
    {
        const std::scoped_lock lock(m_mutex);
        m_ends.push_back(outcome.ok() ? "ok" : outcome.error().message());
        m_heard.notify_all();
    }

    void onCannotSave(const Error& error, std::int64_t epochs) override
    {
        const std::scoped_lock lock(m_mutex);
        m_unsaved.push_back(epochs);
        m_why = error.message();
        m_heard.notify_all();
    }

    bool waitForUnsaved(std::size_t count)
    {
        std::unique_lock lock(m_mutex);
        return m_heard.wait_for(lock, 60s, [&] { return m_unsaved.size() >= count; });
    }
    std::vector<std::int64_t> unsaved() const // epochs
    {
        const std::scoped_lock lock(m_mutex);
        return m_unsaved;
    }
    bool waitFor(State state)
    {
        std::unique_lock lock(m_mutex);
        return m_heard.wait_for(
            lock, 60s, [&] { return !m_states.empty() && m_states.back() == state; });
    }
    bool waitForEnds(std::size_t count)
    {
        std::unique_lock lock(m_mutex);
        return m_heard.wait_for(lock, 60s, [&] { return m_ends.size() >= count; });
    }
    std::vector<State> states() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_states;
    }
    std::vector<std::string> ends() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_ends;
    }
    int epochs() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_epochs;
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_heard;
    std::vector<State> m_states;
    std::vector<std::string> m_ends;
    std::vector<std::int64_t> m_unsaved;
    std::string m_why;
    int m_epochs = 0;
};

class SessionTest : public testing::Test {
protected:
    RunFolder newRun(const std::string& name, std::int64_t epochs = 1000000)
    {
        RunConfig config;
        config.width = 8;
        config.batch = 10;
        config.maxLength = 8;
        config.epochs = epochs;
        config.patience = 0;
        RunRecord record;
        record.config = *resolved(config);
        record.dataFingerprint = m_data->fingerprint();
        auto folder = RunFolder::create(m_scratch / name, record, *m_data, true);
        EXPECT_OK(folder);
        return folder.take();
    }

    ScratchFolder m_scratch;
    std::shared_ptr<const data::Dataset> m_data = test::tinyDataset();
    device::ComputeThread m_thread{1};
    ModelDesk m_desk{m_thread};
    Ear m_ear;
};

TEST_F(SessionTest, RunsToItsEnd)
{
    Session session(m_desk, m_ear);
    session.begin(newRun("r", 2), m_data);
    ASSERT_TRUE(m_ear.waitForEnds(1));
    EXPECT_THAT(
        m_ear.states(), testing::ElementsAre(State::Preparing, State::Running, State::Finished));
    EXPECT_EQ(m_ear.epochs(), 2);
    EXPECT_EQ(session.place().step, 6);
    EXPECT_EQ(session.place().stepsPerEpoch, 3);
    const auto series = session.takePoints();
    ASSERT_FALSE(series.empty());
    EXPECT_EQ(series.front().name, "loss");
    EXPECT_EQ(series.front().points.size(), 6u);
}

TEST_F(SessionTest, PausesStepsAndResumes)
{
    Session session(m_desk, m_ear);
    session.begin(newRun("r", 100), m_data);
    session.pause();
    ASSERT_TRUE(m_ear.waitFor(State::Paused));
    const auto step = session.place().step;
    session.stepBatch();
    while (session.place().step == step)
        std::this_thread::yield();
    ASSERT_TRUE(m_ear.waitFor(State::Paused));
    EXPECT_EQ(session.place().step, step + 1);
    const auto epochEnd = ((step + 1) / 3 + 1) * 3;
    session.stepEpoch();
    while (session.place().step < epochEnd)
        std::this_thread::yield();
    ASSERT_TRUE(m_ear.waitFor(State::Paused));
    EXPECT_EQ(session.place().step, epochEnd);
    session.change("learning_rate", 0.002);
    session.resume();
    ASSERT_TRUE(m_ear.waitFor(State::Running));
    session.stop();
    ASSERT_TRUE(m_ear.waitForEnds(1));
    const auto run = RunFolder::open(m_scratch / "r");
    ASSERT_OK(run);
    ASSERT_EQ(run->record().changes.size(), 1u);
    EXPECT_EQ(run->record().changes[0].key, "learning_rate");
}

TEST_F(SessionTest, StopsWhilePausedAndGoesOnLater)
{
    Session session(m_desk, m_ear);
    session.begin(newRun("r", 4), m_data);
    session.pause();
    ASSERT_TRUE(m_ear.waitFor(State::Paused));
    session.stop();
    ASSERT_TRUE(m_ear.waitForEnds(1));
    auto again = RunFolder::openForWriting(m_scratch / "r");
    ASSERT_OK(again);
    session.begin(again.take(), m_data);
    ASSERT_TRUE(m_ear.waitForEnds(2));
    EXPECT_EQ(RunFolder::open(m_scratch / "r")->record().state, State::Finished);
}

class UnsavedSession : public SessionTest {
protected:
    // Four epochs, of which the disk has one.
    void trainOnAFullDisk(Session& session, std::int64_t epochs)
    {
        session.begin(newRun("r", epochs), m_data);
        session.pause();
        ASSERT_TRUE(m_ear.waitFor(State::Paused));
        stepEpoch(session, 3);
        m_full = std::make_unique<test::FullDisk>(1000);
        for (std::int64_t step = 6; step <= 12; step += 3)
            stepEpoch(session, step);
    }
    void stepEpoch(Session& session, std::int64_t last)
    {
        session.stepEpoch();
        while (session.place().step < last)
            std::this_thread::yield();
        ASSERT_TRUE(m_ear.waitFor(State::Paused)); // the epoch's end comes after its last step
    }
    std::int64_t epochsOnDisk() const { return RunFolder::open(m_scratch / "r")->record().epochs; }

    std::unique_ptr<test::FullDisk> m_full;
};

TEST_F(UnsavedSession, WaitsInMemoryUntilThereIsSpace)
{
    Session session(m_desk, m_ear);
    trainOnAFullDisk(session, 1000);
    session.stop();
    ASSERT_TRUE(m_ear.waitForUnsaved(1));
    EXPECT_EQ(m_ear.unsaved(), std::vector<std::int64_t>{3});
    EXPECT_EQ(session.state(), State::Paused);
    EXPECT_EQ(epochsOnDisk(), 1);
    m_full.reset();
    session.stop();
    ASSERT_TRUE(m_ear.waitForEnds(1));
    EXPECT_EQ(m_ear.ends().front(), "ok");
    EXPECT_EQ(epochsOnDisk(), 4);
}

TEST_F(UnsavedSession, WaitsTooWhereAllEpochsAreDone)
{
    Session session(m_desk, m_ear);
    trainOnAFullDisk(session, 4);
    session.resume();
    ASSERT_TRUE(m_ear.waitForUnsaved(1));
    m_full.reset();
    session.resume();
    ASSERT_TRUE(m_ear.waitForEnds(1));
    EXPECT_EQ(m_ear.ends().front(), "ok");
    EXPECT_EQ(RunFolder::open(m_scratch / "r")->record().state, State::Finished);
}

TEST_F(UnsavedSession, GoesElsewhereAndAsksAgainWhereThatFails)
{
    Session session(m_desk, m_ear);
    trainOnAFullDisk(session, 1000);
    session.stop();
    ASSERT_TRUE(m_ear.waitForUnsaved(1));
    m_full.reset();
    session.saveElsewhere(m_scratch / "r"); // is there already
    ASSERT_TRUE(m_ear.waitForUnsaved(2));
    session.saveElsewhere(m_scratch / "there");
    ASSERT_TRUE(m_ear.waitForEnds(1));
    EXPECT_EQ(m_ear.ends().front(), "ok");
    const auto moved = RunFolder::open(m_scratch / "there");
    ASSERT_OK(moved);
    EXPECT_EQ(moved->record().epochs, 4);
    EXPECT_EQ(epochsOnDisk(), 1);
}

TEST_F(UnsavedSession, IsDiscardedBackToTheLastCheckpoint)
{
    Session session(m_desk, m_ear);
    trainOnAFullDisk(session, 1000);
    session.stop();
    ASSERT_TRUE(m_ear.waitForUnsaved(1));
    session.discard();
    ASSERT_TRUE(m_ear.waitForEnds(1));
    m_full.reset();
    EXPECT_EQ(epochsOnDisk(), 1);
    auto again = RunFolder::openForWriting(m_scratch / "r");
    ASSERT_OK(again);
    session.begin(again.take(), m_data);
    ASSERT_TRUE(m_ear.waitFor(State::Running));
    EXPECT_EQ(session.place().first, 3);
}

TEST_F(UnsavedSession, EndsWithItsSession)
{
    {
        Session session(m_desk, m_ear);
        trainOnAFullDisk(session, 1000);
        session.stop();
        ASSERT_TRUE(m_ear.waitForUnsaved(1));
    }
    m_full.reset();
    EXPECT_EQ(epochsOnDisk(), 1);
    EXPECT_EQ(RunFolder::open(m_scratch / "r")->record().best.epoch, 1);
}

// What is told at the start counts before the first step, and instead of what an earlier sitting
// was told later on.
TEST_F(SessionTest, GoesOnWithOtherSettingsFromItsFirstStep)
{
    Session session(m_desk, m_ear);
    session.begin(newRun("r", 100), m_data);
    session.pause();
    ASSERT_TRUE(m_ear.waitFor(State::Paused));
    session.stop();
    ASSERT_TRUE(m_ear.waitForEnds(1));
    auto again = RunFolder::openForWriting(m_scratch / "r");
    ASSERT_OK(again);
    const auto step = session.place().step;
    again->record().changes = {{step + 5, "learning_rate", 9}, {step + 5, "dropout", 0.1}};
    ASSERT_OK(again->saveRecord());
    session.begin(again.take(), m_data, {{0, "learning_rate", 0.002}});
    ASSERT_TRUE(m_ear.waitFor(State::Running));
    session.stop();
    ASSERT_TRUE(m_ear.waitForEnds(2));
    const auto changes = RunFolder::open(m_scratch / "r")->record().changes;
    ASSERT_EQ(changes.size(), 2u);
    EXPECT_EQ(changes[0].key, "dropout"); // as it was planned
    EXPECT_EQ(changes[1].key, "learning_rate");
    EXPECT_EQ(changes[1].step, step);
    EXPECT_DOUBLE_EQ(changes[1].value, 0.002);
}

// The step of the model that answers, or what is wrong.
std::future<std::int64_t> stepOf(ModelDesk& desk)
{
    auto answer = std::make_shared<std::promise<std::int64_t>>();
    desk.ask([answer](const Result<const TrainedModel*>& model) {
        if (!model) {
            answer->set_value(-1);
            return;
        }
        explain::attentionMap(**model, historyOf((*model)->dataset(), {1}), "");
        answer->set_value((*model)->moment().step);
    });
    return answer->get_future();
}

TEST_F(SessionTest, TheDeskAnswersBeforeWhileAndAfter)
{
    EXPECT_EQ(stepOf(m_desk).get(), -1);
    Session session(m_desk, m_ear);
    session.begin(newRun("r", 50), m_data);
    session.pause();
    ASSERT_TRUE(m_ear.waitFor(State::Paused));
    EXPECT_EQ(stepOf(m_desk).get(), session.place().step);
    session.resume();
    ASSERT_TRUE(m_ear.waitForEnds(1));
    m_desk.open(m_scratch / "r", m_data);
    EXPECT_GT(stepOf(m_desk).get(), 0);
    m_desk.close();
    EXPECT_EQ(stepOf(m_desk).get(), -1);
}

TEST_F(SessionTest, AHundredStartsPausesAndStops)
{
    Session session(m_desk, m_ear);
    for (std::size_t i = 0; i < 100; ++i) {
        session.begin(newRun("r"), m_data);
        if (i % 3 == 1)
            session.pause();
        if (i % 3 == 2) {
            session.pause();
            session.stepBatch();
            session.resume();
        }
        auto step = stepOf(m_desk);
        session.stop();
        step.wait();
        ASSERT_TRUE(m_ear.waitForEnds(i + 1));
        ASSERT_EQ(session.state(), State::Finished);
        ASSERT_EQ(m_ear.states().back(), State::Finished); // heard in the order of their coming
        session.takePoints();
    }
    EXPECT_THAT(m_ear.ends(), testing::Each("ok"));
}

TEST_F(SessionTest, SaysWhatFailed)
{
    Session session(m_desk, m_ear);
    auto run = newRun("r");
    m_scratch.write("r/checkpoints/last.safetensors", "nonsense");
    session.begin(std::move(run), m_data);
    ASSERT_TRUE(m_ear.waitForEnds(1));
    EXPECT_EQ(session.state(), State::Failed);
    EXPECT_THAT(m_ear.ends()[0], testing::HasSubstr("last.safetensors"));
}

TEST(SessionState, IgnoresWhatDoesNotApply)
{
    EXPECT_EQ(after(State::Idle, Event::Stop), State::Idle);
    EXPECT_EQ(after(State::Stopping, Event::Hold), State::Stopping);
    EXPECT_EQ(after(State::Running, Event::Begin), State::Running);
    EXPECT_EQ(after(State::Finished, Event::Begin), State::Preparing);
}

TEST(PointBuffer, KeepsTheExtremesWhenNobodyTakes)
{
    PointBuffer buffer(8);
    for (int step = 0; step < 1000; ++step)
        buffer.add({step, 1, 0.0, "loss", step == 500 ? 99.0 : step == 600 ? -99.0 : 1.0});
    const auto series = buffer.take();
    ASSERT_EQ(series.size(), 1u);
    const auto& points = series[0].points;
    EXPECT_LE(points.size(), 8u);
    EXPECT_TRUE(std::is_sorted(points.begin(), points.end()));
    const auto has = [&](double step, double value) {
        return std::find(points.begin(), points.end(), std::pair(step, value)) != points.end();
    };
    EXPECT_TRUE(has(500, 99));
    EXPECT_TRUE(has(600, -99));
    EXPECT_TRUE(buffer.take().empty());
}

} // namespace
} // namespace fovea::train

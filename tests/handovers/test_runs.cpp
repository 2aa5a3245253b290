// A run that the compute thread trains, as the window drives it, follows it and asks its model.
#include "app/gui/run_follower.h"
#include "tests/gui/wait.h"
#include "tests/support/support.h"
#include "widgets/parts/ask.h"
#include "widgets/plot/curve_plot.h"

#include <QAction>

#include <nlohmann/json.hpp>

namespace fovea::gui {
namespace {

using test::waitUntil;
using train::State;

class TrainingSessionTest : public testing::Test {
protected:
    TrainingSessionTest()
    {
        using widgets::TrainingSession;
        QObject::connect(&m_session, &TrainingSession::stateChanged, [this](State state) {
            m_states.push_back(state);
        });
        QObject::connect(
            &m_session, &TrainingSession::ended, [this](const train::Outcome&) { ++m_ends; });
        QObject::connect(&m_session, &TrainingSession::failed, [](const Error& error) {
            ADD_FAILURE() << error.message();
        });
    }
    void begin(int number)
    {
        train::RunConfig config;
        config.width = 8;
        config.batch = 10;
        config.maxLength = 8;
        config.epochs = 1'000'000;
        config.patience = 0;
        train::RunRecord record;
        record.config = *train::resolved(config);
        record.dataFingerprint = m_data->fingerprint();
        const auto name = "run" + std::to_string(number);
        auto folder = train::RunFolder::create(m_scratch / name, record, *m_data, true);
        ASSERT_OK(folder);
        m_states.clear();
        m_session.begin(folder.take(), m_data);
    }
    bool waitFor(State state)
    {
        return waitUntil([&] { return m_session.state() == state; });
    }
    bool waitForEnds(int count)
    {
        return waitUntil([&] { return m_ends == count; });
    }

    test::ScratchFolder m_scratch;
    std::shared_ptr<const data::Dataset> m_data = test::tinyDataset();
    device::ComputeThread m_thread{1};
    train::ModelDesk m_desk{m_thread};
    widgets::TrainingSession m_session{m_desk};
    std::vector<State> m_states; // of the last run
    int m_ends = 0;
};

TEST_F(TrainingSessionTest, StartsPausesResumesAndStopsAHundredTimes)
{
    for (int i = 0; i < 100; ++i) {
        begin(i);
        m_session.pauseTraining();
        ASSERT_TRUE(waitFor(State::Paused));
        m_session.changeSetting("learning_rate", 0.002);
        m_session.resumeTraining();
        ASSERT_TRUE(waitFor(State::Running));
        m_session.takePoints();
        m_session.stopTraining();
        ASSERT_TRUE(waitForEnds(i + 1));
        ASSERT_EQ(m_states.front(), State::Preparing);
        ASSERT_EQ(m_states.back(), State::Finished);
    }
}

TEST_F(TrainingSessionTest, AnswersThoseAskersThatAreStillThere)
{
    begin(0);
    ASSERT_TRUE(waitFor(State::Running));
    int answers = 0;
    std::int64_t last = -1;
    QObject stays;
    for (int i = 0; i < 100; ++i) {
        auto goes = std::make_unique<QObject>();
        auto* asker = i % 2 == 0 ? &stays : goes.get();
        widgets::ask<std::int64_t>(
            m_desk, asker,
            [](const train::TrainedModel& model) -> Result<std::int64_t> {
                return model.moment().step;
            },
            [&, i](const Result<std::int64_t>& step) {
                EXPECT_EQ(i % 2, 0) << "of an asker that is gone";
                EXPECT_GE(*step, last);
                last = *step;
                ++answers;
            });
        if (i % 10 == 0)
            waitUntil([] { return false; }, 1);
    }
    EXPECT_TRUE(waitUntil([&] { return answers == 50; }));
    m_session.stopTraining();
    EXPECT_TRUE(waitForEnds(1));
}

TEST_F(TrainingSessionTest, MayGoWhileItTrains)
{
    train::ModelDesk desk(m_thread);
    {
        widgets::TrainingSession session(desk);
        QObject::connect(&session, &widgets::TrainingSession::ended, [this] { ++m_ends; });
        auto record = train::RunRecord();
        record.config.width = 8;
        record.config = *train::resolved(record.config);
        record.dataFingerprint = m_data->fingerprint();
        auto folder = train::RunFolder::create(m_scratch / "short", record, *m_data, true);
        ASSERT_OK(folder);
        session.begin(folder.take(), m_data);
        ASSERT_TRUE(waitUntil([&] { return session.state() == State::Running; }));
    }
    waitUntil([] { return false; }, 20);
    EXPECT_EQ(m_ends, 0);
}

class RunFollowerTest : public testing::Test {
protected:
    void SetUp() override
    {
        m_bench.setAside([this](const QString& what, const widgets::AsideWork& work) {
            return widgets::doAside(&m_page, what, work);
        });
        const auto data = m_scratch / "data";
        std::filesystem::create_directory(data);
        base::Silent silent;
        ASSERT_OK(test::tinyDataset()->save(data, io::Json::object(), silent, {}));
        ASSERT_OK(m_bench.openWorkspace(m_scratch / "work"));
        ASSERT_OK(m_bench.openDataset(data));
        auto& document = m_bench.document();
        ASSERT_TRUE(document.set("width", QStringLiteral("8")));
        ASSERT_TRUE(document.set("batch", QStringLiteral("10")));
        ASSERT_TRUE(document.set("max_length", QStringLiteral("8")));
        ASSERT_TRUE(document.set("patience", QStringLiteral("0")));
        m_map.setDataset(m_bench.dataset());
        m_map.addViewer(&m_page);
        QObject::connect(
            &m_follower, &RunFollower::runShown, &m_map, &widgets::MapSource::setModelAtHand);
        m_page.show();
        m_map.setUser(UserIndex{3});
    }
    bool waitFor(State state)
    {
        return waitUntil([&] { return m_bench.session().state() == state; });
    }
    std::size_t shownLosses() const
    {
        const auto lines = m_page.lossPlot().lines();
        return lines.empty() ? 0 : lines.front().points.size();
    }

    test::ScratchFolder m_scratch;
    Workbench m_bench{1};
    std::array<QAction, 9> m_actions;
    widgets::TrainPage m_page{
        m_bench.document(),
        {&m_actions[0], &m_actions[1], &m_actions[2], &m_actions[3], &m_actions[4], &m_actions[5],
         &m_actions[6], &m_actions[7], &m_actions[8]}};
    widgets::MapSource m_map{m_bench.desk()};
    RunFollower m_follower{m_bench, m_page, m_map};
};

// 30 users in batches of 10.
TEST_F(RunFollowerTest, ShowsEveryStepOfARunAndItsMap)
{
    ASSERT_TRUE(m_bench.document().set("epochs", QStringLiteral("20")));
    ASSERT_OK(m_bench.train());
    EXPECT_TRUE(waitUntil([&] { return m_follower.isFinished() && m_map.map() != nullptr; }));
    EXPECT_EQ(shownLosses(), 60u);
    EXPECT_EQ(m_map.mapUser(), QStringLiteral("u3"));
}

TEST_F(RunFollowerTest, TellsTheRunWhatIsChangedInAPause)
{
    ASSERT_TRUE(m_bench.document().set("epochs", QStringLiteral("99999")));
    ASSERT_OK(m_bench.train());
    ASSERT_TRUE(waitFor(State::Running));
    m_bench.session().pauseTraining();
    ASSERT_TRUE(waitFor(State::Paused));
    ASSERT_TRUE(m_bench.document().set("dropout", QStringLiteral("0.35")));
    m_bench.session().resumeTraining();
    ASSERT_TRUE(waitUntil([&] { return m_map.map() != nullptr && shownLosses() > 0; }));
    m_bench.session().stopTraining();
    ASSERT_TRUE(waitUntil([&] { return m_follower.canGoOn(); }));
    const auto run = train::RunFolder::open(m_bench.run());
    ASSERT_OK(run);
    ASSERT_EQ(run->record().changes.size(), 1u);
    EXPECT_EQ(run->record().changes[0].value, 0.35);
}

// Costs are worked out and maps are asked for while all of it goes.
TEST_F(RunFollowerTest, MayGoWhileARunTrains)
{
    for (int i = 0; i < 3; ++i) {
        const auto page = std::make_unique<QWidget>();
        widgets::MapSource map(m_bench.desk());
        map.setDataset(m_bench.dataset());
        map.addViewer(page.get());
        const RunFollower follower(m_bench, m_page, map);
        QObject::connect(
            &follower, &RunFollower::runShown, &map, &widgets::MapSource::setModelAtHand);
        page->show();
        map.setUser(UserIndex{3});
        ASSERT_OK(m_bench.train());
        ASSERT_TRUE(waitFor(State::Running));
        map.refresh();
        m_bench.session().stopTraining();
        ASSERT_TRUE(waitFor(State::Finished));
        map.refresh();
    }
}

} // namespace
} // namespace fovea::gui

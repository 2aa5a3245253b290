// Imports in a thread of their own, and lines of the log from any.
#include "app/gui/log_view.h"
#include "core/base/log.h"
#include "tests/gui/wait.h"
#include "tests/support/support.h"
#include "widgets/data/import_job.h"

#include <thread>

namespace fovea::widgets {
namespace {

using test::waitUntil;

class ImportJobTest : public testing::Test {
protected:
    ImportJobTest()
    {
        std::string text = "user,item,time\n";
        for (int i = 0; i < 3000; ++i)
            text += "u" + std::to_string(i % 300) + ",i" + std::to_string(i % 7) + ","
                + std::to_string(1000 + i) + "\n";
        m_options.file = m_scratch.write("events.csv", text);
        m_options.threads = 2;
    }
    void listen(ImportJob& job)
    {
        QObject::connect(&job, &ImportJob::finished, [this](const auto& imported) {
            m_users.push_back(imported->dataset->userCount());
        });
        QObject::connect(
            &job, &ImportJob::failed, [this](const Error& error) { m_errors.push_back(error); });
    }

    test::ScratchFolder m_scratch;
    data::ImportOptions m_options;
    std::vector<int> m_users; // of each import that has finished
    std::vector<Error> m_errors;
};

TEST_F(ImportJobTest, TellsProgressAndTheEnd)
{
    ImportJob job;
    listen(job);
    job.start(m_options);
    EXPECT_TRUE(waitUntil([&] { return job.progress()->done() >= 0 && !job.isRunning(); }));
    EXPECT_THAT(m_users, testing::ElementsAre(300));
    EXPECT_TRUE(m_errors.empty());
}

TEST_F(ImportJobTest, TellsWhyItFailed)
{
    ImportJob job;
    listen(job);
    m_options.file = m_scratch / "nowhere.csv";
    job.start(m_options);
    EXPECT_TRUE(waitUntil([&] { return !job.isRunning(); }));
    EXPECT_EQ(m_errors.size(), 1u);
}

TEST_F(ImportJobTest, TellsNothingOfWhatWasCancelled)
{
    ImportJob job;
    listen(job);
    for (int i = 0; i < 10; ++i) {
        job.start(m_options);
        waitUntil([] { return false; }, i);
        job.cancel();
    }
    const auto before = m_users.size(); // some were quicker
    job.start(m_options);
    EXPECT_TRUE(waitUntil([&] { return !job.isRunning(); }));
    EXPECT_EQ(m_users.size(), before + 1);
    EXPECT_TRUE(m_errors.empty());
}

TEST_F(ImportJobTest, EndsWithItsOwner)
{
    for (int i = 0; i < 10; ++i) {
        auto job = std::make_unique<ImportJob>();
        listen(*job);
        job->start(m_options);
    }
    waitUntil([] { return false; }, 20);
    EXPECT_TRUE(m_users.empty());
}

TEST(LogViewOfThreads, ShowsEachLineOnce)
{
    gui::LogView view;
    const auto write = [](const char* who) {
        for (int i = 0; i < 20; ++i)
            base::logInfo(std::string(who) + std::to_string(i));
    };
    std::jthread first(write, "first ");
    std::jthread second(write, "second ");
    const auto lines = [&] { return view.text().count(QLatin1Char('\n')) + 1; };
    EXPECT_TRUE(waitUntil([&] { return lines() == 40; })) << lines();
}

TEST(LogViewOfThreads, MayGoWhileTheyLog)
{
    for (int i = 0; i < 20; ++i) {
        std::jthread writer;
        const gui::LogView view; // goes first
        writer = std::jthread([] {
            for (int line = 0; line < 50; ++line)
                base::logInfo("a line");
        });
        if (i % 2 == 0) {
            EXPECT_TRUE(waitUntil([&] { return !view.text().isEmpty(); }));
        }
    }
}

} // namespace
} // namespace fovea::widgets

// What goes wrong on a real machine while the window is open: each is survived, said, and nothing
// that was done is lost.
#include "tests/gui/gui_support.h"
#include "tests/support/full_disk.h"
#include "widgets/attention/attention_page.h"
#include "widgets/data/data_page.h"
#include "widgets/data/import_job.h"
#include "widgets/data/open_data_dialog.h"
#include "widgets/parts/error_bar.h"
#include "widgets/plot/curve_plot.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QSpinBox>
#include <QWindow>

#include <unistd.h>

#include <future>

namespace fovea::gui {
namespace {

using test::FullDisk;
using test::ScratchFolder;
using test::waitUntil;

std::string manyEvents(int users)
{
    std::string text = "user,item,time\n";
    for (int u = 0; u < users; ++u) {
        for (int e = 0; e < 6; ++e)
            text += "u" + std::to_string(u) + ",i" + std::to_string((u + e) % 90) + ","
                + std::to_string(1000 + e) + "\n";
    }
    return text;
}

// The folder cannot be written: by its mode, and for root by being nobody meanwhile.
class ReadOnlyFolder {
public:
    explicit ReadOnlyFolder(const std::filesystem::path& folder)
    {
        using std::filesystem::perms;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (entry.is_directory())
                lock(entry.path());
        }
        lock(folder);
        std::filesystem::permissions(
            folder.parent_path(),
            perms::others_exec | perms::others_read | perms::group_exec | perms::group_read,
            std::filesystem::perm_options::add);
        m_isRoot = geteuid() == 0;
        EXPECT_TRUE(!m_isRoot || seteuid(65534) == 0);
    }
    ~ReadOnlyFolder()
    {
        EXPECT_TRUE(!m_isRoot || seteuid(0) == 0);
        for (const auto& folder : m_folders)
            std::filesystem::permissions(folder, std::filesystem::perms(0755));
    }
    ReadOnlyFolder(const ReadOnlyFolder&) = delete;
    ReadOnlyFolder& operator=(const ReadOnlyFolder&) = delete;

private:
    void lock(const std::filesystem::path& folder)
    {
        std::filesystem::permissions(folder, std::filesystem::perms(0555));
        m_folders.push_back(folder);
    }
    std::vector<std::filesystem::path> m_folders;
    bool m_isRoot = false;
};

class BadMoment : public testing::Test {
protected:
    ScratchFolder m_scratch;
};

TEST_F(BadMoment, TheDataFileVanishesWhileTheDialogIsOpen)
{
    const auto file = m_scratch.write("clicks.csv", manyEvents(50));
    widgets::OpenDataDialog dialog;
    dialog.setFiles({QString::fromStdString(file.string())});
    dialog.show();
    ASSERT_TRUE(waitUntil([&] { return dialog.imported() != nullptr; }));
    std::filesystem::remove(file);
    for (auto* box : dialog.findChildren<QSpinBox*>())
        box->setValue(2);
    auto* report = dialog.findChild<QLabel*>(QStringLiteral("report"));
    ASSERT_TRUE(waitUntil([&] { return report->text().contains(QStringLiteral("o such file")); }))
        << report->text().toStdString();
    EXPECT_FALSE(dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->isEnabled());
}

// Also by work that looks for it only once it is through.
TEST_F(BadMoment, WhatIsCancelledIsNotDone)
{
    test::Window window(m_scratch.path());
    window.trigger("sample");
    const auto before = window.bench().dataset();
    ASSERT_NE(before, nullptr);
    window.bench().setAside([](const QString&, const widgets::AsideWork& work) {
        return test::elsewhere([&] {
            std::stop_source cancelled;
            cancelled.request_stop();
            base::Silent silent;
            return work(silent, cancelled.get_token());
        });
    });
    const auto expectCancelled = [](const Status& status) {
        ASSERT_FALSE(status);
        EXPECT_EQ(status.error().kind, ErrorKind::Interrupted) << status.error().message();
    };
    expectCancelled(window.bench().train());
    EXPECT_FALSE(window.bench().session().isActive());
    EXPECT_TRUE(std::filesystem::is_empty(m_scratch / "work/runs"));
    expectCancelled(window.bench().openDataset(m_scratch / "work/data/sample"));
    EXPECT_EQ(window.bench().dataset(), before);
}

// An open file stays until it is closed: what was being read is read to its end.
TEST_F(BadMoment, TheDataFileIsDeletedWhileItIsRead)
{
    const auto file = m_scratch.write("clicks.csv", manyEvents(200'000));
    widgets::ImportJob job;
    std::shared_ptr<const data::Imported> imported;
    QString failed;
    QObject::connect(&job, &widgets::ImportJob::failed, [&](const Error& error) {
        failed = QString::fromStdString(error.message());
    });
    QObject::connect(
        &job, &widgets::ImportJob::finished, [&](const auto& made) { imported = made; });
    data::ImportOptions options;
    options.file = file;
    job.start(options);
    ASSERT_TRUE(waitUntil([&] { return job.progress()->done() > 0 || !failed.isEmpty(); }));
    std::filesystem::remove(file);
    ASSERT_TRUE(waitUntil([&] { return imported || !failed.isEmpty(); }));
    ASSERT_TRUE(imported) << failed.toStdString();
    EXPECT_EQ(imported->dataset->eventCount(), 1'200'000);
}

TEST_F(BadMoment, TheDataFileIsCutShortWhileItIsRead)
{
    const auto file = m_scratch.write("clicks.csv", manyEvents(200'000));
    widgets::ImportJob job;
    QString failed;
    bool ended = false;
    QObject::connect(&job, &widgets::ImportJob::failed, [&](const Error& error) {
        failed = QString::fromStdString(error.message());
        ended = true;
    });
    QObject::connect(&job, &widgets::ImportJob::finished, [&] { ended = true; });
    data::ImportOptions options;
    options.file = file;
    job.start(options);
    ASSERT_TRUE(waitUntil([&] { return job.progress()->done() > 0 || ended; }));
    std::filesystem::resize_file(file, 100);
    ASSERT_TRUE(waitUntil([&] { return ended; }));
    EXPECT_TRUE(failed.contains(QStringLiteral("became shorter"))) << failed.toStdString();
}

TEST_F(BadMoment, TheDiskFillsDuringACheckpoint)
{
    test::Window window(m_scratch.path());
    window.beginRun("100000");
    ASSERT_TRUE(window.waitForSteps(40)); // an epoch and its checkpoint are done
    auto& bar = window->trainPage().errors();
    std::int64_t step = 0;
    {
        const FullDisk full(64 << 10);
        ASSERT_TRUE(waitUntil([&] { return bar.isVisible(); }));
        EXPECT_TRUE(bar.text().contains(QStringLiteral("Free some space")))
            << bar.text().toStdString();
        // Nothing stops but the checkpoint.
        step = window.bench().session().place().step;
        ASSERT_TRUE(window.waitForSteps(step + 40));
        EXPECT_EQ(window.bench().session().state(), train::State::Running);
    }
    ASSERT_TRUE(waitUntil([&] { return !bar.isVisible(); })); // it is saved again
    window.trigger("stop");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    // No point is lost.
    const auto steps = static_cast<std::size_t>(window.bench().session().place().step);
    const auto series = train::readSeries(window.bench().run() / "metrics.jsonl");
    ASSERT_OK(series);
    for (const auto& s : *series) {
        if (s.name != "loss")
            continue;
        EXPECT_EQ(s.points.size(), steps);
    }
    EXPECT_OK(train::RunFolder::open(window.bench().run()));
}

// A run of the window that was stopped on a full disk and waits in memory.
class UnsavedRun : public BadMoment {
protected:
    void stopOnAFullDisk()
    {
        m_window.beginRun("100000");
        ASSERT_TRUE(m_window.waitForSteps(40)); // an epoch and its checkpoint are done
        m_full = std::make_unique<FullDisk>(64 << 10);
        ASSERT_TRUE(waitUntil([&] { return m_bar.isVisible(); }));
        const auto step = m_window.bench().session().place().step;
        ASSERT_TRUE(m_window.waitForSteps(step + 80)); // five epochs
        m_window.trigger("stop");
        ASSERT_TRUE(waitUntil([&] { return button("Keep it in memory") != nullptr; }));
        ASSERT_TRUE(m_window.waitFor(train::State::Paused));
        m_trained = m_window.bench().session().place().step;
        m_kept = train::RunFolder::open(m_window.bench().run())->record().epochs;
    }
    QPushButton* button(const char* text)
    {
        for (auto* each : m_bar.findChildren<QPushButton*>()) {
            if (each->isVisible() && each->text().startsWith(QString::fromLatin1(text)))
                return each;
        }
        return nullptr;
    }

    std::unique_ptr<FullDisk> m_full; // longer than the window
    test::Window m_window{m_scratch.path()};
    widgets::ErrorBar& m_bar = m_window->trainPage().errors();
    std::int64_t m_trained = 0; // steps
    std::int64_t m_kept = 0; // epochs on the disk
};

TEST_F(UnsavedRun, IsSavedOnceThereIsSpaceAgain)
{
    stopOnAFullDisk();
    EXPECT_TRUE(m_bar.text().contains(QStringLiteral("Nothing can be saved")))
        << m_bar.text().toStdString();
    QTest::mouseClick(button("Keep it in memory"), Qt::LeftButton);
    EXPECT_FALSE(m_bar.isVisible());
    m_window.trigger("stop"); // still full
    ASSERT_TRUE(waitUntil([&] { return button("Save elsewhere") != nullptr; }));
    m_full.reset();
    m_window.look("unsaved"); // a picture needs space, too
    m_window.trigger("stop");
    ASSERT_TRUE(m_window.waitFor(train::State::Finished));
    EXPECT_TRUE(waitUntil([&] { return !m_bar.isVisible(); }));
    const auto run = train::RunFolder::open(m_window.bench().run());
    ASSERT_OK(run);
    EXPECT_GE(run->record().epochs, m_trained / 16 - 1); // the last may lack its validation
    EXPECT_GT(run->record().epochs, m_kept + 2);
    EXPECT_EQ(run->record().state, train::State::Stopping);
}

TEST_F(UnsavedRun, TrainsOnFromMemory)
{
    stopOnAFullDisk();
    m_window.trigger("resume");
    ASSERT_TRUE(m_window.waitFor(train::State::Running));
    ASSERT_TRUE(m_window.waitForSteps(m_trained + 20));
    m_full.reset();
    m_window.trigger("stop");
    ASSERT_TRUE(m_window.waitFor(train::State::Finished));
    // No point of the curves is lost.
    const auto steps = static_cast<std::size_t>(m_window.bench().session().place().step);
    const auto series = train::readSeries(m_window.bench().run() / "metrics.jsonl");
    ASSERT_OK(series);
    EXPECT_EQ(series->front().name, "loss");
    EXPECT_EQ(series->front().points.size(), steps);
}

TEST_F(UnsavedRun, GoesElsewhereWithEverything)
{
    stopOnAFullDisk();
    const auto place = m_scratch / "elsewhere";
    m_full.reset(); // as on another disk, which is not full
    test::whenDialogOpens([&](QWidget& dialog) {
        auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
        ASSERT_NE(name, nullptr);
        name->setText(QString::fromStdString(place.string()));
        QTest::keyClick(name, Qt::Key_Return);
    });
    QTest::mouseClick(button("Save elsewhere"), Qt::LeftButton);
    ASSERT_TRUE(m_window.waitFor(train::State::Finished));
    ASSERT_TRUE(waitUntil([&] { return m_window.bench().run() == place; }));
    const auto run = train::RunFolder::open(place);
    ASSERT_OK(run);
    EXPECT_GE(run->record().epochs, m_trained / 16 - 1);
    EXPECT_OK(std::async(std::launch::async, [&] { return run->dataset(); }).get());
    EXPECT_TRUE(std::filesystem::exists(run->checkpoint("last")));
    EXPECT_TRUE(std::filesystem::exists(run->checkpoint("best")));
    const auto series = train::readSeries(place / "metrics.jsonl");
    ASSERT_OK(series);
    EXPECT_EQ(series->front().points.size(), static_cast<std::size_t>(m_trained));
    EXPECT_FALSE(m_bar.isVisible()) << m_bar.text().toStdString();
}

TEST_F(UnsavedRun, IsDiscardedBackToTheLastCheckpoint)
{
    stopOnAFullDisk();
    auto* discard = button("Discard");
    ASSERT_NE(discard, nullptr);
    EXPECT_TRUE(discard->text().endsWith(QStringLiteral(" epochs")))
        << discard->text().toStdString();
    QTest::mouseClick(discard, Qt::LeftButton);
    ASSERT_TRUE(m_window.waitFor(train::State::Finished));
    EXPECT_TRUE(waitUntil([&] { return !m_window.bench().session().isActive(); }));
    // The curves are what the disk has.
    const auto& plot = m_window->trainPage().validationPlot();
    ASSERT_TRUE(waitUntil([&] {
        return !plot.lines().empty()
            && plot.lines().front().points.size() == static_cast<std::size_t>(m_kept);
    }));
    m_full.reset();
    m_window.trigger("resume");
    ASSERT_TRUE(m_window.waitFor(train::State::Running));
    m_window.trigger("stop");
    ASSERT_TRUE(m_window.waitFor(train::State::Finished));
}

TEST_F(UnsavedRun, DoesNotKeepTheProgramFromEnding) { stopOnAFullDisk(); }

TEST_F(BadMoment, TheWorkspaceBecomesReadOnly)
{
    test::Window window(m_scratch.path());
    window.trigger("sample");
    window->showPage(MainWindow::Train);
    {
        const ReadOnlyFolder readOnly(m_scratch / "work");
        window.trigger("start");
        auto& bar = window->trainPage().errors();
        EXPECT_TRUE(bar.text().contains(QStringLiteral("ermission denied")))
            << bar.text().toStdString();
        EXPECT_FALSE(window.bench().session().isActive());
        // Opened again it is open for reading, which is said; the data can still be seen.
        window->openWorkspace(QString::fromStdString((m_scratch / "work").string()));
        EXPECT_TRUE(window.bench().isReadOnly());
        EXPECT_TRUE(bar.text().contains(QStringLiteral("open for reading")))
            << bar.text().toStdString();
        EXPECT_OK(window.bench().openDataset(m_scratch / "work/data/sample"));
        EXPECT_FALSE(window->action(QStringLiteral("start"))->isEnabled());
    }
    window->openWorkspace(QString::fromStdString((m_scratch / "work").string()));
    EXPECT_FALSE(window.bench().isReadOnly());
    window.beginRun("1");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
}

TEST_F(BadMoment, AWorkspaceThatCannotBeOpenedLeavesTheOneThatIs)
{
    test::Window window(m_scratch.path());
    m_scratch.write("newer/workspace.json", R"({"schema": 999})");
    window->openPath(QString::fromStdString((m_scratch / "newer/workspace.json").string()));
    EXPECT_FALSE(window->dataPage().errors().text().isEmpty());
    EXPECT_EQ(window.bench().workspace()->path(), m_scratch / "work");
    window.beginRun("1");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
}

TEST_F(BadMoment, TheOpenWorkspaceStaysWhereItCannotBeReadAnew)
{
    test::Window window(m_scratch.path());
    m_scratch.write("work/workspace.json", R"({"schema": 999})");
    window->openWorkspace(QString::fromStdString((m_scratch / "work").string()));
    EXPECT_FALSE(window->dataPage().errors().text().isEmpty());
    ASSERT_NE(window.bench().workspace(), nullptr);
    EXPECT_FALSE(window.bench().isReadOnly());
    window.beginRun("1"); // it can still be written
    ASSERT_TRUE(window.waitFor(train::State::Finished));
}

TEST_F(BadMoment, ARunThatTrainsInAnotherWindowIsSaidToTrainThere)
{
    test::Window window(m_scratch.path());
    window.beginRun("100000");
    ASSERT_TRUE(window.waitForSteps(20));
    Workbench bench{1};
    MainWindow other(bench);
    other.setLanguage(QStringLiteral("en"));
    other.openWorkspace(QString::fromStdString((m_scratch / "work").string()));
    ASSERT_OK(bench.openRun(window.bench().run()));
    const auto* state = other.findChild<QLabel*>(QStringLiteral("state"));
    EXPECT_TRUE(waitUntil([&] {
        return state->text() == QStringLiteral("Training in another window or terminal");
    })) << state->text().toStdString();
    EXPECT_FALSE(other.action(QStringLiteral("resume"))->isEnabled());
    window.trigger("stop");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    EXPECT_TRUE(waitUntil([&] { return state->text() == QStringLiteral("Stopped"); }))
        << state->text().toStdString();
}

TEST_F(BadMoment, WhatIsOpenStaysWhileARunTrains)
{
    test::Window window(m_scratch.path());
    window.beginRun("100000");
    const auto run = window.bench().run();
    // At once, before the window has heard that it began.
    EXPECT_FALSE(window.bench().train().ok());
    EXPECT_FALSE(window.bench().resumeRun(run).ok());
    EXPECT_FALSE(window.bench().openRun(run).ok());
    EXPECT_FALSE(window.bench().openDataset(m_scratch / "work/data/sample").ok());
    EXPECT_FALSE(window.bench().openWorkspace(m_scratch / "other").ok());
    EXPECT_EQ(window.bench().run(), run);
    ASSERT_TRUE(window.waitForSteps(2));
    window.trigger("stop");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
}

TEST_F(BadMoment, TheRunFolderIsDeletedWhileItTrains)
{
    test::Window window(m_scratch.path());
    window.beginRun("100000");
    ASSERT_TRUE(window.waitForSteps(20));
    std::filesystem::remove_all(window.bench().run());
    ASSERT_TRUE(window.waitFor(train::State::Failed));
    ASSERT_TRUE(waitUntil([&] { return !window->trainPage().errors().text().isEmpty(); }));
    EXPECT_FALSE(window->trainPage().errors().findChild<QPushButton*>()->isVisible());
}

TEST_F(BadMoment, TheRunFolderIsDeletedWhileItIsShown)
{
    test::Window window(m_scratch.path());
    window.beginRun("2");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    auto* saving = window->action(QStringLiteral("export-safetensors"));
    ASSERT_TRUE(waitUntil([&] { return saving->isEnabled(); })); // its model is at hand
    std::filesystem::remove_all(window.bench().run());
    window->showPage(MainWindow::Attention);
    auto& page = window->attentionPage();
    ASSERT_TRUE(waitUntil([&] { return page.map() || !page.errors().text().isEmpty(); }));
    EXPECT_TRUE(
        page.errors().text().contains(QStringLiteral("no run is here"), Qt::CaseInsensitive))
        << page.errors().text().toStdString();
    window->showPage(MainWindow::Train);
    window.trigger("start");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
}

TEST_F(BadMoment, TheDisplayScaleChanges)
{
    const auto screens = QGuiApplication::screens();
    if (screens.size() < 2)
        GTEST_SKIP() << "there is one screen only";
    test::Window window(m_scratch.path());
    window.beginRun("100000");
    ASSERT_TRUE(window.waitForSteps(20));
    EXPECT_DOUBLE_EQ(window->devicePixelRatio(), 1);
    const auto before = window->grab().size();
    window->windowHandle()->setScreen(screens.at(1));
    window->move(screens.at(1)->geometry().topLeft() + QPoint(20, 20));
    ASSERT_TRUE(waitUntil([&] { return window->devicePixelRatio() == 2; }));
    const auto size = window->size();
    EXPECT_EQ(window->grab().size(), size * 2);
    EXPECT_GE(window->grab().width(), before.width());
    for (const auto page : {MainWindow::Data, MainWindow::Train, MainWindow::Attention}) {
        window->showPage(page);
        ASSERT_FALSE(window->grab().isNull());
    }
    ASSERT_TRUE(waitUntil([&] { return window->attentionPage().map() != nullptr; }));
    window.trigger("stop");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
}

} // namespace
} // namespace fovea::gui

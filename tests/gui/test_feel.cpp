// How fast the window must feel (docs/benchmarks.md has the figures). Each prints what it measured.
#include "tests/gui/goals.h"
#include "tests/gui/gui_support.h"
#include "tests/gui/many_users.h"
#include "widgets/attention/attention_page.h"
#include "widgets/attention/thumbnails.h"
#include "widgets/data/entity_models.h"
#include "widgets/plot/curve_plot.h"

#include <QHeaderView>
#include <QProcess>
#include <QScrollBar>
#include <QTableView>

#include <algorithm>
#include <cmath>

namespace fovea::gui {
namespace {

using test::expectInTime;
using test::quantile;
using test::ScratchFolder;
using test::waitUntil;

constexpr test::Late kFrame{16, 33}; // how late the loop may be
constexpr double kBeat = 33; // ms, of the frame clock

double millisecondsOf(const std::function<void()>& work)
{
    QElapsedTimer clock;
    clock.start();
    work();
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

// Of work that is the same each time: what else the machine does only adds to it, most of all to
// the slower three quarters.
double undisturbed(const std::vector<double>& took) { return quantile(took, 0.25); }

// In milliseconds.
void expectDoneIn(
    const std::string& what, double goal, int times, const std::function<void()>& work)
{
    expectInTime(what, {goal, goal}, [&] {
        std::vector<double> took;
        for (int i = 0; i < times; ++i)
            took.push_back(millisecondsOf(work));
        return std::vector<double>{undisturbed(took)};
    });
}

// Lateness of a timer that should beat every 5 ms, while the loop runs for so long.
std::vector<double> latenessOfTheLoop(int milliseconds)
{
    std::vector<double> late;
    QElapsedTimer clock;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    timer.setInterval(5);
    double last = 0;
    clock.start();
    QObject::connect(&timer, &QTimer::timeout, [&] {
        const double now = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        late.push_back(std::max(0.0, now - last - 5));
        last = now;
    });
    timer.start();
    waitUntil([&] { return clock.elapsed() > milliseconds; });
    return late;
}

explain::AttentionMap mapOf(std::int64_t layers, std::int64_t heads, std::int64_t length)
{
    explain::AttentionMap map;
    map.layers = layers;
    map.heads = heads;
    map.length = length;
    for (std::int64_t i = 0; i < layers * heads * length * length; ++i)
        map.weights.push_back(static_cast<float>(i * 7919 % 1000) / 1000.0F);
    for (std::int64_t i = 0; i < length; ++i)
        map.queries.push_back({"i" + std::to_string(i), "Title number " + std::to_string(i)});
    map.keys = map.queries;
    return map;
}

TEST(Feel, TheLoopIsNeverBlockedWhileARunTrains)
{
    const ScratchFolder scratch;
    test::Window window(scratch.path());
    window.trigger("sample");
    window.bench().document().set("epochs", QStringLiteral("1000"));
    window->showPage(MainWindow::Train);
    window.trigger("start");
    ASSERT_TRUE(window.waitFor(train::State::Running));
    for (const auto page : {MainWindow::Train, MainWindow::Attention, MainWindow::Data}) {
        window->showPage(page);
        expectInTime("lateness on page " + std::to_string(page), kFrame, [] {
            return latenessOfTheLoop(2500);
        });
    }
    window.trigger("stop");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
}

TEST(Feel, StopIsAcknowledgedAtOnce)
{
    const ScratchFolder scratch;
    test::Window window(scratch.path());
    window.beginRun("100000");
    expectInTime("stop acknowledged", {200, 200}, [&]() -> std::vector<double> {
        if (window.bench().canGoOn()) { // from the try before
            EXPECT_OK(window.bench().resumeRun(window.bench().run()));
        }
        EXPECT_TRUE(window.waitFor(train::State::Running));
        const double acknowledged = millisecondsOf([&] {
            window.trigger("stop");
            EXPECT_TRUE(waitUntil(
                [&] { return window.bench().session().state() != train::State::Running; }));
        });
        EXPECT_TRUE(window.waitFor(train::State::Finished));
        return {acknowledged};
    });
}

// One training thread; seen and hidden in turn. FOVEA_PAIRS = how many pairs, each of a second a
// side; the figures of docs/benchmarks.md are of 30. Other work on the machine moves single pairs
// by more than the goal: it is missed where three quarters of them say so.
TEST(Feel, AVisibleWindowHardlySlowsTheTraining)
{
    const ScratchFolder scratch;
    test::Window window(scratch.path());
    window.trigger("sample");
    auto& document = window.bench().document();
    document.set("epochs", QStringLiteral("100000"));
    document.set("patience", QStringLiteral("0"));
    document.set("threads", QStringLiteral("1"));
    window->showPage(MainWindow::Train);
    window.trigger("start");
    ASSERT_TRUE(window.waitFor(train::State::Running));
    ASSERT_TRUE(window.waitForSteps(64));
    const auto stepsASecond = [&](bool seen) {
        window->setVisible(seen);
        const auto step = [&] { return window.bench().session().place().step; };
        const auto nextStep = [&] {
            const auto before = step();
            waitUntil([&] { return step() != before; });
            return step();
        };
        waitUntil([] { return false; }, 200);
        const auto from = nextStep();
        QElapsedTimer clock;
        clock.start();
        waitUntil([] { return false; }, 1000);
        const auto to = nextStep();
        return static_cast<double>(to - from) / static_cast<double>(clock.nsecsElapsed());
    };
    const int pairs = std::max(6, qEnvironmentVariableIntValue("FOVEA_PAIRS"));
    test::expectGoal("training beside a visible window", kFrame, [&] {
        std::vector<double> ratios;
        for (int i = 0; i < pairs; ++i) {
            // The order turns, so that a drift of the machine falls on both.
            const double first = stepsASecond(i % 2 == 0);
            const double second = stepsASecond(i % 2 != 0);
            ratios.push_back(i % 2 == 0 ? first / second : second / first);
        }
        std::cout << "visible against hidden: " << quantile(ratios, 0.5)
                  << " of the speed (quartiles " << quantile(ratios, 0.25) << " to "
                  << quantile(ratios, 0.75) << ", " << ratios.size() << " pairs)\n";
        return quantile(ratios, 0.75) > 0.98;
    });
    window->show();
    window.trigger("stop");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
}

TEST(Feel, TheWindowIsPaintedSoonAfterTheStart)
{
    const ScratchFolder scratch;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(
        QStringLiteral("FOVEA_SETTINGS"), QString::fromStdString((scratch / "w.ini").string()));
    environment.insert(
        QStringLiteral("XDG_DATA_HOME"), QString::fromStdString(scratch.path().string()));
    environment.insert(QStringLiteral("FOVEA_LOG"), QStringLiteral("info"));
    const auto paintedAfter = [&] {
        QProcess fovea;
        fovea.setProcessEnvironment(environment);
        fovea.start(QString::fromStdString(test::builtProgram("fovea")), {});
        QString said;
        EXPECT_TRUE(waitUntil(
            [&] {
                fovea.waitForReadyRead(20);
                said += QString::fromLocal8Bit(fovea.readAllStandardError());
                return said.contains(QStringLiteral("after the start"));
            },
            20'000))
            << said.toStdString();
        fovea.terminate();
        fovea.waitForFinished();
        return 1000
            * said.section(QStringLiteral("window painted "), 1)
                  .section(QLatin1Char(' '), 0, 0)
                  .toDouble();
    };
    paintedAfter(); // the files are warm then
    expectInTime("painted after the start", {500, 500}, [&] {
        std::vector<double> took;
        for (int i = 0; i < 5; ++i)
            took.push_back(paintedAfter());
        return std::vector<double>{undisturbed(took)};
    });
}

TEST(Feel, MapsRepaintAtOnce)
{
    const auto map = std::make_shared<const explain::AttentionMap>(mapOf(2, 4, 200));
    widgets::HeatMapView view;
    view.resize(900, 800);
    view.setMap(map, {0, 0});
    view.show();
    QImage image(view.size(), QImage::Format_ARGB32_Premultiplied);
    expectDoneIn("a map of 200 x 200", 5, 30, [&] { view.render(&image); });
    widgets::Thumbnails thumbnails;
    thumbnails.setMap(map);
    thumbnails.resize(thumbnails.sizeHint());
    thumbnails.show();
    QImage small(thumbnails.size(), QImage::Format_ARGB32_Premultiplied);
    expectDoneIn("2 x 4 new thumbnails", 30, 15, [&] {
        thumbnails.setMap(map);
        thumbnails.render(&small);
    });
}

TEST(Feel, AMillionUsersScroll)
{
    widgets::UserTableModel model;
    model.setDataset(test::manyUsers(1'000'000));
    QTableView table;
    table.setModel(&model);
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.resize(700, 600);
    table.show();
    ASSERT_TRUE(waitUntil([&] { return model.rowCount() == 1'000'000; }));
    QImage image(table.size(), QImage::Format_ARGB32_Premultiplied);
    expectInTime("a table of 1,000,000 users scrolls", kFrame, [&] {
        std::vector<double> took;
        for (int i = 1; i <= 40; ++i) {
            took.push_back(millisecondsOf([&] {
                table.verticalScrollBar()->setValue(table.verticalScrollBar()->maximum() / 40 * i);
                table.render(&image);
            }));
        }
        return took;
    });
}

TEST(Feel, AMillionPointsZoom)
{
    widgets::CurvePlot plot;
    plot.resize(900, 300);
    plot.show();
    std::vector<std::pair<double, double>> points;
    for (int i = 0; i < 1'000'000; ++i)
        points.emplace_back(i, 7 * std::exp(-i / 2e5) + 0.1 * (i % 97) / 97.0);
    plot.append("loss", QStringLiteral("loss"), points);
    plot.replot(); // perhaps not laid out yet
    waitUntil([] { return false; }, 50);
    expectDoneIn("1,000,000 points are drawn", kBeat, 10, [&] {
        plot.setFollowing(false);
        plot.setFollowing(true);
        plot.replot();
    });
}

} // namespace
} // namespace fovea::gui

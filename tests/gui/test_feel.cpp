// How fast the window must feel (docs/benchmarks.md has the figures); the bounds here have slack
// for busy machines. Each prints what it measured.
#include "tests/gui/gui_support.h"
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
#include <iostream>

namespace fovea::gui {
namespace {

using test::ScratchFolder;
using test::waitUntil;

double millisecondsOf(const std::function<void()>& work)
{
    QElapsedTimer clock;
    clock.start();
    work();
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

double quantile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    const auto at = share * static_cast<double>(values.size() - 1);
    return values[static_cast<std::size_t>(at)];
}

double medianOf(int times, const std::function<void()>& work)
{
    std::vector<double> took;
    for (int i = 0; i < times; ++i)
        took.push_back(millisecondsOf(work));
    return quantile(took, 0.5);
}

// Lateness of a timer that should beat every 5 ms, while the loop runs for so long.
std::vector<double> heartbeat(int milliseconds)
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
        const auto late = heartbeat(2500);
        std::cout << "page " << page << ": lateness p99 " << quantile(late, 0.99) << " ms, most "
                  << quantile(late, 1) << " ms over " << late.size() << " beats\n";
        EXPECT_LT(quantile(late, 0.99), 60); // 16 and 33 are aimed at, on a machine that has time
        EXPECT_LT(quantile(late, 1), 300);
    }
    double acknowledged = 0;
    QElapsedTimer clock;
    QObject::connect(
        &window.bench().session(), &widgets::TrainingSession::stateChanged,
        [&](train::State state) {
            if (state == train::State::Stopping)
                acknowledged = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        });
    clock.start();
    window.trigger("stop");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    std::cout << "stop acknowledged after " << acknowledged << " ms, ended after "
              << static_cast<double>(clock.nsecsElapsed()) / 1e6 << " ms\n";
    EXPECT_LT(acknowledged, 200);
}

// One training thread; seen and hidden in turn. FOVEA_PAIRS = how many pairs, each of two seconds
// a side; the figures of docs/benchmarks.md are of 30.
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
        waitUntil([] { return false; }, 2000);
        const auto to = nextStep();
        return static_cast<double>(to - from) / static_cast<double>(clock.nsecsElapsed());
    };
    // Other work on the machine tells more than two pairs do: then there are more.
    const int pairs = std::max(2, qEnvironmentVariableIntValue("FOVEA_PAIRS"));
    std::vector<double> ratios;
    for (int i = 0; i < pairs || (i < 4 * pairs && quantile(ratios, 0.5) < 0.7); ++i) {
        // The order turns, so that a drift of the machine falls on both.
        const double first = stepsASecond(i % 2 == 0);
        const double second = stepsASecond(i % 2 != 0);
        ratios.push_back(i % 2 == 0 ? first / second : second / first);
    }
    std::cout << "visible against hidden: " << quantile(ratios, 0.5) << " of the speed (quartiles "
              << quantile(ratios, 0.25) << " to " << quantile(ratios, 0.75) << ", " << ratios.size()
              << " pairs)\n";
    EXPECT_GT(quantile(ratios, 0.5), 0.7);
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
    std::vector<double> took;
    for (int i = 0; i < 5; ++i) {
        QProcess fovea;
        fovea.setProcessEnvironment(environment);
        fovea.start(QString::fromStdString(test::builtProgram("fovea")), {});
        QString said;
        ASSERT_TRUE(waitUntil(
            [&] {
                fovea.waitForReadyRead(20);
                said += QString::fromLocal8Bit(fovea.readAllStandardError());
                return said.contains(QStringLiteral("after the start"));
            },
            20'000))
            << said.toStdString();
        fovea.terminate();
        fovea.waitForFinished();
        took.push_back(said.section(QStringLiteral("window painted "), 1)
                           .section(QLatin1Char(' '), 0, 0)
                           .toDouble());
    }
    std::cout << "painted " << quantile(took, 0.5) << " s after the start, at most "
              << quantile(took, 1) << " s\n";
    EXPECT_LT(quantile(took, 0.5), 2);
}

TEST(Feel, MapsRepaintAtOnce)
{
    const auto map = std::make_shared<const explain::AttentionMap>(mapOf(2, 4, 200));
    widgets::HeatMapView view;
    view.resize(900, 800);
    view.setMap(map, {0, 0});
    view.show();
    QImage image(view.size(), QImage::Format_ARGB32_Premultiplied);
    const double large = medianOf(30, [&] { view.render(&image); });
    widgets::Thumbnails thumbnails;
    thumbnails.setMap(map);
    thumbnails.resize(thumbnails.sizeHint());
    thumbnails.show();
    QImage small(thumbnails.size(), QImage::Format_ARGB32_Premultiplied);
    const double all = medianOf(15, [&] {
        thumbnails.setMap(map);
        thumbnails.render(&small);
    });
    std::cout << "200 x 200 map repaints in " << large << " ms; 2 x 4 new thumbnails in " << all
              << " ms\n";
    EXPECT_LT(large, 20);
    EXPECT_LT(all, 120);
}

TEST(Feel, AMillionUsersScroll)
{
    const auto dataset = test::elsewhere([] {
        std::vector<std::string> users;
        data::Events events;
        for (int u = 0; u < 1'000'000; ++u) {
            users.push_back("user" + std::to_string(u));
            events.items.push_back(1);
            events.offsets.push_back(u + 1);
        }
        return std::make_shared<const data::Dataset>(
            std::move(users), std::vector<data::Item>{{"[PAD]", "", ""}, {"a", "A", ""}},
            std::move(events));
    });
    widgets::UserTableModel model;
    model.setDataset(dataset);
    QTableView table;
    table.setModel(&model);
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.resize(700, 600);
    table.show();
    QImage image(table.size(), QImage::Format_ARGB32_Premultiplied);
    std::vector<double> took;
    for (int i = 1; i <= 40; ++i) {
        took.push_back(millisecondsOf([&] {
            table.verticalScrollBar()->setValue(table.verticalScrollBar()->maximum() / 40 * i);
            table.render(&image);
        }));
    }
    std::cout << "a table of 1,000,000 users scrolls in " << quantile(took, 0.5) << " ms, at most "
              << quantile(took, 1) << " ms\n";
    EXPECT_LT(quantile(took, 0.5), 33);
}

TEST(Feel, AMillionPointsZoom)
{
    widgets::CurvePlot plot;
    plot.resize(900, 300);
    plot.show();
    std::vector<std::pair<double, double>> points;
    for (int i = 0; i < 1'000'000; ++i)
        points.emplace_back(i, 7 * std::exp(-i / 2e5) + 0.1 * (i % 97) / 97.0);
    const double added =
        millisecondsOf([&] { plot.append("loss", QStringLiteral("loss"), points); });
    plot.replot(); // perhaps not laid out yet
    waitUntil([] { return false; }, 50);
    const double whole = medianOf(10, [&] {
        plot.setFollowing(false);
        plot.setFollowing(true);
        plot.replot();
    });
    std::cout << "1,000,000 points added in " << added << " ms, drawn in " << whole << " ms\n";
    EXPECT_LT(whole, 150);
}

} // namespace
} // namespace fovea::gui

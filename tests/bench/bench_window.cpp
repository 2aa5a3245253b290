// How long the window's thread is taken while a large data set is opened, sorted, searched and
// trained on: bench_window [EVENTS] (100,000,000 by default; about 13 bytes of disk each). ./dev
// bench window
#include "app/gui/main_window.h"
#include "core/base/long_pass.h"
#include "core/base/text.h"
#include "core/io/file.h"
#include "tests/gui/wait.h"
#include "widgets/attention/attention_page.h"
#include "widgets/attention/user_list_model.h"
#include "widgets/data/data_page.h"
#include "widgets/data/entity_models.h"
#include "widgets/parts/error_bar.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <future>
#include <iostream>
#include <iterator>

namespace {

using namespace fovea;
using test::waitUntil;

constexpr std::int64_t kEventsAUser = 100;
constexpr std::int32_t kItems = 200'000;

// Users with a hundred events each, popular items more often.
std::shared_ptr<const data::Dataset> makeDataset(std::int64_t events)
{
    const auto users = events / kEventsAUser;
    std::vector<std::string> ids;
    data::Events columns;
    columns.items.reserve(static_cast<std::size_t>(events));
    columns.since.reserve(static_cast<std::size_t>(events));
    columns.firstTime = 1'500'000'000;
    std::uint64_t state = 1;
    for (std::int64_t u = 0; u < users; ++u) {
        ids.push_back("user" + std::to_string(u * 7919 % users));
        // The lengths differ, so that there is something to sort; their sum does not.
        const auto length = kEventsAUser + (u % 2 == 0 ? 1 : -1) * ((u / 2) % 90);
        for (std::int64_t e = 0; e < length; ++e) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            const double share = static_cast<double>(state >> 33) / 2147483648.0;
            columns.items.push_back(1 + static_cast<std::int32_t>(share * share * (kItems - 1)));
            columns.since.push_back(static_cast<std::uint32_t>(u % 1000 + e * 600));
        }
        columns.offsets.push_back(std::ssize(columns.items));
    }
    std::vector<data::Item> items = {{"[PAD]", "", ""}};
    for (std::int32_t i = 0; i < kItems; ++i)
        items.push_back(
            {"i" + std::to_string(i), "The title of item " + std::to_string(i * 31 % kItems),
             "category " + std::to_string(i % 40)});
    return std::make_shared<const data::Dataset>(ids, items, std::move(columns));
}

double threadSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// A timer that beats each millisecond: between two beats the window's thread did one thing. What
// that took of the processor is its own; the time on the clock is other programs', too.
class Pulse {
public:
    Pulse()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        QObject::connect(&m_timer, &QTimer::timeout, [this] { beat(); });
        m_clock.start();
        m_timer.start();
    }
    void beat()
    {
        const double cpu = 1000 * threadSeconds();
        const double now = static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
        m_most = std::max(m_most, cpu - m_cpu);
        m_longest = std::max(m_longest, now - m_now);
        m_cpu = cpu;
        m_now = now;
    }
    // One line of the table: what is done until something holds, and the moment after it.
    void time(
        const char* what, const std::function<void()>& act, const std::function<bool()>& holds)
    {
        waitUntil([] { return false; }, 300);
        m_most = m_longest = 0;
        QElapsedTimer whole;
        whole.start();
        act();
        const bool held = waitUntil(holds, 600'000);
        const double seconds = static_cast<double>(whole.elapsed()) / 1000;
        waitUntil([] { return false; }, 300);
        std::printf(
            "| %-52s | %8.2f s | %8.1f ms | %8.1f ms |%s\n", what, seconds, m_most, m_longest,
            held ? "" : " not in ten minutes");
        std::fflush(stdout);
    }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_cpu = 1000 * threadSeconds();
    double m_now = 0;
    double m_most = 0;
    double m_longest = 0;
};

QPushButton* button(QWidget& in, const char* text)
{
    for (auto* each : in.findChildren<QPushButton*>()) {
        if (each->text().remove(QLatin1Char('&')) == QLatin1String(text))
            return each;
    }
    return nullptr;
}

void timeTables(gui::MainWindow& window, Pulse& pulse)
{
    for (const auto* name : {"userTable", "itemTable"}) {
        auto* table = window.findChild<QTableView*>(QLatin1String(name));
        window.dataPage().showTable(name[0] == 'u' ? 0 : 1);
        auto* model = qobject_cast<widgets::EntityModel*>(table->model());
        const auto isDone = [model] { return !model->isArranging(); };
        for (int column = 0; column < 4; ++column) {
            const auto title = std::string(name) + " by "
                + model->headerData(column, Qt::Horizontal, Qt::DisplayRole)
                      .toString()
                      .toStdString();
            pulse.time(
                title.c_str(), [&] { table->sortByColumn(column, Qt::DescendingOrder); }, isDone);
        }
    }
    auto* field = window.dataPage().findChild<QLineEdit*>();
    auto* users = window.findChild<QTableView*>(QStringLiteral("userTable"))->model();
    auto* items = window.findChild<QTableView*>(QStringLiteral("itemTable"))->model();
    const int all = users->rowCount();
    pulse.time(
        "search on the Data page, sorted", [&] { field->setText(QStringLiteral("77")); },
        [&] {
            return users->rowCount() < all
                && !qobject_cast<widgets::EntityModel*>(items)->isArranging();
        });
    pulse.time(
        "search cleared", [&] { field->clear(); }, [&] { return users->rowCount() == all; });
}

void timeUsers(gui::MainWindow& window, Pulse& pulse)
{
    auto* users = window.findChild<QListView*>(QStringLiteral("users"));
    auto* model = qobject_cast<widgets::UserListModel*>(users->model());
    auto* field = window.findChild<QLineEdit*>(QStringLiteral("userSearch"));
    const auto isDone = [&] { return !model->isArranging(); };
    pulse.time(
        "the Attention page shown", [&] { window.showPage(gui::MainWindow::Attention); }, isDone);
    const int all = model->rowCount();
    pulse.time(
        "Longest", [&] { button(window, "Longest")->click(); }, isDone);
    pulse.time(
        "Random", [&] { button(window, "Random")->click(); }, isDone);
    pulse.time(
        "search users by titles", [&] { field->setText(QStringLiteral("item 7777")); },
        [&] { return model->rowCount() != all && isDone(); });
    pulse.time(
        "search cleared, longest first", [&] { field->clear(); },
        [&] { return model->rowCount() == all && isDone(); });
    pulse.time(
        "as in the file again", [&] { button(window, "Longest")->click(); }, isDone);
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const std::int64_t events = argc > 1 ? std::atoll(argv[1]) : 100'000'000;
    const QTemporaryDir scratch;
    const auto folder = std::filesystem::path(scratch.path().toStdString());
    qputenv("FOVEA_SETTINGS", (folder / "window.ini").c_str());
    std::filesystem::create_directories(folder / "data");
    const auto made =
        std::async(std::launch::async, [&]() -> Status {
            base::Silent silent;
            return makeDataset(events)->save(folder / "data", io::Json::object(), silent, {});
        }).get();
    if (!made) {
        std::cerr << made.error().message() << std::endl;
        return 1;
    }
    base::forbidLongPasses();
    gui::Workbench workbench;
    gui::MainWindow window(workbench);
    window.setLanguage(QStringLiteral("en"));
    window.show();
    window.openWorkspace(QString::fromStdString((folder / "work").string()));
    std::cout << "| " << base::grouped(events)
              << " events | whole | most of the processor at once | longest on the clock |\n";
    Pulse pulse;
    pulse.time(
        "the data set opened",
        [&] { window.openPath(QString::fromStdString((folder / "data").string())); },
        [&] { return workbench.dataset() != nullptr; });
    timeTables(window, pulse);
    timeUsers(window, pulse);
    window.showPage(gui::MainWindow::Train);
    auto& session = workbench.session();
    // A step of the full softmax over so many items takes half a minute.
    workbench.document().set("loss", QStringLiteral("bce"));
    pulse.time(
        "Train pressed, to the tenth step",
        [&] { window.action(QStringLiteral("start"))->trigger(); },
        [&] { return session.place().step > 10; });
    pulse.time(
        "Stop", [&] { window.action(QStringLiteral("stop"))->trigger(); },
        [&] { return !session.isActive(); });
    pulse.time(
        "Train refused for want of memory",
        [&] {
            workbench.document().set("width", QStringLiteral("4096"));
            workbench.document().set("layers", QStringLiteral("64"));
            window.action(QStringLiteral("start"))->trigger();
        },
        [&] { return !window.trainPage().errors().text().isEmpty(); });
    pulse.time(
        "closed and another opened", [&] { window.action(QStringLiteral("sample"))->trigger(); },
        [&] { return workbench.datasetName() == QStringLiteral("sample"); });
    return 0;
}

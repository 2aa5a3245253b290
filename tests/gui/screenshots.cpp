// Makes the pictures of the manual by driving the window: screenshots FOLDER [SUFFIX]
// In FOLDER/sheets each page in each state, light and dark, in both languages, four to a sheet.
// or the icon's sizes, from the top of the tree: screenshots --icons FOLDER
#include "app/gui/main_window.h"
#include "core/io/file.h"
#include "tests/gui/wait.h"
#include "widgets/attention/attention_page.h"
#include "widgets/data/open_data_dialog.h"
#include "widgets/parts/aside.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QPainter>
#include <QSvgRenderer>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <iostream>
#include <thread>
#include <unordered_map>
#include <vector>

namespace {

using namespace fovea;
using test::waitUntil;

void settle(int milliseconds = 400)
{
    QElapsedTimer clock;
    clock.start();
    waitUntil([&] { return clock.elapsed() > milliseconds; });
}

// As large as that, though the screen of a platform without a display may be smaller.
void show(QWidget& window, const QSize& size)
{
    window.show();
    window.resize(size);
}

constexpr QSize kWindow{1280, 820};
constexpr QSize kDialog{1080, 700};

// With its 256 most frequent colours, so that the pictures stay small.
QImage inFewColours(const QImage& image)
{
    std::unordered_map<QRgb, int> counts;
    for (int y = 0; y < image.height(); ++y) {
        const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x)
            ++counts[line[x]];
    }
    std::vector<std::pair<int, QRgb>> colours;
    for (const auto& [colour, count] : counts)
        colours.emplace_back(count, colour);
    std::sort(colours.rbegin(), colours.rend());
    QList<QRgb> table;
    for (std::size_t i = 0; i < std::min<std::size_t>(256, colours.size()); ++i)
        table.append(colours[i].second);
    return image.convertToFormat(QImage::Format_Indexed8, table, Qt::ThresholdDither);
}

class Pictures {
public:
    Pictures(QString folder, QString suffix)
        : m_folder(std::move(folder))
        , m_suffix(std::move(suffix))
    { }
    void take(QWidget& widget, const QString& name) const
    {
        settle();
        const QString file = m_folder + QLatin1Char('/') + name + m_suffix + QStringLiteral(".png");
        widget.grab().save(file);
        std::cout << file.toStdString() << std::endl;
    }

    void takeSheet(gui::MainWindow& window, const QString& name) const
    {
        QImage sheet;
        int part = 0;
        for (const auto* language : {"en", "zh_CN"}) {
            for (const auto theme : {gui::Theme::Light, gui::Theme::Dark}) {
                window.setLanguage(QString::fromLatin1(language));
                window.setTheme(theme);
                settle(250);
                auto picture = window.grab().toImage();
                picture.setDevicePixelRatio(1);
                if (sheet.isNull())
                    sheet = QImage(picture.size() * 2, QImage::Format_RGB32);
                QPainter(&sheet).drawImage(
                    QPoint(part % 2 * picture.width(), part / 2 * picture.height()), picture);
                ++part;
            }
        }
        window.setLanguage(QStringLiteral("en"));
        QApplication::processEvents(); // the dialog is not to hear of the change
        window.setTheme(gui::Theme::Light);
        settle(100);
        const QString file =
            m_folder + QStringLiteral("/sheets/") + name + m_suffix + QStringLiteral(".png");
        inFewColours(sheet).save(file);
        std::cout << file.toStdString() << std::endl;
    }
    // Every page as it is now.
    void takeSheets(gui::MainWindow& window, const QString& state) const
    {
        const QStringList pages = {
            QStringLiteral("data-"), QStringLiteral("train-"), QStringLiteral("attention-")};
        for (int page = 0; page < gui::MainWindow::Pages; ++page) {
            window.showPage(static_cast<gui::MainWindow::Page>(page));
            takeSheet(window, pages[page] + state);
        }
    }

private:
    QString m_folder;
    QString m_suffix;
};

const char* kChinese = "用户,物品,评分,时间\n";

std::string chineseFile()
{
    const std::vector<std::string> titles = {
        "灯塔守望者的漫长冬夜与失落的航海日志（典藏版）", "山谷里的邮局", "第七个房间",
        "雨后的铁匠铺", "长安旧梦"};
    std::string text = kChinese;
    for (int user = 0; user < 60; ++user) {
        for (int event = 0; event < 9; ++event)
            text += "读者" + std::to_string(user) + ","
                + titles[static_cast<std::size_t>((user + event) % 5)]
                + std::to_string((user + event) % 12) + "," + std::to_string(1 + (user + event) % 5)
                + "," + std::to_string(1'700'000'000 + user * 1000 + event * 86400) + "\n";
    }
    return text;
}

// Of the items of dirtyFile().
std::string itemsFile()
{
    std::string text = "itemid;name;shelves;price\n";
    for (int i = 0; i < 220; ++i)
        text += std::to_string(300'000 + i) + ";A book of many words " + std::to_string(i) + ";"
            + (i % 3 == 0 ? "novels|travel" : "poems") + ";" + std::to_string(5 + i % 20) + "\n";
    return text;
}

// Events of a shop with all that real ones have: a time first in milliseconds, types, a robot, rows
// that cannot be read, copies.
std::string dirtyFile()
{
    std::string text = "timestamp,visitorid,event,itemid,rating\n";
    const auto row = [&](std::int64_t time, int user, const char* type, int item, int rating) {
        text += std::to_string(time) + "," + std::to_string(user) + "," + type + ","
            + std::to_string(item) + "," + std::to_string(rating) + "\n";
    };
    constexpr std::int64_t kStart = 1'433'221'332'117;
    for (int user = 0; user < 400; ++user) {
        for (int event = 0; event < 3 + user % 7; ++event)
            row(kStart + user * 86'400'000LL + (event / 2) * 60'000LL, 250'000 + user,
                event % 5 == 4 ? "addtocart" : "view", 300'000 + (user * 31 + event * 7) % 220,
                user % 97 == 0 ? 50 : 1 + (user + event) % 5);
    }
    for (int event = 0; event < 900; ++event)
        row(kStart + event * 250LL, 999'999, "view", 300'000 + event % 220, 3);
    text += text.substr(text.find('\n') + 1, 400).substr(0, 156);
    text += "1433221399999,250001,view\n,250002,view,300010,4\nsoon,250002,view,300011,4\n"
            "1433221399999,,view,300010,4\n1433221399999,250003,view,300010,five\n";
    return text;
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc > 2 && std::string_view(argv[1]) == "--icons") {
        for (const int size : {16, 24, 32, 48, 64, 128, 256, 512}) {
            QSvgRenderer drawing(QStringLiteral("resources/icons/fovea.svg"));
            QImage image(size, size, QImage::Format_ARGB32);
            image.fill(Qt::transparent);
            QPainter painter(&image);
            drawing.render(&painter);
            painter.end();
            image.save(
                QStringLiteral("%1/fovea-%2.png").arg(QString::fromLocal8Bit(argv[2])).arg(size));
        }
        return 0;
    }
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    const QTemporaryDir scratch;
    qputenv("FOVEA_SETTINGS", (scratch.path() + QStringLiteral("/window.ini")).toLocal8Bit());
    const QString suffix =
        argc > 2 ? QStringLiteral("-") + QString::fromLocal8Bit(argv[2]) : QString();
    const Pictures pictures(folder, suffix);
    gui::Workbench workbench;
    gui::MainWindow window(workbench);
    window.setTheme(gui::Theme::Light);
    window.setLanguage(QStringLiteral("en"));
    show(window, kWindow);
    if (const auto opened =
            workbench.openWorkspace(scratch.filePath(QStringLiteral("work")).toStdString());
        !opened) {
        std::cerr << opened.error().message() << std::endl;
        return 1;
    }
    QDir().mkpath(folder + QStringLiteral("/sheets"));
    pictures.takeSheets(window, QStringLiteral("empty"));
    window.showPage(gui::MainWindow::Data);
    pictures.take(window, QStringLiteral("data-empty"));
    window.showPage(gui::MainWindow::Train);
    pictures.take(window, QStringLiteral("train-empty"));
    window.showPage(gui::MainWindow::Attention);
    pictures.take(window, QStringLiteral("attention-empty"));
    window.showPage(gui::MainWindow::Data);
    window.action(QStringLiteral("sample"))->trigger();
    pictures.take(window, QStringLiteral("data"));
    window.showPage(gui::MainWindow::Train);
    pictures.take(window, QStringLiteral("train-ready"));
    workbench.document().set("epochs", QStringLiteral("18"));
    window.action(QStringLiteral("start"))->trigger();
    auto& session = workbench.session();
    waitUntil([&] { return session.place().step > 100; });
    pictures.take(window, QStringLiteral("train-running"));
    window.showPage(gui::MainWindow::Attention);
    waitUntil([&] { return window.attentionPage().map() != nullptr; });
    pictures.take(window, QStringLiteral("attention-live"));
    window.action(QStringLiteral("liveMap"))->setChecked(true);
    pictures.takeSheets(window, QStringLiteral("training"));
    window.showPage(gui::MainWindow::Train);
    pictures.take(window, QStringLiteral("train-live-map"));
    window.action(QStringLiteral("liveMap"))->setChecked(false);
    waitUntil([&] { return session.state() == train::State::Finished; }, 300'000);
    pictures.takeSheets(window, QStringLiteral("after"));
    window.showPage(gui::MainWindow::Train);
    pictures.take(window, QStringLiteral("train"));
    window.showPage(gui::MainWindow::Attention);
    pictures.take(window, QStringLiteral("attention"));
    window.setTheme(gui::Theme::Dark);
    pictures.take(window, QStringLiteral("attention-dark"));
    window.showPage(gui::MainWindow::Train);
    pictures.take(window, QStringLiteral("train-dark"));
    window.setLanguage(QStringLiteral("zh_CN"));
    pictures.take(window, QStringLiteral("train-dark-zh"));
    window.showPage(gui::MainWindow::Data);
    pictures.take(window, QStringLiteral("data-dark-zh"));
    window.setTheme(gui::Theme::Light);
    const auto file = scratch.filePath(QStringLiteral("阅读记录.csv"));
    static_cast<void>(io::replaceFile(file.toStdString(), chineseFile()));
    {
        window.setLanguage(QStringLiteral("en"));
        QApplication::processEvents(); // the dialog is not to hear of the change
        const auto dirty = scratch.filePath(QStringLiteral("events.csv"));
        static_cast<void>(io::replaceFile(dirty.toStdString(), dirtyFile()));
        widgets::OpenDataDialog open(&window);
        open.setFiles({dirty});
        open.findChild<QTabWidget*>(QStringLiteral("choices"))->setCurrentIndex(1);
        show(open, kDialog);
        waitUntil([&] { return open.imported() != nullptr; }, 10'000);
        pictures.take(open, QStringLiteral("open-data-dirty"));
        const auto items = scratch.filePath(QStringLiteral("books.csv"));
        static_cast<void>(io::replaceFile(items.toStdString(), itemsFile()));
        open.setItemsFiles({items});
        open.findChild<QTabWidget*>(QStringLiteral("choices"))->setCurrentIndex(2);
        waitUntil([&] { return open.imported() != nullptr; }, 10'000);
        pictures.take(open, QStringLiteral("open-data-items"));
        window.setTheme(gui::Theme::Dark);
        pictures.take(open, QStringLiteral("open-data-dark"));
        window.setTheme(gui::Theme::Light);
        open.close();
        window.setLanguage(QStringLiteral("zh_CN"));
        QApplication::processEvents();
    }
    widgets::OpenDataDialog dialog(&window);
    dialog.setFiles({file});
    show(dialog, kDialog);
    waitUntil([&] { return dialog.imported() != nullptr; }, 10'000);
    pictures.take(dialog, QStringLiteral("open-data-zh"));
    dialog.close();
    QTimer::singleShot(800, &window, [&] {
        pictures.take(*QApplication::activeModalWidget(), QStringLiteral("progress-zh"));
        QApplication::activeModalWidget()->close();
    });
    static_cast<void>(widgets::doAside(
        &window, gui::Workbench::tr("Saving the data set"),
        [](base::Progress& progress, const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                progress.report({"save", 310 << 20, 480 << 20, "bytes", {}});
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
            return success();
        }));
    if (const auto added = workbench.addDataset(
            *dialog.imported(),
            QStringLiteral("一个名字相当长的数据集，用来看窗口怎样安放它 with a long name"));
        !added) {
        std::cerr << added.error().message() << std::endl;
        return 1;
    }
    workbench.document().set("epochs", QStringLiteral("3"));
    window.action(QStringLiteral("start"))->trigger();
    waitUntil([&] { return session.state() == train::State::Finished; }, 300'000);
    window.action(QStringLiteral("liveMap"))->setChecked(true);
    window.showPage(gui::MainWindow::Attention);
    waitUntil([&] { return window.attentionPage().map() != nullptr; });
    pictures.takeSheets(window, QStringLiteral("long-titles"));
    window.close();
    return 0;
}

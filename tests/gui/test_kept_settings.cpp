// The window's settings file with anything in it, as after a cut of power or another program's
// hand: the window opens, can be used and is remembered anew. FOVEA_FUZZ_SECONDS says how long, and
// FOVEA_FUZZ_SEED where it begins.
#include "app/gui/main_window.h"
#include "app/gui/settings.h"
#include "core/base/random.h"
#include "tests/gui/variable.h"
#include "tests/gui/wait.h"
#include "tests/support/support.h"
#include "widgets/train/train_page.h"

#include <QAction>
#include <QDataStream>
#include <QDialog>
#include <QElapsedTimer>
#include <QIODevice>
#include <QSplitter>
#include <QTimer>

#include <array>
#include <fstream>
#include <iostream>

namespace fovea::gui {
namespace {

using test::waitUntil;

class KeptSettings : public testing::Test {
protected:
    KeptSettings()
    {
        std::filesystem::current_path(m_scratch.path());
        m_events = m_scratch.write("events.csv", "user,item,time\na,x,1\na,y,2\na,z,3\nb,x,4\n");
    }

    ~KeptSettings() override { std::filesystem::current_path(m_before); }

    // What a window leaves that has had a data set, a run, a chosen head and a file's reading.
    void leaveSettings()
    {
        Workbench bench(2);
        MainWindow window(bench);
        window.show();
        window.openWorkspace(m_work);
        window.action(QStringLiteral("sample"))->trigger();
        ASSERT_NE(bench.dataset(), nullptr);
        ASSERT_TRUE(bench.document().set("width", QStringLiteral("8")));
        ASSERT_TRUE(bench.document().set("epochs", QStringLiteral("1")));
        window.showPage(MainWindow::Train);
        window.action(QStringLiteral("start"))->trigger();
        ASSERT_TRUE(waitUntil([&] { return bench.session().state() == train::State::Finished; }));
        window.showPage(MainWindow::Attention);
        openDialogs(window);
        window.close();
        const auto settings = openSettings();
        for (const auto& key : settings->allKeys()) {
            if (key.startsWith(QStringLiteral("opened/")))
                settings->setValue(
                    key,
                    settings->value(key).toStringList()
                        << QStringLiteral("0") << QStringLiteral("1"));
        }
        settings->setValue(QStringLiteral("threads"), 2);
        settings->setValue(QStringLiteral("declinedRun"), m_work);
        settings->setValue(QStringLiteral("exportFolder"), m_work);
        settings->setValue(
            QStringLiteral("recipes"),
            QVariantList{QStringList{
                QStringLiteral("csv"), QStringLiteral(R"({"roles":{"user":"user"}})")}});
    }

    // The dialogs that ask the settings: how such a file was read before, and preferences.
    void openDialogs(MainWindow& window)
    {
        QTimer timer;
        timer.setInterval(50);
        QObject::connect(&timer, &QTimer::timeout, [] {
            if (auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget()))
                dialog->reject();
        });
        timer.start();
        window.openPath(QString::fromStdString(m_events.string()));
        window.action(QStringLiteral("preferences"))->trigger();
    }

    void useWindow(bool opensDialogs)
    {
        Workbench bench(chosenThreads());
        MainWindow window(bench);
        window.show();
        window.openFirst({});
        EXPECT_NE(bench.workspace(), nullptr);
        for (int page = 0; page < MainWindow::Pages; ++page) {
            window.showPage(static_cast<MainWindow::Page>(page));
            waitUntil([] { return false; }, 10);
        }
        if (opensDialogs)
            openDialogs(window);
        EXPECT_TRUE(window.isVisible());
        EXPECT_GE(window.width(), 200);
        EXPECT_GE(window.height(), 200);
        EXPECT_LE(window.width(), 10'000);
        EXPECT_LE(window.height(), 10'000);
        window.close();
    }

    const std::filesystem::path m_before = std::filesystem::current_path();
    const test::ScratchFolder m_scratch;
    const std::filesystem::path m_file = m_scratch / "window.ini";
    const test::Variable m_settings{"FOVEA_SETTINGS", m_file.c_str()};
    const test::Variable m_dataHome{"XDG_DATA_HOME", (m_scratch / "data").c_str()}; // workspaces
    const QString m_work = QString::fromStdString((m_scratch / "work").string());
    std::filesystem::path m_events;
};

std::string randomBytes(base::Stream& draw, std::uint32_t most)
{
    std::string bytes;
    for (auto left = draw.below(most); left > 0; --left)
        bytes += static_cast<char>(draw.below(256));
    return bytes;
}

// As the file has it behind a key.
std::string someValue(base::Stream& draw)
{
    constexpr std::array kValues = {
        "",
        "-1",
        "3",
        "1000000",
        "2147483647",
        "-2147483648",
        "99999999999999999999",
        "nan",
        "true",
        "light",
        "zh_CN",
        "/nowhere/at/all",
        "@Invalid()",
        "@Size(-5 99999999)",
        "@Size(99999999 99999999)",
        "@Rect(1 2 3 4)",
        "@Point(1 2)",
        "@ByteArray()",
        "@String()",
        "@Variant()",
        "a, b, c",
        "2147483647, 2147483647",
        "\"\\x0\\xffff\", 99999999999999, -3",
        "@Variant(\\0\\0\\0\\t\\xff\\xff\\xff\\xff)",
        "@Variant(\\0\\0\\0\\b\\0\\0\\0\\x1)",
        "@Variant(\\0\\0\\x4\\0\\0\\0\\0\\0)"};
    switch (draw.below(4)) {
    case 0:
        return "@ByteArray(" + randomBytes(draw, 200) + ")";
    case 1:
        return std::string(draw.below(100'000), 'x');
    default:
        return kValues[draw.below(kValues.size())];
    }
}

// Some lines have other values, or some bytes are others, are gone or come twice.
std::string changed(std::string text, base::Stream& draw)
{
    for (auto left = 1 + draw.below(6); left > 0; --left) {
        const auto at = draw.below(static_cast<std::uint32_t>(text.size()) + 1);
        const auto equals = text.find('=', at);
        switch (draw.below(6)) {
        case 0:
            text.insert(at, randomBytes(draw, 8));
            break;
        case 1:
            text.erase(at, draw.below(40));
            break;
        case 2:
            text.insert(at, text.substr(at, draw.below(100)));
            break;
        default:
            if (equals != std::string::npos) {
                const auto end = std::min(text.find('\n', equals), text.size());
                text.replace(equals + 1, end - equals - 1, someValue(draw));
            }
        }
    }
    return text;
}

TEST_F(KeptSettings, AskForNoMoreThreadsThanPreferencesOffer)
{
    for (const int asked : {1'000'000, -1}) {
        chooseThreads(asked);
        EXPECT_EQ(chosenThreads(), asked > 0 ? kMostThreads : 0);
    }
}

// As Qt writes a splitter's state: two sizes, and a handle of a million pixels.
QByteArray withAWideHandle()
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out << qint32(0xff) << qint32(1) << QList<int>{300, 700} << false << qint32(1'000'000) << true
        << qint32(Qt::Horizontal) << true;
    return bytes;
}

TEST_F(KeptSettings, LeaveDialogsAndSplittersInTheWindow)
{
    openSettings()->setValue(QStringLiteral("openDataSize"), QSize(99'999'999, 99'999'999));
    useWindow(true);
    openSettings()->setValue(QStringLiteral("trainSplitter"), withAWideHandle());
    useWindow(false);
}

// Qt reserves memory for as many entries as a list says that it has.
TEST_F(KeptSettings, AListOfBillionsIsNone)
{
    std::ofstream(m_file) << "[General]\nrecent=@Variant(\\0\\0\\0\\t\\xff\\xff\\xff\\xff)\n";
    EXPECT_TRUE(kept(QStringLiteral("recent")).toList().isEmpty());
    useWindow(false);
}

TEST_F(KeptSettings, KeepWhereAHandleWasMovedThoughItsPageIsNotShown)
{
    const auto sizesOnTrain = [](MainWindow& window) {
        window.showPage(MainWindow::Train);
        waitUntil([] { return false; }, 10);
        return window.trainPage().splitter().sizes();
    };
    QList<int> moved;
    {
        Workbench bench(2);
        MainWindow window(bench);
        window.show();
        const auto before = sizesOnTrain(window);
        window.trainPage().splitter().setSizes({before[0] + 100, before[1] - 100});
        moved = sizesOnTrain(window);
        EXPECT_NE(moved, before);
        window.showPage(MainWindow::Data);
        window.close();
    }
    for (int start = 0; start < 2; ++start) {
        Workbench bench(2);
        MainWindow window(bench);
        window.show();
        waitUntil([] { return false; }, 10);
        EXPECT_EQ(window.page(), MainWindow::Data);
        if (start == 1) {
            EXPECT_EQ(sizesOnTrain(window), moved);
        }
        window.close();
    }
}

TEST_F(KeptSettings, OpenTheWindowWhateverTheyAre)
{
    const auto seconds = qEnvironmentVariable("FOVEA_FUZZ_SECONDS").toInt();
    const auto first = qEnvironmentVariable("FOVEA_FUZZ_SEED").toUInt();
    constexpr std::uint32_t kUsual = 40;
    leaveSettings();
    const auto left = test::contentOf(m_file);
    QElapsedTimer clock;
    clock.start();
    std::uint32_t n = 0;
    for (; seconds > 0 ? clock.elapsed() < 1000LL * seconds : n < kUsual; ++n) {
        const auto seed = first + n;
        base::Stream draw(seed, base::Purpose::Sample);
        std::ofstream(m_file, std::ios::binary) << (seed == 0 ? left : changed(left, draw));
        SCOPED_TRACE("FOVEA_FUZZ_SEED=" + std::to_string(seed));
        useWindow(seed % 4 == 0);
        if (HasFailure())
            break;
    }
    std::cout << n << " settings in " << clock.elapsed() / 1000 << " s\n";
}

} // namespace
} // namespace fovea::gui

// The window as a person uses it: clicks and keys, from a file to exports, and back after a
// restart.
#include "core/base/os.h"
#include "tests/gui/gui_support.h"
#include "widgets/attention/attention_page.h"
#include "widgets/attention/thumbnails.h"
#include "widgets/data/data_page.h"
#include "widgets/data/open_data_dialog.h"
#include "widgets/parts/error_bar.h"
#include "widgets/parts/texts.h"
#include "widgets/train/config_form.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QToolButton>

#include <cerrno>
#include <future>
#include <set>

namespace fovea::gui {
namespace {

using test::ScratchFolder;
using test::typeInto;
using test::waitUntil;
using test::whenDialogOpens;

class GuiTest : public testing::Test {
protected:
    ScratchFolder m_scratch;
};

TEST_F(GuiTest, OpensAFileThroughTheDialog)
{
    std::string text = "user,item,time\n";
    for (int u = 0; u < 12; ++u) {
        for (int e = 0; e < 6; ++e)
            text += "u" + std::to_string(u) + ",i" + std::to_string((u + e) % 9) + ","
                + std::to_string(1000 + e) + "\n";
    }
    const auto file = m_scratch.write("clicks.csv", text + "u1,i1,soon\n");
    test::Window window(m_scratch.path());
    QString report;
    whenDialogOpens([&](QWidget& dialog) {
        auto* field = dialog.findChild<QLineEdit*>(QStringLiteral("eventsFile"));
        QTest::keyClicks(field, QString::fromStdString(file.string()));
        auto* import = dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
        auto& open = static_cast<widgets::OpenDataDialog&>(dialog);
        ASSERT_TRUE(waitUntil([&] { return open.imported() != nullptr; }));
        report = dialog.findChild<QLabel*>(QStringLiteral("report"))->text();
        QTest::mouseClick(import, Qt::LeftButton);
    });
    window.trigger("open");
    ASSERT_NE(window.bench().dataset(), nullptr);
    EXPECT_EQ(window.bench().dataset()->eventCount(), 72);
    EXPECT_TRUE(report.contains(QStringLiteral("72 events"))) << report.toStdString();
    EXPECT_TRUE(report.contains(QStringLiteral("first in line 74"))) << report.toStdString();
    EXPECT_TRUE(std::filesystem::exists(m_scratch / "work/data/clicks/dataset.json"));
    const auto numbers = window.find<QLabel>("numbers")->text();
    EXPECT_TRUE(numbers.contains(QStringLiteral("12 users"))) << numbers.toStdString();
}

TEST_F(GuiTest, RefusesWrongValuesAsTheyAreTypedAndUndoesEdits)
{
    test::Window window(m_scratch.path());
    window->showPage(MainWindow::Train);
    auto* heads = qobject_cast<QLineEdit*>(window->trainPage().form().field("heads"));
    typeInto(heads, "3");
    EXPECT_TRUE(heads->property("wrong").toBool());
    QTest::keyClick(heads, Qt::Key_Return);
    EXPECT_EQ(window.bench().document().config().heads, 2);
    typeInto(heads, "4");
    EXPECT_FALSE(heads->property("wrong").toBool());
    QTest::keyClick(heads, Qt::Key_Return);
    EXPECT_EQ(window.bench().document().config().heads, 4);
    window.trigger("undo");
    EXPECT_EQ(window.bench().document().config().heads, 2);
    EXPECT_EQ(heads->text(), QStringLiteral("2"));
    window.trigger("redo");
    EXPECT_EQ(window.bench().document().config().heads, 4);
}

TEST_F(GuiTest, OffersWhatWouldFitIntoMemory)
{
    test::Window window(m_scratch.path());
    window.trigger("sample");
    window->showPage(MainWindow::Train);
    auto& document = window.bench().document();
    ASSERT_TRUE(document.set("width", QStringLiteral("4096")));
    ASSERT_TRUE(document.set("layers", QStringLiteral("64")));
    const auto before = document.config();
    window.trigger("start");
    auto& bar = window->trainPage().errors();
    ASSERT_TRUE(bar.isVisible());
    EXPECT_TRUE(bar.text().contains(QStringLiteral("would fit"))) << bar.text().toStdString();
    auto* mend = bar.findChild<QPushButton*>();
    ASSERT_TRUE(mend->isVisible());
    QTest::mouseClick(mend, Qt::LeftButton);
    EXPECT_FALSE(bar.isVisible());
    const auto after = document.config();
    EXPECT_LT(after.width, before.width);
    EXPECT_EQ(after.layers, before.layers);
    EXPECT_EQ(after.ffnWidth, before.ffnWidth); // automatic still
    EXPECT_FALSE(window.bench().whatFits()); // it does
    window.trigger("undo");
    EXPECT_EQ(document.config().width, before.width);
}

TEST_F(GuiTest, TrainsPausesStepsChangesAndGoesOn)
{
    test::Window window(m_scratch.path());
    window.beginRun("6");
    ASSERT_TRUE(window.waitFor(train::State::Running));
    window.trigger("pause");
    ASSERT_TRUE(window.waitFor(train::State::Paused));
    auto& session = window.bench().session();
    const auto step = session.place().step;
    window.trigger("stepBatch");
    ASSERT_TRUE(waitUntil([&] { return session.place().step == step + 1; }));
    ASSERT_TRUE(window.waitFor(train::State::Paused));
    auto* dropout = qobject_cast<QLineEdit*>(window->trainPage().form().field("dropout"));
    EXPECT_TRUE(dropout->isEnabled());
    EXPECT_FALSE(window->trainPage().form().field("width")->isEnabled());
    typeInto(dropout, "0.4");
    QTest::keyClick(dropout, Qt::Key_Return);
    window.trigger("resume");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    const auto run = train::RunFolder::open(window.bench().run());
    ASSERT_OK(run);
    EXPECT_EQ(run->record().epochs, 6);
    ASSERT_EQ(run->record().changes.size(), 1u);
    EXPECT_EQ(run->record().changes[0].key, "dropout");
    EXPECT_DOUBLE_EQ(run->record().changes[0].value, 0.4);
    // A run of the window opens from the command line.
    EXPECT_EQ(test::fovea({"evaluate", window.bench().run().string()}).exitCode, 0);
}

// A key or a menu takes no focus away from the field: what stands in it counts all the same.
TEST_F(GuiTest, TrainsWithWhatIsBeingTyped)
{
    test::Window window(m_scratch.path());
    window.trigger("sample");
    window->showPage(MainWindow::Train);
    auto& form = window->trainPage().form();
    auto& document = window.bench().document();
    ASSERT_TRUE(document.set("epochs", QStringLiteral("99999")));
    typeInto(qobject_cast<QLineEdit*>(form.field("heads")), "3");
    window.trigger("start"); // 3 does not divide 64
    EXPECT_FALSE(window.bench().session().isBusy());
    EXPECT_TRUE(window->trainPage().errors().text().contains(QStringLiteral("divisible")));
    typeInto(qobject_cast<QLineEdit*>(form.field("heads")), "4");
    window.trigger("start");
    ASSERT_TRUE(window.waitFor(train::State::Running));
    window.trigger("pause");
    ASSERT_TRUE(window.waitFor(train::State::Paused));
    typeInto(qobject_cast<QLineEdit*>(form.field("dropout")), "0.4");
    window.trigger("resume");
    ASSERT_TRUE(window.waitFor(train::State::Running));
    window.trigger("stop");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    const auto run = train::RunFolder::open(window.bench().run());
    ASSERT_OK(run);
    EXPECT_EQ(run->record().config.heads, 4);
    ASSERT_EQ(run->record().changes.size(), 1u);
    EXPECT_DOUBLE_EQ(run->record().changes[0].value, 0.4);
    // Opened again it stands as it was left, and what was automatic still is.
    ASSERT_TRUE(document.set("dropout", QStringLiteral("0.1")));
    ASSERT_OK(window.bench().openRun(window.bench().run()));
    EXPECT_DOUBLE_EQ(document.config().dropout, 0.4);
    ASSERT_TRUE(document.set("dropout", QStringLiteral("0.3")));
    EXPECT_DOUBLE_EQ(*document.resolved().attentionDropout, 0.3);
    ASSERT_TRUE(document.set("width", QStringLiteral("32")));
    EXPECT_EQ(*document.resolved().ffnWidth, 32);
    document.undoStack()->undo();
    document.undoStack()->undo();
    document.undoStack()->undo(); // the opening was an edit
    EXPECT_DOUBLE_EQ(document.config().dropout, 0.1);
}

TEST_F(GuiTest, ImportsOnlyWhatFitsTheChoices)
{
    const auto file = m_scratch.write("clicks.csv", "user,item,time\na,x,1\na,y,2\na,z,3\nb,x,1\n");
    widgets::OpenDataDialog dialog;
    for (auto* choice : dialog.findChildren<QComboBox*>())
        EXPECT_FALSE(choice->isEnabled()) << "before there is a file";
    dialog.setFiles({QString::fromStdString(file.string())});
    ASSERT_TRUE(waitUntil([&] { return dialog.imported() != nullptr; }));
    EXPECT_EQ(dialog.imported()->dataset->userCount(), 2);
    dialog.findChild<QSpinBox*>(QStringLiteral("minUser"))->setValue(2);
    EXPECT_EQ(dialog.imported(), nullptr);
    // Whoever does not wait gets what was asked for, once it is there.
    dialog.show();
    dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click();
    EXPECT_TRUE(dialog.isVisible());
    ASSERT_TRUE(waitUntil([&] { return !dialog.isVisible(); }));
    EXPECT_EQ(dialog.result(), QDialog::Accepted);
    EXPECT_EQ(dialog.imported()->dataset->userCount(), 1);
}

TEST_F(GuiTest, ShowsTheMapBesideTheCurvesOnDemand)
{
    test::Window window(m_scratch.path());
    window.beginRun("100000");
    ASSERT_TRUE(waitUntil([&] { return window.bench().session().place().step > 20; }));
    EXPECT_EQ(window->attentionPage().map(), nullptr); // nobody looks
    window.trigger("liveMap");
    ASSERT_TRUE(waitUntil([&] { return window->attentionPage().map() != nullptr; }));
    const auto first = window->attentionPage().map();
    ASSERT_TRUE(waitUntil([&] { return window->attentionPage().map() != first; }));
    window.trigger("stop");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
}

TEST_F(GuiTest, FitsASmallScreenWhateverIsShown)
{
    test::Window window(m_scratch.path());
    auto& document = window.bench().document();
    ASSERT_TRUE(document.set("layers", QStringLiteral("6")));
    ASSERT_TRUE(document.set("heads", QStringLiteral("16")));
    window.beginRun("1");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    window.trigger("liveMap");
    window->showPage(MainWindow::Attention);
    ASSERT_TRUE(waitUntil([&] { return window->attentionPage().map() != nullptr; }));
    // Full HD at a scale of 2.
    EXPECT_LE(window->minimumSizeHint().width(), 960);
    EXPECT_LE(window->minimumSizeHint().height(), 540);
    // All heads are there, to be scrolled to by their keys.
    auto* heads = window->attentionPage().findChild<widgets::Thumbnails*>();
    heads->setFocus();
    for (int i = 0; i < 20; ++i)
        QTest::keyClick(heads, Qt::Key_Up);
    EXPECT_EQ(heads->choice().layer, 0);
    EXPECT_FALSE(heads->visibleRegion().intersected(heads->chosenRect()).isEmpty());
}

// While the model is busy the map that is shown is still somebody else's.
TEST_F(GuiTest, AMapIsNeverTakenForThatOfAnotherUser)
{
    test::Window window(m_scratch.path());
    window.beginRun("1");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    window->showPage(MainWindow::Attention);
    auto& page = window->attentionPage();
    auto* title = window.find<QLabel>("mapTitle");
    ASSERT_TRUE(waitUntil([&] { return title->text().contains(QStringLiteral("u0001")); }));
    std::promise<void> done;
    window.bench().desk().thread().submit(
        device::Priority::Interactive, [busy = done.get_future().share()] { busy.wait(); });
    page.pickUser({4});
    EXPECT_TRUE(title->text().contains(QStringLiteral("u0001")));
    const auto file = m_scratch / "map.csv";
    whenDialogOpens([&](QWidget& dialog) {
        auto* field = dialog.findChild<QLineEdit*>(QStringLiteral("file"));
        EXPECT_TRUE(field->text().contains(QStringLiteral("u0001")));
        typeInto(field, file.c_str());
        QTest::keyClick(field, Qt::Key_Return);
    });
    window.trigger("exportMap");
    EXPECT_NE(test::contentOf(file).find("\nu0001,"), std::string::npos);
    // Before long it goes.
    EXPECT_TRUE(waitUntil([&] { return title->text().isEmpty(); }));
    EXPECT_FALSE(window->action(QStringLiteral("exportMap"))->isEnabled());
    done.set_value();
    EXPECT_TRUE(waitUntil([&] { return title->text().contains(QStringLiteral("u0005")); }));
}

TEST_F(GuiTest, NamesWhatIsShownAndOpensAnotherFromTheMenu)
{
    test::Window window(m_scratch.path());
    window.beginRun("2");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    EXPECT_TRUE(window->windowTitle().startsWith(QStringLiteral("sample-sasrec - ")));
    window.beginRun("3");
    const auto place = [&] { return window.find<QLabel>("epoch")->text().toStdString(); };
    ASSERT_TRUE(waitUntil([&] { return place().starts_with("Epoch 3/3 "); }));
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    for (auto* menu : window->menuBar()->findChildren<QMenu*>()) {
        Q_EMIT menu->aboutToShow();
        for (auto* action : menu->actions()) {
            if (action->text() == QStringLiteral("sample-sasrec"))
                action->trigger();
        }
    }
    EXPECT_EQ(window.bench().run().filename(), "sample-sasrec");
    EXPECT_TRUE(window->windowTitle().startsWith(QStringLiteral("sample-sasrec - ")));
    EXPECT_THAT(place(), testing::StartsWith("Epoch 2/2 ")) << "of the run that is shown";
}

TEST_F(GuiTest, ShowsThePresetThatTheSettingsAre)
{
    test::Window window(m_scratch.path());
    auto* presets = window.find<QComboBox>("presets");
    const int sasrec = presets->currentIndex();
    EXPECT_GE(sasrec, 0) << "the defaults are one";
    const int other = sasrec == 0 ? 1 : 0;
    presets->setCurrentIndex(other);
    Q_EMIT presets->activated(other);
    EXPECT_EQ(presets->currentIndex(), other);
    window.trigger("undo");
    EXPECT_EQ(presets->currentIndex(), sasrec);
    window.bench().document().set("width", QStringLiteral("32"));
    EXPECT_EQ(presets->currentIndex(), -1);
}

TEST_F(GuiTest, KeepsWhatIsBeingTypedWhenTheLanguageChanges)
{
    test::Window window(m_scratch.path());
    window->showPage(MainWindow::Train);
    const auto width = [&] {
        return static_cast<QLineEdit*>(window->trainPage().form().field("width"));
    };
    width()->setFocus();
    QTest::keyClick(width(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(width(), QStringLiteral("48"));
    window->setLanguage(QStringLiteral("zh_CN"));
    ASSERT_TRUE(waitUntil([&] { return width()->toolTip().contains(QStringLiteral("默认")); }))
        << width()->toolTip().toStdString();
    EXPECT_EQ(width()->text(), QStringLiteral("48"));
    EXPECT_TRUE(width()->isModified());
    window->setLanguage(QStringLiteral("en"));
}

TEST_F(GuiTest, DoesNotOfferARunAgainThatWasDeclined)
{
    {
        test::Window window(m_scratch.path());
        window.beginRun("2");
        ASSERT_TRUE(window.waitFor(train::State::Finished));
        window->close();
    }
    // As a crash leaves it.
    const auto record = m_scratch / "work/runs/sample-sasrec/run.json";
    auto text = test::contentOf(record);
    const std::string state = "\"finished\"";
    ASSERT_NE(text.find(state), text.npos);
    m_scratch.write(
        "work/runs/sample-sasrec/run.json",
        text.replace(text.find(state), state.size(), "\"running\""));
    const auto bars = [](test::Window& window) {
        return std::vector{
            &window->dataPage().errors(), &window->trainPage().errors(),
            &window->attentionPage().errors()};
    };
    const auto offer = [&](test::Window& window) -> widgets::ErrorBar* {
        for (auto* bar : bars(window)) {
            if (bar->text().contains(QStringLiteral("did not finish")))
                return bar;
        }
        return nullptr;
    };
    {
        test::Window window(m_scratch.path());
        ASSERT_NE(offer(window), nullptr);
        offer(window)->findChild<QToolButton*>()->click();
    }
    test::Window window(m_scratch.path());
    EXPECT_EQ(offer(window), nullptr);
}

TEST_F(GuiTest, KeepsAndOpensSettings)
{
    const auto file = m_scratch / "settings.json";
    {
        test::Window window(m_scratch.path());
        window.bench().document().set("width", QStringLiteral("48"));
        ASSERT_OK(window.bench().writeConfig(file));
        window.bench().document().set("width", QStringLiteral("32"));
        window->close();
    }
    test::Window window(m_scratch.path());
    auto& document = window.bench().document();
    EXPECT_EQ(document.config().width, 32); // as it was left
    ASSERT_OK(window.bench().readConfig(file));
    EXPECT_EQ(document.config().width, 48);
    window.trigger("undo");
    EXPECT_EQ(document.config().width, 32);
    m_scratch.write("wrong.json", R"({"width": 7, "heads": 2})");
    EXPECT_FALSE(window.bench().readConfig(m_scratch / "wrong.json").ok());
    EXPECT_EQ(document.config().width, 32);
}

TEST_F(GuiTest, FindsTheUsersThatAreMostWrong)
{
    test::Window window(m_scratch.path());
    window.beginRun("2");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    window->showPage(MainWindow::Attention);
    auto* users = window.find<QListView>("users");
    const auto before = users->model()->index(0, 0).data().toString();
    for (auto* button : window->findChildren<QPushButton*>()) {
        if (button->text() == QStringLiteral("Most &wrong"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    EXPECT_TRUE(waitUntil([&] { return users->model()->index(0, 0).data().toString() != before; }));
}

TEST_F(GuiTest, MarksTheUserWhereTabEntersTheList)
{
    test::Window window(m_scratch.path());
    window.trigger("sample");
    window->showPage(MainWindow::Attention);
    auto* users = window.find<QListView>("users");
    ASSERT_EQ(users->selectionModel()->currentIndex().row(), -1);
    QFocusEvent enters(QEvent::FocusIn, Qt::TabFocusReason);
    QApplication::sendEvent(users, &enters);
    EXPECT_EQ(users->selectionModel()->currentIndex().row(), 0);
    EXPECT_TRUE(users->selectionModel()->isSelected(users->model()->index(0, 0)));
}

TEST_F(GuiTest, SwitchesThemeAndLanguageWithoutARestart)
{
    test::Window window(m_scratch.path());
    window->setTheme(Theme::Dark);
    EXPECT_LT(QApplication::palette().window().color().lightness(), 128);
    window->setTheme(Theme::Light);
    EXPECT_GT(QApplication::palette().window().color().lightness(), 128);
    window->setLanguage(QStringLiteral("zh_CN"));
    EXPECT_EQ(window->action(QStringLiteral("pause"))->text(), QStringLiteral("暂停(&P)"));
    window->setLanguage(QStringLiteral("en"));
    EXPECT_EQ(window->action(QStringLiteral("pause"))->text(), QStringLiteral("&Pause"));
}

TEST_F(GuiTest, TellsErrorsInTheWindowsLanguage)
{
    test::Window window(m_scratch.path());
    window->setLanguage(QStringLiteral("zh_CN"));
    window->openPath(QString::fromStdString((m_scratch / "nowhere").string()));
    EXPECT_TRUE(window->dataPage().errors().text().contains(QStringLiteral("这既不是事件文件")))
        << window->dataPage().errors().text().toStdString();
    EXPECT_EQ(
        widgets::errorText(badInput(
            say("no column holds the %1", term("item")), say("%1, line %2", std::string("a"), 3))),
        QStringLiteral("a，第 3 行：没有任何列是物品。"));
    EXPECT_EQ(
        widgets::errorText(failure(say("%1: %2", "cannot write", base::systemText(ENOSPC)))),
        QStringLiteral("无法写入：设备上没有剩余空间。"));
    EXPECT_EQ(
        widgets::warningText(
            {say("metrics are averages over the test events of few users: %1", 60),
             "Import more users before you compare models"}),
        QStringLiteral(
            "指标只是很少用户的测试事件的平均值，用户数：60。比较模型之前请导入更多用户。"));
    EXPECT_EQ(widgets::periodText(0, 10'000'000), QStringLiteral("1970-01-01 至 1970-04-26"));
    window->setLanguage(QStringLiteral("en"));
    EXPECT_TRUE(waitUntil([&] { // what is shown follows the language
        return window->dataPage().errors().text().contains(
            QStringLiteral("neither a file of events"));
    }));
}

TEST_F(GuiTest, AsksBeforeItClosesARunAndOffersToGoOnAfterwards)
{
    std::filesystem::path run;
    {
        test::Window window(m_scratch.path());
        window.beginRun("100000");
        ASSERT_TRUE(waitUntil([&] { return window.bench().session().place().step > 20; }));
        run = window.bench().run();
        whenDialogOpens([](QWidget& dialog) { // keep training
            auto* box = qobject_cast<QMessageBox*>(&dialog);
            QTest::mouseClick(box->buttons().at(1), Qt::LeftButton);
        });
        window->close();
        EXPECT_TRUE(window.bench().session().isActive());
        whenDialogOpens([](QWidget& dialog) { // stop and close
            auto* box = qobject_cast<QMessageBox*>(&dialog);
            QTest::mouseClick(box->buttons().at(0), Qt::LeftButton);
        });
        window->close();
        ASSERT_TRUE(waitUntil([&] { return !window->isVisible(); }));
    }
    const auto record = train::RunFolder::open(run);
    ASSERT_OK(record);
    EXPECT_EQ(record->record().state, train::State::Stopping);
    // What a crash leaves is offered at the next start.
    auto text = test::contentOf(run / "run.json");
    const auto at = text.find("\"stopped\"");
    ASSERT_NE(at, std::string::npos);
    text.replace(at, 9, "\"running\"");
    m_scratch.write("work/runs/" + run.filename().string() + "/run.json", text);
    test::Window window(m_scratch.path());
    auto& bar = window->trainPage().errors(); // of the page that was shown
    EXPECT_TRUE(bar.text().contains(QStringLiteral("did not finish"))) << bar.text().toStdString();
    QTest::mouseClick(bar.findChild<QPushButton*>(), Qt::LeftButton);
    ASSERT_TRUE(window.waitFor(train::State::Running));
    EXPECT_TRUE(bar.text().isEmpty()); // what it offered is done
    auto& session = window.bench().session();
    const auto perEpoch = session.place().stepsPerEpoch;
    EXPECT_GE(session.place().step, record->record().epochs * perEpoch); // not from the start
    EXPECT_GT(record->record().epochs, 0);
    window.trigger("stop");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    EXPECT_EQ(window.find<QLabel>("state")->text(), QStringLiteral("Stopped"));
}

TEST_F(GuiTest, OpensWhatWasOpenBefore)
{
    explain::HeadChoice chosen;
    {
        test::Window window(m_scratch.path());
        window.beginRun("2");
        ASSERT_TRUE(window.waitFor(train::State::Finished));
        window.find<QTabWidget>()->setCurrentIndex(1);
        window->showPage(MainWindow::Attention);
        ASSERT_TRUE(waitUntil([&] { return window->attentionPage().map() != nullptr; }));
        auto* heads = window.find<widgets::Thumbnails>();
        QTest::keyClick(heads, Qt::Key_Left);
        QTest::keyClick(heads, Qt::Key_Up);
        ASSERT_EQ(heads->choice().layer, 0);
        ASSERT_GE(heads->choice().head, 0);
        chosen = heads->choice();
        window->showPage(MainWindow::Train);
        window->close();
    }
    test::Window window(m_scratch.path());
    ASSERT_NE(window.bench().dataset(), nullptr);
    EXPECT_EQ(window.find<QTabWidget>()->currentIndex(), 1);
    EXPECT_EQ(window.bench().run().filename(), "sample-sasrec");
    EXPECT_EQ(window->page(), MainWindow::Train);
    EXPECT_FALSE(window->action(QStringLiteral("resume"))->isEnabled());
    EXPECT_TRUE(window->action(QStringLiteral("exportCurves"))->isEnabled());
    window->showPage(MainWindow::Attention);
    ASSERT_TRUE(waitUntil([&] { return window->attentionPage().map() != nullptr; }));
    EXPECT_EQ(window.find<widgets::Thumbnails>()->choice().layer, chosen.layer);
    EXPECT_EQ(window.find<widgets::Thumbnails>()->choice().head, chosen.head);
}

TEST_F(GuiTest, TakesBackOnlyWhatWasChangedInThePause)
{
    test::Window window(m_scratch.path());
    window.beginRun("100000");
    ASSERT_TRUE(window.waitFor(train::State::Running));
    EXPECT_FALSE(window->action(QStringLiteral("undo"))->isEnabled());
    window.trigger("pause");
    ASSERT_TRUE(window.waitFor(train::State::Paused));
    EXPECT_FALSE(window->action(QStringLiteral("undo"))->isEnabled());
    window.bench().document().set("dropout", QStringLiteral("0.5"));
    window.trigger("undo");
    EXPECT_DOUBLE_EQ(window.bench().document().config().dropout, 0.2);
    EXPECT_EQ(window.bench().document().config().width, 16);
    EXPECT_FALSE(window->action(QStringLiteral("undo"))->isEnabled());
    window.trigger("stop");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
}

// Tab until the widget has its window's focus, as one without a mouse would.
bool tabTo(QWidget* widget)
{
    auto* window = widget->window();
    for (int i = 0; i < 200 && window->focusWidget() != widget; ++i)
        QTest::keyClick(window->focusWidget() ? window->focusWidget() : window, Qt::Key_Tab);
    return window->focusWidget() == widget;
}

void typeInstead(QWidget* field, const std::string& text)
{
    QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(field, QString::fromStdString(text));
}

// The whole path without a mouse: a file, training, a pause, a change, a map, exports, undo.
TEST_F(GuiTest, IsDrivenByTheKeyboardAlone)
{
    std::string text = "user,item,time\n";
    for (int u = 0; u < 60; ++u) {
        for (int e = 0; e < 9; ++e)
            text += "u" + std::to_string(u) + ",i" + std::to_string((u * 7 + e) % 40) + ","
                + std::to_string(1000 + e) + "\n";
    }
    const auto file = m_scratch.write("clicks.csv", text);
    test::Window window(m_scratch.path());
    // Without a window manager nobody gives the focus back when a dialog closes.
    const auto press = [&](Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier) {
        window->activateWindow();
        static_cast<void>(QTest::qWaitForWindowActive(&*window));
        auto* focus = window->focusWidget(); // which may want the key for itself
        QTest::keyClick(focus ? focus : &*window, key, with);
    };
    whenDialogOpens([&](QWidget& dialog) {
        auto* field = dialog.findChild<QLineEdit*>(QStringLiteral("eventsFile"));
        ASSERT_TRUE(tabTo(field));
        typeInstead(field, file.string());
        auto* import = dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
        ASSERT_TRUE(tabTo(import));
        QTest::keyClick(import, Qt::Key_Space);
    });
    press(Qt::Key_O, Qt::ControlModifier);
    ASSERT_NE(window.bench().dataset(), nullptr);
    press(Qt::Key_2, Qt::ControlModifier);
    ASSERT_EQ(window->page(), MainWindow::Train);
    auto& form = window->trainPage().form();
    auto& config = window.bench().document();
    for (const auto& [key, value] :
         {std::pair("width", "16"), std::pair("epochs", "99999"), std::pair("patience", "0")}) {
        ASSERT_TRUE(tabTo(form.field(key))) << key;
        typeInstead(form.field(key), value);
        QTest::keyClick(form.field(key), Qt::Key_Return);
    }
    EXPECT_EQ(config.config().width, 16);
    press(Qt::Key_T, Qt::ControlModifier);
    ASSERT_TRUE(window.waitFor(train::State::Running));
    press(Qt::Key_F6);
    ASSERT_TRUE(window.waitFor(train::State::Paused));
    auto& session = window.bench().session();
    const auto step = session.place().step;
    press(Qt::Key_F7);
    ASSERT_TRUE(waitUntil([&] { return session.place().step == step + 1; }));
    ASSERT_TRUE(window.waitFor(train::State::Paused));
    ASSERT_TRUE(tabTo(form.field("dropout")));
    typeInstead(form.field("dropout"), "0.3");
    QTest::keyClick(form.field("dropout"), Qt::Key_Return);
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_DOUBLE_EQ(config.config().dropout, 0.2);
    press(Qt::Key_F5);
    ASSERT_TRUE(window.waitFor(train::State::Running));
    press(Qt::Key_3, Qt::ControlModifier);
    auto& page = window->attentionPage();
    ASSERT_TRUE(waitUntil([&] { return page.map() != nullptr; }));
    auto* search = window.find<QLineEdit>("userSearch");
    ASSERT_TRUE(tabTo(search));
    typeInstead(search, "u42");
    auto* users = window.find<QListView>("users");
    ASSERT_TRUE(waitUntil([&] { return users->model()->rowCount() == 1; }));
    ASSERT_TRUE(tabTo(users));
    QTest::keyClick(users, Qt::Key_Home);
    QTest::keyClick(users, Qt::Key_Space);
    ASSERT_TRUE(waitUntil(
        [&] { return page.map() && page.map()->about.find("u42") != std::string::npos; }));
    ASSERT_TRUE(tabTo(&page.view()));
    QTest::keyClick(&page.view(), Qt::Key_Left);
    EXPECT_TRUE(page.view().accessibleDescription().contains(QStringLiteral("looks at")));
    press(Qt::Key_F9);
    ASSERT_TRUE(waitUntil([&] { return !session.isActive(); }));
    ASSERT_TRUE(
        waitUntil([&] { return window->action(QStringLiteral("exportMap"))->isEnabled(); }));
    const auto saved = m_scratch / "map.png";
    whenDialogOpens([&](QWidget& dialog) {
        auto* field = dialog.findChild<QLineEdit*>(QStringLiteral("file"));
        ASSERT_TRUE(tabTo(field));
        typeInstead(field, saved.string());
        QTest::keyClick(field, Qt::Key_Return);
    });
    press(Qt::Key_E, Qt::ControlModifier);
    EXPECT_TRUE(std::filesystem::exists(saved));
    press(Qt::Key_1, Qt::ControlModifier);
    EXPECT_EQ(window->page(), MainWindow::Data);
}

TEST_F(GuiTest, TakesAFileThatIsDroppedOnIt)
{
    const auto file = m_scratch.write("events.csv", "user,item,time\na,x,1\na,y,2\na,z,3\n");
    test::Window window(m_scratch.path());
    QMimeData dropped;
    dropped.setUrls({QUrl::fromLocalFile(QString::fromStdString(file.string()))});
    QDragEnterEvent enter({200, 200}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&*window, &enter);
    EXPECT_TRUE(enter.isAccepted());
    QString shown;
    whenDialogOpens([&](QWidget& dialog) {
        shown = dialog.findChild<QLineEdit*>(QStringLiteral("eventsFile"))->text();
        QTest::keyClick(&dialog, Qt::Key_Escape);
    });
    QDropEvent drop({200, 200}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&*window, &drop);
    ASSERT_TRUE(waitUntil([&] { return !shown.isEmpty(); }));
    EXPECT_EQ(shown.toStdString(), file.string());
    // Events and items, told apart by what they hold.
    const auto items = m_scratch.write("a.csv", "item,title\nx,The X\ny,The Y\nz,The Z\n");
    const auto drop2 = [&](const std::filesystem::path& first,
                           const std::filesystem::path& second) {
        dropped.setUrls(
            {QUrl::fromLocalFile(QString::fromStdString(first.string())),
             QUrl::fromLocalFile(QString::fromStdString(second.string()))});
        QApplication::sendEvent(&*window, &enter);
        QDropEvent both({200, 200}, Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&*window, &both);
    };
    QString shownItems;
    const auto readFields = [&](QWidget& dialog) {
        const auto textOf = [&](const char* field) {
            return dialog.findChild<QLineEdit*>(QLatin1String(field))->text();
        };
        auto& open = static_cast<widgets::OpenDataDialog&>(dialog);
        EXPECT_TRUE(waitUntil([&] { return !open.isLooking(); }));
        shown = textOf("eventsFile");
        shownItems = textOf("itemsFile");
        QTest::keyClick(&dialog, Qt::Key_Escape);
    };
    whenDialogOpens(readFields);
    drop2(items, file);
    ASSERT_TRUE(waitUntil([&] { return !shownItems.isEmpty(); }, 5000));
    EXPECT_EQ(shown.toStdString(), file.string());
    EXPECT_EQ(shownItems.toStdString(), items.string());
    QString report;
    whenDialogOpens([&](QWidget& dialog) {
        auto* label = dialog.findChild<QLabel*>(QStringLiteral("report"));
        EXPECT_TRUE(waitUntil(
            [&] { return label->text().contains(QStringLiteral("0 seem to hold events")); }));
        report = label->text();
        QTest::keyClick(&dialog, Qt::Key_Escape);
    });
    drop2(items, items);
    ASSERT_TRUE(waitUntil([&] { return !report.isEmpty(); }));
    // A folder of them, with a file that is no table.
    std::filesystem::create_directories(m_scratch / "shop");
    const auto notes = m_scratch.write("shop/README", "What a person wrote.\n");
    const auto events = m_scratch.write("shop/b.csv", "user,item,time\na,x,1\na,y,2\na,z,3\n");
    m_scratch.write("shop/a.csv", "item,title\nx,The X\n");
    shownItems.clear();
    whenDialogOpens(readFields);
    window->openPath(QString::fromStdString(notes.parent_path().string()));
    ASSERT_TRUE(waitUntil([&] { return !shownItems.isEmpty(); }, 5000));
    EXPECT_EQ(shown.toStdString(), events.string());
    EXPECT_TRUE(shownItems.endsWith(QStringLiteral("shop/a.csv")));
}

TEST_F(GuiTest, ExplainsEveryFieldFromTheParameterTable)
{
    test::Window window(m_scratch.path());
    for (const auto& parameter : train::parameters()) {
        const auto* field = window->trainPage().form().field(std::string(parameter.key));
        ASSERT_NE(field, nullptr) << parameter.key;
        EXPECT_EQ(field->whatsThis(), widgets::parameterHelp(parameter));
        EXPECT_FALSE(field->whatsThis().isEmpty());
    }
}

TEST_F(GuiTest, TellsScreenReadersTheNameAndRoleOfEveryControl)
{
    test::Window window(m_scratch.path());
    window.trigger("sample");
    std::set<QWidget*> checked;
    for (int page = 0; page < MainWindow::Pages; ++page) {
        window->showPage(static_cast<MainWindow::Page>(page));
        for (auto* widget : window->findChildren<QWidget*>()) {
            const bool takesFocus =
                widget->focusPolicy() != Qt::NoFocus && widget->isVisibleTo(&*window);
            const bool isInner = widget->objectName().startsWith(QLatin1String("qt_"))
                || qobject_cast<QAbstractScrollArea*>(widget->parentWidget())
                || qobject_cast<QTabWidget*>(widget); // its bar is what is read
            if (!takesFocus || isInner || !checked.insert(widget).second)
                continue;
            const std::string about = std::string(widget->metaObject()->className()) + " "
                + widget->objectName().toStdString();
            const auto* interface = QAccessible::queryAccessibleInterface(widget);
            ASSERT_NE(interface, nullptr) << about;
            EXPECT_FALSE(interface->text(QAccessible::Name).isEmpty()) << about;
            EXPECT_NE(interface->role(), QAccessible::Client) << about;
            EXPECT_NE(interface->role(), QAccessible::NoRole) << about;
        }
    }
    EXPECT_GT(checked.size(), 30u);
}

} // namespace
} // namespace fovea::gui

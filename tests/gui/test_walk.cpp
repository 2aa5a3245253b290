// The whole path of a first visit by clicks and keys alone: nothing is called that a person could
// not reach.
#include "tests/gui/gui_support.h"
#include "widgets/attention/attention_page.h"
#include "widgets/attention/thumbnails.h"
#include "widgets/parts/error_bar.h"
#include "widgets/train/config_form.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QToolBar>
#include <QToolButton>

#include <set>

namespace fovea::gui {
namespace {

using test::waitUntil;
using test::whenDialogOpens;

class Walk : public testing::Test {
protected:
    // Of an entry whose words begin so, without marks of keys.
    static QAction* entry(const QList<QAction*>& actions, const char* text)
    {
        for (auto* action : actions) {
            if (action->text().remove(QLatin1Char('&')).startsWith(QString::fromUtf8(text)))
                return action;
        }
        return nullptr;
    }

    static void clickEntry(QMenu* menu, QAction* action)
    {
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
    }

    // Down the menu bar: {"View", "Language", "English"}.
    static void clickMenu(test::Window& window, std::initializer_list<const char*> path)
    {
        auto* bar = window->menuBar();
        auto at = path.begin();
        auto* action = entry(bar->actions(), *at);
        ASSERT_NE(action, nullptr) << *at;
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->actionGeometry(action).center());
        for (++at; at != path.end(); ++at) {
            auto* menu = action->menu();
            ASSERT_NE(menu, nullptr);
            ASSERT_TRUE(waitUntil([&] { return menu->isVisible(); }));
            action = entry(menu->actions(), *at);
            ASSERT_NE(action, nullptr) << *at;
            ASSERT_TRUE(action->isEnabled()) << *at;
            clickEntry(menu, action);
        }
    }

    static void clickButton(test::Window& window, const char* action)
    {
        for (auto* button : window->trainPage().findChildren<QToolButton*>()) {
            if (button->defaultAction()
                && button->defaultAction()->objectName() == QLatin1String(action)) {
                ASSERT_TRUE(button->isEnabled()) << action;
                QTest::mouseClick(button, Qt::LeftButton);
                return;
            }
        }
        FAIL() << action;
    }

    static void clickRail(test::Window& window, const char* page)
    {
        auto* rail = window->findChild<QToolBar*>(QStringLiteral("rail"));
        QTest::mouseClick(
            rail->widgetForAction(window->action(QString::fromLatin1(page))), Qt::LeftButton);
    }

    static void typeInField(test::Window& window, const char* key, const char* value)
    {
        auto* field = qobject_cast<QLineEdit*>(window->trainPage().form().field(key));
        ASSERT_NE(field, nullptr) << key;
        QTest::mouseClick(field, Qt::LeftButton);
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field, QString::fromLatin1(value));
        QTest::keyClick(field, Qt::Key_Return);
    }

    // Types the file's name into the dialog that opens, and clicks Save.
    static void whenAskedForAFile(const std::filesystem::path& file)
    {
        whenDialogOpens([file](QWidget& dialog) {
            auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("file"));
            ASSERT_NE(name, nullptr);
            QTest::mouseClick(name, Qt::LeftButton);
            QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
            QTest::keyClicks(name, QString::fromStdString(file.string()));
            auto* buttons = dialog.findChild<QDialogButtonBox*>();
            QTest::mouseClick(buttons->button(QDialogButtonBox::Save), Qt::LeftButton);
        });
    }

    static void whenAsked(const char* button)
    {
        whenDialogOpens([button](QWidget& dialog) {
            for (auto* each : dialog.findChildren<QPushButton*>()) {
                if (each->text().remove(QLatin1Char('&')) == QString::fromUtf8(button)) {
                    QTest::mouseClick(each, Qt::LeftButton);
                    return;
                }
            }
            ADD_FAILURE() << button;
        });
    }

    void openTheFile(test::Window& window)
    {
        std::string text = "user,item,time\n";
        for (int u = 0; u < 80; ++u) {
            for (int e = 0; e < 12; ++e)
                text += "u" + std::to_string(u) + ",i" + std::to_string((u * 7 + e) % 40) + ","
                    + std::to_string(1000 + e) + "\n";
        }
        const auto file = m_scratch.write("clicks.csv", text);
        whenDialogOpens([&](QWidget& dialog) {
            auto* field = dialog.findChild<QLineEdit*>(QStringLiteral("eventsFile"));
            QTest::mouseClick(field, Qt::LeftButton);
            QTest::keyClicks(field, QString::fromStdString(file.string()));
            auto* import = dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
            ASSERT_TRUE(waitUntil([&] { return import->isEnabled(); }));
            QTest::mouseClick(import, Qt::LeftButton);
        });
        clickMenu(window, {"File", "Open data"});
        ASSERT_NE(window.bench().dataset(), nullptr);
    }

    void trainAndChange(test::Window& window)
    {
        clickRail(window, "train");
        typeInField(window, "width", "16");
        typeInField(window, "epochs", "99999");
        typeInField(window, "patience", "0");
        clickButton(window, "start");
        ASSERT_TRUE(window.waitFor(train::State::Running));
        clickButton(window, "pause");
        ASSERT_TRUE(window.waitFor(train::State::Paused));
        auto& session = window.bench().session();
        const auto step = session.place().step;
        clickButton(window, "stepBatch");
        ASSERT_TRUE(waitUntil([&] { return session.place().step == step + 1; }));
        ASSERT_TRUE(window.waitFor(train::State::Paused));
        typeInField(window, "dropout", "0.35");
        const auto& document = window.bench().document();
        clickMenu(window, {"Edit", "Undo Dropout"});
        EXPECT_EQ(document.config().dropout, 0.2);
        clickMenu(window, {"Edit", "Redo Dropout"});
        EXPECT_EQ(document.config().dropout, 0.35);
        clickButton(window, "resume");
        ASSERT_TRUE(window.waitForSteps(step + 20));
    }

    void lookAtAUser(test::Window& window)
    {
        clickRail(window, "attention");
        auto& page = window->attentionPage();
        ASSERT_TRUE(waitUntil([&] { return page.map() != nullptr; }));
        auto* users = window.find<QListView>("users");
        const auto third = users->visualRect(users->model()->index(2, 0));
        QTest::mouseClick(users->viewport(), Qt::LeftButton, {}, third.center());
        auto* title = window.find<QLabel>("mapTitle");
        ASSERT_TRUE(waitUntil([&] { return title->text().contains(QStringLiteral("User u2,")); }));
        QTest::mouseClick(page.findChild<widgets::Thumbnails*>(), Qt::LeftButton, {}, {20, 20});
        EXPECT_TRUE(title->text().contains(QStringLiteral("layer 1, head 1")))
            << title->text().toStdString();
    }

    void exportEverything(test::Window& window)
    {
        clickRail(window, "train");
        bool isTold = false; // then the best weights' map takes the place of the last step's
        QObject::connect(
            &window.bench().session(), &widgets::TrainingSession::ended, &*window,
            [&] { isTold = true; }, Qt::SingleShotConnection);
        clickButton(window, "stop");
        ASSERT_TRUE(waitUntil([&] { return isTold; }));
        clickRail(window, "attention");
        auto* exportMap = window->action(QStringLiteral("exportMap"));
        for (const auto& [what, name] :
             {std::pair("Attention map", "map."), std::pair("Curves", "curves.")}) {
            for (const std::string ending : {"png", "svg", "pdf", "csv", "json"}) {
                const auto file = m_scratch / (name + ending);
                ASSERT_TRUE(waitUntil([&] { return exportMap->isEnabled(); }));
                whenAskedForAFile(file);
                clickMenu(window, {"File", "Export", what});
                ASSERT_TRUE(waitUntil([&] { return std::filesystem::exists(file); }))
                    << file << ": " << window->attentionPage().errors().text().toStdString();
                EXPECT_GT(std::filesystem::file_size(file), 300u);
            }
        }
        EXPECT_NE(test::contentOf(m_scratch / "map.csv").find("u2,"), std::string::npos);
        for (const std::string format : {"safetensors", "torchscript"}) {
            const auto folder = m_scratch / format;
            whenDialogOpens([folder](QWidget& dialog) { // Qt's own, whose completer takes keys
                auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
                ASSERT_NE(name, nullptr);
                name->setText(QString::fromStdString(folder.string()));
                QTest::keyClick(name, Qt::Key_Return);
            });
            clickMenu(window, {"File", "Export", ("Model as " + format).c_str()});
            EXPECT_TRUE(waitUntil([&] { return std::filesystem::exists(folder / "README.md"); }));
        }
    }

    void switchLook(test::Window& window)
    {
        clickMenu(window, {"View", "Language", "简体中文"});
        EXPECT_EQ(window->action(QStringLiteral("start"))->iconText(), QStringLiteral("训练"));
        auto& bar = window->attentionPage().errors(); // the note of the last export
        EXPECT_TRUE(waitUntil([&] { return bar.text().startsWith(QStringLiteral("已保存")); }))
            << bar.text().toStdString();
        EXPECT_TRUE(
            window->action(QStringLiteral("undo"))->text().contains(QStringLiteral("丢弃率")));
        clickMenu(window, {"视图", "语言", "English"});
        clickMenu(window, {"View", "Theme", "Dark"});
        EXPECT_LT(QApplication::palette().color(QPalette::Window).lightness(), 128);
        clickMenu(window, {"View", "Theme", "Light"});
        EXPECT_GT(QApplication::palette().color(QPalette::Window).lightness(), 128);
    }

    test::ScratchFolder m_scratch;
};

TEST_F(Walk, GoesFromAFileToExportsAndComesBackAfterARestart)
{
    {
        test::Window window(m_scratch.path());
        openTheFile(window);
        trainAndChange(window);
        lookAtAUser(window);
        exportEverything(window);
        switchLook(window);
        // The stopped run goes on, and is closed while it trains.
        clickRail(window, "train");
        clickButton(window, "resume");
        ASSERT_TRUE(window.waitFor(train::State::Running));
        whenAsked("Keep training");
        window->close();
        EXPECT_TRUE(window.bench().session().isActive());
        whenAsked("Stop and close");
        window->close();
        ASSERT_TRUE(waitUntil([&] { return !window->isVisible(); }));
    }
    test::Window window(m_scratch.path());
    EXPECT_EQ(window->page(), MainWindow::Train);
    ASSERT_FALSE(window.bench().run().empty());
    EXPECT_TRUE(window.find<QLabel>("epoch")->text().contains(QStringLiteral("(epoch ")))
        << window.find<QLabel>("epoch")->text().toStdString();
    clickButton(window, "resume");
    ASSERT_TRUE(window.waitFor(train::State::Running));
    const auto from = window.bench().session().place().step;
    EXPECT_GT(from, 0);
    EXPECT_EQ(window.bench().document().config().dropout, 0.35);
    clickButton(window, "stop");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
}

TEST_F(Walk, EveryMenuHasOneKeyAnEntry)
{
    test::Window window(m_scratch.path());
    for (const auto* language : {"en", "zh_CN"}) {
        window->setLanguage(QString::fromLatin1(language));
        const std::function<void(const QList<QAction*>&)> check = [&](const auto& actions) {
            std::set<QChar> keys;
            for (auto* action : actions) {
                const auto text = action->text();
                const auto mark = text.indexOf(QLatin1Char('&'));
                if (mark >= 0) {
                    EXPECT_TRUE(keys.insert(text.at(mark + 1).toLower()).second)
                        << text.toStdString();
                }
                if (action->menu())
                    check(action->menu()->actions());
            }
        };
        check(window->menuBar()->actions());
    }
}

} // namespace
} // namespace fovea::gui

// What leaves the window as a file: the same bytes as from the command line, in every format.
#include "app/gui/export_dialog.h"
#include "tests/gui/gui_support.h"
#include "widgets/attention/attention_page.h"
#include "widgets/parts/error_bar.h"
#include "widgets/plot/curve_plot.h"

#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSpinBox>

namespace fovea::gui {
namespace {

using test::ScratchFolder;
using test::typeInto;
using test::waitUntil;
using test::whenDialogOpens;

class Exporting : public testing::Test {
protected:
    void fillExport(QWidget& dialog, const std::filesystem::path& file, int width)
    {
        auto* formats = dialog.findChild<QComboBox*>(QStringLiteral("format"));
        ASSERT_NE(formats, nullptr);
        formats->setCurrentIndex(
            formats->findData(QString::fromStdString(file.extension().string().substr(1))));
        typeInto(dialog.findChild<QLineEdit*>(QStringLiteral("file")), file.string().c_str());
        if (width > 0)
            dialog.findChild<QSpinBox*>(QStringLiteral("width"))->setValue(width);
    }
    // Through the dialog that the action opens.
    void saveAs(
        test::Window& window, const char* action, const std::filesystem::path& file, int width = 0)
    {
        whenDialogOpens([&](QWidget& dialog) {
            fillExport(dialog, file, width);
            auto* buttons = dialog.findChild<QDialogButtonBox*>();
            QTest::mouseClick(buttons->button(QDialogButtonBox::Save), Qt::LeftButton);
        });
        window.trigger(action);
    }
    ScratchFolder m_scratch;
};

TEST_F(Exporting, ShowsAttentionLiveAndExportsWhatTheCommandLineDoes)
{
    test::Window window(m_scratch.path());
    window.beginRun("3");
    window->showPage(MainWindow::Attention);
    auto& page = window->attentionPage();
    ASSERT_TRUE(waitUntil([&] { return page.map() != nullptr; }));
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    auto* search = window.find<QLineEdit>("userSearch");
    typeInto(search, "u0007");
    auto* users = window.find<QListView>("users");
    ASSERT_TRUE(waitUntil([&] { return users->model()->rowCount() == 1; }));
    users->setFocus();
    QTest::keyClick(users, Qt::Key_Down);
    users->setCurrentIndex(users->model()->index(0, 0));
    ASSERT_TRUE(waitUntil(
        [&] { return page.map() && page.map()->about.find("u0007") != std::string::npos; }));
    for (const std::string ending : {"png", "svg", "pdf", "csv", "json"}) {
        const auto file = m_scratch / ("window." + ending);
        saveAs(window, "exportMap", file);
        const auto other = m_scratch / ("cli." + ending);
        ASSERT_EQ(
            test::fovea({"attention", window.bench().run().string(), "--user", "u0007", "-o",
                         other.string()})
                .exitCode,
            0);
        ASSERT_TRUE(std::filesystem::exists(file)) << ending;
        EXPECT_GT(std::filesystem::file_size(file), 500u);
        if (ending == "csv" || ending == "json" || ending == "svg") {
            EXPECT_TRUE(test::contentOf(file) == test::contentOf(other)) << ending;
        }
        const auto curves = m_scratch / ("curves." + ending);
        saveAs(window, "exportCurves", curves);
        EXPECT_TRUE(std::filesystem::exists(curves)) << ending;
        const auto same = m_scratch / ("cli-curves." + ending);
        ASSERT_EQ(
            test::fovea({"runs", window.bench().run().string(), "--curves", same.string()})
                .exitCode,
            0);
        if (ending == "csv" || ending == "json" || ending == "svg") {
            EXPECT_TRUE(test::contentOf(curves) == test::contentOf(same)) << ending;
        }
    }
    // A picture looks as the map does in the window.
    window.find<QComboBox>("scale")->setCurrentIndex(2);
    Q_EMIT window.find<QComboBox>("scale")->activated(2);
    window.find<QComboBox>("colours")->setCurrentIndex(1);
    Q_EMIT window.find<QComboBox>("colours")->activated(1);
    saveAs(window, "exportMap", m_scratch / "log.svg");
    ASSERT_EQ(
        test::fovea({"attention", window.bench().run().string(), "--user", "u0007", "--scale",
                     "log", "--colours", "ember", "-o", (m_scratch / "cli-log.svg").string()})
            .exitCode,
        0);
    EXPECT_TRUE(
        test::contentOf(m_scratch / "log.svg") == test::contentOf(m_scratch / "cli-log.svg"));
    EXPECT_TRUE(
        test::contentOf(m_scratch / "log.svg") != test::contentOf(m_scratch / "window.svg"));
    saveAs(window, "exportMap", m_scratch / "wide.png", 500);
    EXPECT_EQ(QImage(QString::fromStdString((m_scratch / "wide.png").string())).width(), 500);
    for (const auto* format : {"torchscript", "safetensors"}) {
        const auto folder = m_scratch / format;
        whenDialogOpens([&](QWidget& dialog) {
            auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
            ASSERT_NE(name, nullptr);
            name->setText(QString::fromStdString(folder.string()));
            QTest::keyClick(name, Qt::Key_Return);
        });
        window.trigger((std::string("export-") + format).c_str());
        ASSERT_TRUE(waitUntil([&] { return std::filesystem::exists(folder / "README.md"); }));
        EXPECT_TRUE(
            waitUntil([&] { return page.errors().text().contains(QStringLiteral("Saved")); }));
    }
}

// As in a window that is not active, where a click on the button does not end the editing.
TEST_F(Exporting, TakesTheEndingThatStandsInTheField)
{
    ExportDialog dialog(
        {}, QStringLiteral("map"), {QStringLiteral("png"), QStringLiteral("json")}, {100, 100},
        nullptr);
    const auto file = QString::fromStdString((m_scratch / "map.json").string());
    dialog.findChild<QLineEdit*>(QStringLiteral("file"))->setText(file);
    dialog.accept();
    EXPECT_EQ(dialog.file(), file);
    EXPECT_EQ(dialog.pixels(), 0); // of a table
}

TEST_F(Exporting, AsksForAnotherPlaceWhereOneCannotBeWritten)
{
    test::Window window(m_scratch.path());
    window.beginRun("1");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    saveAs(window, "exportCurves", m_scratch / "none" / "curves.csv");
    auto& bar = window->trainPage().errors();
    ASSERT_TRUE(bar.isVisible());
    auto* mend = bar.findChild<QPushButton*>();
    ASSERT_TRUE(mend->isVisible());
    const auto file = m_scratch / "curves.csv";
    whenDialogOpens([&](QWidget& dialog) {
        fillExport(dialog, file, 0);
        QTest::mouseClick(
            dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save), Qt::LeftButton);
    });
    QTest::mouseClick(mend, Qt::LeftButton);
    EXPECT_TRUE(waitUntil([&] { return bar.text().contains(QStringLiteral("Saved")); }));
    EXPECT_TRUE(std::filesystem::exists(file));
}

TEST_F(Exporting, OffersExportsInTheMenusOfMapAndCurves)
{
    test::Window window(m_scratch.path());
    window.beginRun("1");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    const auto menuAt = [&](QWidget* widget) {
        const auto at = widget->rect().center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, widget->mapToGlobal(at));
        QApplication::sendEvent(widget, &event);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        auto actions = menu ? menu->actions() : QList<QAction*>();
        if (menu)
            menu->close();
        return actions;
    };
    auto* curves = window->trainPage().plots().front()->findChild<QWidget*>(QStringLiteral("plot"));
    ASSERT_NE(curves, nullptr);
    EXPECT_TRUE(menuAt(curves).contains(window->action(QStringLiteral("exportCurves"))));
    window->showPage(MainWindow::Attention);
    ASSERT_TRUE(waitUntil([&] { return window->attentionPage().map() != nullptr; }));
    const auto actions = menuAt(&window->attentionPage().view());
    EXPECT_TRUE(actions.contains(window->action(QStringLiteral("exportMap"))));
    EXPECT_TRUE(actions.contains(window->action(QStringLiteral("export-torchscript"))));
}

TEST_F(Exporting, ReplacesAFileOnlyWhereThatButtonIsPressed)
{
    test::Window window(m_scratch.path());
    window.beginRun("1");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    const auto file = m_scratch.write("curves.csv", "mine");
    whenDialogOpens([&](QWidget& dialog) {
        fillExport(dialog, file, 0);
        whenDialogOpens([&](QWidget& question) {
            auto* const standing = question.focusWidget();
            ASSERT_NE(standing, nullptr);
            QTest::keyClick(standing, Qt::Key_Return); // by mistake
        });
        QTest::mouseClick(
            dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save), Qt::LeftButton);
        EXPECT_TRUE(dialog.isVisible());
        QTest::keyClick(&dialog, Qt::Key_Escape);
    });
    window.trigger("exportCurves");
    EXPECT_EQ(test::contentOf(file), "mine");
    whenDialogOpens([&](QWidget& dialog) {
        fillExport(dialog, file, 0);
        whenDialogOpens([&](QWidget& question) {
            for (auto* button : question.findChildren<QPushButton*>()) {
                if (button->text() == QStringLiteral("Replace"))
                    QTest::mouseClick(button, Qt::LeftButton);
            }
        });
        QTest::mouseClick(
            dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save), Qt::LeftButton);
    });
    window.trigger("exportCurves");
    EXPECT_NE(test::contentOf(file), "mine");
}

} // namespace
} // namespace fovea::gui

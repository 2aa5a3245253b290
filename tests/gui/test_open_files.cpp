// "Open data" with several files, from the keyboard, and on a small screen.
#include "tests/gui/gui_support.h"
#include "widgets/attention/attention_page.h"
#include "widgets/data/data_page.h"
#include "widgets/data/open_data_dialog.h"
#include "widgets/parts/error_bar.h"
#include "widgets/parts/texts.h"

#include <QDialogButtonBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>

namespace fovea::gui {
namespace {

using test::waitUntil;
using test::whenDialogOpens;

class OpenFiles : public testing::Test {
protected:
    void SetUp() override
    {
        m_ratings = m_scratch.write(
            "movies/ratings.dat",
            "1::1193::5::978300760\n1::661::3::978302109\n2::1193::4::978298413\n");
        m_movies = m_scratch.write(
            "movies/movies.dat",
            "1193::One Flew Over the Cuckoo's Nest (1975)::Drama\n661::James and the Giant Peach "
            "(1996)::Animation|Children's|Musical\n");
    }
    static QString text(const QWidget& dialog, const char* field)
    {
        return dialog.findChild<QLineEdit*>(QLatin1String(field))->text();
    }
    static QPushButton* import(const QWidget& dialog)
    {
        return dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
    }
    static QWidget* focusOf(const QWidget& dialog) { return dialog.focusWidget(); }
    void expectSorted(widgets::OpenDataDialog& dialog)
    {
        ASSERT_TRUE(waitUntil([&] { return dialog.imported() != nullptr; }))
            << dialog.findChild<QLabel*>(QStringLiteral("report"))->text().toStdString();
        EXPECT_EQ(text(dialog, "eventsFile").toStdString(), m_ratings.string());
        EXPECT_EQ(text(dialog, "itemsFile").toStdString(), m_movies.string());
        EXPECT_EQ(dialog.imported()->report.itemsTitled, 2);
    }

    test::ScratchFolder m_scratch;
    std::filesystem::path m_ratings;
    std::filesystem::path m_movies;
};

TEST_F(OpenFiles, SeveralThatAreChosenTogetherAreSorted)
{
    widgets::OpenDataDialog dialog;
    dialog.setPaths(
        {QString::fromStdString(m_movies.string()), QString::fromStdString(m_ratings.string())});
    expectSorted(dialog);
}

TEST_F(OpenFiles, BrowseTakesSeveral)
{
    widgets::OpenDataDialog dialog;
    dialog.show();
    whenDialogOpens([&](QWidget& browser) {
        auto* name = browser.findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
        ASSERT_NE(name, nullptr);
        auto* files = qobject_cast<QFileDialog*>(&browser);
        files->setDirectory(QString::fromStdString(m_movies.parent_path().string()));
        name->setText(QStringLiteral("\"movies.dat\" \"ratings.dat\""));
        QTest::keyClick(name, Qt::Key_Return);
    });
    for (auto* button : dialog.findChildren<QPushButton*>()) {
        if (button->accessibleName().startsWith(QStringLiteral("Files of events")))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    expectSorted(dialog);
}

TEST_F(OpenFiles, AFolderThatIsTypedIsLookedInto)
{
    widgets::OpenDataDialog dialog;
    dialog.show();
    auto* field = dialog.findChild<QLineEdit*>(QStringLiteral("eventsFile"));
    test::typeInto(field, m_movies.parent_path().c_str());
    QTest::keyClick(field, Qt::Key_Return);
    expectSorted(dialog);
    EXPECT_TRUE(dialog.isVisible());
}

TEST_F(OpenFiles, TheCommandTakesSeveral)
{
    test::Window window(m_scratch.path());
    bool isOpened = false;
    whenDialogOpens([&](QWidget& dialog) {
        isOpened = true;
        expectSorted(static_cast<widgets::OpenDataDialog&>(dialog));
        QTest::keyClick(&dialog, Qt::Key_Escape);
    });
    window->openFirst(
        {QString::fromStdString(m_ratings.string()), QString::fromStdString(m_movies.string())});
    EXPECT_TRUE(isOpened);
}

TEST_F(OpenFiles, WhatIsWrongWithSomeThatAreDroppedIsSaid)
{
    const auto empty = m_scratch / "empty";
    std::filesystem::create_directories(empty);
    const std::vector<std::pair<std::vector<std::filesystem::path>, const char*>> drops = {
        {{m_ratings, m_scratch / "gone.dat"}, "No such file"},
        {{m_scratch / "gone.dat", m_scratch / "too.dat"}, "No such file"},
        {{m_movies, m_movies}, "Of the files, 0 seem to hold events"},
        {{empty}, "no file"}};
    test::Window window(m_scratch.path());
    for (const auto& [files, expected] : drops) {
        QMimeData dropped;
        QList<QUrl> urls;
        for (const auto& file : files)
            urls << QUrl::fromLocalFile(QString::fromStdString(file.string()));
        dropped.setUrls(urls);
        std::string said;
        bool isClosed = false;
        whenDialogOpens([&](QWidget& dialog) {
            auto* report = dialog.findChild<QLabel*>(QStringLiteral("report"));
            waitUntil(
                [&] {
                    said = report->text().toStdString();
                    return said.find(expected) != said.npos;
                },
                5000);
            EXPECT_FALSE(import(dialog)->isEnabled());
            QTest::keyClick(&dialog, Qt::Key_Escape);
            isClosed = true;
        });
        QDragEnterEvent enter(
            QPoint(10, 10), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&*window, &enter);
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&*window, &drop);
        EXPECT_TRUE(waitUntil([&] { return isClosed; }, 10'000));
        EXPECT_THAT(said, testing::HasSubstr(expected));
    }
    EXPECT_EQ(window.bench().dataset(), nullptr);
}

TEST_F(OpenFiles, TheFirstEnterShowsThePreviewAndTheSecondImports)
{
    test::Window window(m_scratch.path());
    whenDialogOpens([&](QWidget& dialog) {
        auto& open = static_cast<widgets::OpenDataDialog&>(dialog);
        auto* field = dialog.findChild<QLineEdit*>(QStringLiteral("eventsFile"));
        test::typeInto(field, m_ratings.c_str());
        QTest::keyClick(field, Qt::Key_Return);
        ASSERT_TRUE(waitUntil([&] { return open.imported() != nullptr; }));
        waitUntil([] { return false; }, 50);
        EXPECT_TRUE(dialog.isVisible()) << "titles can still be added";
        test::typeInto(dialog.findChild<QLineEdit*>(QStringLiteral("itemsFile")), m_movies.c_str());
        QTest::keyClick(focusOf(dialog), Qt::Key_Return);
        ASSERT_TRUE(waitUntil([&] { return open.imported() != nullptr; }));
        waitUntil([] { return false; }, 50);
        EXPECT_TRUE(dialog.isVisible());
        EXPECT_EQ(open.imported()->report.itemsTitled, 2);
        QTest::keyClick(focusOf(dialog), Qt::Key_Return);
    });
    window.trigger("open");
    ASSERT_NE(window.bench().dataset(), nullptr);
    EXPECT_EQ(window.bench().dataset()->eventCount(), 3);
}

TEST_F(OpenFiles, FitsASmallScreenWithItsButtonsInSight)
{
    const auto screens = QGuiApplication::screens();
    if (screens.size() < 3)
        GTEST_SKIP() << "there is no small screen";
    const auto room = screens.at(2)->availableGeometry();
    test::Window window(m_scratch.path());
    window->hide();
    window->resize(1280, 820);
    window->setScreen(screens.at(2));
    window->show();
    EXPECT_LE(window->frameGeometry().width(), room.width());
    EXPECT_LE(window->frameGeometry().height(), room.height());
    widgets::OpenDataDialog dialog(&*window); // on its screen
    dialog.show();
    EXPECT_LE(dialog.frameGeometry().width(), room.width());
    EXPECT_LE(dialog.frameGeometry().height(), room.height());
    dialog.resize(600, 300); // smaller still
    QApplication::processEvents();
    EXPECT_TRUE(dialog.rect().contains(
        QRect(import(dialog)->mapTo(&dialog, QPoint()), import(dialog)->size())));
    const auto* body = dialog.findChild<QScrollArea*>(QStringLiteral("body"));
    EXPECT_GT(body->widget()->height(), body->viewport()->height()) << "the rest is scrolled to";
}

TEST_F(OpenFiles, TheDialogOpensInTheSizeThatItHad)
{
    test::Window window(m_scratch.path());
    const QSize chosen(900, 620);
    whenDialogOpens([&](QWidget& dialog) {
        dialog.resize(chosen);
        QTest::keyClick(&dialog, Qt::Key_Escape);
    });
    window.trigger("open");
    QSize size;
    whenDialogOpens([&](QWidget& dialog) {
        size = dialog.size();
        QTest::keyClick(&dialog, Qt::Key_Escape);
    });
    window.trigger("open");
    EXPECT_EQ(size, chosen);
}

TEST_F(OpenFiles, OneUserIsCountedAsOneAndMetricsOverSoFewAreWarnedOf)
{
    std::string csv = "user,item,time\n";
    for (int e = 0; e < 7; ++e)
        csv += "a,i" + std::to_string(e) + "," + std::to_string(1000 + e) + "\n";
    const auto file = m_scratch.write("one.csv", csv);
    test::Window window(m_scratch.path());
    whenDialogOpens([&](QWidget& dialog) {
        auto& open = static_cast<widgets::OpenDataDialog&>(dialog);
        ASSERT_TRUE(waitUntil([&] { return open.imported() != nullptr; }));
        const auto report = dialog.findChild<QLabel*>(QStringLiteral("report"))->text();
        EXPECT_TRUE(report.contains(QStringLiteral("1 user ·"))) << report.toStdString();
        QTest::mouseClick(import(dialog), Qt::LeftButton);
    });
    window->openPath(QString::fromStdString(file.string()));
    const auto numbers = window.find<QLabel>("numbers")->text();
    EXPECT_TRUE(numbers.contains(QStringLiteral("1 user  "))) << numbers.toStdString();
    const auto warnings = window.find<QLabel>("warnings")->text();
    EXPECT_TRUE(warnings.contains(QStringLiteral("few users: 1"))) << warnings.toStdString();
}

// Of a file that calls things by HTML, no label takes any for markup.
TEST_F(OpenFiles, NamesFromFilesAreNoHtml)
{
    std::string csv = "user,item,title,category,time\n";
    for (int u = 0; u < 40; ++u) {
        for (int e = 0; e < (u == 0 ? 400 : 4); ++e)
            csv += "<h1>u" + std::to_string(u) + "</h1>,<b>i" + std::to_string(e % 30)
                + "</b>,<img src=x>" + std::to_string(e % 30) + ",<i>c</i>,"
                + std::to_string(1000 + e) + "\n";
    }
    const auto file = m_scratch.write("<b>bold<b>.csv", csv);
    test::Window window(m_scratch.path());
    const auto expectPlain = [](const QWidget& in) {
        for (const auto* label : in.findChildren<QLabel*>()) {
            const bool isOurs = label->objectName() == QStringLiteral("legend"); // escapes names
            if (!isOurs && label->textFormat() != Qt::PlainText) {
                EXPECT_FALSE(Qt::mightBeRichText(label->text()))
                    << label->objectName().toStdString() << ": " << label->text().toStdString();
            }
        }
        for (const auto* widget : in.findChildren<QWidget*>())
            EXPECT_TRUE(
                !Qt::mightBeRichText(widget->toolTip())
                || widget->toolTip().startsWith(QStringLiteral("<p>")))
                << widget->toolTip().toStdString();
    };
    whenDialogOpens([&](QWidget& dialog) {
        auto& open = static_cast<widgets::OpenDataDialog&>(dialog);
        ASSERT_TRUE(waitUntil([&] { return open.imported() != nullptr; }));
        expectPlain(dialog);
        QTest::mouseClick(import(dialog), Qt::LeftButton);
    });
    window->openPath(QString::fromStdString(file.string()));
    ASSERT_NE(window.bench().dataset(), nullptr);
    EXPECT_TRUE(window.find<QLabel>("warnings")->text().contains(QStringLiteral("<h1>u0</h1>")));
    auto& document = window.bench().document();
    ASSERT_TRUE(document.set("width", QStringLiteral("16")));
    ASSERT_TRUE(document.set("epochs", QStringLiteral("1")));
    window.trigger("start");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    window->showPage(MainWindow::Attention);
    ASSERT_TRUE(waitUntil([&] { return window->attentionPage().map() != nullptr; }));
    QTest::keyClick(&window->attentionPage().view(), Qt::Key_Left);
    window.trigger("liveMap");
    for (const auto page : {MainWindow::Data, MainWindow::Train, MainWindow::Attention}) {
        window->showPage(page);
        expectPlain(*window);
    }
}

} // namespace
} // namespace fovea::gui

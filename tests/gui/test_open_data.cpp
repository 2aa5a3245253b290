// "Open data": files of the field's layouts, driven as a person would: what is recognised, the
// roles over the columns, the report, and choices that are remembered.
#include "core/io/safetensors.h"
#include "tests/gui/gui_support.h"
#include "tests/gui/variable.h"
#include "tests/support/packing.h"
#include "tests/support/stores.h"
#include "widgets/data/data_page.h"
#include "widgets/data/entity_models.h"
#include "widgets/data/open_data_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTableWidget>

#include <algorithm>

namespace fovea::gui {
namespace {

using test::waitUntil;
using test::whenDialogOpens;

struct Example {
    std::string name;
    std::string text;
    QString shape; // as the combo box shows it
    QString known; // part of the facts below; empty = none
    std::vector<QString> roles;
    std::int64_t events;
    QString report; // part of it
};

void PrintTo(const Example& example, std::ostream* out) { *out << example.name; }

class OpenData : public testing::TestWithParam<Example> {
protected:
    test::ScratchFolder m_scratch;
};

QString shownBy(const QWidget& dialog, const char* combo)
{
    return dialog.findChild<QComboBox*>(QLatin1String(combo))->currentText();
}

std::vector<QString> rolesOf(const QWidget& dialog)
{
    std::vector<QString> roles;
    auto* preview = dialog.findChild<QTableWidget*>(QStringLiteral("preview"));
    for (int c = 0; c < preview->columnCount(); ++c)
        roles.push_back(qobject_cast<QComboBox*>(preview->cellWidget(0, c))->currentText());
    return roles;
}

TEST_P(OpenData, SaysWhatItUnderstoodAndImportsIt)
{
    const auto& example = GetParam();
    const auto file = m_scratch.write(example.name, example.text);
    test::Window window(m_scratch.path());
    whenDialogOpens([&](QWidget& dialog) {
        auto* field = dialog.findChild<QLineEdit*>(QStringLiteral("eventsFile"));
        QTest::keyClicks(field, QString::fromStdString(file.string()));
        auto& open = static_cast<widgets::OpenDataDialog&>(dialog);
        ASSERT_TRUE(waitUntil([&] { return open.imported() != nullptr; }));
        EXPECT_EQ(shownBy(dialog, "format"), example.shape);
        EXPECT_EQ(rolesOf(dialog), example.roles);
        const auto facts = dialog.findChild<QLabel*>(QStringLiteral("facts"))->text();
        EXPECT_TRUE(facts.contains(example.known)) << facts.toStdString();
        EXPECT_EQ(facts.isEmpty(), example.known.isEmpty());
        const auto report = dialog.findChild<QLabel*>(QStringLiteral("report"))->text();
        EXPECT_TRUE(report.contains(example.report)) << report.toStdString();
        EXPECT_TRUE(report.contains(QStringLiteral("Format: "))) << report.toStdString();
        EXPECT_TRUE(report.contains(QStringLiteral("User = "))) << report.toStdString();
        QTest::mouseClick(
            dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok), Qt::LeftButton);
    });
    window.trigger("open");
    ASSERT_NE(window.bench().dataset(), nullptr);
    EXPECT_EQ(window.bench().dataset()->eventCount(), example.events);
}

const QString kDelimited = QStringLiteral("Delimited text");
const QString kUser = QStringLiteral("User");
const QString kItem = QStringLiteral("Item");
const QString kTime = QStringLiteral("Time");
const QString kValue = QStringLiteral("Value");
const QString kType = QStringLiteral("Type");
const QString kIgnore = QStringLiteral("Ignore");

INSTANTIATE_TEST_SUITE_P(
    Formats, OpenData,
    testing::Values(
        Example{
            "ratings.dat",
            "1::1193::5::978300760\n1::661::3::978302109\n2::1193::4::978298413\n",
            kDelimited,
            QStringLiteral("MovieLens 1M"),
            {kUser, kItem, kValue, kTime},
            3,
            QStringLiteral("No problems found.")},
        Example{
            "Beauty.csv",
            "1384719342,A2IBPI20UZIR0U,5.0,1393545600\nB00004Y2UT,A14VAT5EAX3D9S,3.0,1363392000\n"
            "B00004Y2UT,A14VAT5EAX3D9S,3.0,1363392000\n",
            kDelimited,
            QStringLiteral("Amazon reviews 2018"),
            {kItem, kUser, kValue, kTime},
            2,
            QStringLiteral("1 × exact duplicate (event left out), first in line 3")},
        Example{
            "reviews.jsonl",
            "{\"user_id\":\"u1\",\"business_id\":\"b1\",\"stars\":4.0,\"date\":\"2018-07-07 "
            "22:09:11\"}\n{\"user_id\":\"u1\",\"business_id\":\"b2\",\"stars\":1.0,\"date\":"
            "\"2011-01-26\"}\nno record\n",
            QStringLiteral("JSON, one object a line"),
            {},
            {kUser, kItem, kValue, kTime},
            2,
            QStringLiteral("1 × no JSON object (row left out), first in line 3")},
        Example{
            "combined_data_1.txt",
            "1:\n1488844,3,2005-09-06\n822109,5,2005-05-13\n",
            QStringLiteral("Blocks (item: user,rating,date)"),
            QStringLiteral("Netflix Prize"),
            {kItem, kUser, kValue, kTime},
            2,
            QStringLiteral("2 users")},
        Example{
            "events.csv.gz",
            test::packed(
                "raw", "gzip",
                {{"",
                  "timestamp,visitorid,event,itemid,transactionid\n"
                  "1433221332117,257597,view,355908,\n1433224214164,992329,view,248676,\n"
                  "1433222276276,257597,transaction,356475,4000\n"}}),
            kDelimited,
            QStringLiteral("gzip"),
            {kTime, kUser, kType, kItem, kIgnore},
            3,
            QStringLiteral("2015-06-02")}));

TEST(OpenDataMemory, ChoosesAsForTheLastFileWithTheseColumnsUntilToldOtherwise)
{
    const test::ScratchFolder scratch;
    const std::string text = "user,item,rating,time\na,x,1,1\na,x,2,2\na,y,3,3\nb,x,9,4\n";
    const auto first = scratch.write("first.csv", text);
    const auto second = scratch.write("second.csv", text + "c,z,1,5\n");
    const auto other = scratch.write("other.csv", "user,item,time\na,x,1\na,y,2\n");
    test::Window window(scratch.path());
    const auto open = [&](const std::filesystem::path& file, const auto& drive) {
        whenDialogOpens([&](QWidget& dialog) {
            auto& shown = static_cast<widgets::OpenDataDialog&>(dialog);
            shown.setFiles({QString::fromStdString(file.string())});
            ASSERT_TRUE(waitUntil([&] { return !shown.isLooking(); }));
            drive(shown);
            ASSERT_TRUE(waitUntil([&] { return shown.imported() != nullptr; }));
            QTest::mouseClick(
                dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok),
                Qt::LeftButton);
        });
        window.trigger("open");
        return window.bench().dataset()->eventCount();
    };
    const auto choose = [](QWidget& dialog, const char* name, const char* choice) {
        auto* box = dialog.findChild<QComboBox*>(QLatin1String(name));
        box->setCurrentIndex(box->findData(QLatin1String(choice)));
        Q_EMIT box->activated(box->currentIndex());
    };
    EXPECT_EQ(
        open(
            first,
            [&](widgets::OpenDataDialog& dialog) {
                EXPECT_FALSE(dialog.findChild<QWidget*>(QStringLiteral("remembered"))->isVisible());
                choose(dialog, "deal repeats", "last");
                auto* most = dialog.findChild<QLineEdit*>(QStringLiteral("most"));
                most->setText(QStringLiteral("5"));
                Q_EMIT most->editingFinished();
            }),
        2);
    EXPECT_EQ(
        open(
            other,
            [&](widgets::OpenDataDialog& dialog) {
                EXPECT_FALSE(dialog.findChild<QWidget*>(QStringLiteral("remembered"))->isVisible());
            }),
        2);
    EXPECT_EQ(
        open(
            second,
            [&](widgets::OpenDataDialog& dialog) {
                EXPECT_TRUE(dialog.findChild<QWidget*>(QStringLiteral("remembered"))->isVisible());
                EXPECT_EQ(
                    dialog.findChild<QLineEdit*>(QStringLiteral("most"))->text(),
                    QStringLiteral("5"));
            }),
        3);
    EXPECT_EQ(
        open(
            second,
            [&](widgets::OpenDataDialog& dialog) {
                auto* remembered = dialog.findChild<QWidget*>(QStringLiteral("remembered"));
                QTest::mouseClick(remembered->findChild<QPushButton*>(), Qt::LeftButton);
                EXPECT_FALSE(remembered->isVisible());
            }),
        5);
}

TEST(OpenDataArchives, WhatLiesBesideTheEventsIsTakenAlongAndGoesWithThem)
{
    const test::ScratchFolder scratch;
    const auto zip = scratch.write(
        "shop.zip",
        test::packed(
            "zip", "none",
            {{"shop/items.csv", "item,title\nx,A title\ny,The " + std::string(900, 'y') + "\n"},
             {"shop/clicks.csv", "user,item,time\na,x,1\na,y,2\nb,x,3\n"},
             {"shop/users.csv", "user,city\na,Oslo\nb,Bergen\n"}}));
    const auto plain = scratch.write("plain.csv", "user,item,time\na,x,1\n");
    test::Window window(scratch.path());
    whenDialogOpens([&](QWidget& dialog) {
        auto& open = static_cast<widgets::OpenDataDialog&>(dialog);
        const auto field = [&](const char* name) {
            return dialog.findChild<QLineEdit*>(QLatin1String(name));
        };
        open.setFiles({QString::fromStdString(zip.string())});
        ASSERT_TRUE(waitUntil([&] {
            return open.imported() != nullptr && !field("itemsFile")->text().isEmpty()
                && open.imported()->report.itemsTitled == 2;
        }));
        EXPECT_EQ(shownBy(dialog, "member"), QStringLiteral("shop/clicks.csv"));
        EXPECT_TRUE(field("usersFile")->text().endsWith(QStringLiteral("shop.zip/shop/users.csv")));
        EXPECT_EQ(open.imported()->dataset->attributes().users().size(), 1u);
        open.setFiles({QString::fromStdString(plain.string())});
        ASSERT_TRUE(waitUntil([&] {
            return open.imported() != nullptr && open.imported()->dataset->eventCount() == 1;
        }));
        EXPECT_EQ(field("itemsFile")->text(), QString());
        EXPECT_EQ(field("usersFile")->text(), QString());
        open.reject();
    });
    window.trigger("open");
}

TEST(OpenDataStores, ADatabaseOffersItsTablesAndNothingThatOnlyTextLeavesOpen)
{
    const test::ScratchFolder scratch;
    const auto file = test::sqlite(
        scratch / "shop.db",
        "CREATE TABLE ratings (user, item, rating REAL, time INTEGER); INSERT INTO ratings VALUES "
        "('a', 'x', 4, 1), ('a', 'y', 5, 2), ('b', 'x', 1, 3); CREATE TABLE views (user, item); "
        "INSERT INTO views VALUES ('a', 'x');");
    test::Window window(scratch.path());
    whenDialogOpens([&](QWidget& dialog) {
        auto& open = static_cast<widgets::OpenDataDialog&>(dialog);
        open.setFiles({QString::fromStdString(file.string())});
        ASSERT_TRUE(waitUntil([&] { return open.imported() != nullptr; }));
        EXPECT_EQ(shownBy(dialog, "member"), QStringLiteral("ratings"));
        for (const char* choice : {"format", "encoding"})
            EXPECT_FALSE(dialog.findChild<QComboBox*>(QLatin1String(choice))->isVisible());
        EXPECT_EQ(
            dialog.findChild<QLabel*>(QStringLiteral("facts"))->text(),
            QStringLiteral("SQLite database"));
        EXPECT_EQ(rolesOf(dialog), (std::vector<QString>{kUser, kItem, kValue, kTime}));
        auto* tables = dialog.findChild<QComboBox*>(QStringLiteral("member"));
        tables->setCurrentIndex(tables->findData(QStringLiteral("views")));
        Q_EMIT tables->activated(tables->currentIndex());
        ASSERT_TRUE(waitUntil([&] { return !open.isLooking(); }));
        EXPECT_EQ(rolesOf(dialog), (std::vector<QString>{kUser, kItem}));
        ASSERT_TRUE(waitUntil([&] { return open.imported() != nullptr; }));
        QTest::mouseClick(
            dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok), Qt::LeftButton);
    });
    window.trigger("open");
    ASSERT_NE(window.bench().dataset(), nullptr);
    EXPECT_EQ(window.bench().dataset()->eventCount(), 1);
}

TEST(OpenDataStores, AQueryIsTypedAndOneThatWorksForeverKeepsNobodyWaiting)
{
    const test::ScratchFolder scratch;
    const auto file = test::sqlite(
        scratch / "shop.db",
        "CREATE TABLE ratings (user, item, rating REAL); INSERT INTO ratings VALUES ('a', 'x', 4), "
        "('a', 'y', 5), ('b', 'x', 1);");
    test::Window window(scratch.path());
    const auto type = [](QWidget& dialog, const char* text) {
        auto* field = dialog.findChild<QComboBox*>(QStringLiteral("member"))->lineEdit();
        field->setText(QLatin1String(text));
        Q_EMIT field->editingFinished();
    };
    QElapsedTimer clock;
    whenDialogOpens([&](QWidget& dialog) {
        auto& open = static_cast<widgets::OpenDataDialog&>(dialog);
        open.setFiles({QString::fromStdString(file.string())});
        ASSERT_TRUE(waitUntil([&] { return open.imported() != nullptr; }));
        type(dialog, "SELECT nothing");
        ASSERT_TRUE(waitUntil([&] { return !open.isLooking(); }));
        const auto* report = dialog.findChild<QLabel*>(QStringLiteral("report"));
        EXPECT_TRUE(report->text().contains(QStringLiteral("nothing")));
        type(dialog, "SELECT user, item FROM ratings WHERE rating > 3");
        ASSERT_TRUE(waitUntil([&] { return open.imported() != nullptr; }));
        EXPECT_EQ(open.imported()->dataset->eventCount(), 2);
        clock.start();
        type(
            dialog,
            "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS user, x "
            "AS item FROM c WHERE x < 0");
        EXPECT_LT(clock.elapsed(), 100);
        EXPECT_TRUE(open.isLooking());
        EXPECT_FALSE(
            dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->isEnabled());
        clock.restart();
        QTest::keyClick(&dialog, Qt::Key_Escape);
    });
    window.trigger("open");
    EXPECT_LT(clock.elapsed(), 200);
    EXPECT_EQ(window.bench().dataset(), nullptr);
}

// Reading is what takes long: the file is read through while the dialog is open.
TEST(OpenDataLong, AnImportIsCancelledAtOnceAndLeavesNothing)
{
    const test::ScratchFolder scratch;
    std::string text = "user,item,rating,time\n";
    for (int i = 0; i < 1'500'000; ++i)
        text += std::to_string(i / 20) + "," + std::to_string(i * 7919LL % 30'011) + ",3,"
            + std::to_string(1'000'000'000 + i) + "\n";
    const auto file = scratch.write("long.csv", text);
    const auto temporary = scratch / "tmp";
    std::filesystem::create_directories(temporary);
    const test::Variable here("TMPDIR", temporary.c_str());
    {
        test::Window window(scratch.path());
        QElapsedTimer clock;
        whenDialogOpens([&](QWidget& dialog) {
            auto& open = static_cast<widgets::OpenDataDialog&>(dialog);
            open.setFiles({QString::fromStdString(file.string())});
            const auto* bar = dialog.findChild<QProgressBar*>();
            ASSERT_TRUE(waitUntil([&] { return bar->isVisible() && bar->value() > 0; }));
            EXPECT_EQ(open.imported(), nullptr);
            clock.start();
            QTest::keyClick(&dialog, Qt::Key_Escape);
        });
        window.trigger("open"); // returns when the dialog and its threads are gone
        EXPECT_LT(clock.elapsed(), 200);
        EXPECT_EQ(window.bench().dataset(), nullptr);
    }
    EXPECT_TRUE(std::filesystem::is_empty(temporary));
}

TEST(OpenDataChoices, OfTimesTypesAndWeightsComeInWithTheEvents)
{
    const test::ScratchFolder scratch;
    const auto file = scratch.write(
        "events.csv",
        "timestamp,visitorid,event,itemid,transactionid\n"
        "1433221332117,257597,view,355908,\n1433224214164,257597,addtocart,248676,\n"
        "1433222276276,257597,transaction,356475,4000\n1443222276276,257597,view,356475,\n");
    test::Window window(scratch.path());
    whenDialogOpens([&](QWidget& dialog) {
        auto& open = static_cast<widgets::OpenDataDialog&>(dialog);
        open.setFiles({QString::fromStdString(file.string())});
        ASSERT_TRUE(waitUntil([&] { return open.imported() != nullptr; }));
        const auto type = [&](const char* name, const char* text) {
            auto* field = dialog.findChild<QLineEdit*>(QLatin1String(name));
            field->setFocus();
            field->selectAll();
            QTest::keyClicks(field, QLatin1String(text));
            Q_EMIT field->editingFinished();
        };
        const auto* report = dialog.findChild<QLabel*>(QStringLiteral("report"));
        type("weight", "heavy");
        ASSERT_TRUE(waitUntil(
            [&] { return report->text().contains(QStringLiteral("no weight of events")); }));
        type("weight", "view=0, transaction=5");
        type("before", "2015-06-30");
        ASSERT_TRUE(waitUntil([&] { return open.imported() != nullptr; }));
        EXPECT_TRUE(
            report->text().contains(QStringLiteral("1 × an event of a time that was not chosen")));
        QTest::mouseClick(
            dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok), Qt::LeftButton);
    });
    window.trigger("open");
    ASSERT_NE(window.bench().dataset(), nullptr);
    const auto weights = window.bench().dataset()->weightsOf({0});
    EXPECT_EQ(std::vector<float>(weights.begin(), weights.end()), (std::vector<float>{0, 5, 1}));
    bool isShown = false;
    for (const auto* label : window->dataPage().findChildren<QLabel*>())
        isShown |= label->text().contains(QStringLiteral("weights 0 to 5"));
    EXPECT_TRUE(isShown);
}

TEST(OpenDataSides, TheColumnsOfItemsAndUsersAreChosen)
{
    const test::ScratchFolder scratch;
    const auto name = [](const std::filesystem::path& file) {
        return QString::fromStdString(file.string());
    };
    const auto events = name(scratch.write("e.csv", "user,item,time\na,x,1\nb,y,2\n"));
    const auto items =
        name(scratch.write("items.csv", "item,title,name\nx,The X,Ex\ny,The \xA9,Why\n"));
    test::Window window(scratch.path());
    whenDialogOpens([&](QWidget& dialog) {
        auto& open = static_cast<widgets::OpenDataDialog&>(dialog);
        const auto box = [&](const char* which) {
            return dialog.findChild<QComboBox*>(QLatin1String(which));
        };
        const auto pick = [&](const char* which, const char* entry) {
            box(which)->setCurrentText(QLatin1String(entry));
            Q_EMIT box(which)->activated(box(which)->currentIndex());
        };
        open.setFiles({events});
        EXPECT_FALSE(box("items title")->isEnabled());
        open.setItemsFiles({items});
        ASSERT_TRUE(waitUntil([&] { return box("items title")->count() == 5; }));
        EXPECT_FALSE(box("users user")->isEnabled());
        ASSERT_TRUE(waitUntil([&] { return open.imported() != nullptr; }));
        EXPECT_EQ(open.imported()->dataset->item({1}).title, "The X");
        pick("items title", "name");
        ASSERT_TRUE(waitUntil([&] { return open.imported() != nullptr; }));
        EXPECT_EQ(open.imported()->dataset->item({1}).title, "Ex");
        EXPECT_EQ(open.imported()->recipe.itemsAs.at("title"), "name");
        pick("items title", "none");
        ASSERT_TRUE(waitUntil([&] { return open.imported() != nullptr; }));
        EXPECT_EQ(open.imported()->dataset->item({1}).title, "x");
        QTest::keyClick(&dialog, Qt::Key_Escape);
    });
    window.trigger("open");
}

TEST(OpenDataStores, SeveralFilesAndWhatIsToldOfItemsAndUsersComeInAtOnce)
{
    const test::ScratchFolder scratch;
    const std::string header = "user,item,time\n";
    const auto name = [](const std::filesystem::path& file) {
        return QString::fromStdString(file.string());
    };
    const auto first = name(scratch.write("a; b.csv", header + "a,x,1\nb,y,2\n"));
    const auto second = name(scratch.write("c.csv", header + "a,y,3\n"));
    const auto items = name(scratch.write("items.csv", "item,title,price\nx,The X,2.5\n"));
    const auto users = name(scratch.write("users.csv", "user,city\na,Oslo\n"));
    const std::vector<float> numbers = {0.5f, -1};
    io::TensorView tensor{"clip", io::ElementType::F32, {1, 2}, io::bytesOf(numbers)};
    ASSERT_OK(io::writeTensors(scratch / "clip.safetensors", {tensor}));
    const auto vectors = name(scratch / "clip.safetensors");
    test::Window window(scratch.path());
    whenDialogOpens([&](QWidget& dialog) {
        auto& open = static_cast<widgets::OpenDataDialog&>(dialog);
        open.setFiles({second, name(scratch / "missing.csv")});
        EXPECT_TRUE(dialog.findChild<QLabel*>(QStringLiteral("report"))
                        ->text()
                        .contains(QStringLiteral("missing.csv")));
        open.setFiles({first}); // a name that holds what stands between names
        ASSERT_TRUE(waitUntil([&] { return open.imported() != nullptr; }));
        EXPECT_EQ(open.imported()->rows, 2);
        scratch.write("b.csv", header + "a,x,1\nb,y,2\n");
        open.setFiles({name(scratch / "b.csv"), second});
        open.setItemsFiles({items});
        open.setUsersFile(users);
        open.setVectorsFile(vectors);
        ASSERT_TRUE(waitUntil([&] { return open.imported() != nullptr; }));
        const auto report = dialog.findChild<QLabel*>(QStringLiteral("report"))->text();
        for (const auto& part :
             {"Item attributes: price, clip", "User attributes: city",
              "1 × item not in the items file"})
            EXPECT_TRUE(report.contains(QString::fromUtf8(part))) << report.toStdString();
        QTest::mouseClick(
            dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok), Qt::LeftButton);
    });
    window.trigger("open");
    ASSERT_NE(window.bench().dataset(), nullptr);
    EXPECT_EQ(window.bench().dataset()->eventCount(), 3);
    // In the tables of the Data page, behind the columns of their own.
    std::vector<QString> titles;
    for (const auto* table : window->findChildren<QTableView*>()) {
        const auto* model = qobject_cast<const widgets::EntityModel*>(table->model());
        if (model && model->columnCount() >= 5) {
            titles.push_back(model->headerData(4, Qt::Horizontal, Qt::DisplayRole).toString());
            titles.push_back(model->index(0, 4).data().toString());
        }
    }
    std::sort(titles.begin(), titles.end());
    EXPECT_EQ(
        titles,
        (std::vector<QString>{
            QStringLiteral("2.5"), QStringLiteral("Oslo"), QStringLiteral("city"),
            QStringLiteral("price")}));
}

} // namespace
} // namespace fovea::gui

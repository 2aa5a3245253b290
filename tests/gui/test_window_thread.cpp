// The window's thread makes no pass over all events, users or items (main.cpp has the check for
// every test), and lists keep their order and place meanwhile.
#include "core/base/long_pass.h"
#include "core/base/os.h"
#include "core/data/import.h"
#include "core/data/statistics.h"
#include "tests/gui/gui_support.h"
#include "widgets/attention/attention_page.h"
#include "widgets/attention/thumbnails.h"
#include "widgets/data/data_page.h"
#include "widgets/data/entity_models.h"
#include "widgets/parts/error_bar.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>

#include <atomic>

namespace fovea::gui {
namespace {

using test::typeInto;
using test::waitUntil;

std::atomic<int> reports = 0;

TEST(WindowThread, IsToldOfALongPass)
{
    const auto data = test::elsewhere([] { return test::tinyDataset(2000, 50); });
    base::reportLongPasses([](const char*, std::int64_t) { ++reports; });
    static_cast<void>(data::itemCounts(*data));
    const int here = reports.exchange(0);
    test::elsewhere([&] { return data::itemCounts(*data); });
    const int elsewhere = reports;
    base::reportLongPasses([](const char* what, std::int64_t elements) {
        ADD_FAILURE() << "a pass over " << elements << " elements on the window's thread: " << what;
    });
#ifdef NDEBUG
    EXPECT_EQ(here, 0);
#else
    EXPECT_EQ(here, 1);
#endif
    EXPECT_EQ(elsewhere, 0);
}

class OnTheWindowThread : public testing::Test {
protected:
    template <typename Model> static bool settled(const Model* model)
    {
        return waitUntil([&] { return !model->isArranging(); });
    }
    static QPushButton* button(test::Window& window, const char* text)
    {
        for (auto* each : window->findChildren<QPushButton*>()) {
            if (each->text().remove(QLatin1Char('&')) == QLatin1String(text))
                return each;
        }
        return nullptr;
    }
    static bool search(
        QLineEdit* field, const QAbstractItemModel* model, const char* text, int rows)
    {
        typeInto(field, text);
        return waitUntil([&] { return model->rowCount() == rows; });
    }
    test::ScratchFolder m_scratch;
};

// Whatever passes over the sample's 2,000 users and 62,000 events does so elsewhere, or this fails.
TEST_F(OnTheWindowThread, NothingPassesOverAll)
{
    test::Window window(m_scratch.path());
    window.trigger("sample");
    for (const auto* name : {"userTable", "itemTable"}) {
        auto* table = window.find<QTableView>(name);
        auto* model = qobject_cast<widgets::EntityModel*>(table->model());
        for (int column = 0; column < model->columnCount(); ++column) {
            table->sortByColumn(column, Qt::DescendingOrder);
            ASSERT_TRUE(settled(model));
        }
    }
    auto* field = window->dataPage().findChild<QLineEdit*>();
    EXPECT_TRUE(search(field, window.find<QTableView>("userTable")->model(), "u0007", 1));
    window.beginRun("1");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    window->showPage(MainWindow::Attention);
    ASSERT_TRUE(waitUntil([&] { return window->attentionPage().map() != nullptr; }));
    auto* users = window.find<QListView>("users");
    EXPECT_TRUE(search(window.find<QLineEdit>("userSearch"), users->model(), "u0007", 1));
    for (const auto* order : {"Longest", "Random", "Most wrong", "Most wrong"}) {
        auto* pressed = button(window, order);
        ASSERT_NE(pressed, nullptr) << order;
        ASSERT_TRUE(waitUntil([&] { return pressed->isEnabled(); }));
        QTest::mouseClick(pressed, Qt::LeftButton);
    }
    // Where memory is short smaller sizes are looked for: such weights take 200 GB.
    if (base::availableMemoryBytes() < 150'000'000'000) {
        ASSERT_TRUE(window.bench().document().set("width", QStringLiteral("4096")));
        ASSERT_TRUE(window.bench().document().set("layers", QStringLiteral("64")));
        ASSERT_FALSE(window.bench().train());
        ASSERT_TRUE(window.bench().whatFits());
        EXPECT_LT(window.bench().whatFits()->width, 4096);
    }
    const auto run = window.bench().run();
    // The run's data set is elsewhere now.
    std::filesystem::rename(m_scratch / "work/data/sample", m_scratch / "moved");
    window->openPath(QString::fromStdString(run.string()));
    EXPECT_FALSE(window->trainPage().errors().text().isEmpty());
    EXPECT_TRUE(window.bench().lacksData());
    EXPECT_OK(window.bench().openRun(run, m_scratch / "moved"));
    EXPECT_FALSE(window.bench().lacksData());
}

TEST_F(OnTheWindowThread, ASearchShowsItsBeginningAndKeepsOrderAndPlace)
{
    test::Window window(m_scratch.path());
    window.beginRun("1");
    ASSERT_TRUE(window.waitFor(train::State::Finished));
    window->showPage(MainWindow::Attention);
    auto* users = window.find<QListView>("users");
    auto* model = users->model();
    const auto eventsOf = [&](int row) {
        const auto text = model->index(row, 0).data().toString();
        return text.section(QLatin1Char('('), 1).section(QLatin1Char(' '), 0, 0).toInt();
    };
    const auto expectByLength = [&] {
        for (int row = 1; row < model->rowCount(); ++row)
            ASSERT_GE(eventsOf(row - 1), eventsOf(row)) << row;
    };
    QTest::mouseClick(button(window, "Longest"), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([&] { return eventsOf(0) > eventsOf(model->rowCount() - 1); }));
    const int all = model->rowCount();
    expectByLength();
    const auto chosen = model->index(all - 40, 0);
    users->setCurrentIndex(chosen);
    users->scrollTo(chosen);
    const auto name = chosen.data().toString();
    auto* field = window.find<QLineEdit>("userSearch");
    typeInto(field, "u01");
    ASSERT_TRUE(waitUntil([&] { return model->rowCount() < all; }));
    EXPECT_GT(model->rowCount(), 90);
    EXPECT_EQ(users->verticalScrollBar()->value(), 0);
    expectByLength();
    field->clear();
    ASSERT_TRUE(waitUntil([&] { return model->rowCount() == all; }));
    expectByLength();
    EXPECT_EQ(users->currentIndex().data().toString(), name);
    EXPECT_TRUE(users->viewport()->rect().contains(users->visualRect(users->currentIndex())));
    // The button goes back to the order of the file.
    QTest::mouseClick(button(window, "Longest"), Qt::LeftButton);
    ASSERT_TRUE(waitUntil(
        [&] { return model->index(0, 0).data().toString().startsWith(QStringLiteral("u0001")); }));
    EXPECT_EQ(users->currentIndex().data().toString(), name);
}

TEST_F(OnTheWindowThread, ARatingsMapTellsPredictionAndTruth)
{
    std::string csv = "user,item,rating,time\n";
    for (int u = 0; u < 30; ++u) {
        for (int e = 0; e < 9; ++e)
            csv += "u" + std::to_string(u) + ",i" + std::to_string((u * 7 + e) % 20) + ","
                + std::to_string(1 + (u + e) % 5) + "," + std::to_string(1000 + e) + "\n";
    }
    data::ImportOptions options;
    options.file = m_scratch.write("ratings.csv", csv);
    const auto imported = test::elsewhere([&] {
        base::Silent silent;
        return data::importFile(options, silent, {});
    });
    ASSERT_OK(imported);
    test::Window window(m_scratch.path());
    ASSERT_OK(window.bench().addDataset(*imported, QStringLiteral("ratings")));
    auto& document = window.bench().document();
    ASSERT_TRUE(document.set("model", QStringLiteral("article")));
    ASSERT_TRUE(document.set("width", QStringLiteral("16")));
    ASSERT_TRUE(document.set("max_length", QStringLiteral("5")));
    ASSERT_TRUE(document.set("epochs", QStringLiteral("1")));
    window.trigger("start");
    ASSERT_TRUE(window.waitFor(train::State::Finished))
        << window->trainPage().errors().text().toStdString();
    window->showPage(MainWindow::Attention);
    ASSERT_TRUE(waitUntil([&] { return window->attentionPage().map() != nullptr; }));
    // User 0's last event: item 8, rated 1 + 8 % 5 = 4.
    const auto title = window.find<QLabel>("barsTitle")->text();
    EXPECT_TRUE(title.contains(QStringLiteral("rating of i8: predicted "))) << title.toStdString();
    EXPECT_TRUE(title.endsWith(QStringLiteral("given 4.00"))) << title.toStdString();
    // The model sees events 5 to 9; its columns are the start and events 5 to 8.
    const auto* bars = window.find<QTableView>("lastRow")->model();
    ASSERT_EQ(bars->rowCount(), 5);
    EXPECT_EQ(bars->index(0, 0).data().toString(), QStringLiteral("8"));
    EXPECT_EQ(bars->index(3, 0).data().toString(), QStringLiteral("5"));
    EXPECT_EQ(bars->index(4, 0).data().toString(), QString());
}

TEST_F(OnTheWindowThread, AMapWithoutLayersIsSaidToBeNone)
{
    auto map = std::make_shared<explain::AttentionMap>();
    map->heads = 1;
    map->length = 2;
    map->queries = map->keys = {{"a", "A", 1}, {"b", "B", 2}};
    widgets::HeatMapView view;
    view.setMap(map, {-1, -1});
    EXPECT_EQ(view.map(), nullptr);
    widgets::Thumbnails thumbnails;
    thumbnails.setMap(map);
    EXPECT_TRUE(thumbnails.chosenRect().isNull());
}

} // namespace
} // namespace fovea::gui

// The parts of a window by themselves: its models and its clock.
#include "core/data/statistics.h"
#include "tests/gui/gui_support.h"
#include "tests/gui/many_users.h"
#include "widgets/attention/last_row_model.h"
#include "widgets/attention/user_list_model.h"
#include "widgets/data/entity_models.h"
#include "widgets/data/histogram_view.h"
#include "widgets/parts/aside.h"
#include "widgets/plot/frame_clock.h"

#include <QAbstractItemModelTester>
#include <QProgressBar>

#include <thread>

namespace fovea::gui {
namespace {

using test::waitUntil;

TEST(FrameClock, BeatsThirtyTimesASecondOnlyWhileSomethingMovesAndIsSeen)
{
    widgets::FrameClock clock;
    int beats = 0;
    QObject::connect(&clock, &widgets::FrameClock::tick, [&] { ++beats; });
    const auto beatsIn = [&](int milliseconds) {
        beats = 0;
        waitUntil([] { return false; }, milliseconds);
        return beats;
    };
    clock.setActive(true);
    EXPECT_NEAR(beatsIn(1000), 30, 12);
    clock.setVisible(false);
    EXPECT_LE(beatsIn(1500), 2);
    clock.setVisible(true);
    clock.setActive(false);
    EXPECT_EQ(beatsIn(300), 0);
}

TEST(Aside, ShortWorkShowsNoDialogAndItsAnswerComesBack)
{
    EXPECT_OK(widgets::doAside(nullptr, QStringLiteral("x"), [](base::Progress&, const auto&) {
        EXPECT_EQ(QApplication::activeModalWidget(), nullptr);
        return success();
    }));
    const auto thrown =
        widgets::doAside(nullptr, QStringLiteral("x"), [](base::Progress&, const auto&) -> Status {
            throw std::bad_alloc();
        });
    EXPECT_FALSE(thrown.ok());
}

TEST(Aside, LongWorkShowsItsProgressAndIsCancelled)
{
    test::whenDialogOpens([](QWidget& dialog) {
        auto* bar = dialog.findChild<QProgressBar*>();
        ASSERT_NE(bar, nullptr);
        EXPECT_TRUE(waitUntil([&] { return bar->value() == 500; }));
        QTest::keyClick(&dialog, Qt::Key_Escape);
        EXPECT_TRUE(dialog.isVisible()); // until the work has stopped
    });
    const auto status = widgets::doAside(
        nullptr, QStringLiteral("Long work"),
        [](base::Progress& progress, const std::stop_token& stop) -> Status {
            progress.report({"work", 50, 100, "bytes", {}});
            while (!stop.stop_requested())
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            return interrupted("stopped");
        });
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().kind, ErrorKind::Interrupted);
    EXPECT_EQ(QApplication::activeModalWidget(), nullptr);
}

// Sorted in parts, and as by the standard library.
TEST(HistogramView, WritesNothingOverItsTitleWhereItIsNarrow)
{
    const auto title = QStringLiteral("Events per item (log bins)");
    const auto picture = [&](bool hasBars) {
        widgets::HistogramView view;
        view.resize(240, 160);
        view.setTitle(title);
        if (hasBars)
            view.setHistogram(
                {{1, 2, 3}, {40, 58}}, widgets::HistogramView::Values::Whole,
                [](double value) { return QString::number(value); },
                [](std::int64_t count) { return QStringLiteral("%1 items").arg(count); });
        const QFontMetrics metrics(view.font());
        return view.grab().toImage().copy(
            0, 0, 8 + metrics.horizontalAdvance(title), 4 + metrics.height());
    };
    EXPECT_EQ(picture(true), picture(false));
}

TEST(RowOrder, IsStable)
{
    widgets::Rows rows(100'000);
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i] = static_cast<std::int32_t>(i * 7919 % rows.size());
    const auto isLess = [](auto a, auto b) { return a / 100 < b / 100; };
    auto expected = rows;
    std::stable_sort(expected.begin(), expected.end(), isLess);
    widgets::sortStably(rows, isLess, {});
    EXPECT_TRUE(rows == expected);
}

TEST(Models, KeepTheirRowsUntilTheNextAreWorkedOut)
{
    const auto data = test::tinyDataset(40, 12);
    widgets::UserTableModel users;
    users.setDataset(data);
    const auto ids = [&] {
        std::vector<std::string> list;
        for (int row = 0; row < users.rowCount(); ++row)
            list.push_back(
                users.data(users.index(row, 0), Qt::DisplayRole).toString().toStdString());
        return list;
    };
    const auto asInFile = ids();
    users.search(QStringLiteral("u2"));
    EXPECT_EQ(ids(), asInFile);
    users.search({}); // the one before is not heard of again
    EXPECT_FALSE(users.isArranging());
    EXPECT_EQ(ids(), asInFile);
    users.sort(widgets::UserTableModel::Id, Qt::DescendingOrder);
    ASSERT_TRUE(waitUntil([&] { return !users.isArranging(); }));
    auto expected = asInFile;
    std::sort(expected.rbegin(), expected.rend());
    EXPECT_EQ(ids(), expected);
    users.setDataset(data);
    EXPECT_EQ(ids(), asInFile);
}

TEST(Models, TellAViewOfManyRowsAPartAtATime)
{
    constexpr int kUsers = 2 * widgets::EntityModel::kRowsAtOnce + 5;
    widgets::UserTableModel users;
    const QAbstractItemModelTester tester(
        &users, QAbstractItemModelTester::FailureReportingMode::Fatal);
    std::vector<int> parts;
    QObject::connect(
        &users, &QAbstractItemModel::rowsInserted, &users,
        [&](const QModelIndex&, int first, int last) { parts.push_back(last - first + 1); });
    const auto isWhole = [&] { return users.rowCount() == kUsers; };
    const std::vector<int> whole = {
        widgets::EntityModel::kRowsAtOnce, widgets::EntityModel::kRowsAtOnce, 5};
    users.setDataset(test::manyUsers(kUsers));
    EXPECT_EQ(users.rowCount(), 0); // the page is painted first
    ASSERT_TRUE(waitUntil(isWhole));
    EXPECT_EQ(parts, whole);
    parts.clear();
    users.sort(widgets::UserTableModel::Id, Qt::DescendingOrder);
    ASSERT_TRUE(waitUntil([&] { return !users.isArranging(); }));
    EXPECT_EQ(users.rowCount(), 0);
    users.search(QStringLiteral("u12345")); // before the sorted ones have come
    ASSERT_TRUE(waitUntil([&] { return !users.isArranging(); }));
    EXPECT_EQ(users.rowCount(), 11); // u12345, u123450 to u123459
    waitUntil([] { return false; }, 50);
    EXPECT_EQ(users.rowCount(), 11);
}

TEST(Models, HoldWhatQtAsksOfThem)
{
    const auto data = test::tinyDataset(40, 12);
    const auto mode = QAbstractItemModelTester::FailureReportingMode::Fatal;
    widgets::UserTableModel users;
    widgets::ItemTableModel items;
    widgets::UserListModel list;
    widgets::LastRowModel last;
    const QAbstractItemModelTester a(&users, mode), b(&items, mode), c(&list, mode), d(&last, mode);
    const auto settle = [](const auto& model) {
        EXPECT_TRUE(waitUntil([&] { return !model.isArranging(); }));
    };
    users.setDataset(data);
    EXPECT_EQ(users.rowCount(), 40);
    users.sort(widgets::UserTableModel::Events, Qt::DescendingOrder);
    users.search(QStringLiteral("u1"));
    settle(users);
    EXPECT_EQ(users.rowCount(), 11); // u1, u10 to u19
    items.setDataset(
        data, std::make_shared<const std::vector<std::int64_t>>(data::itemCounts(*data)));
    items.search(QStringLiteral("Item 12"));
    settle(items);
    EXPECT_EQ(items.rowCount(), 1);
    list.setDataset(data);
    list.sortByLength();
    list.search(QStringLiteral("no such text"));
    settle(list);
    EXPECT_EQ(list.rowCount(), 0);
    explain::AttentionMap map;
    map.layers = map.heads = 1;
    map.length = 2;
    map.weights = {1, 0, 0.25F, 0.75F};
    map.queries = map.keys = {{"a", "A"}, {"b", "B"}};
    last.setMap(map, *explain::headMatrix(map, {0, 0}));
    EXPECT_EQ(
        last.data(last.index(0, widgets::LastRowModel::Title), Qt::DisplayRole).toString(),
        QStringLiteral("B"));
    EXPECT_DOUBLE_EQ(
        last.data(last.index(1, widgets::LastRowModel::Weight), widgets::LastRowModel::kShareRole)
            .toDouble(),
        1.0 / 3.0);
}

} // namespace
} // namespace fovea::gui

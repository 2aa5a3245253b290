// The list of users, with more rows than could be asked for their place.
#include "tests/gui/goals.h"
#include "tests/gui/gui_support.h"
#include "widgets/attention/row_list.h"

#include <QAbstractListModel>
#include <QScrollBar>

namespace fovea::widgets {
namespace {

class Numbers final : public QAbstractListModel {
public:
    int rowCount(const QModelIndex& parent) const override { return parent.isValid() ? 0 : m_rows; }
    QVariant data(const QModelIndex& index, int role) const override
    {
        return role == Qt::DisplayRole ? QString::number(index.row()) : QVariant();
    }
    void setRows(int rows)
    {
        beginResetModel();
        m_rows = rows;
        endResetModel();
    }

private:
    int m_rows = 10'000'000;
};

class RowListTest : public testing::Test {
protected:
    RowListTest()
    {
        m_list.setModel(&m_numbers);
        m_list.resize(200, 400);
        m_list.show();
        QApplication::processEvents();
    }
    int current() const { return m_list.currentIndex().row(); }
    bool isSeen(int row) const
    {
        return m_list.viewport()->rect().contains(m_list.visualRect(m_numbers.index(row, 0)));
    }

    Numbers m_numbers;
    RowList m_list;
};

TEST_F(RowListTest, ShowsTenMillionRowsWithinAFrame)
{
    test::expectInTime("ten million other rows", {16, 16}, [&]() -> std::vector<double> {
        QElapsedTimer clock;
        clock.start();
        m_numbers.setRows(10'000'000);
        m_list.setCurrentIndex(m_numbers.index(9'999'000, 0));
        QApplication::processEvents();
        return {static_cast<double>(clock.nsecsElapsed()) / 1e6};
    });
    EXPECT_TRUE(isSeen(9'999'000));
}

TEST_F(RowListTest, TakesTheRowUnderTheMouse)
{
    m_list.scrollTo(m_numbers.index(5'000'000, 0), QListView::PositionAtTop);
    const auto third = m_list.visualRect(m_numbers.index(5'000'002, 0));
    QTest::mouseClick(m_list.viewport(), Qt::LeftButton, {}, third.center());
    EXPECT_EQ(current(), 5'000'002);
    EXPECT_THAT(
        m_list.selectionModel()->selectedIndexes(),
        testing::ElementsAre(m_numbers.index(5'000'002, 0)));
}

TEST_F(RowListTest, GoesWhereTheKeysSay)
{
    QTest::keyClick(&m_list, Qt::Key_Down);
    const int first = current();
    QTest::keyClick(&m_list, Qt::Key_Down);
    EXPECT_EQ(current(), first + 1);
    QTest::keyClick(&m_list, Qt::Key_End);
    EXPECT_EQ(current(), 9'999'999);
    EXPECT_TRUE(isSeen(9'999'999));
    QTest::keyClick(&m_list, Qt::Key_PageUp);
    EXPECT_LT(current(), 9'999'999);
    QTest::keyClick(&m_list, Qt::Key_Home);
    EXPECT_EQ(current(), 0);
    EXPECT_TRUE(isSeen(0));
    EXPECT_THAT(
        m_list.selectionModel()->selectedIndexes(), testing::ElementsAre(m_numbers.index(0, 0)));
}

TEST_F(RowListTest, FollowsAModelThatShrinks)
{
    m_list.verticalScrollBar()->setValue(m_list.verticalScrollBar()->maximum());
    m_numbers.setRows(3);
    QApplication::processEvents();
    EXPECT_EQ(m_list.verticalScrollBar()->maximum(), 0);
    EXPECT_TRUE(isSeen(0));
    const auto below = m_list.visualRect(m_numbers.index(2, 0)).translated(0, 200);
    EXPECT_FALSE(m_list.indexAt(below.center()).isValid());
    m_numbers.setRows(0);
    QApplication::processEvents();
    QTest::keyClick(&m_list, Qt::Key_Down);
    EXPECT_FALSE(m_list.currentIndex().isValid());
}

} // namespace
} // namespace fovea::widgets

#include "widgets/attention/row_list.h"

#include <QCursor>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cstdint>

namespace fovea::widgets {

RowList::RowList(QWidget* parent)
    : QListView(parent)
{
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

int RowList::firstRow() const { return verticalScrollBar()->value(); }

int RowList::wholeRows() const { return std::max(1, viewport()->height() / m_height); }

QRect RowList::visualRect(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    constexpr int kFar = 1 << 20; // rows; beyond it what is not seen may lie anywhere
    const int below = std::clamp(index.row() - firstRow(), -kFar, kFar);
    return {0, below * m_height, viewport()->width(), m_height};
}

QModelIndex RowList::indexAt(const QPoint& point) const
{
    if (point.y() < 0)
        return {};
    const int row = firstRow() + point.y() / m_height;
    return row < rows() ? at(row) : QModelIndex();
}

void RowList::scrollTo(const QModelIndex& index, ScrollHint hint)
{
    executeDelayedItemsLayout();
    const int row = index.row();
    const int page = wholeRows();
    int first = firstRow();
    if (hint == PositionAtTop || (hint == EnsureVisible && row < first))
        first = row;
    else if (hint == PositionAtBottom || (hint == EnsureVisible && row >= first + page))
        first = row - page + 1;
    else if (hint == PositionAtCenter)
        first = row - page / 2;
    if (index.isValid())
        verticalScrollBar()->setValue(first);
}

void RowList::doItemsLayout()
{
    if (rows() > 0) {
        QStyleOptionViewItem option;
        initViewItemOption(&option);
        m_height = std::max(1, itemDelegateForIndex(at(0))->sizeHint(option, at(0)).height());
    }
    // NOLINTNEXTLINE(bugprone-parent-virtual-call): a QListView's goes through all rows
    QAbstractItemView::doItemsLayout();
}

void RowList::updateGeometries()
{
    verticalScrollBar()->setRange(0, std::max(0, rows() - wholeRows()));
    verticalScrollBar()->setPageStep(wholeRows());
    verticalScrollBar()->setSingleStep(1);
    // NOLINTNEXTLINE(bugprone-parent-virtual-call): a QListView's goes through all rows
    QAbstractItemView::updateGeometries();
}

void RowList::scrollContentsBy(int, int) { viewport()->update(); }

int RowList::verticalOffset() const
{
    return static_cast<int>(std::int64_t{firstRow()} * m_height); // wraps; differences count
}

void RowList::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    QStyleOptionViewItem base;
    initViewItemOption(&base);
    const auto hovered = viewport()->underMouse()
        ? indexAt(viewport()->mapFromGlobal(QCursor::pos()))
        : QModelIndex();
    const int first = firstRow() + event->rect().top() / m_height;
    const int last = std::min(rows() - 1, firstRow() + event->rect().bottom() / m_height);
    for (int row = first; row <= last; ++row) {
        const auto index = at(row);
        auto option = base;
        option.rect = visualRect(index);
        option.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
        option.state.setFlag(QStyle::State_HasFocus, hasFocus() && index == currentIndex());
        option.state.setFlag(QStyle::State_MouseOver, index == hovered);
        itemDelegateForIndex(index)->paint(&painter, option, index);
    }
}

QModelIndex RowList::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    executeDelayedItemsLayout();
    const int last = rows() - 1;
    if (last < 0)
        return {};
    if (!currentIndex().isValid())
        return at(0);
    int row = currentIndex().row();
    if (action == MoveUp || action == MovePrevious)
        row -= 1;
    else if (action == MoveDown || action == MoveNext)
        row += 1;
    else if (action == MovePageUp)
        row -= wholeRows();
    else if (action == MovePageDown)
        row += wholeRows();
    else if (action == MoveHome)
        row = 0;
    else if (action == MoveEnd)
        row = last;
    return at(std::clamp(row, 0, last));
}

void RowList::setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags flags)
{
    const auto area = rect.normalized();
    const int first = firstRow() + std::max(0, area.top()) / m_height;
    const int last = std::min(rows() - 1, firstRow() + std::max(0, area.bottom()) / m_height);
    selectionModel()->select(
        first <= last ? QItemSelection(at(first), at(last)) : QItemSelection(), flags);
}

QRegion RowList::visualRegionForSelection(const QItemSelection& selection) const
{
    QRegion region;
    for (const auto& range : selection)
        region |= visualRect(range.topLeft()) | visualRect(range.bottomRight());
    return region & viewport()->rect();
}

} // namespace fovea::widgets

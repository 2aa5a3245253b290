// A list of rows of one height, as wide as itself: where one lies is worked out, so that ten
// million are shown as quickly as ten. QListView asks and remembers it for each. What does not fit
// ends in "…". The window's thread.
#pragma once

#include <QListView>

namespace fovea::widgets {

class RowList final : public QListView {
public:
    explicit RowList(QWidget* parent = nullptr);

    QRect visualRect(const QModelIndex& index) const override;
    QModelIndex indexAt(const QPoint& point) const override;
    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    void doItemsLayout() override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    int verticalOffset() const override;
    int horizontalOffset() const override { return 0; }
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void setSelection(const QRect& rect, QItemSelectionModel::SelectionFlags flags) override;
    QRegion visualRegionForSelection(const QItemSelection& selection) const override;

private:
    int rows() const { return model() == nullptr ? 0 : model()->rowCount(rootIndex()); }
    QModelIndex at(int row) const { return model()->index(row, modelColumn(), rootIndex()); }
    int firstRow() const;
    int wholeRows() const; // that can be seen at once

    int m_height = 1; // of a row
};

} // namespace fovea::widgets

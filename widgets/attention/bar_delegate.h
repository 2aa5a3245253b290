// A number with a bar behind it, as long as its share (LastRowModel::kShareRole).
#pragma once

#include <QStyledItemDelegate>

namespace fovea::widgets {

class BarDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index)
        const override;
};

} // namespace fovea::widgets

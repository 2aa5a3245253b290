#include "widgets/attention/bar_delegate.h"

#include "widgets/attention/last_row_model.h"

#include <QPainter>

namespace fovea::widgets {

void BarDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    auto area = QRectF(option.rect).adjusted(2, 3, -2, -3);
    area.setWidth(area.width() * index.data(LastRowModel::kShareRole).toDouble());
    auto colour = option.palette.color(QPalette::Highlight);
    colour.setAlphaF(0.45F);
    painter->fillRect(area, colour);
    QStyledItemDelegate::paint(painter, option, index);
}

} // namespace fovea::widgets

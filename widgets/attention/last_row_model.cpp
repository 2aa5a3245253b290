#include "widgets/attention/last_row_model.h"

#include <QLocale>

#include <algorithm>

namespace fovea::widgets {

void LastRowModel::setMap(const explain::AttentionMap& map, const explain::HeadMatrix& matrix)
{
    beginResetModel();
    m_rows.clear();
    m_highest = 0;
    const auto last = map.length - 1;
    for (auto key = last; key >= 0; --key) {
        const double weight = matrix.weights[static_cast<std::size_t>(last * map.length + key)];
        m_rows.push_back(
            {static_cast<int>(key) + 1,
             QString::fromStdString(map.keys[static_cast<std::size_t>(key)].title), weight});
        m_highest = std::max(m_highest, weight);
    }
    endResetModel();
}

void LastRowModel::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

int LastRowModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LastRowModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant LastRowModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == kShareRole)
        return m_highest > 0 ? row.weight / m_highest : 0.0;
    if (role == Qt::ToolTipRole)
        return row.title;
    if (role == Qt::TextAlignmentRole && index.column() != Title)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Position:
        return row.position;
    case Title:
        return row.title;
    default:
        return QLocale().toString(row.weight, 'f', 3);
    }
}

QVariant LastRowModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Position ? QStringLiteral("#")
        : section == Title     ? tr("Event")
                               : tr("Weight");
}

} // namespace fovea::widgets

#include "widgets/attention/last_row_model.h"

#include "widgets/parts/texts.h"

#include <QLocale>

#include <algorithm>

namespace fovea::widgets {

void LastRowModel::setMap(const explain::AttentionMap& map, const explain::HeadMatrix& matrix)
{
    std::vector<Row> rows;
    const auto last = map.length - 1;
    for (auto key = last; key >= 0; --key) {
        const double weight = matrix.weights[static_cast<std::size_t>(last * map.length + key)];
        const auto& label = map.keys[static_cast<std::size_t>(key)];
        rows.push_back({label.position, QString::fromStdString(label.title), weight});
    }
    // While a run trains only the weights move: what a person has selected stays so.
    const bool sameEvents = std::equal(
        rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
        [](const Row& a, const Row& b) { return a.title == b.title && a.position == b.position; });
    if (!sameEvents)
        beginResetModel();
    m_rows = std::move(rows);
    m_highest = 0;
    for (const auto& row : m_rows)
        m_highest = std::max(m_highest, row.weight);
    if (!sameEvents)
        endResetModel();
    else if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, Weight), index(rowCount() - 1, Weight));
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
        return plainToolTip(row.title);
    if (role == Qt::TextAlignmentRole && index.column() != Title)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Position:
        return row.position > 0 ? number(row.position) : QString();
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

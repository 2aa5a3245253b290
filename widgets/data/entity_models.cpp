#include "widgets/data/entity_models.h"

#include "core/data/statistics.h"
#include "widgets/parts/texts.h"

#include <algorithm>

namespace fovea::widgets {

void EntityModel::setDataset(std::shared_ptr<const data::Dataset> dataset)
{
    m_dataset = std::move(dataset);
    m_sortColumn = -1;
    search({});
}

void EntityModel::search(const QString& text)
{
    const TextSearch part(text);
    beginResetModel();
    m_rows.clear();
    for (std::int32_t i = 0; m_dataset && i < entityCount(); ++i) {
        if (text.isEmpty() || matches(firstEntity() + i, part))
            m_rows.push_back(firstEntity() + i);
    }
    arrange();
    endResetModel();
}

void EntityModel::arrange()
{
    if (m_sortColumn < 0)
        return;
    std::stable_sort(m_rows.begin(), m_rows.end(), [&](auto a, auto b) {
        return m_sortOrder == Qt::AscendingOrder ? isLess(a, b, m_sortColumn)
                                                 : isLess(b, a, m_sortColumn);
    });
}

void EntityModel::sort(int column, Qt::SortOrder order)
{
    beginResetModel();
    m_sortColumn = column;
    m_sortOrder = order;
    arrange();
    endResetModel();
}

int EntityModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant EntityModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == Qt::DisplayRole)
        return value(entityAt(index.row()), index.column());
    if (role == Qt::ToolTipRole)
        return plainToolTip(value(entityAt(index.row()), index.column()).toString());
    if (role == Qt::TextAlignmentRole && isNumber(index.column()))
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

std::int64_t UserTableModel::measure(std::int32_t user, int column) const
{
    if (column == Events)
        return static_cast<std::int64_t>(m_dataset->itemsOf({user}).size());
    const auto times = m_dataset->timesOf({user});
    return times.empty() ? 0 : column == First ? times.front() : times.back();
}

bool UserTableModel::matches(std::int32_t entity, const TextSearch& part) const
{
    return part.isIn(m_dataset->userId({entity}));
}

QVariant UserTableModel::value(std::int32_t entity, int column) const
{
    if (column == Id)
        return text(m_dataset->userId({entity}));
    if (column == Events)
        return number(measure(entity, column));
    return m_dataset->hasTimes() ? timeText(measure(entity, column)) : QString();
}

bool UserTableModel::isLess(std::int32_t a, std::int32_t b, int column) const
{
    return column == Id ? m_dataset->userId({a}) < m_dataset->userId({b})
                        : measure(a, column) < measure(b, column);
}

int UserTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant UserTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Id:
        return tr("User");
    case Events:
        return tr("Events");
    case First:
        return tr("First");
    default:
        return tr("Last");
    }
}

void ItemTableModel::setDataset(std::shared_ptr<const data::Dataset> dataset)
{
    m_counts = dataset ? data::itemCounts(*dataset) : std::vector<std::int64_t>();
    EntityModel::setDataset(std::move(dataset));
}

bool ItemTableModel::matches(std::int32_t entity, const TextSearch& part) const
{
    const auto item = m_dataset->item({entity});
    return part.isIn(item.title) || part.isIn(item.id) || part.isIn(item.category);
}

QVariant ItemTableModel::value(std::int32_t entity, int column) const
{
    const auto item = m_dataset->item({entity});
    switch (column) {
    case Id:
        return text(item.id);
    case Title:
        return text(item.title);
    case Category:
        return text(item.category);
    default:
        return number(m_counts[static_cast<std::size_t>(entity)]);
    }
}

bool ItemTableModel::isLess(std::int32_t a, std::int32_t b, int column) const
{
    const auto x = m_dataset->item({a});
    const auto y = m_dataset->item({b});
    switch (column) {
    case Id:
        return x.id < y.id;
    case Title:
        return x.title < y.title;
    case Category:
        return x.category < y.category;
    default:
        return m_counts[static_cast<std::size_t>(a)] < m_counts[static_cast<std::size_t>(b)];
    }
}

int ItemTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant ItemTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Id:
        return tr("Item");
    case Title:
        return tr("Title");
    case Category:
        return tr("Category");
    default:
        return tr("Events");
    }
}

} // namespace fovea::widgets

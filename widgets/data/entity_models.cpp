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
    const auto* sorted = attribute(m_sortColumn);
    const auto isBefore = [&](std::int32_t a, std::int32_t b) {
        if (!sorted)
            return isLess(a, b, m_sortColumn);
        if (!sorted->isTold(a) || !sorted->isTold(b))
            return sorted->isTold(b) && !sorted->isTold(a);
        return sorted->kind == data::AttributeKind::Number
            ? sorted->numbers[static_cast<std::size_t>(a)]
                < sorted->numbers[static_cast<std::size_t>(b)]
            : sorted->text(a) < sorted->text(b);
    };
    std::stable_sort(m_rows.begin(), m_rows.end(), [&](auto a, auto b) {
        return m_sortOrder == Qt::AscendingOrder ? isBefore(a, b) : isBefore(b, a);
    });
}

const data::Attribute* EntityModel::attribute(int column) const
{
    const auto at = std::ptrdiff_t{column} - kOwnColumns;
    return m_dataset && at >= 0 && at < std::ssize(attributes())
        ? &attributes()[static_cast<std::size_t>(at)]
        : nullptr;
}

int EntityModel::columnCount(const QModelIndex& parent) const
{
    if (parent.isValid())
        return 0;
    return kOwnColumns + (m_dataset ? static_cast<int>(attributes().size()) : 0);
}

QVariant EntityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const auto* told = attribute(section);
    return told ? text(told->name) : titles().value(section);
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
    const auto entity = entityAt(index.row());
    const auto* told = attribute(index.column());
    const auto shown = [&] {
        return told ? QVariant(text(told->text(entity))) : value(entity, index.column());
    };
    if (role == Qt::DisplayRole)
        return shown();
    if (role == Qt::ToolTipRole)
        return plainToolTip(shown().toString());
    const bool isRight =
        told ? told->kind == data::AttributeKind::Number : isNumber(index.column());
    if (role == Qt::TextAlignmentRole && isRight)
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

QStringList UserTableModel::titles() const
{
    return {tr("User"), tr("Events"), tr("First"), tr("Last")};
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

QStringList ItemTableModel::titles() const
{
    return {tr("Item"), tr("Title"), tr("Category"), tr("Events")};
}

} // namespace fovea::widgets

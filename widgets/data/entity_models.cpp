#include "widgets/data/entity_models.h"

#include "core/base/long_pass.h"
#include "widgets/parts/texts.h"

#include <algorithm>

namespace fovea::widgets {

namespace {

class UserEntities final : public Entities {
public:
    using Entities::Entities;
    std::int32_t first() const override { return 0; }
    std::int32_t count() const override { return m_dataset->userCount(); }
    const std::vector<data::Attribute>& attributes() const override
    {
        return m_dataset->attributes().users();
    }
    bool matches(std::int32_t entity, const TextSearch& part) const override
    {
        return part.isIn(m_dataset->userId({entity}));
    }
    QVariant value(std::int32_t entity, int column) const override
    {
        if (column == UserTableModel::Id)
            return text(m_dataset->userId({entity}));
        if (column == UserTableModel::Events)
            return number(measure(entity, column));
        return m_dataset->hasTimes() ? timeText(measure(entity, column)) : QString();
    }
    bool isLess(std::int32_t a, std::int32_t b, int column) const override
    {
        return column == UserTableModel::Id ? m_dataset->userId({a}) < m_dataset->userId({b})
                                            : measure(a, column) < measure(b, column);
    }
    bool isNumber(int column) const override { return column != UserTableModel::Id; }

private:
    std::int64_t measure(std::int32_t user, int column) const
    {
        if (column == UserTableModel::Events)
            return static_cast<std::int64_t>(m_dataset->itemsOf({user}).size());
        const auto times = m_dataset->timesOf({user});
        return times.empty() ? 0 : column == UserTableModel::First ? times.front() : times.back();
    }
};

class ItemEntities final : public Entities {
public:
    ItemEntities(
        std::shared_ptr<const data::Dataset> dataset,
        std::shared_ptr<const std::vector<std::int64_t>> events)
        : Entities(std::move(dataset))
        , m_events(std::move(events))
    { }
    std::int32_t first() const override { return 1; }
    std::int32_t count() const override { return m_dataset->itemCount(); }
    const std::vector<data::Attribute>& attributes() const override
    {
        return m_dataset->attributes().items();
    }
    bool matches(std::int32_t entity, const TextSearch& part) const override
    {
        const auto item = m_dataset->item({entity});
        return part.isIn(item.title) || part.isIn(item.id) || part.isIn(item.category);
    }
    QVariant value(std::int32_t entity, int column) const override
    {
        return column == ItemTableModel::Events ? number(eventsOf(entity))
                                                : text(nameOf(entity, column));
    }
    bool isLess(std::int32_t a, std::int32_t b, int column) const override
    {
        return column == ItemTableModel::Events ? eventsOf(a) < eventsOf(b)
                                                : nameOf(a, column) < nameOf(b, column);
    }
    bool isNumber(int column) const override { return column == ItemTableModel::Events; }

private:
    std::int64_t eventsOf(std::int32_t item) const
    {
        return (*m_events)[static_cast<std::size_t>(item)];
    }
    std::string_view nameOf(std::int32_t entity, int column) const
    {
        const auto item = m_dataset->item({entity});
        return column == ItemTableModel::Id   ? item.id
            : column == ItemTableModel::Title ? item.title
                                              : item.category;
    }
    std::shared_ptr<const std::vector<std::int64_t>> m_events; // by item index
};

struct Sorting {
    int column = -1;
    Qt::SortOrder order = Qt::AscendingOrder;
};

void sortBy(const Entities& entities, const Sorting& by, Rows& rows, const std::stop_token& stop)
{
    const auto at = std::ptrdiff_t{by.column} - Entities::kOwnColumns;
    const auto* told = at >= 0 ? &entities.attributes()[static_cast<std::size_t>(at)] : nullptr;
    const auto isBefore = [&](std::int32_t a, std::int32_t b) {
        if (!told)
            return entities.isLess(a, b, by.column);
        if (!told->isTold(a) || !told->isTold(b))
            return told->isTold(b) && !told->isTold(a);
        return told->kind == data::AttributeKind::Number
            ? told->numbers[static_cast<std::size_t>(a)]
                < told->numbers[static_cast<std::size_t>(b)]
            : told->text(a) < told->text(b);
    };
    const auto isShownBefore = [&](std::int32_t a, std::int32_t b) {
        return by.order == Qt::AscendingOrder ? isBefore(a, b) : isBefore(b, a);
    };
    sortStably(rows, isShownBefore, stop);
}

} // namespace

EntityModel::EntityModel(QObject* parent)
    : QAbstractTableModel(parent)
    , m_work(this)
{
    m_next.setInterval(15); // the window paints and answers between two parts
    connect(&m_next, &QTimer::timeout, this, &EntityModel::addRows);
}

void EntityModel::setEntities(std::shared_ptr<const Entities> entities)
{
    m_work.cancel();
    beginResetModel();
    m_entities = std::move(entities);
    m_rows.reset();
    m_text.clear();
    m_sortColumn = -1;
    beginRows();
    endResetModel();
    Q_EMIT arranged();
}

void EntityModel::search(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    arrange();
}

void EntityModel::sort(int column, Qt::SortOrder order)
{
    if (column == m_sortColumn && (order == m_sortOrder || column < 0))
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    arrange();
}

void EntityModel::arrange()
{
    if (!m_entities || (m_text.isEmpty() && m_sortColumn < 0)) {
        m_work.cancel();
        show(nullptr);
        return;
    }
    const Sorting by{m_sortColumn < columnCount() ? m_sortColumn : -1, m_sortOrder};
    const auto work = [entities = m_entities, text = m_text,
                       by](const std::stop_token& stop) -> Result<std::shared_ptr<const Rows>> {
        const base::LongPass pass("the rows of a table", entities->count());
        const TextSearch part(text);
        auto rows = rowsOf(
            entities->first(), entities->count(),
            [&](auto entity) { return text.isEmpty() || entities->matches(entity, part); }, stop);
        if (by.column >= 0)
            sortBy(*entities, by, rows, stop);
        return std::make_shared<const Rows>(std::move(rows));
    };
    Q_EMIT arranging();
    m_work.start(work, [this](const Result<std::shared_ptr<const Rows>>& rows) {
        if (rows) // memory may be short
            show(*rows);
        else
            Q_EMIT arranged();
    });
}

void EntityModel::show(std::shared_ptr<const Rows> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    beginRows();
    endResetModel();
    Q_EMIT arranged();
}

std::int32_t EntityModel::entityAt(int row) const
{
    return m_rows ? (*m_rows)[static_cast<std::size_t>(row)] : m_entities->first() + row;
}

const data::Attribute* EntityModel::attribute(int column) const
{
    const auto at = std::ptrdiff_t{column} - Entities::kOwnColumns;
    return m_entities && at >= 0 && at < std::ssize(m_entities->attributes())
        ? &m_entities->attributes()[static_cast<std::size_t>(at)]
        : nullptr;
}

int EntityModel::columnCount(const QModelIndex& parent) const
{
    if (parent.isValid())
        return 0;
    return Entities::kOwnColumns
        + (m_entities ? static_cast<int>(m_entities->attributes().size()) : 0);
}

QVariant EntityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const auto* told = attribute(section);
    return told ? text(told->name) : titles().value(section);
}

int EntityModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rowCount;
}

int EntityModel::allRows() const
{
    if (!m_entities)
        return 0;
    return m_rows ? static_cast<int>(m_rows->size()) : m_entities->count();
}

// Few rows at once, the first of many once the page is painted.
void EntityModel::beginRows()
{
    const int all = allRows();
    m_rowCount = all <= kRowsAtOnce ? all : 0;
    m_rowCount < all ? m_next.start() : m_next.stop();
}

void EntityModel::addRows()
{
    const int more = std::min(allRows() - m_rowCount, kRowsAtOnce);
    beginInsertRows({}, m_rowCount, m_rowCount + more - 1);
    m_rowCount += more;
    endInsertRows();
    if (m_rowCount == allRows())
        m_next.stop();
}

QVariant EntityModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const auto entity = entityAt(index.row());
    const auto* told = attribute(index.column());
    const auto shown = [&] {
        return told ? QVariant(text(told->text(entity)))
                    : m_entities->value(entity, index.column());
    };
    if (role == Qt::DisplayRole)
        return shown();
    if (role == Qt::ToolTipRole)
        return plainToolTip(shown().toString());
    const bool isRight =
        told ? told->kind == data::AttributeKind::Number : m_entities->isNumber(index.column());
    if (role == Qt::TextAlignmentRole && isRight)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

void UserTableModel::setDataset(const std::shared_ptr<const data::Dataset>& dataset)
{
    setEntities(dataset ? std::make_shared<const UserEntities>(dataset) : nullptr);
}

QStringList UserTableModel::titles() const
{
    return {tr("User"), tr("Events"), tr("First"), tr("Last")};
}

void ItemTableModel::setDataset(
    const std::shared_ptr<const data::Dataset>& dataset,
    std::shared_ptr<const std::vector<std::int64_t>> events)
{
    setEntities(
        dataset ? std::make_shared<const ItemEntities>(dataset, std::move(events)) : nullptr);
}

QStringList ItemTableModel::titles() const
{
    return {tr("Item"), tr("Title"), tr("Category"), tr("Events")};
}

} // namespace fovea::widgets

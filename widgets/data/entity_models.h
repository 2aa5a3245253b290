// Tables of a data set's users and of its items, with search by id, title or category and sorting.
// Columns of attributes follow the own ones. Rows are worked out beside the window's thread: until
// then a table shows the ones before. The window's thread.
#pragma once

#include "core/data/dataset.h"
#include "widgets/parts/background.h"
#include "widgets/parts/row_order.h"
#include "widgets/parts/text_search.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <memory>

namespace fovea::widgets {

// What a table shows: the users or the items. Immutable; any thread.
class Entities {
public:
    static constexpr int kOwnColumns = 4;

    explicit Entities(std::shared_ptr<const data::Dataset> dataset)
        : m_dataset(std::move(dataset))
    { }
    virtual ~Entities() = default;
    Entities(const Entities&) = delete;
    Entities& operator=(const Entities&) = delete;

    virtual std::int32_t first() const = 0;
    virtual std::int32_t count() const = 0;
    virtual bool matches(std::int32_t entity, const TextSearch& part) const = 0;
    virtual const std::vector<data::Attribute>& attributes() const = 0;
    // Of the own columns.
    virtual QVariant value(std::int32_t entity, int column) const = 0;
    virtual bool isLess(std::int32_t a, std::int32_t b, int column) const = 0;
    virtual bool isNumber(int column) const = 0;

protected:
    std::shared_ptr<const data::Dataset> m_dataset;
};

// What the two tables share: the rows that are shown, in their order. Of many rows a view makes a
// note each, so they come to it a part at a time: rowCount() grows until all are there.
class EntityModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int kRowsAtOnce = 100'000; // three milliseconds of the view's

    explicit EntityModel(QObject* parent = nullptr);
    void search(const QString& text);
    bool isArranging() const { return m_work.isRunning(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    void sort(int column, Qt::SortOrder order) override;
    std::int32_t entityAt(int row) const;

Q_SIGNALS:
    void arranging(); // in the background
    void arranged(); // and shown

protected:
    void setEntities(std::shared_ptr<const Entities> entities);
    virtual QStringList titles() const = 0; // of the own columns

private:
    void arrange();
    void show(std::shared_ptr<const Rows> rows);
    int allRows() const;
    void beginRows();
    void addRows();
    const data::Attribute* attribute(int column) const; // null = an own column

    std::shared_ptr<const Entities> m_entities;
    std::shared_ptr<const Rows> m_rows; // null = all, as in the data set
    int m_rowCount = 0; // of them a view knows
    QTimer m_next; // that it is told of more
    QString m_text;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    Background<std::shared_ptr<const Rows>> m_work;
};

class UserTableModel final : public EntityModel {
    Q_OBJECT

public:
    enum Column { Id, Events, First, Last };
    using EntityModel::EntityModel;
    void setDataset(const std::shared_ptr<const data::Dataset>& dataset);

protected:
    QStringList titles() const override;
};

class ItemTableModel final : public EntityModel {
    Q_OBJECT

public:
    enum Column { Id, Title, Category, Events };
    using EntityModel::EntityModel;
    // `events`: of each item, by its index.
    void setDataset(
        const std::shared_ptr<const data::Dataset>& dataset,
        std::shared_ptr<const std::vector<std::int64_t>> events);

protected:
    QStringList titles() const override;
};

} // namespace fovea::widgets

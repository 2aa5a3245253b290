// Tables of a data set's users and of its items, with search by id, title or category and sorting.
// Behind the columns of their own stand those of the attributes.
// A million rows cost one vector of indices. The window's thread.
#pragma once

#include "core/data/dataset.h"
#include "widgets/parts/text_search.h"

#include <QAbstractTableModel>

#include <memory>

namespace fovea::widgets {

// What the two tables share: the rows that are shown, in their order.
class EntityModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;
    virtual void setDataset(std::shared_ptr<const data::Dataset> dataset);
    void search(const QString& text);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    void sort(int column, Qt::SortOrder order) override;
    std::int32_t entityAt(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

protected:
    static constexpr int kOwnColumns = 4;
    virtual std::int32_t firstEntity() const = 0;
    virtual std::int32_t entityCount() const = 0;
    virtual bool matches(std::int32_t entity, const TextSearch& part) const = 0;
    virtual const std::vector<data::Attribute>& attributes() const = 0;
    // Of the columns of their own.
    virtual QStringList titles() const = 0; // kOwnColumns
    virtual QVariant value(std::int32_t entity, int column) const = 0;
    virtual bool isLess(std::int32_t a, std::int32_t b, int column) const = 0;
    virtual bool isNumber(int column) const = 0;

    std::shared_ptr<const data::Dataset> m_dataset;

private:
    void arrange();
    const data::Attribute* attribute(int column) const; // null = a column of their own
    std::vector<std::int32_t> m_rows;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

class UserTableModel final : public EntityModel {
    Q_OBJECT

public:
    enum Column { Id, Events, First, Last };
    using EntityModel::EntityModel;

protected:
    std::int32_t firstEntity() const override { return 0; }
    std::int32_t entityCount() const override { return m_dataset->userCount(); }
    const std::vector<data::Attribute>& attributes() const override
    {
        return m_dataset->attributes().users();
    }
    QStringList titles() const override;
    bool matches(std::int32_t entity, const TextSearch& part) const override;
    QVariant value(std::int32_t entity, int column) const override;
    bool isLess(std::int32_t a, std::int32_t b, int column) const override;
    bool isNumber(int column) const override { return column != Id; }

private:
    std::int64_t measure(std::int32_t user, int column) const;
};

class ItemTableModel final : public EntityModel {
    Q_OBJECT

public:
    enum Column { Id, Title, Category, Events };
    using EntityModel::EntityModel;
    void setDataset(std::shared_ptr<const data::Dataset> dataset) override;

protected:
    std::int32_t firstEntity() const override { return 1; }
    std::int32_t entityCount() const override { return m_dataset->itemCount(); }
    const std::vector<data::Attribute>& attributes() const override
    {
        return m_dataset->attributes().items();
    }
    QStringList titles() const override;
    bool matches(std::int32_t entity, const TextSearch& part) const override;
    QVariant value(std::int32_t entity, int column) const override;
    bool isLess(std::int32_t a, std::int32_t b, int column) const override;
    bool isNumber(int column) const override { return column == Events; }

private:
    std::vector<std::int64_t> m_counts; // by item index
};

} // namespace fovea::widgets

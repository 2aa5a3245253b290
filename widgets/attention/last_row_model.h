// What the last row of a map looks at: the history's items, newest first, with the weight that it
// gives each. The window's thread.
#pragma once

#include "core/explain/attention_map.h"

#include <QAbstractTableModel>

namespace fovea::widgets {

class LastRowModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Position, Title, Weight, Columns };
    static constexpr int kShareRole = Qt::UserRole; // of the largest weight, 0 to 1

    using QAbstractTableModel::QAbstractTableModel;
    void setMap(const explain::AttentionMap& map, const explain::HeadMatrix& matrix);
    void clear();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        std::int64_t position; // from 1, in the whole history; 0 = the learned start
        QString title;
        double weight;
    };
    std::vector<Row> m_rows;
    double m_highest = 0;
};

} // namespace fovea::widgets

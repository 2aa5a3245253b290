// The users of a data set, by id with the length of their history; found by a part of the id or of
// a title in the history, or in a given order (the longest, the most wrong). A million users cost a
// vector of indices. The window's thread.
#pragma once

#include "core/data/dataset.h"

#include <QAbstractListModel>

#include <memory>

namespace fovea::widgets {

class UserListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    static constexpr int kUserRole = Qt::UserRole; // the user's index

    using QAbstractListModel::QAbstractListModel;
    void setDataset(std::shared_ptr<const data::Dataset> dataset);
    // Everybody who matches; empty = all, in the data set's order.
    void search(const QString& text);
    void sortByLength(); // of those that are shown, the longest first
    void setOrder(const std::vector<UserIndex>& users); // exactly these

    UserIndex userAt(int row) const;
    int rowOf(UserIndex user) const; // -1 = not shown

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::shared_ptr<const data::Dataset> m_dataset;
    std::vector<std::int32_t> m_users;
};

} // namespace fovea::widgets

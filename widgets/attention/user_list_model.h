// The users of a data set, by id with the length of their history; found by a part of the id or of
// a title in the history, in the order of the file, by length, or in a given one (the most wrong).
// What was searched for stays in that order. Rows are worked out beside the window's thread: until
// then the list shows the ones before. The window's thread.
#pragma once

#include "core/data/dataset.h"
#include "widgets/parts/background.h"
#include "widgets/parts/row_order.h"

#include <QAbstractListModel>

#include <memory>

namespace fovea::widgets {

class UserListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    static constexpr int kUserRole = Qt::UserRole; // the user's index

    explicit UserListModel(QObject* parent = nullptr);
    void setDataset(std::shared_ptr<const data::Dataset> dataset); // all, as in the file
    // Whoever matches; empty = all.
    void search(const QString& text);
    void sortAsInFile();
    void sortByLength(); // the longest first
    void setOrder(std::shared_ptr<const Rows> users); // exactly these
    void showAll(); // as in the file, whatever was searched for
    bool isArranging() const { return m_work.isRunning(); }

    UserIndex userAt(int row) const;
    int rowOf(UserIndex user) const; // -1 = not shown

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    void arranging(); // in the background
    void arranged(); // and shown

private:
    enum class Order { File, Length, Given };
    struct Shown {
        Rows users; // by row
        Rows rows; // by user; -1 = not shown
    };
    void arrange();
    void show(std::shared_ptr<const Shown> shown);

    std::shared_ptr<const data::Dataset> m_dataset;
    Order m_order = Order::File;
    std::shared_ptr<const Rows> m_given;
    QString m_text;
    std::shared_ptr<const Shown> m_shown; // null = all, as in the file
    Background<std::shared_ptr<const Shown>> m_work;
};

} // namespace fovea::widgets

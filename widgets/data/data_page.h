// The Data page: an invitation while nothing is open, then the numbers, the histograms, what the
// split leaves where, and the users and items. The window's thread.
#pragma once

#include "core/data/statistics.h"

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;
class QTabWidget;

namespace fovea::widgets {

class ElidedLabel;
class ErrorBar;
class HistogramView;
class ItemTableModel;
class UserTableModel;

class DataPage final : public QWidget {
    Q_OBJECT

public:
    DataPage(QAction* open, QAction* sample, QWidget* parent = nullptr);

    ErrorBar& errors() { return *m_errors; }
    QSplitter& splitter() { return *m_splitter; }
    void setDataset(
        const QString& name, std::shared_ptr<const data::Dataset> dataset,
        const data::Statistics& statistics);
    int table() const; // which is shown: 0 = users, 1 = items
    void showTable(int table);
    void retranslate();

Q_SIGNALS:
    void userActivated(fovea::UserIndex user); // double click or Return on a user

private:
    QWidget* makeInvitation(QAction* open, QAction* sample);
    QWidget* makeContent();
    void setTexts();
    void fill();
    QStringList warnings() const;

    QString m_name;
    std::shared_ptr<const data::Dataset> m_dataset;
    data::Statistics m_statistics;

    ErrorBar* m_errors;
    QStackedWidget* m_stack;
    QLabel* m_welcome;
    QLabel* m_invitation;
    QSplitter* m_splitter;
    ElidedLabel* m_title;
    QLabel* m_numbers;
    QLabel* m_split;
    QLabel* m_warnings;
    HistogramView* m_lengths;
    HistogramView* m_popularity;
    HistogramView* m_times;
    QLineEdit* m_search;
    QTabWidget* m_tabs;
    QTableView* m_users;
    QTableView* m_items;
    UserTableModel* m_userModel;
    ItemTableModel* m_itemModel;
};

} // namespace fovea::widgets

// What a person chooses about an import beyond how the file is laid out: which events come in and
// what they weigh, and what is done about each kind of problem. Two tabs. The window's thread.
#pragma once

#include "core/data/recipe.h"

#include <QTabWidget>

#include <map>
#include <vector>

class QComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace fovea::widgets {

class ImportChoices final : public QTabWidget {
    Q_OBJECT

public:
    explicit ImportChoices(QWidget* parent = nullptr);

    void choose(const data::Recipe& recipe); // without a signal
    void writeTo(data::Recipe& recipe) const;

Q_SIGNALS:
    void changed(); // by a person

private:
    QWidget* makeFilters();
    QWidget* makeDeals();
    QLineEdit* line(const char* name, const QString& empty);

    QSpinBox* m_minUser;
    QSpinBox* m_minItem;
    QLineEdit* m_least;
    QLineEdit* m_most;
    QLineEdit* m_from;
    QLineEdit* m_before;
    QLineEdit* m_types;
    QLineEdit* m_weight;
    QLineEdit* m_fill;
    std::map<QLineEdit*, QString> m_known; // what they held when they were left
    std::vector<QComboBox*> m_deals; // in the order of their table
};

} // namespace fovea::widgets

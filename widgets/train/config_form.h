// The form of a configuration, built from the parameter table: grouped, the basic rows at once, the
// others behind "More". What is typed is checked as a whole: a value that is wrong, or does not go
// with another, is marked with the reason and stays as it was typed; what fits goes into the
// document when the field is left. A label in bold is a value that is not the default. The window's
// thread.
#pragma once

#include "widgets/train/config_document.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

class QGroupBox;
class QLabel;
class QScrollArea;
class QToolButton;

namespace fovea::widgets {

class ConfigForm final : public QWidget {
    Q_OBJECT

public:
    explicit ConfigForm(ConfigDocument& document, QWidget* parent = nullptr);

    // While a run holds the configuration only some keys may be edited; empty = all. Nothing
    // scrolls, and the field that had the focus gets it again with its freedom.
    void setEditable(bool all, const std::vector<std::string>& keys = {});
    void follow(QWidget* before); // in the order of Tab
    void retranslate();
    bool showsMore() const { return m_showsMore; }
    // Takes what is being typed; refuses where a value is wrong, and goes to its field.
    Status commit();
    // What was typed and not taken yet, by its label; empty = nothing.
    QString typedText() const;
    void takeBackTyped(); // the field that was typed into last
    void setShowsMore(bool more);
    QWidget* field(const std::string& key) const; // of a parameter
    void reveal(const std::string& key); // scrolls to it

Q_SIGNALS:
    void typedChanged();
    void becameRight(); // no value is wrong any more

private:
    struct Row;
    void build();
    void orderTabs();
    void addRow(QGroupBox* box, const train::Parameter& parameter);
    QWidget* makeField(Row& row);
    QWidget* makeChoice(Row& row);
    QWidget* makeCheck(Row& row);
    QWidget* makeNumber(Row& row);
    ConfigDocument::Typed typedValues() const;
    void check(const Row& last); // what is typed; nothing is taken
    ConfigDocument::Problems take();
    void show(const ConfigDocument::Problems& problems);
    void refresh();
    void markDefaults();
    void updateRows();
    Row* rowOf(const std::string& key) const;

    ConfigDocument& m_document;
    QScrollArea* m_area;
    QToolButton* m_more;
    QWidget* m_before = nullptr; // the form follows it
    std::vector<std::shared_ptr<Row>> m_rows;
    std::vector<std::string> m_editable;
    std::string m_last; // the key that was typed into
    std::string m_held; // the key whose field lost the focus because it was locked
    bool m_allEditable = true;
    bool m_showsMore = false;
    bool m_isTaking = false;
    bool m_isWrong = false;
};

} // namespace fovea::widgets

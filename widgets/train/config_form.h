// The form of a configuration, built from the parameter table: grouped, the basic rows at once, the
// others behind "More". A wrong value is refused as it is typed, with the reason under the field;
// what is valid goes into the document when the field is left. The window's thread.
#pragma once

#include "widgets/train/config_document.h"

#include <QScrollArea>

#include <functional>

class QGroupBox;
class QLabel;

namespace fovea::widgets {

class ConfigForm final : public QScrollArea {
    Q_OBJECT

public:
    explicit ConfigForm(ConfigDocument& document, QWidget* parent = nullptr);

    // While a run holds the configuration only some keys may be edited; empty = all.
    void setEditable(bool all, const std::vector<std::string>& keys = {});
    void retranslate();
    bool showsMore() const { return m_showsMore; }
    // Takes what is being typed; refuses where a value is wrong, and goes to its field.
    Status commit();
    void setShowsMore(bool more);
    QWidget* field(const std::string& key) const; // of a parameter

private:
    struct Row;
    void build();
    void addRow(QGroupBox* box, const train::Parameter& parameter);
    QWidget* makeField(Row& row);
    void refresh();
    void updateRows();

    ConfigDocument& m_document;
    std::vector<std::shared_ptr<Row>> m_rows;
    std::vector<std::string> m_editable;
    bool m_allEditable = true;
    bool m_showsMore = false;
};

} // namespace fovea::widgets

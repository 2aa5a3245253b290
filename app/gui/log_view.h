// What the program logs, as it comes; the newest line last. The window's thread; lines may come
// from any.
#pragma once

#include <QDockWidget>

class QPlainTextEdit;

namespace fovea::gui {

class LogView final : public QDockWidget {
    Q_OBJECT

public:
    explicit LogView(QWidget* parent = nullptr);
    ~LogView() override;
    QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void setTexts();
    QPlainTextEdit* m_lines;
};

} // namespace fovea::gui

// The fields of the form. The window's thread.
#pragma once

#include <QComboBox>
#include <QLineEdit>
#include <QWheelEvent>

#include <functional>

class QLabel;

namespace fovea::widgets {

// Of a number, with its unit at the end: the arrow keys step it, Escape takes back what was typed.
class NumberField final : public QLineEdit {
    Q_OBJECT

public:
    NumberField(bool isInteger, const QString& unit, QWidget* parent);
    QString unit() const;
    std::function<void()> revert; // to the value before

    // Only what is being typed here is undone here; else the key is the window's.
    bool event(QEvent* event) override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void step(int direction);

    bool m_isInteger;
    QLabel* m_unit;
};

// Turning the wheel scrolls the form, it does not choose.
class ChoiceField final : public QComboBox {
    Q_OBJECT

public:
    using QComboBox::QComboBox;

protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

} // namespace fovea::widgets

#include "widgets/train/fields.h"

#include "widgets/parts/plain_label.h"

#include <QKeyEvent>

#include <cmath>

namespace fovea::widgets {

namespace {

constexpr int kUnitMargin = 6;

}

NumberField::NumberField(bool isInteger, const QString& unit, QWidget* parent)
    : QLineEdit(parent)
    , m_isInteger(isInteger)
    , m_unit(new PlainLabel(unit, this))
{
    m_unit->setForegroundRole(QPalette::PlaceholderText);
    m_unit->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_unit->setVisible(!unit.isEmpty());
    if (!unit.isEmpty())
        setTextMargins(0, 0, m_unit->sizeHint().width() + kUnitMargin, 0);
}

QString NumberField::unit() const { return m_unit->text(); }

bool NumberField::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && !isModified()) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return true;
        }
    }
    return QLineEdit::event(event);
}

void NumberField::resizeEvent(QResizeEvent* event)
{
    QLineEdit::resizeEvent(event);
    const auto size = m_unit->sizeHint();
    m_unit->setGeometry(
        width() - size.width() - kUnitMargin, (height() - size.height()) / 2, size.width(),
        size.height());
}

void NumberField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)
        step(event->key() == Qt::Key_Up ? 1 : -1);
    else if (event->key() == Qt::Key_Escape && isModified() && revert)
        revert();
    else
        QLineEdit::keyPressEvent(event);
}

// Integers by one, other numbers by a tenth of their size.
void NumberField::step(int direction)
{
    bool ok = false;
    const double value = text().toDouble(&ok);
    if (!ok)
        return;
    const double size = m_isInteger ? 1
        : value == 0                ? 0.05
                     : std::pow(10.0, std::floor(std::log10(std::abs(value)) + 1e-9)) / 2;
    setText(QString::number(value + direction * size, 'g', 6));
    setModified(true);
    Q_EMIT textEdited(text());
}

} // namespace fovea::widgets

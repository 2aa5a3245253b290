#include "widgets/parts/error_bar.h"

#include "widgets/parts/texts.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace fovea::widgets {

ErrorBar::ErrorBar(QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel(this))
    , m_mend(new QPushButton(this))
{
    setObjectName(QStringLiteral("errorBar"));
    setAutoFillBackground(true);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* close = new QToolButton(this);
    close->setText(QStringLiteral("×"));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Close the message"));
    close->setToolTip(tr("Close the message"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_mend);
    layout->addWidget(close);
    connect(close, &QToolButton::clicked, this, &ErrorBar::dismiss);
    connect(m_mend, &QPushButton::clicked, this, [this] {
        const auto action = std::exchange(m_action, {});
        dismiss();
        if (action)
            action();
    });
    applyPalette();
    hide();
}

void ErrorBar::showError(const Error& error) { showError(error, {}, {}); }

void ErrorBar::showError(const Error& error, const QString& mend, std::function<void()> action)
{
    show(errorText(error), mend, std::move(action), true);
    m_error = error;
}

void ErrorBar::showNote(const QString& text, const QString& action, std::function<void()> work)
{
    show(text, action, std::move(work), false);
}

void ErrorBar::dismiss() { hide(); }

QString ErrorBar::text() const { return isHidden() ? QString() : m_text->text(); }

void ErrorBar::show(
    const QString& text, const QString& mend, std::function<void()> action, bool isError)
{
    m_isError = isError;
    m_error.reset();
    m_text->setText(text);
    setAccessibleName(text);
    m_mend->setText(mend);
    m_mend->setVisible(!mend.isEmpty());
    m_action = std::move(action);
    applyPalette();
    QFrame::show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void ErrorBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && !property("painting").toBool())
        applyPalette();
    if (event->type() == QEvent::LanguageChange && m_error) {
        m_text->setText(errorText(*m_error));
        setAccessibleName(m_text->text());
    }
    QFrame::changeEvent(event);
}

// Reddish for errors, bluish for notes, dark on light or light on dark as the window is.
void ErrorBar::applyPalette()
{
    setProperty("painting", true);
    const bool dark =
        parentWidget() && parentWidget()->palette().window().color().lightness() < 128;
    const QColor ground = m_isError ? (dark ? QColor(92, 42, 38) : QColor(252, 226, 221))
                                    : (dark ? QColor(34, 60, 84) : QColor(222, 236, 250));
    QPalette colours = parentWidget() ? parentWidget()->palette() : palette();
    colours.setColor(QPalette::Window, ground);
    colours.setColor(QPalette::WindowText, dark ? Qt::white : Qt::black);
    setPalette(colours);
    setProperty("painting", false);
}

} // namespace fovea::widgets

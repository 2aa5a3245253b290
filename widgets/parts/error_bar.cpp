#include "widgets/parts/error_bar.h"

#include "widgets/parts/plain_label.h"
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
    , m_text(new PlainLabel(this))
    , m_mend(new QPushButton(this))
    , m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("errorBar"));
    setAutoFillBackground(true);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_close->setText(QStringLiteral("×"));
    m_close->setAutoRaise(true);
    setTexts();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_mend);
    layout->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, [this] {
        const auto onClose = std::exchange(m_onClose, {});
        dismiss();
        if (onClose)
            onClose();
        Q_EMIT closed(m_isError);
    });
    connect(m_mend, &QPushButton::clicked, this, [this] {
        const auto action = std::exchange(m_action, {});
        dismiss();
        if (action)
            action();
    });
    applyPalette();
    hide();
}

int ErrorBar::showError(const Error& error)
{
    showError(error, {}, {});
    return m_messages;
}

void ErrorBar::showError(const Error& error, const Text& mend, std::function<void()> action)
{
    show([error] { return errorText(error); }, mend, std::move(action), true);
}

void ErrorBar::showNote(
    const Text& text, const Text& mend, std::function<void()> action, std::function<void()> onClose)
{
    show(text, mend, std::move(action), false);
    m_onClose = std::move(onClose);
}

void ErrorBar::dismiss() { hide(); }

void ErrorBar::dismiss(int message)
{
    if (message == m_messages)
        dismiss();
}

QString ErrorBar::text() const { return isHidden() ? QString() : m_text->text(); }

void ErrorBar::show(const Text& text, const Text& mend, std::function<void()> action, bool isError)
{
    ++m_messages;
    m_isError = isError;
    m_toTell = text;
    m_toMend = mend;
    m_action = std::move(action);
    m_onClose = {};
    setTexts();
    m_mend->setVisible(mend != nullptr);
    applyPalette();
    QFrame::show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void ErrorBar::setTexts()
{
    m_close->setAccessibleName(tr("Close the message"));
    m_close->setToolTip(tr("Close the message"));
    if (m_toTell)
        m_text->setText(m_toTell());
    setAccessibleName(m_text->text());
    if (m_toMend)
        m_mend->setText(m_toMend());
}

void ErrorBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && !property("painting").toBool())
        applyPalette();
    if (event->type() == QEvent::LanguageChange)
        setTexts();
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

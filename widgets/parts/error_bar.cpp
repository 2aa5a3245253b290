#include "widgets/parts/error_bar.h"

#include "widgets/parts/plain_label.h"
#include "widgets/parts/texts.h"

#include <QAccessible>
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace fovea::widgets {

ErrorBar::ErrorBar(QWidget* parent)
    : QFrame(parent)
    , m_text(new PlainLabel(this))
    , m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("errorBar"));
    setAutoFillBackground(true);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_close->setText(QStringLiteral("×"));
    m_close->setAutoRaise(true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->addWidget(m_text, 1);
    for (std::size_t i = 0; i < kMostMends; ++i) {
        m_buttons[i] = new QPushButton(this);
        layout->addWidget(m_buttons[i]);
        connect(m_buttons[i], &QPushButton::clicked, this, [this, i] {
            const auto action = i < m_mends.size() ? m_mends[i].action : nullptr;
            dismiss();
            if (action)
                action();
        });
    }
    layout->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, [this] {
        const auto onClose = std::exchange(m_onClose, {});
        dismiss();
        if (onClose)
            onClose();
        Q_EMIT closed(m_isError);
    });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget* before, QWidget* now) {
        if (before && now && isAncestorOf(now) && !isAncestorOf(before))
            m_before = before;
    });
    setTexts();
    applyPalette();
    hide();
}

int ErrorBar::showError(const Error& error) { return showError(error, std::vector<Mend>()); }

int ErrorBar::showError(const Error& error, const Text& mend, std::function<void()> action)
{
    return showError(error, {{mend, std::move(action)}});
}

int ErrorBar::showError(const Error& error, std::vector<Mend> mends)
{
    show([error] { return errorText(error); }, std::move(mends), true);
    return m_messages;
}

void ErrorBar::showNote(
    const Text& text, const Text& mend, std::function<void()> action, std::function<void()> onClose)
{
    show(text, {{mend, std::move(action)}}, false);
    m_onClose = std::move(onClose);
}

// The focus goes back to where it was before its button took it.
void ErrorBar::dismiss()
{
    if (m_before && isAncestorOf(window()->focusWidget()))
        m_before->setFocus();
    hide();
}

void ErrorBar::dismiss(int message)
{
    if (message == m_messages)
        dismiss();
}

QString ErrorBar::text() const { return isHidden() ? QString() : m_text->text(); }

void ErrorBar::show(const Text& text, std::vector<Mend> mends, bool isError)
{
    ++m_messages;
    m_isError = isError;
    m_toTell = text;
    m_mends = std::move(mends);
    m_onClose = {};
    setTexts();
    for (std::size_t i = 0; i < kMostMends; ++i)
        m_buttons[i]->setVisible(i < m_mends.size() && m_mends[i].text);
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
    for (std::size_t i = 0; i < std::min(kMostMends, m_mends.size()); ++i) {
        if (m_mends[i].text)
            m_buttons[i]->setText(m_mends[i].text());
    }
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

#include "app/gui/log_view.h"

#include "core/base/log.h"

#include <QEvent>
#include <QPlainTextEdit>
#include <QTime>

namespace fovea::gui {

namespace {

constexpr int kMostLines = 5000;

QString levelText(base::LogLevel level)
{
    switch (level) {
    case base::LogLevel::Warning:
        return LogView::tr("warning: ");
    case base::LogLevel::Error:
        return LogView::tr("error: ");
    default:
        return {};
    }
}

} // namespace

LogView::LogView(QWidget* parent)
    : QDockWidget(parent)
    , m_lines(new QPlainTextEdit(this))
{
    setObjectName(QStringLiteral("log"));
    setAllowedAreas(Qt::BottomDockWidgetArea | Qt::RightDockWidgetArea);
    m_lines->setReadOnly(true);
    m_lines->setMaximumBlockCount(kMostLines);
    setWidget(m_lines);
    base::setLogListener([this](base::LogLevel level, const std::string& message) {
        const auto add = [this, level, text = QString::fromStdString(message)] {
            m_lines->appendPlainText(
                QTime::currentTime().toString(Qt::ISODate) + QStringLiteral("  ") + levelText(level)
                + text);
        };
        QMetaObject::invokeMethod(this, add, Qt::QueuedConnection);
    });
    setTexts();
}

LogView::~LogView() { base::setLogListener({}); }

QString LogView::text() const { return m_lines->toPlainText(); }

void LogView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        setTexts();
    QDockWidget::changeEvent(event);
}

void LogView::setTexts()
{
    setWindowTitle(tr("Log"));
    m_lines->setAccessibleName(tr("Log"));
}

} // namespace fovea::gui

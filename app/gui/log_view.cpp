#include "app/gui/log_view.h"

#include "core/base/log.h"
#include "widgets/parts/hand_over.h"

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
    base::setLogListener(
        [this, to = widgets::Recipient(this)](base::LogLevel level, const std::string& message) {
            to.handOver([this, level, message] {
                m_lines->appendPlainText(
                    QTime::currentTime().toString(Qt::ISODate) + QStringLiteral("  ")
                    + levelText(level) + QString::fromStdString(message));
            });
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

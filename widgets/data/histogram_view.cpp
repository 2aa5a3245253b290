#include "widgets/data/histogram_view.h"

#include "widgets/parts/texts.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace fovea::widgets {

namespace {
constexpr double kWidestBar = 60; // pixels
constexpr double kMargin = 8;
} // namespace

HistogramView::HistogramView(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::TabFocus);
}

void HistogramView::setTitle(const QString& title)
{
    m_title = title;
    setAccessibleName(title);
    update();
}

void HistogramView::setHistogram(
    data::Histogram histogram, Values values, LabelOf label, CountOf count)
{
    m_values = values;
    m_histogram = std::move(histogram);
    m_label = std::move(label);
    m_count = std::move(count);
    m_why.clear();
    setAccessibleDescription(summary());
    update();
}

void HistogramView::setEmpty(const QString& why)
{
    m_histogram = {};
    m_why = why;
    setAccessibleDescription(why);
    update();
}

// The height of its tallest bar in words.
QString HistogramView::peak() const
{
    const auto& counts = m_histogram.counts;
    return counts.empty()
        ? QString()
        : tr("tallest bar: %1").arg(m_count(*std::max_element(counts.begin(), counts.end())));
}

// Beside the title where there is room for both, else below it.
QPointF HistogramView::peakAt() const
{
    const QFontMetricsF metrics(font());
    const double x = width() - kMargin - metrics.horizontalAdvance(peak());
    const bool isBeside = x >= 2 * kMargin + metrics.horizontalAdvance(m_title);
    return {x, 4 + metrics.ascent() + (isBeside ? 0 : metrics.height())};
}

QRectF HistogramView::frame() const
{
    const QFontMetricsF metrics(font());
    return QRectF(rect()).adjusted(
        kMargin, peakAt().y() + metrics.descent() + 6, -kMargin, -(metrics.height() + 8));
}

double HistogramView::highestOf(std::size_t bin) const
{
    return m_histogram.edges[bin + 1] - (m_values == Values::Whole ? 1 : 0);
}

// For who does not see it: its bins in words.
QString HistogramView::summary() const
{
    QStringList bins;
    for (std::size_t bin = 0; bin < m_histogram.counts.size(); ++bin) {
        if (m_histogram.counts[bin] > 0)
            bins << describe(bin);
    }
    return bins.join(QStringLiteral("; "));
}

QString HistogramView::describe(std::size_t bin) const
{
    const double from = m_histogram.edges[bin];
    const double to = highestOf(bin);
    const bool isOne = m_values == Values::Whole && to <= from;
    return tr("%1: %2").arg(
        isOne ? m_label(from) : tr("%1 to %2").arg(m_label(from), m_label(to)),
        m_count(m_histogram.counts[bin]));
}

void HistogramView::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    const QFontMetricsF metrics(font());
    p.fillRect(rect(), palette().color(QPalette::Base));
    p.setPen(palette().color(QPalette::Text));
    p.drawText(QPointF(kMargin, 4 + metrics.ascent()), m_title);
    if (hasFocus()) {
        p.setPen(palette().color(QPalette::Highlight));
        p.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    const auto f = frame();
    if (m_histogram.counts.empty()) {
        p.setPen(palette().color(QPalette::PlaceholderText));
        p.drawText(f, Qt::AlignCenter | Qt::TextWordWrap, m_why);
        return;
    }
    const auto& counts = m_histogram.counts;
    const auto highest = static_cast<double>(
        std::max<std::int64_t>(1, *std::max_element(counts.begin(), counts.end())));
    const double width = f.width() / static_cast<double>(counts.size());
    const double widest = std::min(width, kWidestBar); // one value is no block
    p.setPen(Qt::NoPen);
    p.setBrush(palette().color(QPalette::Highlight));
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0)
            continue;
        const double height = std::max(1.0, f.height() * static_cast<double>(counts[i]) / highest);
        p.drawRect(QRectF(
            f.left() + static_cast<double>(i) * width + (width - widest) / 2, f.bottom() - height,
            std::max(1.0, widest - (widest > 4 ? 1 : 0)), height));
    }
    p.setPen(palette().color(QPalette::Mid));
    p.drawLine(f.bottomLeft(), f.bottomRight());
    p.setPen(palette().color(QPalette::Text));
    const double y = f.bottom() + 3 + metrics.ascent();
    const auto low = m_label(m_histogram.edges.front());
    const auto high = m_label(highestOf(m_histogram.counts.size() - 1));
    if (counts.size() == 1 && low == high) {
        p.drawText(QPointF(f.center().x() - metrics.horizontalAdvance(low) / 2, y), low);
    } else {
        p.drawText(QPointF(f.left(), y), low);
        p.drawText(QPointF(f.right() - metrics.horizontalAdvance(high), y), high);
    }
    p.setPen(palette().color(QPalette::PlaceholderText));
    p.drawText(peakAt(), peak());
}

bool HistogramView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && !m_histogram.counts.empty()) {
        auto* help = static_cast<QHelpEvent*>(event);
        const auto f = frame();
        const double at = (help->pos().x() - f.left()) / f.width();
        const auto bins = static_cast<double>(m_histogram.counts.size());
        if (at >= 0 && at < 1)
            QToolTip::showText(
                help->globalPos(), describe(static_cast<std::size_t>(at * bins)), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace fovea::widgets

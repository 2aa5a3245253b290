#include "widgets/render/curves.h"

#include "widgets/render/font.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

namespace fovea::render {

namespace {

constexpr double kWidth = 760;
constexpr double kPanelHeight = 230;
constexpr double kHeader = 44;
constexpr double kLeft = 70;
constexpr double kRight = 150;

// Wong, "Points of view: Color blindness", Nature Methods 2011.
const std::array<QColor, 6> kInks = {QColor(0, 114, 178),  QColor(213, 94, 0),
                                     QColor(0, 158, 115),  QColor(204, 121, 167),
                                     QColor(86, 180, 233), QColor(230, 159, 0)};

struct Range {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void add(double v)
    {
        low = std::min(low, v);
        high = std::max(high, v);
    }
    // Never empty, so that a constant series has a line in the middle.
    Range widened() const
    {
        if (!(low <= high))
            return {0, 1};
        const double pad = high > low ? 0.04 * (high - low) : std::max(1e-9, std::abs(high) * 0.1);
        return {low - pad, high + pad};
    }
};

struct Axes {
    QRectF frame;
    Range x;
    Range y;
    QPointF at(double px, double py) const
    {
        return {
            frame.left() + (px - x.low) / (x.high - x.low) * frame.width(),
            frame.bottom() - (py - y.low) / (y.high - y.low) * frame.height()};
    }
};

Axes axesOf(const Panel& panel, double top)
{
    Range x;
    Range y;
    for (const auto& curve : panel.curves) {
        for (const auto& [px, py] : curve.points) {
            x.add(px);
            y.add(py);
        }
    }
    const QRectF frame(kLeft, top + 26, kWidth - kLeft - kRight, kPanelHeight - 60);
    return {frame, x.widened(), y.widened()};
}

void paintAxes(QPainter& p, const Axes& axes)
{
    p.setFont(fontOf(11));
    const QFontMetricsF metrics(p.font());
    const QPen grid(QColor(225, 225, 225), 1);
    const QPen ink(QColor(60, 60, 60), 1);
    const double stepX = tickStep(axes.x.high - axes.x.low, 6);
    for (double x = std::ceil(axes.x.low / stepX) * stepX; x <= axes.x.high; x += stepX) {
        const auto foot = axes.at(x, axes.y.low);
        p.setPen(grid);
        p.drawLine(foot, axes.at(x, axes.y.high));
        p.setPen(ink);
        const auto text = QString::number(std::abs(x) < stepX / 2 ? 0.0 : x, 'g', 6);
        p.drawText(
            QPointF(
                foot.x() - metrics.horizontalAdvance(text) / 2, foot.y() + metrics.height() + 2),
            text);
    }
    const double stepY = tickStep(axes.y.high - axes.y.low, 5);
    for (double y = std::ceil(axes.y.low / stepY) * stepY; y <= axes.y.high; y += stepY) {
        const auto foot = axes.at(axes.x.low, y);
        p.setPen(grid);
        p.drawLine(foot, axes.at(axes.x.high, y));
        p.setPen(ink);
        const auto text = QString::number(std::abs(y) < stepY / 2 ? 0.0 : y, 'g', 6);
        p.drawText(
            QPointF(
                foot.x() - 6 - metrics.horizontalAdvance(text),
                foot.y() + metrics.ascent() / 2 - 1),
            text);
    }
    p.setPen(ink);
    p.setBrush(Qt::NoBrush);
    p.drawRect(axes.frame);
}

// Of points that share a pixel's column, the first, the lowest, the highest and the last: the same
// picture from fewer of them.
QPolygonF lineOf(const Curve& curve, const Axes& axes)
{
    QPolygonF line;
    const auto place = [&](std::size_t i) {
        return axes.at(curve.points[i].first, curve.points[i].second);
    };
    const auto count = curve.points.size();
    for (std::size_t begin = 0; begin < count;) {
        const double column = std::floor(place(begin).x());
        std::size_t low = begin;
        std::size_t high = begin;
        std::size_t end = begin + 1;
        for (; end < count && std::floor(place(end).x()) == column; ++end) {
            low = curve.points[end].second < curve.points[low].second ? end : low;
            high = curve.points[end].second > curve.points[high].second ? end : high;
        }
        std::set<std::size_t> kept = {begin, low, high, end - 1};
        for (const auto i : kept)
            line << place(i);
        begin = end;
    }
    return line;
}

// Texts of neighbours stand one below the other, on the side that has room.
void paintMarks(QPainter& p, const std::vector<CurveMark>& marks, const Axes& axes)
{
    constexpr std::size_t kLines = 3;
    p.setFont(fontOf(11));
    const QFontMetricsF metrics(p.font());
    const QPen ink(QColor(90, 90, 90), 1, Qt::DashLine);
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const double x = marks[i].x;
        if (!(x >= axes.x.low && x <= axes.x.high))
            continue;
        p.setPen(ink);
        p.drawLine(axes.at(x, axes.y.low), axes.at(x, axes.y.high));
        const auto text = QString::fromStdString(marks[i].text);
        const double width = metrics.horizontalAdvance(text) + 6;
        const double left = axes.at(x, axes.y.high).x();
        const bool isLeft = x < (axes.x.low + axes.x.high) / 2;
        const QRectF box(
            isLeft ? left + 1 : left - width - 1,
            axes.frame.top() + 2 + static_cast<double>(i % kLines) * (metrics.height() + 2), width,
            metrics.height());
        p.fillRect(box, QColor(255, 255, 255, 190)); // a curve below it is still seen
        p.setPen(QColor(60, 60, 60));
        p.drawText(QPointF(box.left() + 3, box.top() + metrics.ascent()), text);
    }
}

void paintPanel(QPainter& p, const Panel& panel, double top)
{
    const auto axes = axesOf(panel, top);
    p.setPen(Qt::black);
    p.setFont(fontOf(13, QFont::Bold));
    p.drawText(QPointF(kLeft, top + 16), QString::fromStdString(panel.title));
    paintAxes(p, axes);
    p.setPen(QColor(60, 60, 60));
    p.setFont(fontOf(11));
    const auto xName = QString::fromStdString(panel.xName);
    p.drawText(
        QPointF(
            axes.frame.right() + 12, axes.frame.bottom() + QFontMetricsF(p.font()).height() + 2),
        xName);
    double legend = axes.frame.top() + 12;
    for (std::size_t i = 0; i < panel.curves.size(); ++i) {
        const auto& curve = panel.curves[i];
        const auto line = lineOf(curve, axes);
        p.setPen(QPen(kInks[i % kInks.size()], 1.6));
        p.drawPolyline(line);
        if (line.size() == 1)
            p.drawEllipse(line.front(), 2.5, 2.5);
        if (curve.name.empty()) // the panel's title says it
            continue;
        p.drawLine(
            QPointF(axes.frame.right() + 12, legend - 4),
            QPointF(axes.frame.right() + 30, legend - 4));
        p.setPen(Qt::black);
        p.setFont(fontOf(11));
        p.drawText(QPointF(axes.frame.right() + 36, legend), QString::fromStdString(curve.name));
        legend += 17;
    }
    paintMarks(p, panel.marks, axes);
}

} // namespace

double tickStep(double range, int count)
{
    const double raw = std::max(range, 1e-300) / count;
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (raw <= factor * power)
            return factor * power;
    }
    return 10.0 * power;
}

Figure curvesFigure(const std::string& title, const std::vector<Panel>& panels)
{
    ensureApplication();
    const Size size{kWidth, kHeader + kPanelHeight * static_cast<double>(panels.size()) + 8};
    return {title, size, [=](QPainter& p) {
                p.fillRect(QRectF(0, 0, size.width, size.height), Qt::white);
                p.setPen(Qt::black);
                p.setFont(fontOf(16, QFont::Bold));
                p.drawText(QPointF(16, 28), QString::fromStdString(title));
                for (std::size_t i = 0; i < panels.size(); ++i)
                    paintPanel(p, panels[i], kHeader + kPanelHeight * static_cast<double>(i));
            }};
}

} // namespace fovea::render

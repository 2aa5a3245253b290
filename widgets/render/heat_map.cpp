#include "widgets/render/heat_map.h"

#include "widgets/render/font.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fovea::render {

namespace {

constexpr double kMargin = 16;
constexpr double kLongestTitle = 220; // logical pixels; longer ones are elided
constexpr double kScaleWidth = 14;

QColor qColor(const Rgb& c) { return {c[0], c[1], c[2]}; }

std::vector<QString> elided(const std::vector<std::string>& titles, const QFontMetricsF& metrics)
{
    std::vector<QString> texts;
    for (const auto& title : titles)
        texts.push_back(
            metrics.elidedText(QString::fromStdString(title), Qt::ElideRight, kLongestTitle));
    return texts;
}

double widest(const std::vector<QString>& texts, const QFontMetricsF& metrics)
{
    double width = 0;
    for (const auto& text : texts)
        width = std::max(width, metrics.horizontalAdvance(text));
    return width;
}

// Where everything goes; computed once, before painting.
struct Layout {
    QFont titleFont = fontOf(17, QFont::Bold);
    QFont textFont = fontOf(12);
    QFont labelFont;
    std::vector<QString> rows;
    std::vector<QString> columns;
    double cell = 0;
    double left = 0; // of the cells
    double top = 0;
    double rowLabels = 0;
    std::size_t every = 1; // which labels have room
    Size size;
    float highest = 0;
};

Layout layoutOf(const HeatMap& map)
{
    Layout l;
    const auto rows = map.rows.size();
    const auto most = std::max<std::size_t>({rows, map.columns.size(), 1});
    l.cell = std::clamp(1000.0 / static_cast<double>(most), 5.0, 30.0);
    l.labelFont = fontOf(static_cast<int>(std::clamp(l.cell * 0.72, 9.0, 13.0)));
    const QFontMetricsF labels(l.labelFont);
    l.every = static_cast<std::size_t>(std::max(1.0, std::ceil(labels.height() * 0.9 / l.cell)));
    l.rows = elided(map.rows, labels);
    l.columns = elided(map.columns, labels);
    l.rowLabels = widest(l.rows, labels);
    l.left = kMargin + l.rowLabels + 8;
    const double header =
        QFontMetricsF(l.titleFont).height() + QFontMetricsF(l.textFont).height() + 14;
    l.top = kMargin + header + widest(l.columns, labels) + 8;
    for (const float v : map.values)
        l.highest = std::max(l.highest, v);
    const double cells = l.left + l.cell * static_cast<double>(map.columns.size());
    const double titles = std::max(
        QFontMetricsF(l.titleFont).horizontalAdvance(QString::fromStdString(map.title)),
        QFontMetricsF(l.textFont).horizontalAdvance(QString::fromStdString(map.subtitle)));
    l.size.width = std::ceil(std::max(cells + 24 + kScaleWidth + 56, 2 * kMargin + titles));
    l.size.height =
        std::ceil(std::max(l.top + l.cell * static_cast<double>(rows), l.top + 120) + kMargin + 18);
    return l;
}

void paintTitles(QPainter& p, const HeatMap& map, const Layout& l)
{
    p.setPen(Qt::black);
    p.setFont(l.titleFont);
    double y = kMargin + QFontMetricsF(l.titleFont).ascent();
    p.drawText(QPointF(kMargin, y), QString::fromStdString(map.title));
    p.setFont(l.textFont);
    p.setPen(QColor(90, 90, 90));
    y += QFontMetricsF(l.textFont).height() + 4;
    p.drawText(QPointF(kMargin, y), QString::fromStdString(map.subtitle));
}

void paintLabels(QPainter& p, const Layout& l)
{
    const QFontMetricsF metrics(l.labelFont);
    const double centre = (metrics.ascent() - metrics.descent()) / 2;
    p.setFont(l.labelFont);
    p.setPen(Qt::black);
    for (std::size_t r = 0; r < l.rows.size(); r += l.every) {
        const double y = l.top + (static_cast<double>(r) + 0.5) * l.cell + centre;
        p.drawText(QPointF(l.left - 6 - metrics.horizontalAdvance(l.rows[r]), y), l.rows[r]);
    }
    for (std::size_t c = 0; c < l.columns.size(); c += l.every) {
        p.save();
        p.translate(l.left + (static_cast<double>(c) + 0.5) * l.cell + centre, l.top - 6);
        p.rotate(-90);
        p.drawText(QPointF(0, 0), l.columns[c]);
        p.restore();
    }
}

void paintCells(QPainter& p, const HeatMap& map, const Layout& l)
{
    // Without smoothing, neighbours meet without a seam.
    p.setRenderHint(QPainter::Antialiasing, false);
    p.setPen(Qt::NoPen);
    const auto columns = map.columns.size();
    for (std::size_t r = 0; r < map.rows.size(); ++r) {
        const auto row = map.values.begin() + static_cast<std::ptrdiff_t>(r * columns);
        const auto shown = map.causal ? std::min(r + 1, columns) : columns;
        const float highest = map.look.scale == Scale::Row
            ? *std::max_element(row, row + static_cast<std::ptrdiff_t>(shown))
            : l.highest;
        for (std::size_t c = 0; c < shown; ++c) {
            const double share =
                shareOf(row[static_cast<std::ptrdiff_t>(c)], highest, map.look.scale);
            p.setBrush(qColor(colourOf(share, map.look.colours)));
            p.drawRect(QRectF(
                l.left + static_cast<double>(c) * l.cell, l.top + static_cast<double>(r) * l.cell,
                l.cell, l.cell));
        }
    }
    p.setPen(QPen(QColor(150, 150, 150), 1));
    p.setBrush(Qt::NoBrush);
    p.drawRect(QRectF(
        l.left, l.top, l.cell * static_cast<double>(columns),
        l.cell * static_cast<double>(map.rows.size())));
    p.setRenderHint(QPainter::Antialiasing, true);
}

void paintScale(QPainter& p, const HeatMap& map, const Layout& l)
{
    constexpr int kSteps = 100;
    const double x = l.left + l.cell * static_cast<double>(map.columns.size()) + 24;
    const double height = std::clamp(l.cell * static_cast<double>(map.rows.size()), 100.0, 240.0);
    p.setRenderHint(QPainter::Antialiasing, false);
    p.setPen(Qt::NoPen);
    for (int i = 0; i < kSteps; ++i) {
        p.setBrush(qColor(colourOf(1.0 - (i + 0.5) / kSteps, map.look.colours)));
        p.drawRect(QRectF(x, l.top + height * i / kSteps, kScaleWidth, height / kSteps + 0.5));
    }
    p.setRenderHint(QPainter::Antialiasing, true);
    p.setPen(Qt::black);
    p.setFont(l.textFont);
    const QFontMetricsF metrics(l.textFont);
    const auto highest = static_cast<double>(l.highest);
    p.drawText(
        QPointF(x + kScaleWidth + 5, l.top + metrics.ascent()),
        map.look.scale == Scale::Row ? QStringLiteral("row's") : QString::number(highest, 'f', 2));
    if (map.look.scale == Scale::Row)
        p.drawText(
            QPointF(x + kScaleWidth + 5, l.top + metrics.ascent() + metrics.height()),
            QStringLiteral("highest"));
    p.drawText(
        QPointF(x + kScaleWidth + 5, l.top + height),
        map.look.scale == Scale::Logarithm
            ? QString::number(highest * std::pow(10.0, -kDecades), 'g', 1)
            : QStringLiteral("0"));
}

} // namespace

Figure heatMapFigure(const HeatMap& map)
{
    ensureApplication();
    const auto layout = layoutOf(map);
    return {map.title, layout.size, [map, layout](QPainter& p) {
                p.fillRect(QRectF(0, 0, layout.size.width, layout.size.height), Qt::white);
                paintTitles(p, map, layout);
                paintLabels(p, layout);
                paintCells(p, map, layout);
                paintScale(p, map, layout);
            }};
}

} // namespace fovea::render

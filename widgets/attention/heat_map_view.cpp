#include "widgets/attention/heat_map_view.h"

#include <QContextMenuEvent>
#include <QFontMetricsF>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fovea::widgets {

namespace {

constexpr double kMargin = 8;
constexpr double kLongestTitle = 190; // pixels; longer ones are elided
constexpr double kMostOfLabels = 0.3; // of the view's width and height
constexpr double kLegend = 62; // room for the colours' scale, right of the cells
constexpr double kLegendHeight = 140;

// 256 steps of colour: more than a screen tells apart.
std::array<QRgb, 256> coloursOf(render::ColourMap map, bool onDark)
{
    std::array<QRgb, 256> colours{};
    for (std::size_t i = 0; i < colours.size(); ++i) {
        const double share = static_cast<double>(i) / 255.0;
        const auto c = render::colourOf(onDark ? 1 - share : share, map);
        colours[i] = qRgb(c[0], c[1], c[2]);
    }
    return colours;
}

std::vector<QString> titlesOf(const std::vector<explain::Label>& labels)
{
    std::vector<QString> titles;
    for (const auto& label : labels)
        titles.push_back(QString::fromStdString(label.title));
    return titles;
}

} // namespace

bool isDark(const QPalette& palette) { return palette.color(QPalette::Base).lightness() < 128; }

QImage cellImage(const explain::HeadMatrix& matrix, render::Look look, bool onDark)
{
    const auto size = static_cast<int>(matrix.length);
    QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    const auto colours = coloursOf(look.colours, onDark);
    const auto& w = matrix.weights;
    float highest = w.empty() ? 0 : *std::max_element(w.begin(), w.end());
    for (int r = 0; r < size; ++r) {
        const auto row = w.begin() + static_cast<std::ptrdiff_t>(r) * size;
        if (look.scale == render::Scale::Row)
            highest = *std::max_element(row, row + r + 1);
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(r));
        for (int c = 0; c <= r; ++c)
            line[c] = colours[static_cast<std::size_t>(
                render::shareOf(row[c], highest, look.scale) * 255.0)];
    }
    return image;
}

HeatMapView::HeatMapView(QWidget* parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Attention map"));
}

void HeatMapView::setMap(std::shared_ptr<const explain::AttentionMap> map, explain::HeadChoice head)
{
    auto matrix = explain::headMatrix(*map, head);
    if (!matrix) // a head that this map does not have: the mean of its last layer
        matrix = explain::headMatrix(*map, head = {map->layers - 1, -1});
    if (!matrix) {
        clear(tr("This model has no attention to show."));
        return;
    }
    const bool sameSize = m_map && m_map->length == map->length;
    m_map = std::move(map);
    m_head = head;
    m_matrix = matrix.take();
    m_rows = titlesOf(m_map->queries);
    m_columns = titlesOf(m_map->keys);
    if (!sameSize) {
        m_zoom = 1;
        m_offset = {};
        m_current.reset();
    }
    rebuild();
}

void HeatMapView::clear(const QString& why)
{
    m_map.reset();
    m_why = why;
    setCurrent({});
    update();
}

void HeatMapView::setLook(render::Look look)
{
    m_look = look;
    rebuild();
}

void HeatMapView::rebuild()
{
    if (!m_map)
        return;
    m_image = cellImage(m_matrix, m_look, isDark(palette()));
    const QFontMetricsF metrics(font());
    const auto widest = [&](const std::vector<QString>& titles) {
        double width = 0;
        for (const auto& title : titles)
            width = std::max(width, metrics.horizontalAdvance(title));
        return std::min(width, kLongestTitle) + 8;
    };
    m_labelWidth = widest(m_rows);
    m_labelHeight = widest(m_columns);
    if (m_current)
        Q_EMIT hovered(describe(*m_current));
    update();
}

QRectF HeatMapView::frame() const
{
    const double left = kMargin + std::min(m_labelWidth, kMostOfLabels * width());
    const double top = kMargin + std::min(m_labelHeight, kMostOfLabels * height());
    return {
        left, top, std::max(20.0, width() - left - kMargin - kLegend),
        std::max(20.0, height() - top - kMargin)};
}

double HeatMapView::cellSize() const
{
    const auto f = frame();
    const auto count = std::max<double>(1, static_cast<double>(m_matrix.length));
    return std::min(std::min(f.width(), f.height()) / count, 40.0) * m_zoom;
}

QRectF HeatMapView::cells() const
{
    const double side = cellSize() * static_cast<double>(m_matrix.length);
    return {frame().topLeft() + m_offset, QSizeF(side, side)};
}

std::optional<HeatMapView::Cell> HeatMapView::cellAt(const QPointF& position) const
{
    if (!m_map || !frame().contains(position))
        return {};
    const auto at = (position - cells().topLeft()) / cellSize();
    const Cell cell{static_cast<int>(std::floor(at.y())), static_cast<int>(std::floor(at.x()))};
    const auto size = static_cast<int>(m_matrix.length);
    const bool inside =
        cell.row >= 0 && cell.row < size && cell.column >= 0 && cell.column <= cell.row;
    return inside ? std::optional(cell) : std::nullopt;
}

QString HeatMapView::describe(const Cell& cell) const
{
    const auto weight = m_matrix.weights[static_cast<std::size_t>(
        static_cast<std::int64_t>(cell.row) * m_matrix.length + cell.column)];
    return tr("%1: %2 looks at %3")
        .arg(
            QLocale().toString(static_cast<double>(weight), 'f', 4),
            m_rows[static_cast<std::size_t>(cell.row)],
            m_columns[static_cast<std::size_t>(cell.column)]);
}

void HeatMapView::setCurrent(std::optional<Cell> cell)
{
    if (cell == m_current)
        return;
    m_current = cell;
    const auto text = cell && m_map ? describe(*cell) : QString();
    setAccessibleDescription(text);
    Q_EMIT hovered(text);
    update();
}

void HeatMapView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    if (!m_map) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(
            rect().adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap, m_why);
        return;
    }
    const auto all = cells();
    const auto f = frame();
    painter.save();
    painter.setClipRect(f);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(all, m_image);
    if (m_current) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRect(rectOf(*m_current));
    }
    painter.restore();
    paintLabels(painter);
    paintLegend(painter);
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void HeatMapView::paintLabels(QPainter& painter)
{
    const QFontMetricsF metrics(font());
    const auto all = cells();
    const auto f = frame();
    const double size = cellSize();
    const int every = std::max(1, static_cast<int>(std::ceil(metrics.height() * 0.95 / size)));
    const double centre = (metrics.ascent() - metrics.descent()) / 2;
    const auto plain = palette().color(QPalette::Text);
    const auto strong = palette().color(QPalette::Highlight);
    const auto isShown = [&](int i, int current) {
        return i == current || (i % every == 0 && (current < 0 || std::abs(i - current) >= every));
    };
    const int row = m_current ? m_current->row : -1;
    const int column = m_current ? m_current->column : -1;
    for (int i = 0; i < static_cast<int>(m_rows.size()); ++i) {
        const double y = all.top() + (i + 0.5) * size;
        if (y < f.top() || y > f.bottom() || !isShown(i, row))
            continue;
        painter.setPen(i == row ? strong : plain);
        const auto text = metrics.elidedText(
            m_rows[static_cast<std::size_t>(i)], Qt::ElideRight, f.left() - kMargin - 6);
        painter.drawText(QPointF(f.left() - 6 - metrics.horizontalAdvance(text), y + centre), text);
    }
    for (int i = 0; i < static_cast<int>(m_columns.size()); ++i) {
        const double x = all.left() + (i + 0.5) * size;
        if (x < f.left() || x > f.right() || !isShown(i, column))
            continue;
        painter.save();
        painter.setPen(i == column ? strong : plain);
        painter.translate(x + centre, f.top() - 6);
        painter.rotate(-90);
        painter.drawText(
            QPointF(0, 0),
            metrics.elidedText(
                m_columns[static_cast<std::size_t>(i)], Qt::ElideRight, f.top() - kMargin - 6));
        painter.restore();
    }
}

// What the colours stand for, as in the figure of a file.
void HeatMapView::paintLegend(QPainter& painter)
{
    const auto f = frame();
    const QFontMetricsF metrics(font());
    const QRectF bar(width() - kLegend, f.top(), 12, std::min(kLegendHeight, f.height()));
    const auto colours = coloursOf(m_look.colours, isDark(palette()));
    QImage image(1, static_cast<int>(colours.size()), QImage::Format_RGB32);
    for (int i = 0; i < image.height(); ++i)
        image.setPixel(0, i, colours[colours.size() - 1 - static_cast<std::size_t>(i)]);
    painter.drawImage(bar, image);
    painter.setPen(palette().color(QPalette::Text));
    const auto& w = m_matrix.weights;
    const double highest =
        w.empty() ? 0 : static_cast<double>(*std::max_element(w.begin(), w.end()));
    const QLocale locale;
    const bool byRow = m_look.scale == render::Scale::Row;
    painter.drawText(
        QPointF(bar.right() + 4, bar.top() + metrics.ascent()),
        byRow ? tr("row") : locale.toString(highest, 'f', 2));
    painter.drawText(
        QPointF(bar.right() + 4, bar.bottom()),
        m_look.scale == render::Scale::Logarithm
            ? locale.toString(highest * std::pow(10.0, -render::kDecades), 'g', 1)
            : QStringLiteral("0"));
}

void HeatMapView::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton) {
        m_offset += event->position() - m_dragFrom;
        m_dragFrom = event->position();
        keepInside();
        update();
    }
    setCurrent(cellAt(event->position()));
}

void HeatMapView::mousePressEvent(QMouseEvent* event) { m_dragFrom = event->position(); }

void HeatMapView::mouseDoubleClickEvent(QMouseEvent*)
{
    m_zoom = 1;
    m_offset = {};
    update();
}

void HeatMapView::wheelEvent(QWheelEvent* event)
{
    zoom(std::pow(1.0015, event->angleDelta().y()), event->position());
    event->accept();
}

// The cell under `around` stays there.
void HeatMapView::zoom(double factor, const QPointF& around)
{
    const double before = m_zoom;
    m_zoom = std::clamp(m_zoom * factor, 1.0, 40.0);
    const auto from = around - frame().topLeft();
    m_offset = from - (from - m_offset) * (m_zoom / before);
    keepInside();
    update();
}

void HeatMapView::keepInside()
{
    const auto f = frame();
    const double side = cells().width();
    m_offset.setX(std::clamp(m_offset.x(), std::min(0.0, f.width() - side), 0.0));
    m_offset.setY(std::clamp(m_offset.y(), std::min(0.0, f.height() - side), 0.0));
}

void HeatMapView::keyPressEvent(QKeyEvent* event)
{
    if (!m_map) {
        QWidget::keyPressEvent(event);
        return;
    }
    auto cell = m_current.value_or(
        Cell{static_cast<int>(m_matrix.length) - 1, static_cast<int>(m_matrix.length) - 1});
    switch (event->key()) {
    case Qt::Key_Left:
        --cell.column;
        break;
    case Qt::Key_Right:
        ++cell.column;
        break;
    case Qt::Key_Up:
        --cell.row;
        break;
    case Qt::Key_Down:
        ++cell.row;
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(1.25, cursor());
        return;
    case Qt::Key_Minus:
        zoom(0.8, cursor());
        return;
    case Qt::Key_0:
        zoom(1 / m_zoom, cursor());
        return;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    cell.row = std::clamp(cell.row, 0, static_cast<int>(m_matrix.length) - 1);
    cell.column = std::clamp(cell.column, 0, cell.row);
    showCell(cell);
    setCurrent(cell);
}

QRectF HeatMapView::rectOf(const Cell& cell) const
{
    const double size = cellSize();
    return {cells().topLeft() + QPointF(cell.column, cell.row) * size, QSizeF(size, size)};
}

// What the keys zoom around.
QPointF HeatMapView::cursor() const
{
    return m_current ? rectOf(*m_current).center() : frame().center();
}

// Moves a zoomed map so that the cell can be seen.
void HeatMapView::showCell(const Cell& cell)
{
    const auto box = rectOf(cell);
    const auto f = frame();
    m_offset.rx() += std::max(0.0, f.left() - box.left()) + std::min(0.0, f.right() - box.right());
    m_offset.ry() += std::max(0.0, f.top() - box.top()) + std::min(0.0, f.bottom() - box.bottom());
    keepInside();
    update();
}

void HeatMapView::leaveEvent(QEvent*) { setCurrent({}); }

void HeatMapView::contextMenuEvent(QContextMenuEvent* event)
{
    Q_EMIT menuRequested(event->globalPos());
}

void HeatMapView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        rebuild();
    if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("Attention map"));
    QWidget::changeEvent(event);
}

} // namespace fovea::widgets

#include "widgets/attention/thumbnails.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace fovea::widgets {

namespace {

constexpr double kTile = 64; // logical pixels
constexpr double kGap = 8;

QString nameOf(explain::HeadChoice choice)
{
    return choice.head < 0
        ? Thumbnails::tr("layer %1, mean of heads").arg(choice.layer + 1)
        : Thumbnails::tr("layer %1, head %2").arg(choice.layer + 1).arg(choice.head + 1);
}

} // namespace

Thumbnails::Thumbnails(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Heads"));
}

void Thumbnails::setMap(std::shared_ptr<const explain::AttentionMap> map)
{
    const bool sameShape = m_map && m_map->layers == map->layers && m_map->heads == map->heads;
    m_map = std::move(map);
    if (!sameShape)
        m_choice = {m_map->layers - 1, -1};
    rebuild();
}

void Thumbnails::clear()
{
    m_map.reset();
    rebuild();
}

void Thumbnails::setLook(render::Look look)
{
    m_look = look;
    rebuild();
}

void Thumbnails::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        rebuild();
    QWidget::changeEvent(event);
}

void Thumbnails::rebuild()
{
    m_tiles.clear();
    for (std::int64_t layer = 0; m_map && layer < m_map->layers; ++layer) {
        for (std::int64_t head = 0; head <= m_map->heads; ++head) {
            const explain::HeadChoice choice{layer, head == m_map->heads ? -1 : head};
            if (const auto matrix = explain::headMatrix(*m_map, choice))
                m_tiles.push_back(
                    {choice, nameOf(choice), cellImage(*matrix, m_look, isDark(palette()))});
        }
    }
    updateGeometry();
    update();
}

QSize Thumbnails::sizeHint() const
{
    const auto columns = m_map ? static_cast<double>(m_map->heads) + 1 : 3;
    const auto rows = m_map ? static_cast<double>(m_map->layers) : 1;
    return {
        static_cast<int>(columns * (kTile + kGap) + kGap),
        static_cast<int>(rows * (kTile + kGap) + kGap)};
}

QRectF Thumbnails::rectOf(const Tile& tile) const
{
    const auto column = static_cast<double>(tile.choice.head < 0 ? m_map->heads : tile.choice.head);
    const auto row = static_cast<double>(tile.choice.layer);
    return {kGap + column * (kTile + kGap), kGap + row * (kTile + kGap), kTile, kTile};
}

QRect Thumbnails::chosenRect() const
{
    const auto chosen = std::find_if(m_tiles.begin(), m_tiles.end(), [this](const Tile& tile) {
        return tile.choice.layer == m_choice.layer && tile.choice.head == m_choice.head;
    });
    return chosen == m_tiles.end() ? QRect() : rectOf(*chosen).toAlignedRect();
}

const Thumbnails::Tile* Thumbnails::tileAt(const QPointF& position) const
{
    const auto found = std::find_if(m_tiles.begin(), m_tiles.end(), [&](const Tile& tile) {
        return rectOf(tile).contains(position);
    });
    return found == m_tiles.end() ? nullptr : &*found;
}

void Thumbnails::setChoice(explain::HeadChoice choice)
{
    m_choice = choice;
    setAccessibleDescription(nameOf(choice));
    update();
}

void Thumbnails::choose(explain::HeadChoice choice)
{
    setChoice(choice);
    Q_EMIT chosen(choice);
}

void Thumbnails::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    for (const auto& tile : m_tiles) {
        const auto box = rectOf(tile);
        painter.fillRect(box, palette().color(QPalette::Base));
        // A map larger than its tile is averaged, a smaller one keeps its cells.
        painter.setRenderHint(
            QPainter::SmoothPixmapTransform, static_cast<double>(tile.image.width()) > kTile);
        painter.drawImage(box, tile.image);
        const bool isChosen =
            tile.choice.layer == m_choice.layer && tile.choice.head == m_choice.head;
        painter.setPen(QPen(
            palette().color(isChosen ? QPalette::Highlight : QPalette::Mid), isChosen ? 3 : 1));
        painter.drawRect(box);
        if (tile.choice.head < 0) {
            painter.setPen(palette().color(QPalette::Text));
            painter.drawText(
                box.adjusted(0, 2, -4, 0), Qt::AlignRight | Qt::AlignTop, QStringLiteral("μ"));
        }
    }
}

void Thumbnails::mousePressEvent(QMouseEvent* event)
{
    if (const auto* tile = tileAt(event->position()))
        choose(tile->choice);
}

void Thumbnails::keyPressEvent(QKeyEvent* event)
{
    const auto steps = [&]() -> std::pair<int, int> {
        switch (event->key()) {
        case Qt::Key_Left:
            return {0, -1};
        case Qt::Key_Right:
            return {0, 1};
        case Qt::Key_Up:
            return {-1, 0};
        case Qt::Key_Down:
            return {1, 0};
        default:
            return {0, 0};
        }
    }();
    if (!m_map || steps == std::pair(0, 0)) {
        QWidget::keyPressEvent(event);
        return;
    }
    const auto column = m_choice.head < 0 ? m_map->heads : m_choice.head;
    const auto next = std::clamp<std::int64_t>(column + steps.second, 0, m_map->heads);
    choose(
        {std::clamp<std::int64_t>(m_choice.layer + steps.first, 0, m_map->layers - 1),
         next == m_map->heads ? -1 : next});
}

bool Thumbnails::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const auto* tile = tileAt(help->pos());
        QToolTip::showText(help->globalPos(), tile ? tile->name : QString(), this);
        return true;
    }
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Heads"));
        rebuild();
    }
    return QWidget::event(event);
}

} // namespace fovea::widgets

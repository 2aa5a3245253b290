#include "widgets/parts/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include <map>

namespace fovea::widgets {

namespace {

// Draws itself in the size that is asked for, once.
class LineIcon final : public QIconEngine {
public:
    LineIcon(QByteArray lines, const QPalette& palette)
        : m_lines(std::move(lines))
        , m_palette(palette)
    { }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Normal;
        auto& drawn = m_drawn[{group, size.width(), size.height()}];
        if (!drawn.isNull())
            return drawn;
        auto svg = m_lines;
        QSvgRenderer renderer(
            svg.replace("#000", m_palette.color(group, QPalette::ButtonText).name().toLatin1()));
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        drawn = QPixmap(size);
        drawn.fill(Qt::transparent);
        QPainter painter(&drawn);
        renderer.render(&painter);
        return drawn;
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        const auto scale = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, pixmap((QSizeF(rect.size()) * scale).toSize(), mode, state));
    }
    bool isNull() override { return m_lines.isEmpty(); }
    QIconEngine* clone() const override { return new LineIcon(*this); }

private:
    QByteArray m_lines;
    QPalette m_palette;
    std::map<std::tuple<QPalette::ColorGroup, int, int>, QPixmap> m_drawn;
};

} // namespace

QIcon icon(const QString& name, const QPalette& palette)
{
    QFile file(QStringLiteral(":/icons/") + name + QStringLiteral(".svg"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QIcon(new LineIcon(file.readAll(), palette));
}

} // namespace fovea::widgets

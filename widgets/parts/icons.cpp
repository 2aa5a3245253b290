#include "widgets/parts/icons.h"

#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace fovea::widgets {

namespace {

QPixmap drawn(const QByteArray& svg, int size)
{
    QSvgRenderer renderer(svg);
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    return pixmap;
}

} // namespace

QIcon icon(const QString& name, const QPalette& palette)
{
    QFile file(QStringLiteral(":/icons/") + name + QStringLiteral(".svg"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray lines = file.readAll();
    const auto inked = [&](QPalette::ColorGroup group) {
        auto svg = lines;
        return svg.replace("#000", palette.color(group, QPalette::ButtonText).name().toLatin1());
    };
    QIcon result;
    for (const int size : {16, 24, 32, 48, 64}) {
        result.addPixmap(drawn(inked(QPalette::Normal), size), QIcon::Normal);
        result.addPixmap(drawn(inked(QPalette::Disabled), size), QIcon::Disabled);
    }
    return result;
}

} // namespace fovea::widgets

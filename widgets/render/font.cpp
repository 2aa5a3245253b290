#include "widgets/render/font.h"

#include <QStringList>

namespace fovea::render {

QFont fontOf(int pixels, QFont::Weight weight)
{
    QFont font;
    font.setFamilies(
        {QStringLiteral("DejaVu Sans"), QStringLiteral("WenQuanYi Micro Hei"),
         QStringLiteral("sans-serif")});
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

} // namespace fovea::render

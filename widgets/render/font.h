// The font of all figures; it has Latin and Chinese.
#pragma once

#include <QFont>

namespace fovea::render {

QFont fontOf(int pixels, QFont::Weight weight = QFont::Normal);

} // namespace fovea::render

// The program's own line icons in the colours of a palette, sharp at any scale. The window's
// thread.
#pragma once

#include <QIcon>
#include <QPalette>

namespace fovea::widgets {

// `name` of a file in resources/icons; black lines take the palette's text colour.
QIcon icon(const QString& name, const QPalette& palette);

} // namespace fovea::widgets

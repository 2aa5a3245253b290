// Light and dark: the palette of the whole program. The window's thread.
#pragma once

#include <QString>

namespace fovea::gui {

enum class Theme { System, Light, Dark };

QString themeName(Theme theme); // in settings
Theme themeOf(const QString& name);
// The style and the palette; System goes by what the desktop's own palette is.
void applyTheme(Theme theme);

} // namespace fovea::gui

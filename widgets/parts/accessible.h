// What a screen reader is told our own widgets are: charts and alerts. The window's thread.
#pragma once

namespace fovea::widgets {

// Once, before the first window is shown; harmless to repeat.
void installAccessibleRoles();

} // namespace fovea::widgets

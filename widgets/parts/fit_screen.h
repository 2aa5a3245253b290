// Keeps a window within its screen. The window's thread.
#pragma once

class QWidget;

namespace fovea::widgets {

// Makes the window no larger than what its screen has free, its frame included. To be called as it
// is shown.
void fitToScreen(QWidget& window);

} // namespace fovea::widgets

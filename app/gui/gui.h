// Starts the window and returns when it is closed.
#pragma once

namespace fovea::gui {

// True if there is a display to open it on.
bool hasDisplay();
int run(int argc, char** argv);

} // namespace fovea::gui

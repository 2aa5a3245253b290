#include "widgets/parts/fit_screen.h"

#include <QScreen>
#include <QWidget>

namespace fovea::widgets {

namespace {
// Of a frame that the window manager has not told yet, with its title bar.
constexpr QSize kFrame{16, 44};
} // namespace

void fitToScreen(QWidget& window)
{
    if (window.isMaximized() || window.isFullScreen())
        return;
    const auto known = window.frameSize() - window.size();
    const auto frame = known.isNull() ? kFrame : known;
    // A dialog has no screen of its own before it is shown: it comes up before its window.
    const auto* screen = window.parentWidget() ? window.parentWidget()->screen() : window.screen();
    const auto room = screen->availableGeometry().size() - frame;
    window.resize(window.size().boundedTo(room));
}

} // namespace fovea::widgets

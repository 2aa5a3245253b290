// Work that may last, in a thread of its own while the window is painted. A dialog with progress
// and a button to cancel appears when it does last; nothing else is done in the window meanwhile.
// The window's thread.
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <QString>

#include <functional>
#include <stop_token>

class QWidget;

namespace fovea::widgets {

using AsideWork = std::function<Status(base::Progress&, std::stop_token)>;

// What the work returned; what it threw, as an error. `what` is the dialog's text: "Opening the
// data set".
Status doAside(QWidget* parent, const QString& what, const AsideWork& work);

} // namespace fovea::widgets

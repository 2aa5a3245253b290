// Where a person's choices and files lie.
#pragma once

#include <QSettings>
#include <QString>

#include <memory>

namespace fovea::gui {

// In the user's configuration folder, or in FOVEA_SETTINGS where that is set.
std::unique_ptr<QSettings> openSettings();

QString defaultWorkspace(); // in the user's data folder

} // namespace fovea::gui

// Where a person's choices and files lie.
#pragma once

#include <QSettings>
#include <QString>

#include <memory>

namespace fovea::gui {

// In the user's configuration folder, or in FOVEA_SETTINGS where that is set.
std::unique_ptr<QSettings> openSettings();
// The value that is stored under a key; invalid where there is none, or none that can be read.
QVariant kept(const QString& key);

inline constexpr int kMostThreads = 256; // that a person may choose
int chosenThreads(); // that compute; 0 = all cores but one
void chooseThreads(int threads);

QString defaultWorkspace(); // in the user's data folder

} // namespace fovea::gui

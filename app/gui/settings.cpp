#include "app/gui/settings.h"

#include <QStandardPaths>

#include <algorithm>

namespace fovea::gui {

std::unique_ptr<QSettings> openSettings()
{
    const auto file = qEnvironmentVariable(
        "FOVEA_SETTINGS",
        QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
            + QStringLiteral("/fovea/window.ini"));
    return std::make_unique<QSettings>(file, QSettings::IniFormat);
}

namespace {

QString threadsKey() { return QStringLiteral("threads"); }

} // namespace

int chosenThreads()
{
    return std::clamp(openSettings()->value(threadsKey()).toInt(), 0, kMostThreads);
}

void chooseThreads(int threads) { openSettings()->setValue(threadsKey(), threads); }

QString defaultWorkspace()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + QStringLiteral("/fovea");
}

} // namespace fovea::gui

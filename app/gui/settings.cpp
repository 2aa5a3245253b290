#include "app/gui/settings.h"

#include <QStandardPaths>

namespace fovea::gui {

std::unique_ptr<QSettings> openSettings()
{
    const auto file = qEnvironmentVariable(
        "FOVEA_SETTINGS",
        QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
            + QStringLiteral("/fovea/window.ini"));
    return std::make_unique<QSettings>(file, QSettings::IniFormat);
}

QString defaultWorkspace()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + QStringLiteral("/fovea");
}

} // namespace fovea::gui

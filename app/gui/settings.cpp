#include "app/gui/settings.h"

#include <QStandardPaths>

#include <algorithm>
#include <new>

namespace fovea::gui {

std::unique_ptr<QSettings> openSettings()
{
    const auto file = qEnvironmentVariable(
        "FOVEA_SETTINGS",
        QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
            + QStringLiteral("/fovea/window.ini"));
    return std::make_unique<QSettings>(file, QSettings::IniFormat);
}

QVariant kept(const QString& key)
{
    // Damaged bytes may claim a list of billions of entries. Qt reserves memory for all of them.
    try {
        return openSettings()->value(key);
    } catch (const std::bad_alloc&) {
        return {};
    }
}

namespace {

QString threadsKey() { return QStringLiteral("threads"); }

} // namespace

int chosenThreads() { return std::clamp(kept(threadsKey()).toInt(), 0, kMostThreads); }

void chooseThreads(int threads) { openSettings()->setValue(threadsKey(), threads); }

QString defaultWorkspace()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + QStringLiteral("/fovea");
}

} // namespace fovea::gui

#include "app/gui/settings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QStandardPaths>

namespace fovea::gui {

namespace {

struct Files {
    Q_DECLARE_TR_FUNCTIONS(Files)
};

} // namespace

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

FileChoice askForFile(
    QWidget* parent, const QString& title, const QString& name,
    std::initializer_list<const char*> endings)
{
    QStringList filters;
    for (const auto* ending : endings)
        filters << QStringLiteral("%1 (*.%2)")
                       .arg(QString::fromLatin1(ending).toUpper(), QString::fromLatin1(ending));
    QString chosen;
    QString stem = name; // an id of the user's, which may hold anything
    stem.replace(QLatin1Char('/'), QLatin1Char('-'));
    FileChoice choice;
    choice.name = QFileDialog::getSaveFileName(
        parent, title, QDir::home().filePath(stem + QStringLiteral(".png")),
        filters.join(QStringLiteral(";;")), &chosen);
    if (choice.name.isEmpty())
        return choice;
    if (QFileInfo(choice.name).suffix().isEmpty())
        choice.name += QLatin1Char('.')
            + chosen.section(QStringLiteral("*."), 1).section(QLatin1Char(')'), 0, 0);
    if (choice.name.endsWith(QLatin1String(".png"))) {
        bool ok = false;
        choice.scale = QInputDialog::getDouble(
            parent, title, Files::tr("Size of the picture (1 = as on screen, 2 = twice as sharp):"),
            2, 0.5, 8, 1, &ok);
        if (!ok)
            choice.name.clear();
    }
    return choice;
}

} // namespace fovea::gui

// Where a person's choices and files lie, and the dialog that asks for a file to save.
#pragma once

#include <QSettings>
#include <QString>

#include <initializer_list>
#include <memory>

class QWidget;

namespace fovea::gui {

// In the user's configuration folder, or in FOVEA_SETTINGS where that is set.
std::unique_ptr<QSettings> openSettings();

QString defaultWorkspace(); // in the user's data folder

struct FileChoice {
    QString name; // with its ending; empty = none was chosen
    double scale = 2; // pixels of a PNG for each logical one
};

// Asks for a file in one of these formats and, for a PNG, its size.
FileChoice askForFile(
    QWidget* parent, const QString& title, const QString& name,
    std::initializer_list<const char*> endings);

} // namespace fovea::gui

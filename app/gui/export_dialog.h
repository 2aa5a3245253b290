// Asks where to, in which format and how large something is saved; asks again before it replaces a
// file. The window's thread.
#pragma once

#include "widgets/render/figure.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace fovea::gui {

// Where the last file was saved, at first the home folder.
QString lastExportFolder();
void rememberExportFolder(const QString& folder);

class ExportDialog final : public QDialog {
    Q_OBJECT

public:
    // `natural` is the picture's own size; `formats` are file endings, pictures and tables.
    ExportDialog(
        const QString& title, const QString& name, const QStringList& formats, render::Size natural,
        QWidget* parent);

    QString file() const; // with its ending
    double pixels() const; // of its width; 0 for a table

    void accept() override;

private:
    void browse();
    void setFormat(const QString& format);
    void takeEnding();
    void showHeight();
    bool mayReplace(const QString& name);
    QString format() const;

    render::Size m_natural;
    bool m_isSized = false; // a person chose the size
    QComboBox* m_formats;
    QLineEdit* m_file;
    QSpinBox* m_width;
    QLabel* m_height;
};

} // namespace fovea::gui

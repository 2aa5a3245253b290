#include "app/gui/export_dialog.h"

#include "app/gui/settings.h"
#include "widgets/parts/plain_label.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSpinBox>
#include <QtMath>

namespace fovea::gui {

QString lastExportFolder()
{
    const auto folder = kept(QStringLiteral("exportFolder")).toString();
    return QFileInfo(folder).isDir() ? folder : QDir::homePath();
}

void rememberExportFolder(const QString& folder)
{
    openSettings()->setValue(QStringLiteral("exportFolder"), folder);
}

ExportDialog::ExportDialog(
    const QString& title, const QString& name, const QStringList& formats, render::Size natural,
    QWidget* parent)
    : QDialog(parent)
    , m_natural(natural)
    , m_formats(new QComboBox(this))
    , m_file(new QLineEdit(this))
    , m_width(new QSpinBox(this))
    , m_height(new widgets::PlainLabel(this))
{
    setWindowTitle(title);
    m_formats->setObjectName(QStringLiteral("format"));
    m_file->setObjectName(QStringLiteral("file"));
    m_file->setMinimumWidth(420);
    m_width->setObjectName(QStringLiteral("width"));
    m_width->setRange(50, qFloor(render::widestWidth(natural)));
    m_width->setSuffix(QStringLiteral(" px"));
    for (const auto& format : formats)
        m_formats->addItem(format.toUpper(), format);
    auto* browse = new QPushButton(tr("&Browse…"), this);
    auto* place = new QHBoxLayout;
    place->addWidget(m_file, 1);
    place->addWidget(browse);
    auto* size = new QHBoxLayout;
    size->addWidget(m_width);
    size->addWidget(m_height, 1);
    auto* form = new QFormLayout(this);
    form->addRow(tr("&Format:"), m_formats);
    form->addRow(tr("&Width:"), size);
    form->addRow(tr("F&ile:"), place);
    static_cast<QLabel*>(form->labelForField(size))->setBuddy(m_width);
    static_cast<QLabel*>(form->labelForField(place))->setBuddy(m_file);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    form->addRow(buttons);
    const QList<QWidget*> rows = {m_formats, m_width, m_file, browse, buttons};
    for (qsizetype i = 1; i < rows.size(); ++i)
        setTabOrder(rows[i - 1], rows[i]);
    connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &ExportDialog::reject);
    connect(browse, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(m_formats, &QComboBox::currentIndexChanged, this, [this] { setFormat(format()); });
    connect(m_file, &QLineEdit::editingFinished, this, &ExportDialog::takeEnding);
    connect(m_width, &QSpinBox::valueChanged, this, &ExportDialog::showHeight);
    connect(m_width, &QSpinBox::editingFinished, this, [this] { m_isSized = true; });
    QString stem = name; // an id of the user's, which may hold anything
    stem.replace(QLatin1Char('/'), QLatin1Char('-'));
    m_file->setText(QDir(lastExportFolder()).filePath(stem + QLatin1Char('.') + formats.front()));
    setFormat(formats.front());
}

QString ExportDialog::format() const { return m_formats->currentData().toString(); }

QString ExportDialog::file() const
{
    const auto text = QDir(lastExportFolder()).absoluteFilePath(m_file->text().trimmed());
    const QString ending = QLatin1Char('.') + format();
    return text.endsWith(ending, Qt::CaseInsensitive) ? text : text + ending;
}

double ExportDialog::pixels() const
{
    return render::isFigureEnding(format().toStdString()) ? m_width->value() : 0;
}

void ExportDialog::setFormat(const QString& format)
{
    const bool sized = render::isFigureEnding(format.toStdString());
    m_width->setEnabled(sized);
    m_height->setEnabled(sized);
    if (!m_isSized)
        m_width->setValue(qRound(render::defaultWidth(m_natural, format.toStdString())));
    auto text = m_file->text();
    const auto ending = QFileInfo(text).suffix().toLower();
    if (m_formats->findData(ending) >= 0)
        text.chop(ending.size() + 1);
    if (!text.isEmpty())
        m_file->setText(text + QLatin1Char('.') + format);
    showHeight();
}

// Who types another ending wants that format.
void ExportDialog::takeEnding()
{
    const int at = m_formats->findData(QFileInfo(m_file->text().trimmed()).suffix().toLower());
    if (at >= 0)
        m_formats->setCurrentIndex(at);
}

void ExportDialog::showHeight()
{
    const double height = m_width->value() * m_natural.height / m_natural.width;
    m_height->setText(QStringLiteral("× %1 px").arg(qRound(height)));
}

void ExportDialog::browse()
{
    const auto chosen = QFileDialog::getSaveFileName(
        this, windowTitle(), file(), QStringLiteral("%1 (*.%2)").arg(format().toUpper(), format()),
        nullptr, QFileDialog::DontConfirmOverwrite);
    if (!chosen.isEmpty())
        m_file->setText(chosen);
}

// A key pressed by mistake replaces nothing.
bool ExportDialog::mayReplace(const QString& name)
{
    QMessageBox question(
        QMessageBox::Question, windowTitle(), tr("%1 already exists.").arg(name),
        QMessageBox::NoButton, this);
    question.setTextFormat(Qt::PlainText);
    const auto* replace = question.addButton(tr("Replace"), QMessageBox::AcceptRole);
    question.setDefaultButton(question.addButton(tr("Cancel"), QMessageBox::RejectRole));
    question.exec();
    return question.clickedButton() == static_cast<const QAbstractButton*>(replace);
}

void ExportDialog::accept()
{
    if (m_file->text().trimmed().isEmpty()) {
        m_file->setFocus();
        return;
    }
    takeEnding(); // a click on the button need not end the editing
    const QFileInfo info(file());
    if (info.exists() && !mayReplace(info.fileName()))
        return;
    if (info.dir().exists())
        rememberExportFolder(info.absolutePath());
    QDialog::accept();
}

} // namespace fovea::gui

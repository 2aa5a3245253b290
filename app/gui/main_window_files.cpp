// What the window opens and saves by its name on the disk: files of events, workspaces, data sets,
// runs, settings; and what a person may do where that fails.
#include "app/gui/main_window.h"
#include "app/gui/settings.h"
#include "core/base/log.h"
#include "core/data/formats.h"
#include "widgets/data/data_page.h"
#include "widgets/data/open_data_dialog.h"
#include "widgets/parts/error_bar.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QScreen>

namespace fovea::gui {

namespace {

QString recipesKey() { return QStringLiteral("recipes"); }
QString openDataSizeKey() { return QStringLiteral("openDataSize"); }

std::filesystem::path pathOf(const QString& text) { return text.toStdString(); }

bool isWorkspace(const QDir& folder) { return folder.exists(QStringLiteral("workspace.json")); }

// The file by which a desktop knows a folder stands for it.
QString folderOf(const QString& path)
{
    static const QStringList marks = {
        QStringLiteral("workspace.json"), QStringLiteral("run.json"),
        QStringLiteral("dataset.json")};
    const QFileInfo info(path);
    return info.isFile() && marks.contains(info.fileName()) ? info.absolutePath() : path;
}

// Of files with the same columns, what was chosen last.
std::optional<data::Recipe> recipeFor(const QString& shape)
{
    for (const auto& entry : kept(recipesKey()).toList()) {
        const auto pair = entry.toStringList();
        if (pair.size() != 2 || pair[0] != shape)
            continue;
        const auto json = io::parseJson(pair[1].toStdString(), "settings");
        auto recipe =
            json ? data::recipeFrom(*json, "settings") : Result<data::Recipe>(json.error());
        return recipe ? std::optional(recipe.take()) : std::nullopt;
    }
    return std::nullopt;
}

void rememberRecipe(const QString& shape, const data::Recipe& recipe)
{
    constexpr int kMost = 50;
    auto list = kept(recipesKey()).toList();
    list.removeIf([&](const QVariant& entry) { return entry.toStringList().value(0) == shape; });
    const auto json = QString::fromStdString(io::toLine(data::toJson(recipe)));
    list.prepend(QStringList{shape, json});
    openSettings()->setValue(recipesKey(), list.mid(0, kMost));
}

} // namespace

void MainWindow::openDataDialog(const QStringList& paths)
{
    if (const auto may = m_workbench.mayWrite(); !may) {
        showError(may.error());
        return;
    }
    widgets::OpenDataDialog dialog(this);
    dialog.setMemory(recipeFor);
    const auto size = kept(openDataSizeKey()).toSize();
    if (size.isValid())
        dialog.resize(size.boundedTo(screen()->availableSize()));
    if (!paths.isEmpty())
        dialog.setPaths(paths);
    dialog.exec();
    openSettings()->setValue(openDataSizeKey(), dialog.size());
    if (dialog.result() != QDialog::Accepted || !dialog.imported())
        return;
    rememberRecipe(dialog.shape(), dialog.imported()->recipe);
    report(m_workbench.addDataset(*dialog.imported(), dialog.name()), m_dataPage->errors());
    showPage(Data);
}

// A folder of something else becomes a workspace only where a person says so.
void MainWindow::askForWorkspace(const QString& folder)
{
    const QDir dir(folder);
    if (!dir.exists()) {
        m_recent.removeAll(folder);
        m_menus->setRecent(m_recent);
        tell(
            badInput("there is no such folder any more", folder.toStdString()), currentErrors(),
            [] { return tr("Another workspace…"); }, trigger("openWorkspace"));
        return;
    }
    if (dir.isEmpty() || isWorkspace(dir)) {
        openWorkspace(folder);
        return;
    }
    currentErrors().showNote(
        [folder] { return tr("%1 is not a workspace yet.").arg(folder); },
        [] { return tr("Create workspace here"); }, [this, folder] { openWorkspace(folder); });
}

void MainWindow::openWorkspace(const QString& folder)
{
    // What there is to say about one that was opened stays.
    if (const auto opened = m_workbench.openWorkspace(pathOf(folder)); !opened)
        tell(
            opened.error(), currentErrors(), [] { return tr("Another workspace…"); },
            trigger("openWorkspace"));
}

void MainWindow::openSettingsFile()
{
    const auto file = QFileDialog::getOpenFileName(
        this, tr("Open settings"), {}, tr("Settings (*.json);;All files (*)"));
    if (file.isEmpty())
        return;
    if (const auto read = m_workbench.readConfig(pathOf(file)); !read)
        tell(
            read.error(), m_trainPage->errors(), [] { return tr("Another file…"); },
            trigger("openSettings"));
    else
        m_trainPage->errors().dismiss();
}

void MainWindow::saveSettingsFile()
{
    if (!takeTyped())
        return;
    const auto file = QFileDialog::getSaveFileName(
        this, tr("Save settings"), QDir::home().filePath(QStringLiteral("fovea-settings.json")),
        tr("Settings (*.json)"));
    if (file.isEmpty())
        return;
    if (const auto written = m_workbench.writeConfig(pathOf(file)); !written)
        tell(
            written.error(), m_trainPage->errors(), [] { return tr("Save elsewhere…"); },
            trigger("saveSettings"));
    else
        m_trainPage->errors().dismiss();
}

void MainWindow::openLastWorkspace()
{
    const auto folder = m_recent.isEmpty() || !QFileInfo(m_recent.front()).isDir()
        ? defaultWorkspace()
        : m_recent.front();
    openWorkspace(folder);
}

void MainWindow::openFirst(const QStringList& paths)
{
    if (paths.size() != 1 || !isWorkspace(QDir(folderOf(paths.front()))))
        openLastWorkspace();
    if (paths.isEmpty())
        return;
    QStringList whole;
    for (const auto& path : paths)
        whole << QFileInfo(path).absoluteFilePath();
    openPaths(whole);
}

// What a person dropped or gave to the command.
void MainWindow::openPaths(const QStringList& chosen)
{
    if (chosen.size() == 1)
        openPath(chosen.front());
    else
        openDataDialog(chosen);
}

void MainWindow::openPath(const QString& chosen)
{
    const auto path = folderOf(chosen);
    const QFileInfo info(path);
    const auto has = [&](const char* file) {
        return QFileInfo::exists(path + QLatin1Char('/') + QString::fromLatin1(file));
    };
    if (info.isDir() && isWorkspace(QDir(path)))
        openWorkspace(info.absoluteFilePath());
    else if (info.isDir() && has("run.json"))
        openRun(info.absoluteFilePath());
    else if (info.isDir() && has("dataset.json"))
        report(m_workbench.openDataset(pathOf(info.absoluteFilePath())), m_dataPage->errors()),
            showPage(Data);
    else if (info.exists())
        openDataDialog({info.absoluteFilePath()});
    else
        tell(
            badInput(
                "this is neither a file of events nor a workspace, data set or run",
                path.toStdString()),
            currentErrors(), [] { return tr("Open data…"); }, trigger("open"));
}

void MainWindow::openRun(const QString& folder, const QString& dataset)
{
    showPage(Train);
    const auto opened = m_workbench.openRun(pathOf(folder), pathOf(dataset));
    if (opened) {
        m_trainPage->errors().dismiss();
        if (m_workbench.isReadOnly())
            tellReadOnly(m_trainPage->errors());
        return;
    }
    if (!m_workbench.lacksData()) {
        showError(opened.error());
        return;
    }
    const auto mend = [] { return tr("Choose its data set…"); };
    m_trainPage->errors().showError(opened.error(), mend, [this, folder] {
        const auto chosen = QFileDialog::getExistingDirectory(this, tr("The run's data set"));
        if (!chosen.isEmpty())
            openRun(folder, chosen);
    });
}

} // namespace fovea::gui

// What the window remembers: in the settings its look and what was open, by workspace.
#include "app/gui/main_window.h"
#include "app/gui/settings.h"
#include "core/base/log.h"
#include "widgets/attention/attention_page.h"
#include "widgets/data/data_page.h"
#include "widgets/parts/error_bar.h"
#include "widgets/train/config_form.h"

#include <QFileInfo>
#include <QSplitter>

#include <algorithm>
#include <new>

namespace fovea::gui {

namespace {

// A group of the settings, one key a workspace.
QString keyOf(const workspace::Workspace& workspace)
{
    const auto path = QByteArray::fromStdString(workspace.path().string());
    return QStringLiteral("opened/")
        + QString::fromLatin1(path.toBase64(QByteArray::Base64UrlEncoding));
}

// Qt's bytes of a splitter hold more than where its handles are. Damaged, they may make a handle a
// million pixels wide, and with it the window, which then cannot be painted.
void restore(QSplitter& splitter, const QByteArray& state)
{
    const auto orientation = splitter.orientation();
    const bool collapses = splitter.childrenCollapsible();
    splitter.restoreState(state);
    splitter.setOrientation(orientation);
    splitter.setChildrenCollapsible(collapses);
    splitter.setHandleWidth(-1); // the style's
}

} // namespace

void MainWindow::remember()
{
    if (!m_workbench.workspace() || !m_workbench.dataset())
        return;
    QStringList opened = {
        QString::fromStdString(m_workbench.datasetFolder().string()),
        QString::fromStdString(m_workbench.run().string()), m_map.userName()};
    if (m_map.isHeadChosen())
        opened << QString::number(m_map.head().layer) << QString::number(m_map.head().head);
    openSettings()->setValue(keyOf(*m_workbench.workspace()), opened);
}

void MainWindow::reopen()
{
    const auto opened = kept(keyOf(*m_workbench.workspace())).toStringList();
    if (opened.size() < 2)
        return;
    if (QFileInfo::exists(opened[1] + QStringLiteral("/run.json")))
        report(m_workbench.openRun(opened[1].toStdString()), currentErrors());
    else if (QFileInfo::exists(opened[0] + QStringLiteral("/dataset.json")))
        report(m_workbench.openDataset(opened[0].toStdString()), currentErrors());
    m_attentionPage->findUser(opened.value(2));
    if (opened.size() == 5)
        m_map.setHead({opened[3].toLongLong(), opened[4].toLongLong()});
}

void MainWindow::rememberLook() const
{
    auto settings = openSettings();
    settings->setValue(QStringLiteral("theme"), themeName(m_theme));
    settings->setValue(QStringLiteral("language"), m_language.code());
}

void MainWindow::saveSettings() const
{
    auto settings = openSettings();
    settings->setValue(QStringLiteral("geometry"), saveGeometry());
    settings->setValue(QStringLiteral("docks"), saveState());
    settings->setValue(QStringLiteral("page"), static_cast<int>(page()));
    settings->setValue(QStringLiteral("dataTable"), m_dataPage->table());
    rememberLook();
    settings->setValue(QStringLiteral("recent"), m_recent);
    settings->setValue(QStringLiteral("liveMap"), action(QStringLiteral("liveMap"))->isChecked());
    settings->setValue(
        QStringLiteral("mapLook"),
        QVariantList{static_cast<int>(m_map.look().scale), static_cast<int>(m_map.look().colours)});
    settings->setValue(
        QStringLiteral("curveLook"),
        QVariantList{m_trainPage->smoothing(), m_trainPage->isLogarithmic()});
    settings->setValue(QStringLiteral("more"), m_trainPage->form().showsMore());
    settings->setValue(QStringLiteral("trainSplitter"), m_trainPage->splitter().saveState());
    settings->setValue(
        QStringLiteral("attentionSplitter"), m_attentionPage->splitter().saveState());
    settings->setValue(QStringLiteral("dataSplitter"), m_dataPage->splitter().saveState());
    settings->setValue(QStringLiteral("curveSplitter"), m_trainPage->inner().saveState());
}

void MainWindow::restoreLook()
{
    m_theme = themeOf(kept(QStringLiteral("theme")).toString());
    applyTheme(m_theme);
    m_language.set(kept(QStringLiteral("language")).toString());
}

// What Qt keeps as bytes of its own.
void MainWindow::restoreLayout()
{
    const auto bytes = [](const char* key) { return kept(QString::fromLatin1(key)).toByteArray(); };
    try {
        restoreGeometry(bytes("geometry"));
        restoreState(bytes("docks")); // the log
        restore(m_trainPage->splitter(), bytes("trainSplitter"));
        restore(m_trainPage->inner(), bytes("curveSplitter"));
        restore(m_attentionPage->splitter(), bytes("attentionSplitter"));
        restore(m_dataPage->splitter(), bytes("dataSplitter"));
    } catch (const std::bad_alloc&) { // see kept()
        base::logInfo("The window's layout is damaged in the settings; the default is used");
    }
}

void MainWindow::restoreSettings()
{
    restoreLayout();
    const auto value = [](const char* key) { return kept(QString::fromLatin1(key)); };
    m_recent = value("recent").toStringList();
    m_menus->setRecent(m_recent);
    m_menus->setTheme(m_theme);
    m_menus->setLanguage(m_language.code());
    action(QStringLiteral("liveMap"))->setChecked(value("liveMap").toBool());
    if (const auto look = value("mapLook").toList(); look.size() == 2)
        m_map.setLook(
            {static_cast<render::Scale>(std::clamp(look[0].toInt(), 0, 2)),
             static_cast<render::ColourMap>(std::clamp(look[1].toInt(), 0, 2))});
    if (const auto look = value("curveLook").toList(); look.size() == 2)
        m_trainPage->setCurveLook(look[0].toInt(), look[1].toBool());
    m_trainPage->form().setShowsMore(value("more").toBool());
    m_dataPage->showTable(value("dataTable").toInt());
    showPage(static_cast<Page>(std::clamp(value("page").toInt(), 0, static_cast<int>(Pages) - 1)));
}

} // namespace fovea::gui

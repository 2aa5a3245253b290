// What the window's actions do.
#include "app/gui/log_view.h"
#include "app/gui/main_window.h"
#include "core/deploy/export.h"
#include "widgets/data/data_page.h"
#include "widgets/parts/error_bar.h"
#include "widgets/train/config_form.h"

#include <QActionGroup>
#include <QFileDialog>
#include <QMessageBox>
#include <QWhatsThis>

#include <array>

namespace fovea::gui {

namespace {

constexpr std::array<const char*, MainWindow::Pages> kPageNames = {"data", "train", "attention"};

}

void MainWindow::makeActions()
{
    makeFileActions();
    makeRunActions();
    makePageActions();
    m_actions.add("undo", QKeySequence::Undo, [this] {
        auto& form = m_trainPage->form();
        if (form.typedText().isEmpty())
            m_workbench.document().undo();
        else
            form.takeBackTyped();
    });
    m_actions.add("redo", QKeySequence::Redo, [this] { m_workbench.document().redo(); });
    m_actions.add(
        "preferences", QKeySequence(Qt::CTRL | Qt::Key_Comma), [this] { showPreferences(); });
    action(QStringLiteral("preferences"))->setMenuRole(QAction::PreferencesRole);
    m_actions.add("whatsThis", QKeySequence::WhatsThis, [] { QWhatsThis::enterWhatsThisMode(); });
    m_actions.add("about", {}, [this] {
        QMessageBox::about(
            this, tr("About Fovea"),
            tr("<h3>Fovea %1</h3><p>Trains attention-based recommenders and shows what their "
               "attention does.</p><p>Free software under the GNU General Public License, version "
               "3 "
               "or later.</p>")
                .arg(QStringLiteral(FOVEA_VERSION)));
    });
}

void MainWindow::makeFileActions()
{
    m_actions.add("open", QKeySequence::Open, [this] { openDataDialog(); });
    m_actions.add("sample", {}, [this] { report(m_workbench.addSample(), m_dataPage->errors()); });
    m_actions.add("openWorkspace", {}, [this] {
        const auto folder = QFileDialog::getExistingDirectory(this, tr("Open a workspace"));
        if (!folder.isEmpty())
            askForWorkspace(folder);
    });
    m_actions.add("openRun", {}, [this] {
        const auto* workspace = m_workbench.workspace();
        const auto folder = QFileDialog::getExistingDirectory(
            this, tr("Open a run"),
            workspace ? QString::fromStdString(workspace->runFolder().string()) : QString());
        if (!folder.isEmpty())
            openPath(folder);
    });
    m_actions.add("openSettings", {}, [this] { openSettingsFile(); });
    m_actions.add("saveSettings", QKeySequence::Save, [this] { saveSettingsFile(); });
    m_actions.add("exportMap", QKeySequence(Qt::CTRL | Qt::Key_E), [this] { m_exports->map(); });
    m_actions.add("exportCurves", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E), [this] {
        m_exports->curves();
    });
    for (const auto& format : deploy::formats()) {
        const auto name = QString::fromStdString(std::string(format.name));
        m_actions.add(Actions::modelExport(format.name).toLatin1().constData(), {}, [this, name] {
            m_exports->model(name);
        });
    }
    m_actions.add("quit", QKeySequence::Quit, [this] { close(); });
}

void MainWindow::makeRunActions()
{
    auto& session = m_workbench.session();
    m_actions.add("start", QKeySequence(Qt::CTRL | Qt::Key_T), [this] {
        if (takeTyped())
            begin();
    });
    m_actions.add("pause", QKeySequence(Qt::Key_F6), [&session] { session.pauseTraining(); });
    m_actions.add("stepBatch", QKeySequence(Qt::Key_F7), [this, &session] {
        if (takeTyped())
            session.stepBatch();
    });
    m_actions.add("stepEpoch", QKeySequence(Qt::Key_F8), [this, &session] {
        if (takeTyped())
            session.stepEpoch();
    });
    m_actions.add("resume", QKeySequence(Qt::Key_F5), [this, &session] {
        if (!takeTyped())
            return;
        if (session.state() == train::State::Paused)
            session.resumeTraining();
        else if (!m_workbench.run().empty())
            report(m_workbench.resumeRun(m_workbench.run()), m_trainPage->errors());
    });
    m_actions.add("stop", QKeySequence(Qt::Key_F9), [&session] { session.stopTraining(); });
    m_actions.add("reset", {}, [this] {
        static_cast<void>(m_trainPage->form().commit()); // what is being typed is kept
        m_workbench.reset();
    });
}

void MainWindow::makePageActions()
{
    for (int page = 0; page < Pages; ++page) {
        auto* action = m_actions.add(
            kPageNames[static_cast<std::size_t>(page)],
            QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + page)),
            [this, page] { showPage(static_cast<Page>(page)); });
        action->setCheckable(true);
        m_pageGroup->addAction(action);
    }
    auto* liveMap = new QAction(this);
    m_actions.adopt("liveMap", QKeySequence(Qt::CTRL | Qt::Key_M), liveMap);
    liveMap->setCheckable(true);
    connect(liveMap, &QAction::toggled, this, [this](bool on) { m_trainPage->showCompanion(on); });
    m_actions.adopt("log", QKeySequence(Qt::CTRL | Qt::Key_L), m_log->toggleViewAction());
    m_actions.add("fullScreen", QKeySequence(Qt::Key_F11), [this] {
        setWindowState(windowState() ^ Qt::WindowFullScreen);
    });
}

} // namespace fovea::gui

#include "app/gui/main_window.h"

#include "app/gui/log_view.h"
#include "app/gui/preferences_dialog.h"
#include "app/gui/settings.h"
#include "core/base/log.h"
#include "core/io/file.h"
#include "widgets/attention/attention_page.h"
#include "widgets/attention/live_map.h"
#include "widgets/data/data_page.h"
#include "widgets/parts/accessible.h"
#include "widgets/parts/error_bar.h"
#include "widgets/parts/fit_screen.h"
#include "widgets/parts/texts.h"
#include "widgets/train/config_form.h"

#include <QAbstractButton>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDesktopServices>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QUrl>

#include <algorithm>
#include <utility>

// The icons lie in a static library; Qt's macro needs the global namespace.
static void useResources()
{
    Q_INIT_RESOURCE(fovea);
    Q_INIT_RESOURCE(i18n);
}

namespace fovea::gui {

using widgets::ErrorBar;

namespace {

constexpr int kRecentWorkspaces = 8;
constexpr int kSlowMs = 2000;

// Those in a folder of the workspace, by name.
QStringList foldersIn(const std::filesystem::path& folder)
{
    QStringList found;
    const QDir dir(QString::fromStdString(folder.string()));
    for (const auto& entry : dir.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        found << entry.absoluteFilePath();
    return found;
}

// The run that was not to be resumed when that was offered last.
QString declinedKey() { return QStringLiteral("declinedRun"); }

bool isDeclined(const std::filesystem::path& run)
{
    return kept(declinedKey()).toString().toStdString() == run.string();
}

void decline(const std::filesystem::path& run)
{
    openSettings()->setValue(declinedKey(), QString::fromStdString(run.string()));
}

} // namespace

MainWindow::MainWindow(Workbench& workbench)
    : m_workbench(workbench)
    , m_actions(this)
    , m_map(workbench.desk())
    , m_pageGroup(new QActionGroup(this))
    , m_status(statusBar())
{
    useResources();
    widgets::installAccessibleRoles();
    restoreLook(); // before there is anything that would have to follow
    setAcceptDrops(true);
    setWindowIcon(QIcon(QStringLiteral(":/icons/fovea.svg")));
    m_log = new LogView(this);
    addDockWidget(Qt::BottomDockWidgetArea, m_log);
    m_log->hide();
    makeActions();
    makePages();
    makeRail();
    makeMenus();
    m_follower = new RunFollower(workbench, *m_trainPage, m_map, this);
    m_exports = new Exports(workbench, m_map, this);
    connectWorkbench();
    connectPages();
    m_slow.start(kSlowMs);
    m_actions.setIcons(QApplication::palette());
    setTexts();
    resize(1280, 820);
    restoreSettings();
    updateActions();
    updateStatus();
}

MainWindow::~MainWindow() = default;

QAction* MainWindow::action(const QString& name) const { return m_actions.find(name); }

std::function<void()> MainWindow::trigger(const char* name) const
{
    return [act = action(QString::fromLatin1(name))] { act->trigger(); };
}

void MainWindow::makeRail()
{
    m_rail = new QToolBar(this);
    m_rail->setObjectName(QStringLiteral("rail"));
    m_rail->setMovable(false);
    m_rail->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    m_rail->setIconSize({28, 28});
    m_rail->setContextMenuPolicy(Qt::PreventContextMenu);
    m_rail->addActions(m_pageGroup->actions());
    addToolBar(Qt::LeftToolBarArea, m_rail);
    for (auto* page : m_pageGroup->actions()) {
        auto* button = m_rail->widgetForAction(page);
        button->setMinimumWidth(84);
        button->setFocusPolicy(Qt::TabFocus);
    }
}

void MainWindow::makePages()
{
    const auto a = [this](const char* name) { return action(QString::fromLatin1(name)); };
    m_stack = new QStackedWidget(this);
    m_dataPage = new widgets::DataPage(a("open"), a("sample"), m_stack);
    m_trainPage = new widgets::TrainPage(
        m_workbench.document(),
        {a("start"), a("pause"), a("stepBatch"), a("stepEpoch"), a("resume"), a("stop"), a("reset"),
         a("liveMap"), a("exportCurves")},
        m_stack);
    m_liveMap = new widgets::LiveMap(m_map);
    m_trainPage->setCompanion(m_liveMap);
    m_attentionPage = new widgets::AttentionPage(m_workbench.desk(), m_map, m_stack);
    m_stack->addWidget(m_dataPage);
    m_stack->addWidget(m_trainPage);
    m_stack->addWidget(m_attentionPage);
    setCentralWidget(m_stack);
}

void MainWindow::makeMenus()
{
    Menus::Choices choices;
    choices.theme = [this](Theme theme) { chooseTheme(theme); };
    choices.language = [this](const QString& code) { chooseLanguage(code); };
    choices.workspace = [this](const QString& folder) { askForWorkspace(folder); };
    choices.open = [this](const QString& folder) { openPath(folder); };
    choices.datasets = [this] { return foldersIn(m_workbench.workspace()->dataFolder()); };
    choices.runs = [this] { return foldersIn(m_workbench.workspace()->runFolder()); };
    m_menus = std::make_unique<Menus>(menuBar(), m_actions, m_pageGroup, choices);
}

void MainWindow::connectPages()
{
    connect(m_attentionPage, &widgets::AttentionPage::exportRequested, m_exports, &Exports::map);
    const auto mapMenu = [this](const QPoint& at) { popUp(at, {"exportMap", "", "models"}); };
    connect(m_attentionPage, &widgets::AttentionPage::menuRequested, this, mapMenu);
    connect(m_liveMap, &widgets::LiveMap::menuRequested, this, mapMenu);
    connect(m_trainPage, &widgets::TrainPage::menuRequested, this, [this](const QPoint& at) {
        popUp(at, {"exportCurves", "", "models"});
    });
    connect(m_dataPage, &widgets::DataPage::userActivated, this, [this](UserIndex user) {
        showPage(Attention);
        m_attentionPage->pickUser(user);
    });
    connect(&m_map, &widgets::MapSource::mapChanged, this, &MainWindow::updateActions);
    connect(m_exports, &Exports::saved, this, [this](const QString& path) {
        base::logInfo("saved: " + path.toStdString());
        currentErrors().showNote(
            [path] { return tr("Saved: %1").arg(path); }, [] { return tr("Show folder"); },
            [path] {
                QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath()));
            });
    });
    connect(m_exports, &Exports::failed, this, [this](const Error& error) {
        tell(
            error, currentErrors(), [] { return tr("Save elsewhere…"); },
            [this] { m_exports->again(); });
    });
    for (auto* bar : errorBars())
        connect(bar, &ErrorBar::closed, this, [this, bar](bool wasError) {
            if (wasError && m_workbench.isReadOnly())
                tellReadOnly(*bar); // what it stood over
        });
}

void MainWindow::popUp(const QPoint& position, std::initializer_list<const char*> actions)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addSection(tr("Export"));
    m_actions.fill(menu, actions);
    menu->popup(position);
}

void MainWindow::connectWorkbench()
{
    m_workbench.setAside([this](const QString& what, const widgets::AsideWork& work) {
        return widgets::doAside(this, what, work);
    });
    auto& session = m_workbench.session();
    connect(&m_workbench, &Workbench::workspaceChanged, this, &MainWindow::onWorkspaceChanged);
    connect(&m_workbench, &Workbench::datasetChanged, this, [this] {
        m_dataPage->setDataset(
            m_workbench.datasetName(), m_workbench.dataset(), m_workbench.statistics());
        m_trainPage->setHasData(m_workbench.dataset() != nullptr);
        setTitle();
        m_attentionPage->setDataset(m_workbench.dataset());
        updateActions();
    });
    connect(m_follower, &RunFollower::runShown, this, [this](bool hasModel) {
        m_attentionPage->setModelAtHand(hasModel);
        updateActions();
    });
    connect(&m_workbench, &Workbench::runChanged, this, [this] {
        remember();
        setTitle();
        updateStatus();
        if (m_workbench.run().empty())
            m_trainPage->errors().dismiss(); // it was about a run that is no longer shown
    });
    connect(&m_workbench, &Workbench::runBegun, this, [this] {
        for (auto* bar : errorBars())
            bar->dismiss(); // what a bar offers was offered while nothing trained
        m_attentionPage->setTraining(true);
    });
    connect(m_follower, &RunFollower::advanced, this, &MainWindow::updateStatus);
    connect(&session, &widgets::TrainingSession::stateChanged, this, [this] {
        updateActions();
        updateStatus();
    });
    connect(&session, &widgets::TrainingSession::ended, this, &MainWindow::onEnded);
    connect(&session, &widgets::TrainingSession::cannotSave, this, [this] {
        m_closesAtEnd = false; // a person decides what becomes of it
    });
    connect(&session, &widgets::TrainingSession::failed, this, [this] {
        m_closesAtEnd = false; // not before what went wrong was read
        onEnded();
    });
    connect(&m_slow, &QTimer::timeout, this, &MainWindow::updateStatus);
    auto* stack = m_workbench.document().undoStack();
    connect(stack, &QUndoStack::canUndoChanged, this, &MainWindow::updateActions);
    connect(stack, &QUndoStack::canRedoChanged, this, &MainWindow::updateActions);
    connect(stack, &QUndoStack::indexChanged, this, &MainWindow::updateActions);
    auto& form = m_trainPage->form();
    connect(&form, &widgets::ConfigForm::typedChanged, this, &MainWindow::updateActions);
    connect(&form, &widgets::ConfigForm::becameRight, this, [this] {
        m_trainPage->errors().dismiss(m_refused);
    });
}

void MainWindow::onWorkspaceChanged()
{
    for (auto* bar : errorBars())
        bar->dismiss(); // it was about another workspace
    const auto path = QString::fromStdString(m_workbench.workspace()->path().string());
    m_recent.removeAll(path);
    m_recent.prepend(path);
    m_recent = m_recent.mid(0, kRecentWorkspaces);
    m_menus->setRecent(m_recent);
    setTitle();
    updateStatus();
    reopen();
    if (m_workbench.isReadOnly()) {
        for (auto* bar : errorBars())
            tellReadOnly(*bar);
        m_workbench.document().undoStack()->clear(); // opening is no edit
        return;
    }
    if (const auto draft = m_workbench.restoreDraft(); !draft)
        currentErrors().showError(draft.error());
    m_workbench.document().undoStack()->clear();
    if (currentErrors().text().isEmpty()) // what went wrong is said first
        offerToResume();
}

std::array<ErrorBar*, MainWindow::Pages> MainWindow::errorBars()
{
    return {&m_dataPage->errors(), &m_trainPage->errors(), &m_attentionPage->errors()};
}

// Each page has buttons that it explains.
void MainWindow::tellReadOnly(ErrorBar& bar)
{
    if (!bar.text().isEmpty())
        return;
    bar.showNote(
        [why = m_workbench.whyReadOnly()] {
            return tr("This workspace is open for reading. %1").arg(widgets::errorText(why));
        },
        [] { return tr("Another workspace…"); }, trigger("openWorkspace"));
}

void MainWindow::onEnded()
{
    m_attentionPage->setTraining(false);
    updateActions();
    updateStatus();
    if (m_closesAtEnd)
        close();
}

void MainWindow::offerToResume()
{
    const auto left = m_workbench.unfinishedRun();
    if (!left || m_workbench.session().isActive() || isDeclined(*left))
        return;
    const auto name = QString::fromStdString(left->filename().string());
    currentErrors().showNote(
        [name] { return tr("The run %1 did not finish. It can go on where it was.").arg(name); },
        [] { return tr("Resume"); },
        [this, path = *left] {
            showPage(Train);
            report(m_workbench.resumeRun(path), m_trainPage->errors());
        },
        [path = *left] { decline(path); });
}

void MainWindow::updateActions()
{
    const auto state = m_workbench.session().state();
    const bool active = train::isActive(state);
    const bool paused = state == train::State::Paused;
    const bool writable = m_workbench.workspace() && !m_workbench.isReadOnly();
    const bool hasRun = !m_workbench.run().empty();
    const auto enable = [this](const char* name, bool on) {
        action(QString::fromLatin1(name))->setEnabled(on);
    };
    for (const auto* name : {"openWorkspace", "openRun"})
        enable(name, !active);
    enable("openSettings", !active && !m_follower->canGoOn()); // its settings are the run's
    for (const auto* name : {"open", "sample"})
        enable(name, !active && writable);
    m_menus->find("recent")->setEnabled(!active && !m_recent.isEmpty());
    for (const auto* menu : {"datasets", "runs"})
        m_menus->find(menu)->setEnabled(!active && m_workbench.workspace());
    enable("start", m_workbench.dataset() && !active && writable);
    enable("pause", state == train::State::Running || state == train::State::Preparing);
    const auto& document = m_workbench.document();
    using widgets::plainMenuText;
    const auto typed = m_trainPage->form().typedText(); // undone first
    action(QStringLiteral("undo"))
        ->setText(tr("&Undo %1")
                      .arg(plainMenuText(typed.isEmpty() ? document.undoText() : typed))
                      .trimmed());
    action(QStringLiteral("redo"))
        ->setText(tr("&Redo %1").arg(plainMenuText(document.redoText())).trimmed());
    enable("undo", !typed.isEmpty() || m_follower->mayUndo());
    enable("redo", m_follower->mayRedo());
    enable("stepBatch", paused);
    enable("stepEpoch", paused);
    enable("resume", paused || (!active && !m_isElsewhere && m_follower->canGoOn()));
    enable("stop", active && state != train::State::Stopping);
    enable("reset", hasRun && !active);
    enable("exportMap", m_map.map() != nullptr);
    enable("exportCurves", hasRun);
    for (auto* save : m_actions.modelExports())
        save->setEnabled(m_map.hasModel() && hasRun && !active);
}

void MainWindow::updateStatus()
{
    using Source = StatusLine::Source;
    StatusLine::Facts facts{m_workbench.session().state(), Source::Session,
                            m_follower->isFinished(),      m_follower->targetsPerSecond(),
                            m_follower->secondsLeft(),     m_workbench.threads()};
    const auto record = m_workbench.recordOfOpened();
    if (m_workbench.run().empty())
        facts.state = train::State::Idle;
    else if (record) {
        facts.state = record->state;
        facts.source = record->isBeingWritten ? Source::OtherProcess : Source::Record;
    }
    m_status.show(facts);
    const bool isElsewhere = record && record->isBeingWritten;
    if (std::exchange(m_isElsewhere, isElsewhere) != isElsewhere)
        updateActions();
}

void MainWindow::report(const Status& status, ErrorBar& bar)
{
    if (status || status.error().kind == ErrorKind::Interrupted) // a person cancelled
        bar.dismiss();
    else
        tell(status.error(), bar);
}

void MainWindow::tell(const Error& error, ErrorBar& bar)
{
    base::log(base::LogLevel::Warning, error.message());
    bar.showError(error);
}

void MainWindow::tell(
    const Error& error, ErrorBar& bar, const ErrorBar::Text& mend, std::function<void()> action)
{
    base::log(base::LogLevel::Warning, error.message());
    bar.showError(error, mend, std::move(action));
}

void MainWindow::showError(const Error& error) { tell(error, currentErrors()); }

bool MainWindow::takeTyped()
{
    const auto taken = m_trainPage->form().commit();
    if (taken)
        return true;
    showPage(Train);
    m_refused = m_trainPage->errors().showError(taken.error());
    return false;
}

void MainWindow::begin()
{
    const auto begun = m_workbench.train();
    const auto smaller = m_workbench.whatFits();
    if (begun || !smaller) {
        report(begun, m_trainPage->errors());
        return;
    }
    tell(
        begun.error(), m_trainPage->errors(), [] { return tr("Use that"); },
        [this, config = *smaller] {
            m_workbench.document().replace(
                config, [] { return tr("settings that fit into memory"); });
            m_trainPage->errors().dismiss();
        });
}

ErrorBar& MainWindow::currentErrors()
{
    return page() == Data ? m_dataPage->errors()
        : page() == Train ? m_trainPage->errors()
                          : m_attentionPage->errors();
}

void MainWindow::showPage(Page page)
{
    m_stack->setCurrentIndex(page);
    m_pageGroup->actions().at(page)->setChecked(true);
}

MainWindow::Page MainWindow::page() const { return static_cast<Page>(m_stack->currentIndex()); }

void MainWindow::closeEvent(QCloseEvent* event)
{
    auto& session = m_workbench.session();
    if (!session.isActive()) {
        static_cast<void>(
            m_trainPage->form().commit()); // what was being typed belongs to the draft
        remember();
        saveSettings();
        m_workbench.keepDraft();
        event->accept();
        return;
    }
    event->ignore();
    if (m_closesAtEnd)
        return;
    QMessageBox question(
        QMessageBox::Question, tr("A run is training"),
        tr("Stop training and quit? Progress is saved; you can resume later."),
        QMessageBox::NoButton, this);
    auto* stop = question.addButton(tr("Stop and close"), QMessageBox::AcceptRole);
    question.setDefaultButton(question.addButton(tr("Keep training"), QMessageBox::RejectRole));
    question.exec();
    if (question.clickedButton() != static_cast<QAbstractButton*>(stop))
        return;
    m_closesAtEnd = true;
    if (session.isActive())
        session.stopTraining();
    else
        close();
}

void MainWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        m_actions.setIcons(QApplication::palette());
    if (event->type() == QEvent::WindowStateChange)
        m_follower->setSeen(isVisible() && !isMinimized());
    QMainWindow::changeEvent(event);
}

void MainWindow::showEvent(QShowEvent* event)
{
    if (!event->spontaneous())
        widgets::fitToScreen(*this);
    QMainWindow::showEvent(event);
    m_follower->setSeen(!isMinimized());
}

void MainWindow::hideEvent(QHideEvent* event)
{
    QMainWindow::hideEvent(event);
    m_follower->setSeen(false);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() && !m_workbench.session().isActive())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const auto urls = event->mimeData()->urls();
    QStringList paths;
    for (const auto& url : urls) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    // The drop is answered before a dialog opens.
    QTimer::singleShot(0, this, [this, paths] { openPaths(paths); });
}

void MainWindow::showPreferences()
{
    PreferencesDialog dialog(m_theme, m_language.code(), chosenThreads(), this);
    connect(&dialog, &PreferencesDialog::themeChosen, this, &MainWindow::chooseTheme);
    connect(&dialog, &PreferencesDialog::languageChosen, this, &MainWindow::chooseLanguage);
    connect(&dialog, &PreferencesDialog::threadsChosen, this, &chooseThreads);
    dialog.exec();
}

void MainWindow::setTheme(Theme theme)
{
    m_theme = theme;
    applyTheme(theme);
    m_menus->setTheme(theme);
}

void MainWindow::setLanguage(const QString& code)
{
    m_language.set(code);
    m_menus->setLanguage(code);
    setTexts();
    m_dataPage->retranslate();
    m_trainPage->retranslate();
    m_liveMap->retranslate();
    m_attentionPage->retranslate();
    m_follower->retranslate();
}

void MainWindow::chooseTheme(Theme theme)
{
    setTheme(theme);
    rememberLook();
}

void MainWindow::chooseLanguage(const QString& code)
{
    setLanguage(code);
    rememberLook();
}

// What is shown, in which workspace.
void MainWindow::setTitle()
{
    const auto nameOf = [](const std::filesystem::path& folder) {
        return QString::fromStdString(folder.filename().string());
    };
    QStringList parts = {QStringLiteral("Fovea")};
    const auto* workspace = m_workbench.workspace();
    if (workspace && workspace->path().string() != defaultWorkspace().toStdString())
        parts.prepend(nameOf(workspace->path()));
    if (m_workbench.dataset())
        parts.prepend(
            m_workbench.run().empty() ? m_workbench.datasetName() : nameOf(m_workbench.run()));
    setWindowTitle(parts.join(QStringLiteral(" - ")));
}

// Of the window itself; each page has its own.
void MainWindow::setTexts()
{
    setTitle();
    m_menus->retranslate();
    m_actions.retranslate();
    m_rail->setWindowTitle(tr("Pages"));
    updateActions();
    updateStatus();
}

} // namespace fovea::gui

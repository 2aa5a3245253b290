#include "app/gui/main_window.h"

#include "app/gui/exports.h"
#include "app/gui/log_view.h"
#include "app/gui/preferences_dialog.h"
#include "app/gui/settings.h"
#include "core/base/os.h"
#include "core/deploy/export.h"
#include "core/train/metrics_log.h"
#include "widgets/attention/attention_page.h"
#include "widgets/data/data_page.h"
#include "widgets/data/open_data_dialog.h"
#include "widgets/parts/ask.h"
#include "widgets/parts/error_bar.h"
#include "widgets/parts/texts.h"
#include "widgets/train/config_form.h"

#include <QAbstractButton>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLibraryInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QWhatsThis>

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
constexpr std::array<const char*, 3> kPageNames = {"data", "train", "attention"};

QString stateText(train::State state)
{
    switch (state) {
    case train::State::Idle:
        return MainWindow::tr("Ready");
    case train::State::Preparing:
        return MainWindow::tr("Preparing");
    case train::State::Running:
        return MainWindow::tr("Training");
    case train::State::Paused:
        return MainWindow::tr("Paused");
    case train::State::Stopping:
        return MainWindow::tr("Stopping");
    case train::State::Finished:
        return MainWindow::tr("Finished");
    case train::State::Failed:
        return MainWindow::tr("Failed");
    }
    return {};
}

std::filesystem::path pathOf(const QString& text) { return text.toStdString(); }

} // namespace

MainWindow::MainWindow(Workbench& workbench)
    : m_workbench(workbench)
    , m_actions(this)
    , m_pageGroup(new QActionGroup(this))
    , m_themeGroup(new QActionGroup(this))
    , m_languageGroup(new QActionGroup(this))
{
    useResources();
    setAcceptDrops(true);
    setWindowIcon(QIcon(QStringLiteral(":/icons/fovea.svg")));
    m_log = new LogView(this);
    addDockWidget(Qt::BottomDockWidgetArea, m_log);
    m_log->hide();
    makeActions();
    makePages();
    makeRail();
    makeMenus();
    makeStatusBar();
    connectWorkbench();
    m_actions.setIcons(QApplication::palette());
    setTexts();
    resize(1280, 820);
    restoreSettings();
    updateActions();
    updateStatus();
}

MainWindow::~MainWindow() = default;

QAction* MainWindow::action(const QString& name) const { return m_actions.find(name); }

void MainWindow::makeActions()
{
    auto& session = m_workbench.session();
    m_actions.add("open", QKeySequence::Open, [this] { openDataDialog(); });
    m_actions.add("sample", {}, [this] { report(m_workbench.addSample(), m_dataPage->errors()); });
    m_actions.add("openWorkspace", {}, [this] {
        const auto folder = QFileDialog::getExistingDirectory(this, tr("Open a workspace"));
        if (!folder.isEmpty())
            openWorkspace(folder);
    });
    m_actions.add("openRun", {}, [this] {
        const auto folder = QFileDialog::getExistingDirectory(
            this, tr("Open a run"),
            m_workbench.workspace()
                ? QString::fromStdString(m_workbench.workspace()->runFolder().string())
                : QString());
        if (!folder.isEmpty())
            openPath(folder);
    });
    m_actions.add("exportMap", QKeySequence(Qt::CTRL | Qt::Key_E), [this] { askForExportOfMap(); });
    m_actions.add("exportCurves", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E), [this] {
        askForExportOfCurves();
    });
    m_actions.add("quit", QKeySequence::Quit, [this] { close(); });
    auto* edits = m_workbench.document().undoStack();
    m_actions.adopt("undo", QKeySequence::Undo, edits->createUndoAction(this));
    m_actions.adopt("redo", QKeySequence::Redo, edits->createRedoAction(this));
    m_actions.add("start", QKeySequence(Qt::CTRL | Qt::Key_T), [this] {
        report(m_workbench.train(), m_trainPage->errors());
    });
    m_actions.add("pause", QKeySequence(Qt::Key_F6), [&session] { session.pauseTraining(); });
    m_actions.add("stepBatch", QKeySequence(Qt::Key_F7), [&session] { session.stepBatch(); });
    m_actions.add("stepEpoch", QKeySequence(Qt::Key_F8), [&session] { session.stepEpoch(); });
    m_actions.add("resume", QKeySequence(Qt::Key_F5), [this, &session] {
        if (session.state() == train::State::Paused)
            session.resumeTraining();
        else if (!m_workbench.run().empty())
            report(m_workbench.resumeRun(m_workbench.run()), m_trainPage->errors());
    });
    m_actions.add("stop", QKeySequence(Qt::Key_F9), [&session] { session.stopTraining(); });
    m_actions.add("reset", {}, [this] { m_workbench.reset(); });
    m_actions.add("preferences", QKeySequence::Preferences, [this] { showPreferences(); });
    action(QStringLiteral("preferences"))->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Comma));
    action(QStringLiteral("preferences"))->setMenuRole(QAction::PreferencesRole);
    m_actions.add("fullScreen", QKeySequence(Qt::Key_F11), [this] {
        setWindowState(windowState() ^ Qt::WindowFullScreen);
    });
    m_actions.adopt("log", QKeySequence(Qt::CTRL | Qt::Key_L), m_log->toggleViewAction());
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
    for (int page = 0; page < Pages; ++page) {
        auto* action = m_actions.add(
            kPageNames[static_cast<std::size_t>(page)],
            QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + page)),
            [this, page] { showPage(static_cast<Page>(page)); });
        action->setCheckable(true);
        m_pageGroup->addAction(action);
    }
    for (const auto theme : {Theme::System, Theme::Light, Theme::Dark}) {
        auto* action = new QAction(m_themeGroup);
        action->setCheckable(true);
        action->setData(themeName(theme));
        connect(action, &QAction::triggered, this, [this, theme] { setTheme(theme); });
    }
    for (const auto* code : {"", "en", "zh_CN"}) {
        auto* action = new QAction(m_languageGroup);
        action->setCheckable(true);
        action->setData(QString::fromLatin1(code));
        connect(action, &QAction::triggered, this, [this, code] {
            setLanguage(QString::fromLatin1(code));
        });
    }
}

void MainWindow::makeMenus()
{
    const auto menu = [this](const char* name, QMenu* parent = nullptr) {
        auto* m = parent ? parent->addMenu(QString()) : menuBar()->addMenu(QString());
        m_menus[QString::fromLatin1(name)] = m;
        return m;
    };
    const auto add = [this](QMenu* m, std::initializer_list<const char*> names) {
        for (const auto* name : names) {
            if (*name)
                m->addAction(action(QString::fromLatin1(name)));
            else
                m->addSeparator();
        }
    };
    auto* file = menu("file");
    add(file, {"open", "sample", "", "openWorkspace"});
    menu("recent", file);
    add(file, {"openRun", ""});
    auto* exports = menu("export", file);
    add(exports, {"exportMap", "exportCurves", ""});
    for (const auto& format : deploy::formats()) {
        const auto name = QString::fromStdString(std::string(format.name));
        auto* item =
            m_actions.add(("export-" + std::string(format.name)).c_str(), {}, [this, name] {
                askForExportOfModel(name);
            });
        exports->addAction(item);
    }
    add(file, {"", "quit"});
    add(menu("edit"), {"undo", "redo", "", "preferences"});
    add(menu("run"),
        {"start", "pause", "resume", "stop", "", "stepBatch", "stepEpoch", "", "reset"});
    auto* view = menu("view");
    for (auto* page : m_pageGroup->actions())
        view->addAction(page);
    add(view, {"", "log", "fullScreen"});
    menu("theme", view)->addActions(m_themeGroup->actions());
    menu("language", view)->addActions(m_languageGroup->actions());
    add(menu("help"), {"whatsThis", "about"});
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
        {a("start"), a("pause"), a("stepBatch"), a("stepEpoch"), a("resume"), a("stop"),
         a("reset")},
        m_stack);
    m_attentionPage = new widgets::AttentionPage(m_workbench.desk(), m_stack);
    for (QWidget* page :
         {static_cast<QWidget*>(m_dataPage), static_cast<QWidget*>(m_trainPage),
          static_cast<QWidget*>(m_attentionPage)})
        m_stack->addWidget(page);
    setCentralWidget(m_stack);
    connect(
        m_attentionPage, &widgets::AttentionPage::exportRequested, this,
        &MainWindow::askForExportOfMap);
    connect(
        m_trainPage, &widgets::TrainPage::exportCurvesRequested, this,
        &MainWindow::askForExportOfCurves);
    connect(m_dataPage, &widgets::DataPage::userActivated, this, [this](UserIndex user) {
        showPage(Attention);
        m_attentionPage->pickUser(user);
    });
}

void MainWindow::makeStatusBar()
{
    const auto label = [this](int stretch) {
        auto* l = new QLabel(this);
        l->setMargin(2);
        statusBar()->addWidget(l, stretch);
        return l;
    };
    m_stateLabel = label(0);
    m_speedLabel = label(0);
    m_leftLabel = label(1);
    m_deviceLabel = new QLabel(this);
    m_memoryLabel = new QLabel(this);
    statusBar()->addPermanentWidget(m_deviceLabel);
    statusBar()->addPermanentWidget(m_memoryLabel);
    m_stateLabel->setObjectName(QStringLiteral("state"));
    m_slow.setInterval(2000);
    connect(&m_slow, &QTimer::timeout, this, &MainWindow::updateStatus);
    m_slow.start();
}

void MainWindow::connectWorkbench()
{
    auto& session = m_workbench.session();
    connect(&m_workbench, &Workbench::workspaceChanged, this, [this] {
        const auto path = QString::fromStdString(m_workbench.workspace()->path().string());
        m_recent.removeAll(path);
        m_recent.prepend(path);
        m_recent = m_recent.mid(0, kRecentWorkspaces);
        fillRecent();
        setTexts();
        reopen();
        if (m_workbench.isReadOnly())
            currentErrors().showNote(
                tr("Another window writes this workspace: it is open for reading."), {}, {});
        else
            offerToResume();
    });
    connect(&m_workbench, &Workbench::datasetChanged, this, [this] {
        m_dataPage->setDataset(m_workbench.datasetName(), m_workbench.dataset());
        m_attentionPage->setDataset(m_workbench.dataset());
        askCost();
        updateActions();
    });
    connect(&m_workbench, &Workbench::runChanged, this, &MainWindow::onRunChanged);
    connect(&session, &widgets::TrainingSession::stateChanged, this, [this](train::State state) {
        m_trainPage->setState(state);
        m_clock.setActive(train::isActive(state) && state != train::State::Paused);
        if (state == train::State::Preparing) {
            const auto* stack = m_workbench.document().undoStack();
            m_told = m_workbench.document().config();
            m_undoAtStart = stack->index();
            m_editsAtStart = stack->count();
        }
        if (state == train::State::Running) {
            m_runClock.start();
            m_firstStep = m_workbench.session().place().step;
            m_attentionPage->setModelAtHand(true);
        }
        updateActions();
        updateStatus();
    });
    connect(
        &session, &widgets::TrainingSession::epochFinished, this,
        [this](const train::EpochReport& report) {
            m_trainPage->addEpoch(
                report, report.epoch * m_workbench.session().place().stepsPerEpoch);
        });
    connect(&session, &widgets::TrainingSession::ended, this, &MainWindow::onEnded);
    connect(&session, &widgets::TrainingSession::failed, this, [this](const Error& error) {
        m_trainPage->errors().showError(error);
        onEnded();
    });
    connect(&m_clock, &widgets::FrameClock::tick, this, &MainWindow::beat);
    auto& document = m_workbench.document();
    connect(&document, &widgets::ConfigDocument::changed, this, [this, &session] {
        m_costPause.start();
        if (session.state() == train::State::Paused)
            tellChanges();
    });
    // After the stack's own actions have followed it.
    auto* stack = document.undoStack();
    connect(stack, &QUndoStack::canUndoChanged, this, &MainWindow::updateActions);
    connect(stack, &QUndoStack::canRedoChanged, this, &MainWindow::updateActions);
    m_costPause.setSingleShot(true);
    m_costPause.setInterval(200);
    connect(&m_costPause, &QTimer::timeout, this, &MainWindow::askCost);
}

void MainWindow::beat()
{
    auto& session = m_workbench.session();
    const auto points = session.takePoints();
    for (const auto& series : points) {
        if (series.name == "targets_per_second" && !series.points.empty())
            m_speed = series.points.back().second;
    }
    m_trainPage->addPoints(points);
    const auto place = session.place();
    const double seconds = static_cast<double>(m_runClock.elapsed()) / 1000.0;
    m_stepsPerSecond = seconds > 0 ? static_cast<double>(place.step - m_firstStep) / seconds : 0;
    showPlace();
    m_trainPage->replot();
    // Twice a second: a map costs the run a few milliseconds.
    if (!m_mapClock.isValid() || m_mapClock.hasExpired(500)) {
        m_mapClock.start();
        m_attentionPage->refresh();
    }
    if (session.isActive())
        updateStatus();
}

void MainWindow::tellChanges()
{
    auto& session = m_workbench.session();
    const auto& config = m_workbench.document().config();
    if (config.dropout != m_told.dropout)
        session.changeSetting("dropout", config.dropout);
    if (config.learningRate != m_told.learningRate)
        session.changeSetting("learning_rate", config.learningRate);
    m_told = config;
}

void MainWindow::showPlace()
{
    const auto place = m_workbench.session().place();
    const auto perEpoch = std::max<std::int64_t>(place.stepsPerEpoch, 1);
    const auto epoch = (std::max<std::int64_t>(place.step, 1) - 1) / perEpoch + 1;
    m_trainPage->setPlace(
        place,
        place.steps == 0 || m_workbench.run().empty()
            ? QString()
            : tr("Epoch %1, step %2").arg(widgets::number(epoch), widgets::number(place.step)));
}

void MainWindow::askCost()
{
    const auto dataset = m_workbench.dataset();
    const auto config = m_workbench.document().resolved();
    m_trainPage->setCost({});
    if (!dataset || m_workbench.session().isActive()
        || (config.model == "article" && !dataset->hasValues()))
        return;
    const QPointer<MainWindow> guard(this);
    m_workbench.desk().thread().submit(device::Priority::Interactive, [guard, config, dataset] {
        std::optional<train::Cost> cost;
        try {
            cost = train::costOf(config, *dataset);
        } catch (const std::exception&) {
            return; // too large to be made: the run itself will say so
        }
        QMetaObject::invokeMethod(
            qApp,
            [guard, cost] {
                if (guard)
                    guard->m_trainPage->setCost(cost);
            },
            Qt::QueuedConnection);
    });
}

void MainWindow::onRunChanged()
{
    const auto& run = m_workbench.run();
    m_trainPage->clearCurves();
    m_trainPage->setState(m_workbench.session().state());
    if (run.empty()) {
        m_attentionPage->setModelAtHand(false);
    } else if (!m_workbench.session().isActive()) {
        const auto folder = train::RunFolder::open(run);
        const auto series = train::readSeries(run / "metrics.jsonl");
        if (folder && series)
            m_trainPage->showSeries(*series, folder->record().best);
        m_isRunFinished = folder.ok() && folder->record().state == train::State::Finished;
        m_attentionPage->setModelAtHand(folder.ok() && folder->record().best.epoch > 0);
    }
    remember();
    updateActions();
}

// The data set and the run that are open, by workspace.
void MainWindow::remember()
{
    if (!m_workbench.workspace() || !m_workbench.dataset())
        return;
    auto settings = openSettings();
    settings->beginGroup(QStringLiteral("opened"));
    const auto workspace = QString::fromStdString(m_workbench.workspace()->path().string());
    settings->setValue(
        QString::fromLatin1(workspace.toUtf8().toBase64(QByteArray::Base64UrlEncoding)),
        QStringList{
            QString::fromStdString(m_workbench.datasetFolder().string()),
            QString::fromStdString(m_workbench.run().string())});
}

void MainWindow::reopen()
{
    const auto workspace = QString::fromStdString(m_workbench.workspace()->path().string());
    const auto settings = openSettings();
    settings->beginGroup(QStringLiteral("opened"));
    const auto opened =
        settings
            ->value(QString::fromLatin1(workspace.toUtf8().toBase64(QByteArray::Base64UrlEncoding)))
            .toStringList();
    if (opened.size() != 2)
        return;
    if (QFileInfo::exists(opened[1] + QStringLiteral("/run.json")))
        report(m_workbench.openRun(pathOf(opened[1])), currentErrors());
    else if (QFileInfo::exists(opened[0] + QStringLiteral("/dataset.json")))
        report(m_workbench.openDataset(pathOf(opened[0])), currentErrors());
}

void MainWindow::onEnded()
{
    beat();
    const auto& run = m_workbench.run();
    const auto folder = train::RunFolder::open(run);
    m_isRunFinished = folder.ok() && folder->record().state == train::State::Finished;
    m_attentionPage->setModelAtHand(folder.ok() && folder->record().best.epoch > 0);
    askCost();
    updateActions();
    updateStatus();
    if (m_closesAtEnd)
        close();
}

void MainWindow::offerToResume()
{
    const auto left = m_workbench.unfinishedRun();
    if (!left || m_workbench.session().isActive())
        return;
    const auto name = QString::fromStdString(left->filename().string());
    currentErrors().showNote(
        tr("The run %1 did not finish. It can go on where it was.").arg(name), tr("Resume"),
        [this, path = *left] {
            showPage(Train);
            report(m_workbench.resumeRun(path), m_trainPage->errors());
        });
}

void MainWindow::updateActions()
{
    const auto state = m_workbench.session().state();
    const bool active = train::isActive(state);
    const bool paused = state == train::State::Paused;
    const bool hasData = m_workbench.dataset() != nullptr;
    const bool hasRun = !m_workbench.run().empty();
    const auto enable = [this](const char* name, bool on) {
        action(QString::fromLatin1(name))->setEnabled(on);
    };
    for (const auto* name : {"open", "sample", "openWorkspace", "openRun"})
        enable(name, !active);
    m_menus[QStringLiteral("recent")]->setEnabled(!active && !m_recent.isEmpty());
    enable("start", hasData && !active && !m_workbench.isReadOnly());
    enable("pause", state == train::State::Running || state == train::State::Preparing);
    // While a run is active, only what was changed in its pauses can be taken back.
    const auto* stack = m_workbench.document().undoStack();
    const bool isOfPause = paused && stack->index() >= m_undoAtStart;
    enable("undo", stack->canUndo() && (!active || (isOfPause && stack->index() > m_undoAtStart)));
    enable(
        "redo", stack->canRedo() && (!active || (isOfPause && stack->count() != m_editsAtStart)));
    enable("stepBatch", paused);
    enable("stepEpoch", paused);
    enable(
        "resume", paused || (hasRun && !active && !m_isRunFinished && !m_workbench.isReadOnly()));
    enable("stop", active && state != train::State::Stopping);
    enable("reset", hasRun && !active);
    enable("exportMap", m_attentionPage->map() != nullptr);
    enable("exportCurves", hasRun);
    for (const auto& format : deploy::formats())
        enable(("export-" + std::string(format.name)).c_str(), hasRun && !active);
}

void MainWindow::updateStatus()
{
    const auto& session = m_workbench.session();
    const auto place = session.place();
    m_stateLabel->setText(stateText(session.state()));
    const bool moving = session.state() == train::State::Running;
    m_speedLabel->setText(
        moving ? tr("%1 targets a second").arg(widgets::number(static_cast<std::int64_t>(m_speed)))
               : QString());
    m_leftLabel->setText(
        moving && m_stepsPerSecond > 0
            ? tr("at most %1 left")
                  .arg(widgets::duration(
                      static_cast<double>(place.steps - place.step) / m_stepsPerSecond))
            : QString());
    m_deviceLabel->setText(
        m_workbench.threads() == 1 ? tr("CPU, 1 thread")
                                   : tr("CPU, %1 threads").arg(m_workbench.threads()));
    m_memoryLabel->setText(widgets::bytes(base::residentMemoryBytes()));
    m_memoryLabel->setToolTip(tr("Memory that this program uses"));
}

void MainWindow::report(const Status& status, ErrorBar& bar)
{
    if (status)
        bar.dismiss();
    else
        bar.showError(status.error());
}

ErrorBar& MainWindow::currentErrors()
{
    return page() == Data ? m_dataPage->errors()
        : page() == Train ? m_trainPage->errors()
                          : m_attentionPage->errors();
}

void MainWindow::openDataDialog(const QString& file)
{
    widgets::OpenDataDialog dialog(this);
    if (!file.isEmpty())
        dialog.setFile(file);
    if (dialog.exec() != QDialog::Accepted || !dialog.imported())
        return;
    report(m_workbench.addDataset(*dialog.imported(), dialog.name()), m_dataPage->errors());
    showPage(Data);
}

void MainWindow::openWorkspace(const QString& folder)
{
    report(m_workbench.openWorkspace(pathOf(folder)), currentErrors());
}

void MainWindow::openLastWorkspace()
{
    const auto folder = m_recent.isEmpty() || !QFileInfo(m_recent.front()).isDir()
        ? defaultWorkspace()
        : m_recent.front();
    openWorkspace(folder);
}

void MainWindow::openPath(const QString& path)
{
    const QFileInfo info(path);
    const auto has = [&](const char* file) {
        return QFileInfo::exists(path + QLatin1Char('/') + QString::fromLatin1(file));
    };
    if (info.isDir() && has("workspace.json"))
        openWorkspace(info.absoluteFilePath());
    else if (info.isDir() && has("run.json"))
        report(m_workbench.openRun(pathOf(info.absoluteFilePath())), m_trainPage->errors()),
            showPage(Train);
    else if (info.isDir() && has("dataset.json"))
        report(m_workbench.openDataset(pathOf(info.absoluteFilePath())), m_dataPage->errors()),
            showPage(Data);
    else if (info.isFile())
        openDataDialog(info.absoluteFilePath());
    else
        currentErrors().showError(badInput(
            "this is neither a file of events nor a workspace, data set or run", path.toStdString(),
            "Choose another one"));
}

void MainWindow::showPage(Page page)
{
    m_stack->setCurrentIndex(page);
    m_pageGroup->actions().at(page)->setChecked(true);
}

MainWindow::Page MainWindow::page() const { return static_cast<Page>(m_stack->currentIndex()); }

// --- files of what is shown ---------------------------------------------------------------------

void MainWindow::askForExportOfMap()
{
    if (!m_attentionPage->map())
        return;
    const auto file = askForFile(
        this, tr("Save the attention map"), m_attentionPage->userName(),
        {"png", "svg", "pdf", "csv", "json"});
    if (!file.name.isEmpty())
        report(
            saveMap(
                *m_attentionPage->map(), m_attentionPage->head(), m_attentionPage->userName(),
                file.name, file.scale),
            m_attentionPage->errors());
}

void MainWindow::askForExportOfCurves()
{
    if (m_workbench.run().empty())
        return;
    const auto file = askForFile(
        this, tr("Save the curves"), QString::fromStdString(m_workbench.run().filename().string()),
        {"png", "svg", "pdf", "csv"});
    if (!file.name.isEmpty())
        report(saveCurves(m_workbench.run(), file.name, file.scale), m_trainPage->errors());
}

void MainWindow::askForExportOfModel(const QString& format)
{
    const auto run = QString::fromStdString(m_workbench.run().string());
    const auto folder = QFileDialog::getSaveFileName(
        this, tr("Save the model as a new folder"), run + QStringLiteral("/exports/") + format, {},
        nullptr, QFileDialog::ShowDirsOnly);
    if (folder.isEmpty())
        return;
    saveModel(m_workbench, format, folder, this, [this, folder](const Status& status) {
        if (status)
            currentErrors().showNote(tr("The model is in %1.").arg(folder), {}, {});
        else
            currentErrors().showError(status.error());
    });
}

// --- the window ---------------------------------------------------------------------------------

void MainWindow::closeEvent(QCloseEvent* event)
{
    auto& session = m_workbench.session();
    if (!session.isActive()) {
        saveSettings();
        event->accept();
        return;
    }
    event->ignore();
    if (m_closesAtEnd)
        return;
    QMessageBox question(
        QMessageBox::Question, tr("A run is training"),
        tr("Stop it and close? What was learnt is kept; the run can go on later."),
        QMessageBox::NoButton, this);
    auto* stop = question.addButton(tr("Stop and close"), QMessageBox::AcceptRole);
    question.addButton(tr("Keep training"), QMessageBox::RejectRole);
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
    if (event->type() == QEvent::LanguageChange)
        setTexts();
    if (event->type() == QEvent::PaletteChange)
        m_actions.setIcons(QApplication::palette());
    if (event->type() == QEvent::WindowStateChange)
        m_clock.setVisible(!isMinimized());
    QMainWindow::changeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() && !m_workbench.session().isActive())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (urls.isEmpty() || !urls.front().isLocalFile())
        return;
    event->acceptProposedAction();
    // The drop is answered before a dialog opens.
    QTimer::singleShot(0, this, [this, path = urls.front().toLocalFile()] { openPath(path); });
}

void MainWindow::showPreferences()
{
    PreferencesDialog dialog(
        m_theme, m_language, openSettings()->value(QStringLiteral("threads")).toInt(), this);
    connect(&dialog, &PreferencesDialog::themeChosen, this, &MainWindow::setTheme);
    connect(&dialog, &PreferencesDialog::languageChosen, this, &MainWindow::setLanguage);
    connect(&dialog, &PreferencesDialog::threadsChosen, this, [](int threads) {
        openSettings()->setValue(QStringLiteral("threads"), threads);
    });
    dialog.exec();
}

void MainWindow::setTheme(Theme theme)
{
    m_theme = theme;
    applyTheme(theme);
    for (auto* action : m_themeGroup->actions())
        action->setChecked(action->data() == themeName(theme));
}

void MainWindow::setLanguage(const QString& code)
{
    m_language = code;
    const QLocale locale = code.isEmpty() ? QLocale::system() : QLocale(code);
    QLocale::setDefault(locale);
    QCoreApplication::removeTranslator(&m_translator);
    QCoreApplication::removeTranslator(&m_qtTranslator);
    if (m_qtTranslator.load(
            locale, QStringLiteral("qtbase"), QStringLiteral("_"),
            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qtTranslator);
    if (m_translator.load(
            locale, QStringLiteral("fovea"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(&m_translator);
    for (auto* action : m_languageGroup->actions())
        action->setChecked(action->data() == code);
    setTexts();
}

void MainWindow::fillRecent()
{
    auto* menu = m_menus[QStringLiteral("recent")];
    menu->clear();
    for (const auto& folder : m_recent)
        menu->addAction(folder, this, [this, folder] { openWorkspace(folder); });
}

void MainWindow::setTexts()
{
    const auto menu = [this](const char* name, const QString& label) {
        m_menus[QString::fromLatin1(name)]->setTitle(label);
    };
    const auto workspace = m_workbench.workspace()
        ? QString::fromStdString(m_workbench.workspace()->path().filename().string())
        : QString();
    setWindowTitle(workspace.isEmpty() ? QStringLiteral("Fovea") : tr("%1 - Fovea").arg(workspace));
    menu("file", tr("&File"));
    menu("recent", tr("&Recent workspaces"));
    menu("export", tr("&Export"));
    menu("edit", tr("&Edit"));
    menu("run", tr("&Run"));
    menu("view", tr("&View"));
    menu("theme", tr("&Theme"));
    menu("language", tr("&Language"));
    menu("help", tr("&Help"));
    m_actions.retranslate();
    const QStringList themes = {tr("&System"), tr("&Light"), tr("&Dark")};
    const QStringList languages = {
        tr("&System"), QStringLiteral("English"), QStringLiteral("简体中文")};
    for (int i = 0; i < themes.size(); ++i)
        m_themeGroup->actions().at(i)->setText(themes[i]);
    for (int i = 0; i < languages.size(); ++i)
        m_languageGroup->actions().at(i)->setText(languages[i]);
    m_rail->setWindowTitle(tr("Pages"));
    m_dataPage->retranslate();
    m_trainPage->retranslate();
    m_attentionPage->retranslate();
    showPlace();
    updateStatus();
}

void MainWindow::saveSettings() const
{
    auto settings = openSettings();
    settings->setValue(QStringLiteral("geometry"), saveGeometry());
    settings->setValue(QStringLiteral("page"), static_cast<int>(page()));
    settings->setValue(QStringLiteral("theme"), themeName(m_theme));
    settings->setValue(QStringLiteral("language"), m_language);
    settings->setValue(QStringLiteral("recent"), m_recent);
    settings->setValue(QStringLiteral("more"), m_trainPage->form().showsMore());
    settings->setValue(QStringLiteral("trainSplitter"), m_trainPage->splitter().saveState());
    settings->setValue(
        QStringLiteral("attentionSplitter"), m_attentionPage->splitter().saveState());
    settings->setValue(QStringLiteral("dataSplitter"), m_dataPage->splitter().saveState());
}

void MainWindow::restoreSettings()
{
    const auto settings = openSettings();
    const auto value = [&](const char* key) { return settings->value(QString::fromLatin1(key)); };
    restoreGeometry(value("geometry").toByteArray());
    m_recent = value("recent").toStringList();
    setTheme(themeOf(value("theme").toString()));
    setLanguage(value("language").toString());
    m_trainPage->form().setShowsMore(value("more").toBool());
    m_trainPage->splitter().restoreState(value("trainSplitter").toByteArray());
    m_attentionPage->splitter().restoreState(value("attentionSplitter").toByteArray());
    m_dataPage->splitter().restoreState(value("dataSplitter").toByteArray());
    fillRecent();
    showPage(static_cast<Page>(std::clamp(value("page").toInt(), 0, static_cast<int>(Pages) - 1)));
}

} // namespace fovea::gui

#include "app/gui/run_follower.h"

#include "core/io/file.h"
#include "core/model/kinds.h"
#include "widgets/parts/error_bar.h"
#include "widgets/parts/texts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPointer>

#include <algorithm>

namespace fovea::gui {

namespace {

constexpr int kCostPauseMs = 200; // after the last edit
constexpr int kMapPauseMs = 500; // a map costs the run a few milliseconds

// Where a run that was opened has come to, by its curves.
train::Session::Place placeOf(const std::vector<train::Series>& all)
{
    train::Session::Place place;
    for (const auto& series : all) {
        if (series.name == "loss" && !series.points.empty())
            place.step = widgets::wholeNumber(series.points.back().first);
        if (series.name == "train/loss" && !series.points.empty())
            place.stepsPerEpoch = widgets::wholeNumber(series.points.front().first);
    }
    return place;
}

} // namespace

RunFollower::RunFollower(
    Workbench& workbench, widgets::TrainPage& page, widgets::MapSource& map, QObject* parent)
    : QObject(parent)
    , m_workbench(workbench)
    , m_page(page)
    , m_map(map)
{
    using widgets::TrainingSession;
    auto& session = workbench.session();
    connect(&m_clock, &widgets::FrameClock::tick, this, &RunFollower::beat);
    connect(&session, &TrainingSession::stateChanged, this, &RunFollower::onState);
    connect(
        &session, &TrainingSession::epochFinished, this,
        [this, &session](const train::EpochReport& report) {
            m_epochs = report.epoch;
            if (report.isBest) {
                m_best = {report.epoch, report.valid};
                m_page.setBest(report.epoch, report.epoch * session.place().stepsPerEpoch);
            }
            if (report.seconds > 0)
                m_flopsPerSecond = std::max(m_flopsPerSecond, m_runFlops / report.seconds);
        });
    connect(&session, &TrainingSession::unsaved, this, [this](const Error& error) {
        m_unsaved = m_page.errors().showError(error);
    });
    connect(&session, &TrainingSession::savedAgain, this, [this] {
        m_page.errors().dismiss(m_unsaved);
    });
    connect(&session, &TrainingSession::ended, this, &RunFollower::onEnded);
    connect(&session, &TrainingSession::failed, this, [this](const Error& error) {
        onFailed(error);
        onEnded();
    });
    connect(&workbench, &Workbench::runBegun, this, &RunFollower::onBegun);
    connect(workbench.document().undoStack(), &QUndoStack::indexChanged, this, [this](int index) {
        m_isEdited = m_isEdited || index > m_undoAtStart;
    });
    connect(&workbench, &Workbench::runChanged, this, &RunFollower::onRunChanged);
    connect(&workbench, &Workbench::datasetChanged, this, &RunFollower::askCost);
    connect(&workbench.document(), &widgets::ConfigDocument::changed, this, [this, &session] {
        m_costPause.start();
        if (session.state() == train::State::Paused)
            tellChanges();
    });
    m_costPause.setSingleShot(true);
    m_costPause.setInterval(kCostPauseMs);
    connect(&m_costPause, &QTimer::timeout, this, &RunFollower::askCost);
}

void RunFollower::onBegun()
{
    m_isOfSession = true;
    m_told = m_workbench.document().config();
    m_undoAtStart = m_workbench.document().undoStack()->index();
    m_isEdited = false;
    m_runFlops = m_workbench.isResumed() ? 0 : m_flops; // a part of an epoch would mislead
    m_page.setState(train::State::Preparing); // the form, before anything else is typed
}

void RunFollower::onState(train::State state)
{
    m_page.setState(state);
    m_clock.setActive(train::isActive(state) && state != train::State::Paused);
    if (state == train::State::Running) {
        m_runClock.start();
        m_firstStep = m_workbench.session().place().step;
        if (!m_map.hasModel())
            Q_EMIT runShown(true);
    }
}

bool RunFollower::mayUndo() const
{
    const auto* stack = m_workbench.document().undoStack();
    const auto& session = m_workbench.session();
    return stack->canUndo()
        && (!session.isActive()
            || (session.state() == train::State::Paused && stack->index() > m_undoAtStart));
}

bool RunFollower::mayRedo() const
{
    const auto* stack = m_workbench.document().undoStack();
    const auto& session = m_workbench.session();
    return stack->canRedo()
        && (!session.isActive()
            || (session.state() == train::State::Paused && stack->index() >= m_undoAtStart
                && m_isEdited));
}

double RunFollower::secondsLeft() const
{
    const auto place = m_workbench.session().place();
    return m_stepsPerSecond > 0 ? static_cast<double>(place.steps - place.step) / m_stepsPerSecond
                                : 0;
}

void RunFollower::beat()
{
    auto& session = m_workbench.session();
    const auto points = session.takePoints();
    for (const auto& series : points) {
        if (series.name == "targets_per_second" && !series.points.empty())
            m_speed = series.points.back().second;
    }
    m_page.addPoints(points);
    const auto done = session.place().step - m_firstStep;
    const double seconds = static_cast<double>(m_runClock.elapsed()) / 1000.0;
    m_stepsPerSecond = seconds > 0 ? static_cast<double>(done) / seconds : 0;
    showPlace();
    m_page.replot();
    if (!m_mapClock.isValid() || m_mapClock.hasExpired(kMapPauseMs)) {
        m_mapClock.start();
        m_map.refresh();
    }
    if (session.isActive())
        Q_EMIT advanced();
}

void RunFollower::showPlace()
{
    using widgets::number;
    const auto place = m_isOfSession ? m_workbench.session().place() : m_place;
    QStringList parts;
    if (!m_workbench.run().empty() && place.stepsPerEpoch > 0) {
        const auto before = (std::max<std::int64_t>(place.step, 1) - 1) / place.stepsPerEpoch;
        parts << tr("Epoch %1 (%2 of %3), step %4")
                     .arg(
                         number(before + 1), number(place.step - before * place.stepsPerEpoch),
                         number(place.stepsPerEpoch), number(place.step));
    }
    if (m_best.epoch > 0)
        parts << bestText();
    m_page.setPlace(place, parts.join(QStringLiteral("  ·  ")));
}

QString RunFollower::bestText() const
{
    const auto metric = m_workbench.document().resolved().metric;
    const auto value = m_best.metrics.find(metric);
    const auto text =
        tr("best epoch %1 of %2").arg(widgets::number(m_best.epoch), widgets::number(m_epochs));
    return value == m_best.metrics.end()
        ? text
        : text + QStringLiteral(": ") + QString::fromStdString(metric) + QLatin1Char(' ')
            + QLocale().toString(value->second, 'f', 4);
}

void RunFollower::tellChanges()
{
    auto& session = m_workbench.session();
    const auto& config = m_workbench.document().config();
    const auto change = [&](const char* key, double value) {
        session.changeSetting(key, value);
        m_page.addChange(session.place().step, key, value);
    };
    if (config.dropout != m_told.dropout)
        change("dropout", config.dropout);
    if (config.learningRate != m_told.learningRate)
        change("learning_rate", config.learningRate);
    m_told = config;
    m_page.replot();
}

void RunFollower::showCost(std::optional<train::Cost> cost)
{
    m_flops = cost ? cost->flopsPerEpoch : 0;
    if (cost && m_flopsPerSecond > 0)
        cost->secondsPerEpoch = cost->flopsPerEpoch / m_flopsPerSecond;
    m_page.setCost(cost);
}

void RunFollower::askCost()
{
    const auto dataset = m_workbench.dataset();
    const auto config = m_workbench.document().resolved();
    if (m_workbench.session().isActive())
        return;
    m_page.setObstacle({});
    if (!dataset)
        return;
    if (model::findKind(config.model)->task == model::Task::Ratings && !dataset->hasValues()) {
        m_page.setObstacle(tr("This model learns ratings; the data has none."));
        return;
    }
    const QPointer<RunFollower> guard(this);
    m_workbench.desk().thread().submit(device::Priority::Interactive, [guard, config, dataset] {
        std::optional<train::Cost> cost;
        try {
            cost = train::costOf(config, *dataset);
        } catch (...) {
            return; // the run itself will say so
        }
        QMetaObject::invokeMethod(
            qApp,
            [guard, cost] {
                if (guard)
                    guard->showCost(cost);
            },
            Qt::QueuedConnection);
    });
}

void RunFollower::onRunChanged()
{
    const auto& run = m_workbench.run();
    m_page.clearCurves();
    m_page.setState(m_workbench.session().state());
    m_isFinished = false;
    m_best = {};
    m_epochs = 0;
    m_place = {};
    m_isOfSession = m_workbench.session().isActive();
    showPlace();
    if (run.empty() || m_workbench.session().isActive()) {
        Q_EMIT runShown(false);
        return;
    }
    const auto folder = train::RunFolder::open(run);
    if (folder) {
        const auto& record = folder->record();
        m_page.showSeries(m_workbench.series(), record.best);
        for (const auto& change : record.changes)
            m_page.addChange(change.step, change.key, change.value);
        m_best = record.best;
        m_epochs = record.epochs;
        m_place = placeOf(m_workbench.series());
        showPlace();
    }
    Q_EMIT runShown(take(folder));
}

// Whether the run that is shown is finished; true if it has a model to ask.
bool RunFollower::take(const Result<train::RunFolder>& folder)
{
    m_isFinished = folder.ok() && folder->record().state == train::State::Finished;
    return folder.ok() && train::hasModel(*folder);
}

// Where there is something to go on from, the bar's button does.
void RunFollower::onFailed(const Error& error)
{
    const auto run = m_workbench.run();
    if (!io::exists(run / "run.json")) {
        m_page.errors().showError(error);
        return;
    }
    m_page.errors().showError(
        error, [] { return tr("Resume"); },
        [this, run] {
            if (const auto resumed = m_workbench.resumeRun(run); !resumed)
                m_page.errors().showError(resumed.error());
        });
}

void RunFollower::onEnded()
{
    beat();
    const auto folder = train::RunFolder::open(m_workbench.run());
    const bool hasModel = take(folder);
    if (!folder && m_page.errors().text().isEmpty())
        m_page.errors().showError(folder.error()); // somebody removed it
    askCost();
    // What is looked at stays until the next answer; what nobody sees is not kept, old as it is.
    if (hasModel && m_map.hasModel() && m_map.isSeen())
        m_map.refresh();
    else
        Q_EMIT runShown(hasModel);
}

} // namespace fovea::gui

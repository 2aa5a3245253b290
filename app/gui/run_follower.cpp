#include "app/gui/run_follower.h"

#include "core/io/file.h"
#include "core/model/kinds.h"
#include "widgets/parts/error_bar.h"
#include "widgets/parts/hand_over.h"
#include "widgets/parts/texts.h"

#include <QDir>
#include <QFileDialog>
#include <QLocale>

#include <algorithm>
#include <utility>

namespace fovea::gui {

namespace {

constexpr int kCostPauseMs = 200; // after the last edit
constexpr int kMapPauseMs = 500; // a map costs the run a few milliseconds

// Where a run that was opened has come to, by its curves.
train::Session::Place placeOf(const std::vector<train::Series>& all, std::int64_t epochs)
{
    train::Session::Place place;
    place.stepsPerEpoch = train::stepsPerEpoch(all);
    place.steps = place.stepsPerEpoch * epochs;
    for (const auto& series : all) {
        if (series.name == "loss" && !series.points.empty())
            place.step = widgets::wholeNumber(series.points.back().first);
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
        &session, &TrainingSession::epochFinished, this, [this](const train::EpochReport& report) {
            if (report.isBest) {
                m_best = {report.epoch, report.valid};
                m_page.setBest(report.epoch);
            }
            if (report.seconds > 0)
                m_pace = std::max(m_pace, m_runEstimate / report.seconds);
        });
    connect(&session, &TrainingSession::unsaved, this, [this](const Error& error) {
        m_unsaved = m_page.errors().showError(error);
    });
    connect(&session, &TrainingSession::savedAgain, this, [this] {
        m_page.errors().dismiss(m_unsaved);
    });
    connect(&session, &TrainingSession::cannotSave, this, &RunFollower::offerToSave);
    connect(&session, &TrainingSession::ended, this, &RunFollower::onEnded);
    connect(&session, &TrainingSession::failed, this, [this](const Error& error) {
        onFailed(error);
        onEnded();
    });
    connect(&workbench, &Workbench::runBegun, this, &RunFollower::onBegun);
    connect(workbench.document().undoStack(), &QUndoStack::indexChanged, this, [this](int index) {
        m_undoAtStart = std::min(m_undoAtStart, index); // they were forgotten
        m_isEdited = m_isEdited || index > m_undoAtStart;
    });
    connect(&workbench, &Workbench::runChanged, this, &RunFollower::onRunChanged);
    connect(&workbench, &Workbench::datasetChanged, this, &RunFollower::askCost);
    connect(&workbench.document(), &widgets::ConfigDocument::changed, this, [this, &session] {
        if (!session.isBusy()) // what may change in a pause costs nothing else
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
    m_config = m_workbench.document().resolved();
    m_isCut = !m_workbench.isResumed();
    m_undoAtStart = m_workbench.document().undoStack()->index();
    m_isEdited = false;
    m_runEstimate = m_workbench.isResumed() ? 0 : m_estimate; // a part of an epoch would mislead
    m_canGoOn = false;
    m_page.setState(train::State::Preparing, false); // the form, before anything else is typed
    askCost(); // of what trains
}

void RunFollower::showState() { m_page.setState(m_workbench.session().state(), m_canGoOn); }

void RunFollower::onState(train::State state)
{
    if (train::isActive(state))
        m_canGoOn = false;
    showState();
    m_clock.setActive(train::isActive(state) && state != train::State::Paused);
    if (state == train::State::Running) {
        m_page.errors().dismiss(m_unsaved); // what it offered in a pause
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
    const bool isHeld = session.isActive() || m_canGoOn;
    const bool mayEdit = !session.isActive() || session.state() == train::State::Paused;
    return stack->canUndo() && mayEdit && (!isHeld || stack->index() > m_undoAtStart);
}

bool RunFollower::mayRedo() const
{
    const auto* stack = m_workbench.document().undoStack();
    const auto& session = m_workbench.session();
    const bool isHeld = session.isActive() || m_canGoOn;
    const bool mayEdit = !session.isActive() || session.state() == train::State::Paused;
    return stack->canRedo() && mayEdit
        && (!isHeld || (stack->index() >= m_undoAtStart && m_isEdited));
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
    cut();
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

// A run that goes on may do so from an earlier step than the curves had come to.
void RunFollower::cut()
{
    const auto place = m_workbench.session().place();
    if (place.stepsPerEpoch == 0)
        return;
    m_page.setStepsPerEpoch(place.stepsPerEpoch);
    if (std::exchange(m_isCut, true))
        return;
    m_page.cutAfter(place.first);
    for (const auto& change : m_workbench.resumedWith())
        m_page.addChange(place.first, change.key, change.value);
    if (m_best.epoch * place.stepsPerEpoch > place.first)
        m_best = {};
}

void RunFollower::showPlace()
{
    using widgets::number;
    const auto place = m_isOfSession ? m_workbench.session().place() : m_place;
    QStringList parts;
    if (!m_workbench.run().empty() && place.stepsPerEpoch > 0) {
        const auto before = (std::max<std::int64_t>(place.step, 1) - 1) / place.stepsPerEpoch;
        parts << tr("Epoch %1/%2").arg(number(before + 1), number(m_config.epochs))
              << tr("batch %1/%2")
                     .arg(
                         number(place.step - before * place.stepsPerEpoch),
                         number(place.stepsPerEpoch));
    }
    if (m_best.epoch > 0)
        parts << bestText();
    m_page.setPlace(place, parts.join(QStringLiteral(" · ")));
}

QString RunFollower::bestText() const
{
    const auto value = m_best.metrics.find(m_config.metric);
    const auto epoch = widgets::number(m_best.epoch);
    if (value == m_best.metrics.end())
        return tr("best epoch %1").arg(epoch);
    return tr("best %1 %2 (epoch %3)")
        .arg(
            QString::fromStdString(m_config.metric).toUpper(),
            QLocale().toString(value->second, 'f', 4), epoch);
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
    m_estimate = cost ? cost->secondsPerEpoch : 0;
    if (cost && m_pace > 0)
        cost->secondsPerEpoch /= m_pace;
    m_page.setCost(cost);
}

void RunFollower::askCost()
{
    const auto dataset = m_workbench.dataset();
    const auto config = m_workbench.document().resolved();
    m_page.setObstacle({});
    if (!dataset)
        return;
    if (model::findKind(config.model)->task == model::Task::Ratings && !dataset->hasValues()) {
        m_page.setObstacle(tr("This model learns ratings; the data has none."));
        return;
    }
    const widgets::Recipient to(this);
    m_workbench.desk().thread().submit(device::Priority::Interactive, [this, to, config, dataset] {
        std::optional<train::Cost> cost;
        try {
            cost = train::costOf(config, *dataset);
        } catch (...) {
            return; // the run itself will say so
        }
        to.handOver([this, cost] { showCost(cost); });
    });
}

void RunFollower::onRunChanged()
{
    const auto& run = m_workbench.run();
    m_page.clearCurves();
    m_isFinished = m_canGoOn = false;
    m_best = {};
    m_place = {};
    m_isOfSession = m_workbench.session().isActive();
    showPlace();
    if (run.empty() || m_workbench.session().isActive()) {
        showState();
        Q_EMIT runShown(false);
        return;
    }
    m_workbench.session().takePoints(); // the file has them
    const auto folder = train::RunFolder::open(run);
    if (folder) {
        const auto& record = folder->record();
        m_config = record.config;
        m_best = record.best;
        m_place = placeOf(m_workbench.series(), m_config.epochs);
        m_page.setStepsPerEpoch(m_place.stepsPerEpoch);
        m_page.addPoints(m_workbench.series());
        m_page.setBest(m_best.epoch);
        m_page.setChanges(record.changes);
        m_page.replot();
        showPlace();
    }
    m_undoAtStart = m_workbench.document().undoStack()->index();
    m_isEdited = false;
    Q_EMIT runShown(take(folder));
}

// Whether the run that is shown is finished or can go on; true if it has a model to ask.
bool RunFollower::take(const Result<train::RunFolder>& folder)
{
    m_isFinished = folder.ok() && folder->record().state == train::State::Finished;
    m_canGoOn = m_workbench.canGoOn();
    showState();
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
    if (train::hasDiverged(error)) {
        offerLowerRate(error);
        return;
    }
    m_page.errors().showError(
        error, [] { return tr("Resume"); },
        [this, run] {
            if (const auto resumed = m_workbench.resumeRun(run); !resumed)
                m_page.errors().showError(resumed.error());
        });
}

// The same settings would fail in the same way.
void RunFollower::offerLowerRate(const Error& error)
{
    constexpr double kLower = 0.1;
    const auto* parameter = train::findParameter("learning_rate");
    const auto run = m_workbench.run();
    const auto folder = train::RunFolder::open(run);
    const auto epoch = folder ? folder->record().epochs : 0;
    const double rate =
        std::max(kLower * m_workbench.document().config().learningRate, parameter->least);
    const auto words = QLocale().toString(rate, 'g', 3);
    m_page.errors().showError(
        error,
        [epoch, words] {
            return epoch > 0
                ? tr("Go back to epoch %1 with learning rate %2").arg(widgets::number(epoch), words)
                : tr("Begin again with learning rate %1").arg(words);
        },
        [this, run, rate] {
            m_workbench.document().set("learning_rate", QString::number(rate, 'g', 3));
            if (const auto resumed = m_workbench.resumeRun(run); !resumed)
                m_page.errors().showError(resumed.error());
        });
}

// The run waits in memory, paused; closing the bar keeps it there.
void RunFollower::offerToSave(const Error& error, std::int64_t epochs)
{
    auto& session = m_workbench.session();
    const auto elsewhere = [this, &session, error, epochs] {
        const auto name = QString::fromStdString(m_workbench.run().filename().string());
        const auto folder = QFileDialog::getSaveFileName(
            m_page.window(), tr("Save the run as a new folder"), QDir::home().filePath(name), {},
            nullptr, QFileDialog::ShowDirsOnly);
        if (folder.isEmpty())
            offerToSave(error, epochs);
        else
            session.saveElsewhere(folder.toStdString());
    };
    m_unsaved = m_page.errors().showError(
        Error{ErrorKind::Failed, say("nothing can be saved: %1", error.what), error.where, {}},
        {{[] { return tr("Save elsewhere…"); }, elsewhere},
         {[] { return tr("Keep it in memory"); }, [] {}},
         {[epochs] {
              return epochs > 1 ? tr("Discard %1 epochs").arg(widgets::number(epochs))
                  : epochs == 1 ? tr("Discard one epoch")
                                : tr("Discard what was trained since");
          },
          [&session] { session.discard(); }}});
}

void RunFollower::onEnded()
{
    if (m_workbench.run().empty())
        return; // a person has gone on
    beat();
    const auto folder = train::RunFolder::open(m_workbench.run());
    const bool hasModel = take(folder);
    if (folder) {
        m_page.setChanges(folder->record().changes);
        m_page.replot();
    }
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

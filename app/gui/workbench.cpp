#include "app/gui/workbench.h"

#include "core/base/log.h"
#include "core/base/os.h"
#include "core/data/sample.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/train/cost.h"
#include "core/train/new_run.h"
#include "widgets/parts/texts.h"

#include <QRegularExpression>
#include <QTimer>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace fovea::gui {

namespace fs = std::filesystem;

namespace {

constexpr int kDraftPauseMs = 500;

// What a run that goes on may change, of two settings of it.
std::vector<train::Change> changesTo(const train::RunConfig& wanted, const train::RunConfig& is)
{
    std::vector<train::Change> changes;
    if (wanted.dropout != is.dropout)
        changes.push_back({0, "dropout", wanted.dropout});
    if (wanted.learningRate != is.learningRate)
        changes.push_back({0, "learning_rate", wanted.learningRate});
    return changes;
}

// One that can be trained: its values fit together.
Result<train::RunConfig> configIn(const fs::path& file)
{
    FOVEA_ASSIGN(const auto json, io::readJson(file));
    FOVEA_ASSIGN(auto config, train::fromJson(json, file.string()));
    FOVEA_TRY(train::resolved(config));
    return config;
}

} // namespace

Workbench::Workbench(int threads, QObject* parent)
    : QObject(parent)
    , m_thread(threads > 0 ? threads : std::max(1, base::coreCount() - 1))
    , m_desk(m_thread)
    , m_session(m_desk)
{
    m_draftPause.setSingleShot(true);
    m_draftPause.setInterval(kDraftPauseMs);
    connect(
        &m_document, &widgets::ConfigDocument::changed, &m_draftPause, qOverload<>(&QTimer::start));
    connect(&m_draftPause, &QTimer::timeout, this, &Workbench::keepDraft);
    connect(&m_document, &widgets::ConfigDocument::changed, this, [this] { m_smaller.reset(); });
    connect(&m_session, &widgets::TrainingSession::ended, this, &Workbench::onEnded);
}

Workbench::~Workbench() = default;

Status Workbench::isFree() const
{
    if (m_session.isBusy())
        return failure("a run is training", {}, "Stop it first");
    if (m_isAside)
        return failure("something is being opened", {}, "Wait for it, or cancel it");
    return success();
}

Status Workbench::doAside(const QString& what, const widgets::AsideWork& work)
{
    base::Silent silent;
    m_isAside = true;
    auto done = m_aside ? m_aside(what, work) : work(silent, {});
    m_isAside = false;
    return done;
}

Status Workbench::mayWrite() const
{
    if (!m_workspace)
        return failure("no workspace is open", {}, "Open one: it keeps data sets and runs");
    if (isReadOnly())
        return whyReadOnly();
    return isFree();
}

Status Workbench::openWorkspace(const fs::path& folder)
{
    using workspace::Workspace;
    FOVEA_TRY(isFree());
    keepDraft();
    std::error_code code;
    const bool isOurs =
        m_workspace && !isReadOnly() && fs::equivalent(folder, m_workspace->path(), code);
    auto reading = Workspace::open(folder, Workspace::Access::Read);
    if (isOurs && !reading)
        return reading.error();
    if (isOurs)
        m_workspace.reset(); // its lock, which cannot be had twice
    std::optional<Error> writeError;
    auto opened = Workspace::open(folder, Workspace::Access::Write);
    if (!opened) {
        writeError = opened.error();
        if (!reading)
            return *writeError;
        opened = std::move(reading);
    }
    m_writeError = std::move(writeError);
    m_workspace = opened.take();
    m_draftPause.stop();
    m_ofRun.reset();
    m_document.restore({});
    adopt({});
    m_drafts.clear();
    Q_EMIT workspaceChanged();
    return success();
}

Status Workbench::readConfig(const fs::path& file)
{
    FOVEA_ASSIGN(const auto config, configIn(file));
    m_document.replace(config, [name = QString::fromStdString(file.filename().string())] {
        return tr("loading settings of %1").arg(name);
    });
    return success();
}

Status Workbench::writeConfig(const fs::path& file) const
{
    return io::writeJson(file, train::toJson(m_document.config()));
}

void Workbench::keepDraft() const
{
    if (!m_workspace || isReadOnly())
        return;
    const auto file = m_workspace->path() / "config.json";
    if (const auto kept = io::writeJson(file, train::toJson(ownSettings())); !kept)
        base::logError(kept.error().message());
}

bool Workbench::isOwn() const { return !m_ofRun || m_document.config() != *m_ofRun; }

train::RunConfig Workbench::ownSettings() const
{
    const auto found = m_drafts.find(m_dataset ? m_dataset->fingerprint() : std::string());
    return isOwn() || found == m_drafts.end() ? m_document.config() : found->second;
}

void Workbench::keepOwn()
{
    if (isOwn())
        m_drafts[m_dataset ? m_dataset->fingerprint() : std::string()] = m_document.config();
}

Status Workbench::restoreDraft()
{
    const auto file = m_workspace->path() / "config.json";
    if (!io::exists(file))
        return success();
    FOVEA_ASSIGN(const auto config, configIn(file));
    if (canGoOn())
        m_drafts[m_dataset->fingerprint()] = config; // the run's settings stand in the form
    else
        m_document.restore(config);
    return success();
}

Result<Workbench::Opened> Workbench::opened(
    std::shared_ptr<const data::Dataset> dataset, const fs::path& folder,
    const std::stop_token& stop)
{
    auto statistics = data::statisticsOf(*dataset);
    if (stop.stop_requested())
        return interrupted("the data set was not opened");
    return Opened{std::move(dataset), std::move(statistics), folder};
}

void Workbench::take(Opened opened)
{
    // The one before, mapped files of perhaps gigabytes, goes once the pages show this one.
    QTimer::singleShot(100, this, [before = std::move(m_dataset)] {});
    m_dataset = std::move(opened.dataset);
    m_statistics = std::move(opened.statistics);
    m_datasetFolder = std::move(opened.folder);
    Q_EMIT datasetChanged();
}

void Workbench::adopt(Opened opened)
{
    const bool isAnother =
        m_dataset && opened.dataset && m_dataset->fingerprint() != opened.dataset->fingerprint();
    keepOwn();
    if (isAnother)
        m_ofRun.reset();
    take(std::move(opened));
    reset();
    if (!isAnother)
        return;
    const auto known = m_drafts.find(m_dataset->fingerprint());
    m_document.replace(
        known == m_drafts.end() ? train::RunConfig{} : known->second,
        [name = datasetName()] { return tr("settings for %1").arg(name); });
}

QString Workbench::datasetName() const
{
    return QString::fromStdString(m_datasetFolder.filename().string());
}

Status Workbench::openDataset(const fs::path& folder)
{
    FOVEA_TRY(isFree());
    Opened result;
    FOVEA_TRY(doAside(tr("Opening the data set"), [&](base::Progress&, const auto& stop) -> Status {
        FOVEA_ASSIGN(auto dataset, data::Dataset::load(folder, stop));
        FOVEA_ASSIGN(result, opened(std::move(dataset), folder, stop));
        return success();
    }));
    adopt(std::move(result));
    return success();
}

// `name` in the folder, with a number behind it where that is taken.
fs::path Workbench::freeName(const fs::path& folder, const QString& name) const
{
    auto plain = name;
    static const QRegularExpression unfit(QStringLiteral("[\\\\/:*?\"<>|\\x00-\\x1f]"));
    plain.replace(unfit, QStringLiteral("-"));
    const std::string stem = plain.isEmpty() ? "data" : plain.toStdString();
    auto path = folder / stem;
    for (int n = 2; io::exists(path); ++n)
        path = folder / (stem + "-" + std::to_string(n));
    return path;
}

Status Workbench::addDataset(const data::Imported& imported, const QString& name)
{
    FOVEA_TRY(mayWrite());
    const auto folder = freeName(m_workspace->dataFolder(), name);
    Opened result;
    auto saved = doAside(
        tr("Saving the data set"), [&](base::Progress& progress, const auto& stop) -> Status {
            FOVEA_ASSIGN(auto staged, io::StagedFolder::create(folder));
            FOVEA_ASSIGN(result, opened(imported.dataset, folder, stop));
            return data::publish(imported, staged, progress, stop);
        });
    if (!saved)
        return saved;
    adopt(std::move(result));
    return success();
}

Status Workbench::addSample()
{
    FOVEA_TRY(mayWrite());
    const auto folder = m_workspace->dataFolder() / "sample";
    if (!io::exists(folder / "dataset.json"))
        FOVEA_TRY(
            doAside(tr("Making the sample"), [&](base::Progress&, const auto& stop) -> Status {
                const data::SampleOptions options;
                FOVEA_ASSIGN(const auto sample, data::makeSample(options, stop));
                FOVEA_ASSIGN(auto staged, io::StagedFolder::create(folder));
                return data::publish(sample, options, staged, stop);
            }));
    return openDataset(folder);
}

Status Workbench::openRun(const fs::path& folder, const fs::path& data)
{
    m_lacksData = false;
    FOVEA_TRY(isFree());
    FOVEA_ASSIGN(const auto run, train::RunFolder::open(folder));
    return show(run, data, train::unresolved(train::latestConfig(run.record())));
}

Status Workbench::show(
    const train::RunFolder& run, const fs::path& data, const train::RunConfig& settings)
{
    Opened result;
    std::vector<train::Series> series;
    FOVEA_TRY(doAside(tr("Opening the run"), [&](base::Progress&, const auto& stop) -> Status {
        auto found = run.dataset(data, stop);
        m_lacksData = !found && !stop.stop_requested();
        FOVEA_ASSIGN(auto dataset, std::move(found));
        const bool isOpen = m_dataset && m_dataset->fingerprint() == dataset->fingerprint();
        if (!isOpen) {
            const auto place =
                data.empty() ? (run.path() / run.record().dataPath).lexically_normal() : data;
            FOVEA_ASSIGN(result, opened(std::move(dataset), place, stop));
        }
        if (auto read = train::readSeries(run.path() / "metrics.jsonl")) // or without curves
            series = read.take();
        return stop.stop_requested() ? Status(interrupted("the run was not opened")) : success();
    }));
    if (m_run != run.path()) // what is edited in a run that has stopped is the run's
        keepOwn();
    if (result.dataset)
        take(std::move(result));
    m_ofRun = settings;
    m_document.replace(settings, [name = QString::fromStdString(run.path().filename().string())] {
        return tr("loading settings of %1").arg(name);
    });
    m_run = run.path();
    m_isSessions = false;
    m_series = std::move(series);
    m_desk.open(m_run, m_dataset);
    Q_EMIT runChanged();
    return success();
}

std::optional<fs::path> Workbench::unfinishedRun() const
{
    if (!m_workspace || isReadOnly())
        return {};
    const auto listing = workspace::listRuns(m_workspace->runFolder());
    if (!listing)
        return {};
    std::optional<fs::path> newest;
    std::string started;
    for (const auto& entry : listing->runs) {
        const auto state = entry.record.state;
        const bool isLeft = train::isActive(state) && state != train::State::Stopping;
        if (isLeft && !entry.isBeingWritten && entry.record.started >= started) {
            newest = m_workspace->runFolder() / entry.name;
            started = entry.record.started;
        }
    }
    return newest;
}

Status Workbench::train()
{
    FOVEA_TRY(mayWrite());
    if (!m_dataset)
        return failure("no data set is open", {}, "Open data or the sample");
    const auto config = m_document.resolved();
    m_smaller.reset();
    m_thread.useThreads(static_cast<int>(config.threads));
    const auto folder = freeName(
        m_workspace->runFolder(),
        datasetName() + QLatin1Char('-') + QString::fromStdString(config.model));
    std::optional<train::RunFolder> run;
    std::optional<train::RunConfig> smaller;
    auto made = doAside(tr("Preparing the run"), [&](base::Progress&, const auto& stop) -> Status {
        if (auto may = train::checkTrainable(config, *m_dataset); !may) {
            smaller = train::whatFits(config, *m_dataset, base::availableMemoryBytes());
            return may;
        }
        if (stop.stop_requested())
            return interrupted("the run was not made");
        FOVEA_ASSIGN(
            run, train::newRun(folder, config, m_thread.threads(), m_datasetFolder, *m_dataset));
        return success();
    });
    if (smaller)
        m_smaller = smallerThan(config, *smaller);
    if (!made)
        return made;
    m_run = folder;
    m_ofRun.reset(); // they are a person's own
    m_series.clear();
    m_desk.open(folder, m_dataset); // what answers once the run has ended
    m_session.begin(std::move(*run), m_dataset);
    m_isSessions = true;
    m_isResumed = false;
    Q_EMIT runChanged();
    Q_EMIT runBegun();
    return success();
}

// Nothing where it was not memory that was missing.
std::optional<train::RunConfig> Workbench::smallerThan(
    const train::RunConfig& config, const train::RunConfig& smaller) const
{
    if (smaller.batch == config.batch && smaller.width == config.width)
        return std::nullopt;
    auto chosen = m_document.config(); // what is automatic stays so
    chosen.batch = smaller.batch;
    chosen.width = smaller.width;
    if (chosen.ffnWidth)
        chosen.ffnWidth = smaller.ffnWidth;
    return chosen;
}

Status Workbench::resumeRun(const fs::path& folder)
{
    FOVEA_TRY(mayWrite());
    FOVEA_ASSIGN(auto run, train::RunFolder::openForWriting(folder));
    const bool isShown = m_run == folder && m_dataset
        && m_dataset->fingerprint() == run.record().dataFingerprint; // wherever its data lie
    const auto is = train::latestConfig(run.record());
    const auto changes =
        isShown ? changesTo(m_document.config(), is) : std::vector<train::Change>();
    auto record = run.record();
    record.changes.insert(record.changes.end(), changes.begin(), changes.end());
    FOVEA_TRY(show(
        run, isShown ? m_datasetFolder : fs::path(),
        train::unresolved(train::latestConfig(record))));
    m_thread.useThreads(run.record().threads);
    m_session.begin(std::move(run), m_dataset, changes);
    m_resumedWith = changes;
    m_isSessions = true;
    m_isResumed = true;
    Q_EMIT runBegun();
    return success();
}

std::optional<Workbench::OnDisk> Workbench::recordOfOpened() const
{
    if (m_run.empty() || m_isSessions)
        return {};
    const auto run = train::RunFolder::open(m_run);
    if (!run)
        return {};
    return OnDisk{run->record().state, run->isBeingWritten()};
}

bool Workbench::canGoOn() const
{
    if (m_run.empty() || m_session.isBusy() || !m_workspace || isReadOnly()
        || !io::exists(m_run / "run.json"))
        return false;
    const auto run = train::RunFolder::open(m_run);
    return run && run->record().state != train::State::Finished && !run->isBeingWritten()
        && (io::exists(run->checkpoint("last")) || io::exists(run->checkpoint("previous")));
}

// Where the run is elsewhere now, or went back to what the disk has, it is shown as it stands
// there.
void Workbench::onEnded(const train::Outcome& outcome)
{
    const bool isOther = outcome.folder != m_run || outcome.isDiscarded;
    if (!m_isSessions || !isOther) // or a person has gone on to another one
        return;
    if (const auto shown = openRun(outcome.folder); !shown)
        base::logError(shown.error().message());
}

void Workbench::reset()
{
    const auto own = m_drafts.find(m_dataset ? m_dataset->fingerprint() : std::string());
    if (!isOwn() && own != m_drafts.end())
        m_document.replace(own->second, [] { return tr("the settings before the run"); });
    m_ofRun.reset();
    m_run.clear();
    m_isSessions = false;
    m_series.clear();
    m_desk.close();
    Q_EMIT runChanged();
}

} // namespace fovea::gui

#include "core/train/training_run.h"

#include "core/base/log.h"
#include "core/base/os.h"
#include "core/base/text.h"
#include "core/device/loops.h"
#include "core/device/thrown.h"
#include "core/eval/evaluator_torch.h"
#include "core/io/file.h"
#include "core/io/safetensors.h"
#include "core/train/checkpoint_torch.h"
#include "core/train/epoch_order.h"
#include "core/train/losses_torch.h"
#include "core/train/metrics_log.h"
#include "core/train/new_run.h"
#include "core/train/parameters.h"
#include "core/train/schedules.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace fovea::train {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// In run.json and in the log; whoever called shows it.
void keepFailure(RunFolder& folder, const Error& error)
{
    auto& record = folder.record();
    record.error = error.message();
    record.ended = base::timestampNow();
    record.state = State::Failed;
    base::logInfo("failed: " + record.error);
    if (const auto saved = folder.saveRecord(); !saved)
        base::logError(saved.error().message());
}

constexpr const char* kLower = "Lower the learning rate or set gradient clipping";
constexpr const char* kBestIsKept =
    "The best checkpoint is kept. Lower the learning rate or set gradient clipping";

bool hasCheckpoint(const RunFolder& folder)
{
    return io::exists(folder.checkpoint("last")) || io::exists(folder.checkpoint("previous"));
}

} // namespace

struct TrainingRun::Impl {
    static Result<std::unique_ptr<Impl>> open(
        RunFolder folder, std::shared_ptr<const data::Dataset> dataset);
    Impl(RunFolder f, std::shared_ptr<const data::Dataset> d)
        : folder(std::move(f))
        , dataset(std::move(d))
        , config(folder.record().config)
        , model(model::makeModel(
              config, model::shapeOf(*dataset), at::kFloat,
              hasCheckpoint(folder) ? model::Beginning::Unset : model::Beginning::Drawn))
        , ratings(model->task() == model::Task::Ratings)
        , optimiser(
              model->parameters().tensors(), config.decayOf == "all" ? Decay::All : Decay::Weights)
        , batcher(*dataset, config.maxLength)
        , trained(findLoss(config.loss)->function->draws ? TrainedItems(*dataset) : TrainedItems())
        , users(trainingUsers(*dataset, batcher, ratings))
    {
        config = configAt(folder.record(), p.step);
    }

    // From the last checkpoint, or the one before it where the last is damaged.
    Status restore()
    {
        if (!hasCheckpoint(folder))
            return success();
        const auto last = folder.checkpoint("last");
        const auto previous = folder.checkpoint("previous");
        auto loaded = load(last);
        if (!loaded && io::exists(previous)) {
            const auto before = load(previous);
            if (!before)
                return loaded.error();
            base::log(
                base::LogLevel::Warning,
                loaded.error().message() + ". Going on from the checkpoint before it");
            // Set aside: at the next save it would take the place of the good one.
            if (io::exists(last))
                FOVEA_TRY(base::renameDurably(last, folder.checkpoint("damaged")));
            loaded = before;
        }
        if (!loaded)
            return loaded.error();
        p = *loaded;
        config = configAt(folder.record(), p.step);
        return success();
    }

    // run.json is newer than the checkpoint where the disk refused the newer ones.
    void matchRecord()
    {
        auto& record = folder.record();
        record.epochs = p.epoch;
        if (record.best.epoch > p.epoch)
            record.best =
                p.bestEpoch > 0 ? Best{p.bestEpoch, {{config.metric, p.bestMetric}}} : Best{};
    }

    // A checkpoint that this run can go on from.
    Result<Progression> load(const std::filesystem::path& file)
    {
        FOVEA_ASSIGN(auto loaded, loadCheckpoint(file, *model, &optimiser));
        FOVEA_TRY(checkPlace(loaded, stepsPerEpoch(), config.epochs, file.string()));
        return loaded;
    }

    std::int64_t stepsPerEpoch() const
    {
        return (static_cast<std::int64_t>(users.size()) + config.batch - 1) / config.batch;
    }

    RunFolder folder;
    std::shared_ptr<const data::Dataset> dataset;
    RunConfig config; // with changes applied
    std::shared_ptr<model::Model> model;
    bool ratings;
    Optimiser optimiser;
    data::Batcher batcher;
    TrainedItems trained;
    std::vector<UserIndex> users;
    Progression p;

    // While running:
    std::optional<MetricsLog> log;
    Observer* observer = nullptr;
    base::Progress* progress = nullptr;
    Clock::time_point started;
    double secondsBefore = 0;
    double stepSeconds = 0;
    Clock::time_point lastSave;
    std::map<std::string, std::string> held; // bytes by the name of the checkpoint
    bool isUnsaved = false; // as the observer was told last
    struct {
        Progression p;
        RunRecord record;
    } kept; // what the disk has
    std::unique_ptr<base::LogFile> logFile;
    std::int64_t targets = 0;

    Result<Outcome> run(std::stop_token stop, PauseGate& gate);
    Result<bool> runOn(std::stop_token stop, PauseGate& gate); // to the end; false = stopped
    Result<bool> runEpoch(std::stop_token stop, PauseGate& gate); // likewise
    Status saveEnd(const Ending& ending);
    void discard();
    Status moveTo(const std::filesystem::path& place);
    Status takeStep(std::span<const UserIndex> batchUsers);
    Error diverged(Message what) const; // before anything was updated
    Status finishEpoch(double epochSeconds, std::stop_token stop);
    void hold(const std::string& name); // the weights as they are, until the disk has them
    Status saveHeld();
    Status saveLast();
    Status trySaveLast(); // what fails is told, and tried again while there is a folder
    void pass(std::stop_token stop, PauseGate& gate);
    void point(std::string_view name, double value);
    void tellPlace();
    double now() const { return secondsBefore + secondsSince(started); }
    void setState(State state);
};

void TrainingRun::Impl::setState(State state)
{
    folder.record().state = state;
    observer->onState(state);
}

void TrainingRun::Impl::point(std::string_view name, double value)
{
    const Point point{p.step, p.epoch + 1, now(), name, value};
    log->add(point);
    observer->onPoint(point);
}

void TrainingRun::Impl::tellPlace()
{
    progress->report(
        {"train", p.epoch * stepsPerEpoch() + p.stepInEpoch, stepsPerEpoch() * config.epochs,
         "steps", "epoch " + std::to_string(p.epoch + 1)});
}

// Waits at the gate, then takes what was changed meanwhile.
void TrainingRun::Impl::pass(std::stop_token stop, PauseGate& gate)
{
    bool waited = false;
    const auto changes = gate.pass(
        stop,
        [&] {
            waited = true;
            setState(State::Paused);
        },
        [&] { observer->onBetweenUnits(); });
    for (auto change : changes) {
        change.step = p.step;
        if (const auto set = changeParameter(config, change.key, change.value); !set) {
            base::logError(set.error().message());
            continue;
        }
        // The last word: what an earlier sitting was told later on is not done again.
        std::erase_if(folder.record().changes, [&](const Change& other) {
            return other.key == change.key && other.step > p.step;
        });
        base::logInfo(
            "changed before step " + std::to_string(p.step + 1) + ": " + change.key + " = "
            + base::toText(change.value));
        folder.record().changes.push_back(std::move(change));
    }
    config = configAt(folder.record(), p.step);
    if (waited)
        setState(State::Running);
}

Error TrainingRun::Impl::diverged(Message what) const
{
    return failure(
        std::move(what), folder.path().string(),
        p.bestEpoch > 0 ? Message(kBestIsKept) : Message(kLower));
}

Status TrainingRun::Impl::takeStep(std::span<const UserIndex> batchUsers)
{
    const auto start = Clock::now();
    const auto batch =
        ratings ? batcher.ratingTraining(batchUsers) : batcher.nextItemTraining(batchUsers);
    const auto weight = batch.weights.empty()
        ? static_cast<double>(batch.tokens())
        : std::accumulate(batch.weights.begin(), batch.weights.end(), 0.0);
    if (weight == 0) { // there is nothing to learn from it
        ++p.step;
        ++p.stepInEpoch;
        return success();
    }
    const model::PackedBatch packed(batch);
    const model::Draws draws{
        static_cast<std::uint64_t>(config.seed), static_cast<std::uint32_t>(p.epoch + 1)};
    model::Context context;
    context.training = true;
    context.attentionDropout = *config.attentionDropout;
    context.hiddenDropout = *config.hiddenDropout;
    context.draws = draws;
    const auto output = model->forward(packed, context);
    const auto loss = findLoss(config.loss)
                          ->function->mean(
                              {output, model->itemVectors(), packed, draws, config.negatives,
                               trained, model::engineOf(config), config.updatesTouched()});
    const double value = loss.item<double>();
    if (!std::isfinite(value))
        return diverged(say("training diverged at step %1 (the loss is not a number)", p.step + 1));
    loss.backward();
    const auto& schedule = *findSchedule(config.schedule);
    const double rate = config.learningRate
        * learningRateFactor(schedule, p.step, config.warmup, stepsPerEpoch() * config.epochs);
    const auto norm = optimiser.step(rate, config.weightDecay, config.clip);
    if (!norm)
        return diverged(
            say("training diverged at step %1 (the gradient is too large or not a number)",
                p.step + 1));
    const auto count = batch.tokens();
    const double seconds = secondsSince(start);
    stepSeconds += seconds;
    ++p.step;
    ++p.stepInEpoch;
    p.lossSum += value * weight;
    p.lossTargets += weight;
    targets += count;
    point("loss", value);
    point("learning_rate", rate);
    point("gradient_norm", *norm);
    point("targets_per_second", static_cast<double>(count) / std::max(seconds, 1e-9));
    return success();
}

Result<bool> TrainingRun::Impl::runEpoch(std::stop_token stop, PauseGate& gate)
{
    const auto start = Clock::now();
    const auto order = epochOrder(users, static_cast<std::uint64_t>(config.seed), p.epoch + 1);
    while (p.stepInEpoch < stepsPerEpoch()) {
        pass(stop, gate);
        if (stop.stop_requested())
            return false;
        const auto begin = static_cast<std::size_t>(p.stepInEpoch * config.batch);
        const auto size = std::min(static_cast<std::size_t>(config.batch), order.size() - begin);
        FOVEA_TRY(takeStep(std::span(order).subspan(begin, size)));
        tellPlace();
        if (config.saveEvery > 0 && secondsSince(lastSave) > 60 * config.saveEvery)
            FOVEA_TRY(trySaveLast());
        observer->onBetweenUnits();
    }
    const auto finished = finishEpoch(secondsSince(start), stop);
    if (finished)
        return true;
    if (finished.error().kind == ErrorKind::Interrupted)
        return false; // the epoch's steps are done; a resumed run validates again
    return finished.error();
}

Status TrainingRun::Impl::finishEpoch(double epochSeconds, std::stop_token stop)
{
    base::Silent silent; // the bar shows the training steps
    FOVEA_ASSIGN(
        const auto valid,
        eval::evaluate(
            *model, {*dataset, data::Part::Valid, config.maxLength, silent, stop, [this] {
                         observer->onBetweenUnits();
                     }}));
    EpochReport report{
        p.epoch + 1, p.lossTargets > 0 ? p.lossSum / p.lossTargets : 0, valid, false, epochSeconds};
    for (const auto& [name, value] : valid) {
        if (!std::isfinite(value))
            return diverged(
                say("training diverged in epoch %1 (%2 is not a number)", p.epoch + 1, name));
    }
    point("train/loss", report.trainLoss);
    for (const auto& [name, value] : valid)
        point("valid/" + name, value);
    const auto metric = *eval::findMetric(config.metric);
    const double value = valid.at(config.metric);
    report.isBest = p.bestEpoch == 0
        || (metric.metric->higherIsBetter ? value > p.bestMetric : value < p.bestMetric);
    ++p.epoch;
    p.stepInEpoch = 0;
    p.lossSum = 0;
    p.lossTargets = 0;
    ++p.epochsSinceBest;
    if (report.isBest) {
        p.bestMetric = value;
        p.bestEpoch = p.epoch;
        p.epochsSinceBest = 0;
        folder.record().best = {p.epoch, valid};
        hold("best");
    }
    if (config.keepEvery > 0 && p.epoch % config.keepEvery == 0)
        hold("epoch-" + std::to_string(p.epoch));
    folder.record().epochs = p.epoch;
    FOVEA_TRY(trySaveLast());
    base::logInfo(
        "epoch " + std::to_string(p.epoch) + ": loss " + base::toFixed(report.trainLoss, 5) + ", "
        + config.metric + " " + base::toFixed(value, 5) + (report.isBest ? " (best)" : ""));
    observer->onEpoch(report);
    return success();
}

void TrainingRun::Impl::hold(const std::string& name)
{
    held[name] = checkpointBytes(*model, nullptr, p);
}

Status TrainingRun::Impl::saveHeld()
{
    while (!held.empty()) {
        const auto first = held.begin();
        FOVEA_TRY(io::replaceFile(folder.checkpoint(first->first), first->second));
        held.erase(first);
    }
    return success();
}

// metrics.jsonl first, so that the checkpoint never counts bytes that are not there. The last one
// stays beside it until the next, should this one be damaged.
Status TrainingRun::Impl::saveLast()
{
    lastSave = Clock::now();
    FOVEA_TRY(saveHeld());
    FOVEA_ASSIGN(p.metricsBytes, log->flush());
    p.seconds = now();
    p.updates = optimiser.steps();
    folder.record().seconds = p.seconds;
    const auto bytes = checkpointBytes(*model, &optimiser, p);
    const auto last = folder.checkpoint("last");
    const auto next = folder.checkpoint("next");
    FOVEA_TRY(io::replaceFile(next, bytes));
    if (io::exists(last))
        FOVEA_TRY(base::renameDurably(last, folder.checkpoint("previous")));
    FOVEA_TRY(base::renameDurably(next, last));
    FOVEA_TRY(folder.saveRecord());
    kept = {p, folder.record()};
    return success();
}

Status TrainingRun::Impl::trySaveLast()
{
    auto saved = saveLast();
    if (saved && isUnsaved)
        observer->onUnsaved(std::nullopt);
    if (!saved) {
        if (!io::exists(folder.path()))
            return failure("the run's folder was removed while it trained", folder.path().string());
        const Error error{
            ErrorKind::Failed, saved.error().what, saved.error().where,
            "Training goes on. Free some space: it is saved at the next checkpoint"};
        if (!isUnsaved)
            base::log(base::LogLevel::Warning, error.message());
        observer->onUnsaved(error);
    }
    isUnsaved = !saved;
    return success();
}

// Back to what the disk has, where it takes nothing any more.
void TrainingRun::Impl::discard()
{
    held.clear();
    p = kept.p;
    folder.record() = kept.record;
    folder.record().state = State::Stopping;
    folder.record().ended = base::timestampNow();
    if (auto cut = MetricsLog::open(folder.metricsFile(), p.metricsBytes))
        log = cut.take();
    if (const auto saved = folder.saveRecord(); !saved)
        base::logError(saved.error().message());
}

// The run goes on in another folder, which gets all that this one has and the disk still gives. The
// old folder stays as it is.
Status TrainingRun::Impl::moveTo(const std::filesystem::path& place)
{
    namespace fs = std::filesystem;
    const auto& old = folder.record();
    const auto data = fs::path(old.dataPath).is_absolute() ? fs::path(old.dataPath)
                                                           : folder.path() / old.dataPath;
    FOVEA_ASSIGN(auto moved, newRun(place, old.config, old.threads, data, *dataset, old.changes));
    std::error_code code;
    fs::directory_iterator checkpoints;
    if (const auto there = folder.path() / "checkpoints"; io::exists(there))
        checkpoints = fs::directory_iterator(there, code);
    for (const auto& entry : checkpoints) {
        const auto name = entry.path().stem().string();
        const bool isWanted = name == "best" || name.starts_with("epoch-");
        if (!code && isWanted && held.count(name) == 0)
            fs::copy_file(entry.path(), moved.checkpoint(name), code);
    }
    auto filled = code
        ? Status(
            failure(say("%1: %2", "cannot write", base::systemText(code.value())), place.string()))
        : log->moveTo(moved.metricsFile());
    if (!filled) {
        fs::remove_all(place, code); // it was made just now
        return filled;
    }
    auto record = old;
    record.dataPath = moved.record().dataPath;
    folder.record() = kept.record;
    folder.record().state = State::Stopping;
    if (const auto left = folder.saveRecord(); !left)
        base::logError(left.error().message());
    moved.record() = std::move(record);
    folder = std::move(moved);
    FOVEA_ASSIGN(logFile, base::LogFile::open(folder.path() / "log.txt"));
    return success();
}

Status TrainingRun::Impl::saveEnd(const Ending& ending)
try {
    if (!ending.folder.empty())
        FOVEA_TRY(moveTo(ending.folder));
    FOVEA_TRY(saveLast());
    if (std::exchange(isUnsaved, false))
        observer->onUnsaved(std::nullopt);
    return success();
} catch (...) {
    return device::thrown();
}

Result<bool> TrainingRun::Impl::runOn(std::stop_token stop, PauseGate& gate)
{
    while (p.epoch < config.epochs
           && !(config.patience > 0 && p.epochsSinceBest >= config.patience)) {
        FOVEA_ASSIGN(const bool whole, runEpoch(stop, gate));
        if (!whole)
            return false;
    }
    return true;
}

Result<Outcome> TrainingRun::Impl::run(std::stop_token stop, PauseGate& gate)
{
    FOVEA_ASSIGN(log, MetricsLog::open(folder.metricsFile(), p.metricsBytes));
    FOVEA_ASSIGN(logFile, base::LogFile::open(folder.path() / "log.txt"));
    started = Clock::now();
    lastSave = started;
    secondsBefore = p.seconds;
    tellPlace();
    folder.record().ended.clear(); // of the sitting before
    folder.record().error.clear();
    setState(State::Running);
    FOVEA_TRY(folder.saveRecord());
    base::logInfo(
        config.model + "; users: " + base::grouped(dataset->userCount())
        + ", items: " + base::grouped(dataset->itemCount())
        + ", parameters: " + base::grouped(model->parameters().count())
        + ", threads: " + std::to_string(device::loopThreads()));
    Ending ending;
    for (;;) {
        FOVEA_ASSIGN(const bool isWhole, runOn(stop, gate));
        setState(isWhole ? State::Finished : State::Stopping);
        folder.record().ended = base::timestampNow();
        ending = gate.takeEnding();
        if (ending.isDiscarded) {
            discard();
            break;
        }
        const auto saved = saveEnd(ending);
        if (saved)
            break;
        gate.pause(); // before anybody is told, who may resume at once
        const auto more = observer->onCannotSave(saved.error(), p.epoch - kept.p.epoch);
        if (!more)
            return saved.error();
        isUnsaved = true;
        folder.record().ended.clear();
        stop = *more;
        pass(stop, gate);
    }
    base::logInfo(
        std::string(stateName(folder.record().state)) + " after " + std::to_string(p.epoch)
        + " epochs, best was epoch " + std::to_string(p.bestEpoch));
    return Outcome{
        folder.record().state,
        folder.record().best,
        p.epoch,
        targets,
        secondsSince(started),
        stepSeconds > 0 ? static_cast<double>(targets) / stepSeconds : 0,
        folder.path(),
        ending.isDiscarded};
}

Result<std::unique_ptr<TrainingRun::Impl>> TrainingRun::Impl::open(
    RunFolder folder, std::shared_ptr<const data::Dataset> dataset)
try {
    FOVEA_TRY(checkTrainable(folder.record().config, *dataset));
    auto state = std::make_unique<Impl>(std::move(folder), std::move(dataset));
    FOVEA_TRY(state->restore());
    state->matchRecord();
    state->kept = {state->p, state->folder.record()};
    return state;
} catch (...) {
    return device::thrown();
}

Result<std::unique_ptr<TrainingRun>> TrainingRun::open(
    RunFolder folder, std::shared_ptr<const data::Dataset> dataset)
{
    const auto path = folder.path();
    auto state = Impl::open(std::move(folder), std::move(dataset));
    if (!state) {
        if (auto again = RunFolder::openForWriting(path))
            keepFailure(*again, state.error());
        return state.error();
    }
    return std::unique_ptr<TrainingRun>(new TrainingRun(state.take()));
}

TrainingRun::TrainingRun(std::unique_ptr<Impl> state)
    : m_state(std::move(state))
{ }

TrainingRun::~TrainingRun() = default;

Result<Outcome> TrainingRun::run(
    std::stop_token stop, PauseGate& gate, Observer& observer, base::Progress& progress)
{
    m_state->observer = &observer;
    m_state->progress = &progress;
    auto outcome = [&]() -> Result<Outcome> {
        try {
            return m_state->run(stop, gate);
        } catch (...) {
            return device::thrown();
        }
    }();
    if (!outcome) {
        observer.onState(State::Failed);
        m_state->folder.record().epochs = m_state->kept.p.epoch;
        m_state->folder.record().best = m_state->kept.record.best;
        keepFailure(m_state->folder, outcome.error());
    }
    return outcome;
}

bool hasDiverged(const Error& error)
{
    return error.hint.pattern == kLower || error.hint.pattern == kBestIsKept;
}

const RunFolder& TrainingRun::folder() const { return m_state->folder; }

std::unique_ptr<TrainedModel> TrainingRun::current() const
{
    const auto& s = *m_state;
    return std::make_unique<TrainedModel>(
        s.config, s.dataset, s.model, Moment{s.p.epoch, s.p.step});
}

} // namespace fovea::train

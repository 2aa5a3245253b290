#include "app/cli/command.h"
#include "app/cli/figures.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/train/new_run.h"
#include "core/train/parameters.h"
#include "core/train/training_run.h"

namespace fovea::cli {

namespace {

struct Options {
    std::string data;
    std::string out;
    std::string config;
    std::vector<std::string> settings;
    std::string device;
    std::optional<std::int64_t> threads;
    std::optional<std::int64_t> seed;
    std::string from;
    bool resume = false;
    bool force = false;
};

Result<train::RunConfig> configOf(const Options& o)
{
    train::RunConfig config;
    if (!o.config.empty()) {
        FOVEA_ASSIGN(const auto json, io::readJson(o.config));
        FOVEA_ASSIGN(config, train::fromJson(json, o.config));
    }
    for (const auto& setting : o.settings) {
        const auto equals = setting.find('=');
        if (equals == std::string::npos)
            return wrongUse(say("'%1' is not key=value", setting), "--set");
        FOVEA_TRY(
            train::setParameter(config, setting.substr(0, equals), setting.substr(equals + 1)));
    }
    if (!o.device.empty())
        FOVEA_TRY(train::setParameter(config, "device", o.device));
    if (o.threads)
        FOVEA_TRY(train::setParameter(config, "threads", std::to_string(*o.threads)));
    if (o.seed)
        FOVEA_TRY(train::setParameter(config, "seed", std::to_string(*o.seed)));
    return train::resolved(config);
}

bool choosesSettings(const Options& o)
{
    return !o.config.empty() || !o.settings.empty() || !o.device.empty() || o.threads || o.seed;
}

class TrainObserver final : public train::Observer {
public:
    explicit TrainObserver(Session& session)
        : m_session(session)
    { }
    void onEpoch(const train::EpochReport& e) override
    {
        m_session.reporter.event(
            {{"event", "epoch"},
             {"epoch", e.epoch},
             {"train_loss", e.trainLoss},
             {"valid", e.valid},
             {"best", e.isBest}});
        std::string text =
            "epoch " + std::to_string(e.epoch) + "  loss " + base::toFixed(e.trainLoss, 4);
        for (const auto* name : {"ndcg@10", "hr@10", "rmse", "mae"}) {
            if (const auto found = e.valid.find(name); found != e.valid.end())
                text += "  " + std::string(name) + " " + base::toFixed(found->second, 4);
        }
        m_session.print(
            text + "  " + base::toFixed(e.seconds, 1) + " s" + (e.isBest ? "  best\n" : "\n"));
    }

private:
    Session& m_session;
};

Result<train::RunFolder> newRun(
    const Options& o, std::shared_ptr<const data::Dataset>& dataset, const std::stop_token& stop)
{
    std::filesystem::path data = o.data;
    train::RunConfig config;
    std::vector<train::Change> changes;
    std::int64_t threads = 0;
    if (o.from.empty()) {
        FOVEA_ASSIGN(config, configOf(o));
        FOVEA_ASSIGN(dataset, data::Dataset::load(o.data, stop));
        threads = config.threads;
    } else {
        FOVEA_ASSIGN(const auto source, train::RunFolder::open(o.from));
        FOVEA_ASSIGN(dataset, source.dataset(o.data, stop));
        config = source.record().config;
        threads = source.record().threads;
        config.threads = threads;
        changes = source.record().changes;
        if (data.empty())
            data = std::filesystem::path(o.from) / source.record().dataPath;
    }
    FOVEA_TRY(train::checkTrainable(config, *dataset));
    return train::newRun(
        o.out, config, threadsFor(static_cast<int>(threads)), data, *dataset, std::move(changes),
        o.force);
}

Result<io::Json> run(const Options& o, Session& session)
{
    if (o.data.empty() && o.from.empty() && !o.resume)
        return wrongUse("no data set was given", {}, "Give a DATASET, or --from RUN, or --resume");
    if (o.resume && (choosesSettings(o) || !o.from.empty() || o.force))
        return wrongUse(
            "--resume goes on with the run's own configuration", {},
            "Leave out --config, --set, --seed, --threads, --device, --from and --force");
    if (!o.from.empty() && choosesSettings(o))
        return wrongUse(
            "--from repeats a run exactly as it was", {},
            "Leave out --config, --set, --seed, --threads and --device");
    std::shared_ptr<const data::Dataset> dataset;
    FOVEA_ASSIGN(
        auto folder,
        o.resume ? train::RunFolder::openForWriting(o.out) : newRun(o, dataset, session.stop));
    if (o.resume) {
        FOVEA_ASSIGN(dataset, folder.dataset(o.data, session.stop));
    }
    const int threads = folder.record().threads;
    const auto path = folder.path();
    TrainObserver observer(session);
    FOVEA_ASSIGN(const auto outcome, compute(threads, [&]() -> Result<train::Outcome> {
                     FOVEA_ASSIGN(
                         auto training, train::TrainingRun::open(std::move(folder), dataset));
                     train::PauseGate gate;
                     return training->run(session.stop, gate, observer, session.reporter);
                 }));
    for (const std::string ending : {"svg", "png"}) {
        const auto drawn =
            canDraw() ? drawCurves(path, path / "figures" / ("curves." + ending)) : success();
        if (!drawn) // the run itself is whole
            base::log(base::LogLevel::Warning, drawn.error().message());
    }
    session.print(
        std::string(train::stateName(outcome.state)) + " after " + std::to_string(outcome.epochs)
        + " epochs in " + base::durationText(outcome.seconds) + ", "
        + base::grouped(static_cast<std::int64_t>(outcome.targetsPerSecond)) + " targets/s on "
        + threadsText(threads) + "; best epoch " + std::to_string(outcome.best.epoch)
        + "\nSaved in " + path.string() + "\n");
    if (outcome.state == train::State::Stopping)
        return interrupted(
            "stopped; what was done is kept. fovea train --resume -o " + path.string()
            + " goes on");
    return io::Json{
        {"best", {{"epoch", outcome.best.epoch}, {"metrics", outcome.best.metrics}}},
        {"epochs", outcome.epochs},
        {"seconds", outcome.seconds},
        {"targets_per_second", outcome.targetsPerSecond},
        {"threads", threads},
        {"peak_memory_bytes", base::peakMemoryBytes()},
        {"state", train::stateName(outcome.state)},
        {"path", path.string()}};
}

} // namespace

void addTrain(Program& program)
{
    addCommand(program, "train", "train a model on a data set", [](CLI::App& app) -> Work {
        auto o = std::make_shared<Options>();
        app.add_option("DATASET", o->data, "a data set");
        app.add_option("-o,--output", o->out, "the run, a folder")->required();
        app.add_option("--config", o->config, "a JSON file of parameters");
        app.add_option(
               "--set", o->settings, "key=value, may be repeated; fovea parameters lists the keys")
            ->take_all()
            ->expected(1)
            ->allow_extra_args(false);
        app.add_option("--device", o->device, "auto or cpu");
        app.add_option("--threads", o->threads, "threads that compute");
        app.add_option("--seed", o->seed, "the number all random draws come from");
        app.add_option("--from", o->from, "repeat this run exactly");
        app.add_flag("--resume", o->resume, "go on with a run that was stopped or killed");
        app.add_flag("--force", o->force, "replace what is there");
        return [o](Session& session) { return run(*o, session); };
    });
}

} // namespace fovea::cli

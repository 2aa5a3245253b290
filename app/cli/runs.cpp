#include "app/cli/command.h"
#include "app/cli/figures.h"
#include "app/cli/report.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/io/file.h"
#include "core/train/metrics_log.h"
#include "core/workspace/workspace.h"

namespace fovea::cli {

namespace {

// A run that says it trains although nobody writes it was killed.
std::string stateOf(const workspace::RunEntry& entry)
{
    using train::State;
    const auto state = entry.record.state;
    const bool isOpen =
        state == State::Preparing || state == State::Running || state == State::Paused;
    return isOpen && !entry.isBeingWritten ? "interrupted" : std::string(train::stateName(state));
}

Result<io::Json> run(const std::string& folder, Session& session)
{
    FOVEA_ASSIGN(const auto listing, workspace::listRuns(folder));
    std::vector<std::vector<std::string>> rows = {
        {"run", "model", "state", "epochs", "best", "metric", "value", "seconds", "seed"}};
    io::Json runs = io::Json::array();
    for (const auto& entry : listing.runs) {
        const auto& name = entry.name;
        const auto& r = entry.record;
        const auto metric = r.best.metrics.find(r.config.metric);
        const bool known = metric != r.best.metrics.end();
        rows.push_back(
            {name, r.config.model, stateOf(entry), std::to_string(r.epochs),
             std::to_string(r.best.epoch), r.config.metric,
             known ? base::toFixed(metric->second, 4) : "-", base::toFixed(r.seconds, 1),
             std::to_string(r.config.seed)});
        runs.push_back(
            {{"name", name},
             {"model", r.config.model},
             {"state", stateOf(entry)},
             {"epochs", r.epochs},
             {"best", {{"epoch", r.best.epoch}, {"metrics", r.best.metrics}}},
             {"seconds", r.seconds},
             {"seed", r.config.seed}});
    }
    for (const auto& message : listing.unreadable)
        base::log(base::LogLevel::Warning, message);
    session.print(listing.runs.empty() ? "no runs in " + folder + "\n" : tableText(rows));
    return io::Json{{"runs", runs}, {"unreadable", listing.unreadable}};
}

struct Options {
    std::string folder;
    std::filesystem::path curves;
    bool force = false;
};

Status writeCurves(const Options& o)
{
    FOVEA_TRY(train::RunFolder::open(o.folder));
    std::error_code code;
    const auto run = std::filesystem::weakly_canonical(o.folder, code); // its name is the title
    if (io::exists(o.curves) && !o.force)
        return wrongUse(
            "this exists already", o.curves.string(),
            "Choose another name, or replace it (--force)");
    const auto ending = o.curves.extension();
    if (isFigure(o.curves))
        return drawCurves(run, o.curves);
    if (ending != ".csv" && ending != ".json")
        return wrongUse(
            say("no format '%1'", ending.string()), o.curves.string(),
            "End the name in .png, .svg, .pdf, .csv or .json");
    return train::saveSeries(run, o.curves);
}

Result<io::Json> saveCurves(const Options& o, Session& session)
{
    FOVEA_TRY(writeCurves(o));
    session.print("Saved " + o.curves.string() + "\n");
    return io::Json{{"path", o.curves.string()}};
}

} // namespace

void addRuns(Program& program)
{
    addCommand(
        program, "runs", "a table of the runs in a folder, or the curves of one",
        [](CLI::App& app) -> Work {
            auto o = std::make_shared<Options>();
            app.add_option("DIR", o->folder, "a workspace, a folder of runs, or a run")->required();
            app.add_option(
                "--curves", o->curves,
                "write the run's curves to a .png, .svg, .pdf, .csv or .json");
            app.add_flag("--force", o->force, "replace what is there");
            return [o](Session& session) {
                return o->curves.empty() ? run(o->folder, session) : saveCurves(*o, session);
            };
        });
}

} // namespace fovea::cli

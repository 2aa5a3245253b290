#include "app/cli/command.h"
#include "app/cli/report.h"
#include "core/base/log.h"
#include "core/base/text.h"
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

} // namespace

void addRuns(Program& program)
{
    addCommand(program, "runs", "a table of the runs in a folder", [](CLI::App& app) -> Work {
        auto folder = std::make_shared<std::string>();
        app.add_option("DIR", *folder, "a workspace, or a folder of runs")->required();
        return [folder](Session& session) { return run(*folder, session); };
    });
}

} // namespace fovea::cli

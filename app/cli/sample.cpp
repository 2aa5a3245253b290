#include "core/data/sample.h"
#include "app/cli/command.h"
#include "app/cli/report.h"

namespace fovea::cli {

namespace {

struct Options {
    data::SampleOptions sample;
    std::string out;
    bool force = false;
};

Result<io::Json> run(const Options& o, Session& session)
{
    FOVEA_ASSIGN(auto staged, io::StagedFolder::create(o.out, o.force ? "dataset.json" : ""));
    FOVEA_ASSIGN(const auto sample, data::makeSample(o.sample, session.stop));
    FOVEA_TRY(data::publish(sample, o.sample, staged, session.stop));
    const auto report = data::reportOf(*sample.dataset);
    session.print(
        reportText(report, {}) + "Saved in " + o.out + ", with the planted causes in truth.csv\n");
    auto result = reportJson(report, {});
    result["path"] = o.out;
    return result;
}

} // namespace

void addSample(Program& program)
{
    addCommand(
        program, "sample", "make a data set with a planted, known cause for each event",
        [](CLI::App& app) -> Work {
            auto o = std::make_shared<Options>();
            app.add_option("--users", o->sample.users, "how many users")->capture_default_str();
            app.add_option("--items", o->sample.items, "how many items")->capture_default_str();
            app.add_option("--seed", o->sample.seed, "the same seed makes the same bytes")
                ->capture_default_str();
            app.add_option("-o,--output", o->out, "the data set, a folder")->required();
            app.add_flag("--force", o->force, "replace what is there");
            return [o](Session& session) { return run(*o, session); };
        });
}

} // namespace fovea::cli

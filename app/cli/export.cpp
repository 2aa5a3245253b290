#include "core/deploy/export.h"
#include "app/cli/command.h"

namespace fovea::cli {

namespace {

struct Options {
    std::string run;
    std::string format;
    std::string out;
    std::string data;
    bool force = false;
};

Result<io::Json> run(const Options& o, Session& session)
{
    FOVEA_ASSIGN(const auto open, openRun(o.run, o.data, session.stop));
    FOVEA_TRY(compute(0, [&]() -> Status {
        FOVEA_ASSIGN(const auto model, train::TrainedModel::open(open.folder, open.dataset));
        return deploy::exportModel(
            open.folder, *model, *deploy::findFormat(o.format), o.out, o.force, session.reporter,
            session.stop);
    }));
    session.print("Saved in " + o.out + "; its README.md says how to load it\n");
    return io::Json{{"path", o.out}, {"format", o.format}};
}

} // namespace

void addExport(Program& program)
{
    addCommand(
        program, "export", "a run's best model as files that other tools load",
        [](CLI::App& app) -> Work {
            auto o = std::make_shared<Options>();
            std::vector<std::string> names;
            for (const auto& format : deploy::formats())
                names.emplace_back(format.name);
            app.add_option("RUN", o->run, "a run")->required();
            app.add_option("--format", o->format, "the format")
                ->required()
                ->check(CLI::IsMember(names));
            app.add_option("-o,--output", o->out, "a folder")->required();
            app.add_option("--data", o->data, "the data set, where it was moved");
            app.add_flag("--force", o->force, "replace what is there");
            return [o](Session& session) { return run(*o, session); };
        });
}

} // namespace fovea::cli

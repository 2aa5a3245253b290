#include "core/data/import.h"
#include "app/cli/command.h"
#include "app/cli/reading.h"
#include "app/cli/report.h"

namespace fovea::cli {

namespace {

struct Options {
    ReadingOptions reading;
    std::string out;
    bool force = false;
};

Result<io::Json> run(const Options& o, Session& session)
{
    FOVEA_ASSIGN(auto options, importOptions(o.reading));
    FOVEA_ASSIGN(auto staged, io::StagedFolder::create(o.out, o.force ? "dataset.json" : ""));
    options.scratch = staged.path();
    FOVEA_ASSIGN(const auto imported, data::importFile(options, session.reporter, session.stop));
    FOVEA_TRY(data::publish(imported, staged, session.reporter, session.stop));
    session.print(
        sourceText(imported.source) + reportText(*imported.dataset, imported.problems) + "Saved in "
        + o.out + "\n");
    auto result = reportJson(*imported.dataset, imported.problems);
    result["source"] = imported.source;
    result["path"] = o.out;
    return result;
}

} // namespace

void addImport(Program& program)
{
    addCommand(
        program, "import", "make a data set from a file of events", [](CLI::App& app) -> Work {
            auto o = std::make_shared<Options>();
            app.add_option(
                   "FILE", o->reading.file,
                   "events: text with delimiters, JSON lines and more; also gzip, bzip2, xz, zstd, "
                   "zip, tar")
                ->required();
            addReadingOptions(app, o->reading);
            app.add_option("-o,--output", o->out, "the data set, a folder")->required();
            app.add_flag("--force", o->force, "replace what is there");
            return [o](Session& session) { return run(*o, session); };
        });
}

} // namespace fovea::cli

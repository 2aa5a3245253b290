#include "core/data/import.h"
#include "app/cli/command.h"
#include "app/cli/report.h"
#include "core/data/shapes.h"
#include "core/data/time_formats.h"

namespace fovea::cli {

namespace {

struct Options {
    data::ImportOptions import;
    std::string user, item, time, value, type;
    std::string header = "auto";
    std::string encoding = "auto";
    std::string timeFormat = "auto";
    std::string out;
    bool force = false;
};

// "auto" and the names of a table's rows.
template <typename Table> std::vector<std::string> withAuto(const Table& table)
{
    std::vector<std::string> names = {"auto"};
    for (const auto& row : table)
        names.emplace_back(row.name);
    return names;
}

std::vector<std::string> shapeNames()
{
    std::vector<std::string> names = {"auto"};
    for (const auto* shape : data::shapes())
        names.emplace_back(shape->name);
    return names;
}

Result<io::Json> run(Options& o, Session& session)
{
    for (const auto& [role, column] :
         {std::pair{data::Role::User, o.user},
          {data::Role::Item, o.item},
          {data::Role::Time, o.time},
          {data::Role::Value, o.value},
          {data::Role::Type, o.type}}) {
        if (!column.empty())
            o.import.roles.push_back({role, column});
    }
    if (o.header != "auto")
        o.import.header = o.header == "yes";
    o.import.encoding = io::findEncoding(o.encoding); // none for auto
    if (o.timeFormat != "auto")
        o.import.timeFormat = o.timeFormat;
    FOVEA_ASSIGN(auto staged, io::StagedFolder::create(o.out, o.force ? "dataset.json" : ""));
    o.import.scratch = staged.path();
    FOVEA_ASSIGN(const auto imported, data::importFile(o.import, session.reporter, session.stop));
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
                   "FILE", o->import.file,
                   "events: text with delimiters, JSON lines and more; also gzip, bzip2, xz, zstd, "
                   "zip, tar")
                ->required();
            app.add_option(
                "--items", o->import.itemsFile, "a file with the items' titles and categories");
            app.add_option(
                   "--format", o->import.format, "auto, or the shape of the table in the file")
                ->check(CLI::IsMember(shapeNames()));
            app.add_option(
                   "--header", o->header, "auto, yes or no: does the first row name columns")
                ->check(CLI::IsMember({"auto", "yes", "no"}));
            app.add_option("--member", o->import.member, "which file of an archive; its largest");
            app.add_option("--encoding", o->encoding, "auto, or one of them")
                ->check(CLI::IsMember(withAuto(io::encodings())));
            app.add_option("--time-format", o->timeFormat, "how times are written: auto, or one")
                ->check(CLI::IsMember(withAuto(data::timeFormats())));
            app.add_option("--user", o->user, "column of the user: a name or a number from 1");
            app.add_option("--item", o->item, "column of the item");
            app.add_option("--time", o->time, "column of the time");
            app.add_option("--value", o->value, "column of the rating or value");
            app.add_option("--type", o->type, "column of the type of an event");
            app.add_option(
                   "--types", o->import.types, "types that are taken, as view,cart; all of them")
                ->delimiter(',');
            app.add_option("--min-value", o->import.minValue, "leave out rows with a lower value");
            app.add_option("--max-value", o->import.maxValue, "leave out rows with a higher value");
            app.add_option(
                   "--min-user-events", o->import.minUserEvents,
                   "leave out users with fewer events")
                ->check(CLI::Range(1, 1000000));
            app.add_option(
                   "--min-item-events", o->import.minItemEvents,
                   "leave out items with fewer events")
                ->check(CLI::Range(1, 1000000));
            app.add_option("--threads", o->import.threads, "0 = all cores")
                ->check(CLI::Range(0, 1024));
            app.add_option("-o,--output", o->out, "the data set, a folder")->required();
            app.add_flag("--force", o->force, "replace what is there");
            return [o](Session& session) { return run(*o, session); };
        });
}

} // namespace fovea::cli

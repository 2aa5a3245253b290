#include "core/data/import.h"
#include "app/cli/command.h"
#include "app/cli/reading.h"
#include "app/cli/report.h"
#include "core/base/text.h"

namespace fovea::cli {

namespace {

// How a data set came about.
Result<io::Json> sourceOf(const std::filesystem::path& dataset)
{
    FOVEA_ASSIGN(const auto about, io::readJson(dataset / "dataset.json"));
    return about.value("source", io::Json::object());
}

// The names of the files that it was made of, in their order.
io::Json filesOf(const io::Json& source)
{
    auto files = source.value("appended_to", io::Json::array());
    for (const auto& file : source.value("files", io::Json::array({source.value("file", "?")})))
        files.push_back(file);
    return files;
}

// What was found out of the columns when the data set was made is not guessed anew.
void readAsBefore(const io::Json& source, data::ImportOptions& options)
{
    const auto columns = source.find("columns");
    for (const auto role : data::kEventRoles) {
        const bool isChosen =
            std::any_of(options.roles.begin(), options.roles.end(), [&](const auto& choice) {
                return choice.role == role;
            });
        if (columns != source.end() && !isChosen)
            options.roles.push_back({role, columns->value(std::string(roleName(role)), "")});
    }
    if (options.timeFormat.empty())
        options.timeFormat = source.value("time_format", "");
}

struct Options {
    ReadingOptions reading;
    std::string append; // a data set
    std::string out;
    bool force = false;
};

Result<io::Json> run(Options o, Session& session)
{
    if (o.append.empty() == o.out.empty())
        return wrongUse(
            "a data set to make or one to add to", {}, "Give -o DATASET or --append DATASET");
    io::Json appended = io::Json::array();
    std::shared_ptr<const data::Dataset> before;
    std::optional<data::Recipe> recipe; // of the data set
    io::Json source;
    if (!o.append.empty()) {
        FOVEA_ASSIGN(before, data::Dataset::load(o.append, session.stop));
        FOVEA_ASSIGN(source, sourceOf(o.append));
        appended = filesOf(source);
        if (o.reading.member.empty())
            o.reading.member = source.value("table", ""); // of a database
        if (const auto beside = std::filesystem::path(o.append) / "recipe.json";
            io::exists(beside)) {
            FOVEA_ASSIGN(const auto json, io::readJson(beside));
            FOVEA_ASSIGN(recipe, data::recipeFrom(json, beside.string()));
            if (o.reading.recipe.empty())
                o.reading.recipe = beside;
        }
        o.out = o.append;
        o.force = true;
    }
    FOVEA_ASSIGN(auto options, importOptions(o.reading));
    options.before = before;
    if (before) {
        readAsBefore(source, options);
        if (recipe && options.weight != recipe->weight)
            return wrongUse(
                say("the events of the data set weigh '%1'", recipe->weight), "--weight",
                "Weigh those that are added alike, or import all of them anew");
    }
    FOVEA_ASSIGN(auto staged, io::StagedFolder::create(o.out, o.force ? "dataset.json" : ""));
    options.scratch = staged.path();
    FOVEA_ASSIGN(auto imported, data::importFile(options, session.reporter, session.stop));
    if (before) {
        imported.source["appended_to"] = appended;
        imported.recipe = recipe.value_or(imported.recipe); // of what is there stays
    }
    FOVEA_TRY(data::publish(imported, staged, session.reporter, session.stop));
    if (before)
        session.print(
            base::grouped(imported.dataset->eventCount() - before->eventCount())
            + " events added\n");
    session.print(
        sourceText(imported.source)
        + reportText(imported.report, imported.problems, imported.source) + "Saved in " + o.out
        + "\n");
    auto result = reportJson(imported.report, imported.problems);
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
                   "FILE", o->reading.files,
                   "events: text with delimiters, JSON lines, Parquet, Feather, SQLite and more; "
                   "gzip, bzip2, xz, zstd, zip, tar; several files or a folder are one table")
                ->required();
            addReadingOptions(app, o->reading);
            app.add_option(
                "--append", o->append,
                "add the events to this data set, read as it was; ids keep their numbers");
            app.add_option("-o,--output", o->out, "the data set, a folder");
            app.add_flag("--force", o->force, "replace what is there");
            return [o](Session& session) { return run(*o, session); };
        });
}

} // namespace fovea::cli

#include "core/data/import.h"
#include "app/cli/command.h"
#include "app/cli/reading.h"
#include "app/cli/report.h"
#include "core/base/text.h"
#include "core/data/about.h"
#include "core/data/stores.h"

#include <algorithm>
#include <chrono>

namespace fovea::cli {

namespace {

// The names of the files that it was made of, in their order.
io::Json filesOf(const io::Json& source)
{
    auto files = source.value("appended_to", io::Json::array());
    for (const auto& file : source.value("files", io::Json::array({source.value("file", "?")})))
        files.push_back(file);
    return files;
}

// The table or query of before, where the file is a database that can have it.
Result<std::string> tableFor(
    const std::filesystem::path& file, const std::string& table, const io::Access& access)
{
    const auto* store = data::storeOf(file);
    if (!store || table.empty())
        return std::string();
    FOVEA_ASSIGN(const auto tables, store->tables(file, access));
    const bool isThere = std::any_of(
        tables.begin(), tables.end(), [&](const auto& known) { return known.name == table; });
    const bool canBeAsked = !tables.empty() && data::isQuery(table);
    return isThere || canBeAsked ? table : std::string();
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

// A data set that events are added to.
struct Before {
    std::shared_ptr<const data::Dataset> dataset;
    io::Json source; // how it came about
    data::Problems problems; // that were found then
    std::optional<data::Recipe> recipe; // likewise; older data sets have none
};

Result<Before> openBefore(const std::filesystem::path& path, const std::stop_token& stop)
{
    Before before;
    FOVEA_ASSIGN(before.dataset, data::Dataset::load(path, stop));
    FOVEA_ASSIGN(auto about, data::aboutDataset(path));
    before.source = std::move(about.source);
    before.problems = std::move(about.problems);
    const auto file = path / "recipe.json";
    if (io::exists(file)) {
        FOVEA_ASSIGN(const auto json, io::readJson(file));
        FOVEA_ASSIGN(before.recipe, data::recipeFrom(json, file.string()));
    }
    return before;
}

// The options for adding to it: what is not said is as it was.
Result<data::ImportOptions> optionsFor(const Before& before, Options& o, Session& session)
{
    const bool isAsBefore = o.reading.recipe.empty();
    if (isAsBefore && before.recipe)
        o.reading.recipe = std::filesystem::path(o.append) / "recipe.json";
    FOVEA_ASSIGN(auto options, importOptions(o.reading, session));
    options.before = before.dataset;
    if (o.reading.member.empty() && isAsBefore) {
        FOVEA_ASSIGN(
            options.member, tableFor(options.file, before.source.value("table", ""), session.stop));
    }
    readAsBefore(before.source, options);
    if (before.recipe && options.weight != before.recipe->weight)
        return wrongUse(
            say("the events of the data set weigh '%1'", before.recipe->weight), "--weight",
            "Weigh those that are added alike, or import all of them anew");
    return options;
}

Result<io::Json> run(Options o, Session& session)
{
    if (o.append.empty() == o.out.empty())
        return wrongUse(
            "a data set to make or one to add to", {}, "Give -o DATASET or --append DATASET");
    std::optional<Before> before;
    data::ImportOptions options;
    if (!o.append.empty() && (o.reading.minUserEvents || o.reading.minItemEvents))
        return wrongUse(
            "nobody is filtered out of a data set that is added to", "--append",
            "Leave --min-user-events and --min-item-events out, or import all anew");
    if (o.append.empty()) {
        FOVEA_ASSIGN(options, importOptions(o.reading, session));
    } else {
        FOVEA_ASSIGN(before, openBefore(o.append, session.stop));
        FOVEA_ASSIGN(options, optionsFor(*before, o, session));
        o.out = o.append;
        o.force = true;
    }
    const auto start = std::chrono::steady_clock::now();
    FOVEA_ASSIGN(auto staged, io::StagedFolder::create(o.out, o.force ? "dataset.json" : ""));
    options.scratch = staged.path();
    options.threads = threadsFor(options.threads);
    FOVEA_ASSIGN(auto imported, importWith(options, session));
    const auto found = imported.problems;
    if (before) {
        imported.problems = before->problems;
        imported.problems.append(found);
        imported.source["appended_to"] = filesOf(before->source);
        imported.recipe = before->recipe.value_or(imported.recipe);
    }
    FOVEA_TRY(data::publish(imported, staged, session.reporter, session.stop));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    if (before)
        session.print(
            data::countText(imported.dataset->eventCount() - before->dataset->eventCount(), "event")
            + " added\n");
    session.print(
        sourceText(imported.source) + reportText(imported.report, found, imported.source)
        + "Saved in " + o.out + ", after " + base::durationText(took.count()) + " on "
        + threadsText(options.threads) + "\n");
    auto result = reportJson(imported.report, found);
    result["source"] = imported.source;
    result["path"] = o.out;
    result["seconds"] = took.count(); // until it lay on the disk
    result["threads"] = options.threads;
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
                   "gzip, bzip2, xz, zstd, zip, tar; several files of one table, or a folder of it "
                   "with its items and users")
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

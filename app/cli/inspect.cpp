#include "app/cli/command.h"
#include "app/cli/reading.h"
#include "app/cli/report.h"
#include "core/base/text.h"
#include "core/io/file.h"

namespace fovea::cli {

namespace {

Result<io::Json> inspectDataset(const std::string& path, Session& session)
{
    FOVEA_ASSIGN(const auto dataset, data::Dataset::load(path));
    FOVEA_ASSIGN(const auto about, io::readJson(std::filesystem::path(path) / "dataset.json"));
    const auto listed = about.find("problems");
    FOVEA_ASSIGN(
        const auto problems,
        data::Problems::fromJson(listed == about.end() ? io::Json::array() : *listed, path));
    const auto report = data::reportOf(*dataset);
    session.print(reportText(report, problems, about.value("source", io::Json())));
    return reportJson(report, problems);
}

std::string understoodText(const data::Imported& imported)
{
    std::string text = sourceText(imported.source);
    if (!imported.whyFormat.empty())
        text += "format: " + imported.whyFormat.english() + "\n";
    if (!imported.whyEncoding.empty())
        text += "encoding: " + imported.whyEncoding.english() + "\n";
    if (!imported.whyTime.empty())
        text += "times: " + imported.whyTime.english() + "\n";
    std::vector<std::vector<std::string>> rows;
    for (const auto& reason : imported.reasons)
        rows.push_back(
            {"  " + std::string(data::roleName(reason.role)) + " = "
             + data::columnName(imported.names, reason.column) + "  "
             + std::string(confidenceName(reason.confidence)) + ": " + reason.why.english()});
    text += tableText(rows) + "first rows:\n";
    rows.clear();
    if (!imported.names.empty())
        rows.push_back(imported.names);
    for (const auto& row : imported.firstRows)
        rows.push_back(row);
    for (auto& row : rows) {
        for (auto& cell : row)
            cell = base::shortened(cell, 32);
        row.front() = "  " + row.front();
    }
    return text + tableText(rows);
}

Result<io::Json> inspectFile(const ReadingOptions& reading, Session& session)
{
    FOVEA_ASSIGN(const auto options, importOptions(reading, session));
    FOVEA_ASSIGN(const auto imported, data::importFile(options, session.reporter, session.stop));
    session.print(
        understoodText(imported) + reportText(imported.report, imported.problems, imported.source));
    auto result = reportJson(imported.report, imported.problems);
    result["source"] = imported.source;
    result["recipe"] = toJson(imported.recipe);
    auto& roles = result["roles"] = io::Json::array();
    for (const auto& reason : imported.reasons)
        roles.push_back(
            {{"role", data::roleName(reason.role)},
             {"column", data::columnName(imported.names, reason.column)},
             {"confidence", confidenceName(reason.confidence)},
             {"why", reason.why.english()}});
    return result;
}

} // namespace

void addInspect(Program& program)
{
    addCommand(
        program, "inspect", "what a data set or a file holds, and what is wrong with it",
        [](CLI::App& app) -> Work {
            auto o = std::make_shared<ReadingOptions>();
            app.add_option("DATASET|FILE", o->files, "a data set, or events as import takes them")
                ->required();
            addReadingOptions(app, *o);
            return [o](Session& session) {
                const auto& first = o->files.front();
                const bool isDataset = o->files.size() == 1 && io::exists(first / "dataset.json");
                return isDataset ? inspectDataset(first.string(), session)
                                 : inspectFile(*o, session);
            };
        });
}

} // namespace fovea::cli

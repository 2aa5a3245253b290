#include "app/cli/command.h"
#include "app/cli/reading.h"
#include "app/cli/report.h"
#include "core/base/text.h"
#include "core/data/about.h"
#include "core/data/table_file.h"
#include "core/io/file.h"

namespace fovea::cli {

namespace {

Result<io::Json> inspectDataset(const std::string& path, Session& session)
{
    FOVEA_ASSIGN(const auto dataset, data::Dataset::load(path, session.stop));
    FOVEA_ASSIGN(const auto about, data::aboutDataset(path));
    const auto report = data::reportOf(*dataset, session.stop);
    if (session.stop.stop_requested())
        return interrupted("stopped");
    session.print(reportText(report, about.problems, about.source));
    return reportJson(report, about.problems);
}

std::string reasonsText(const Message& whyFormat, const Message& whyEncoding)
{
    std::string text;
    if (!whyFormat.empty())
        text += "format: " + whyFormat.english() + "\n";
    if (!whyEncoding.empty())
        text += "encoding: " + whyEncoding.english() + "\n";
    return text;
}

std::string rowsText(const std::vector<std::string>& names, const data::Rows& first)
{
    data::Rows rows;
    if (!names.empty())
        rows.push_back(names);
    constexpr std::ptrdiff_t kShown = 5;
    rows.insert(rows.end(), first.begin(), first.begin() + std::min(kShown, std::ssize(first)));
    for (auto& row : rows) {
        for (auto& cell : row)
            cell = base::shortened(cell, 32);
        if (!row.empty())
            row.front() = "  " + row.front();
    }
    return "first rows:\n" + tableText(rows);
}

std::string understoodText(const data::Imported& imported)
{
    std::string text =
        sourceText(imported.source) + reasonsText(imported.whyFormat, imported.whyEncoding);
    if (!imported.whyTime.empty())
        text += "times: " + imported.whyTime.english() + "\n";
    std::vector<std::vector<std::string>> rows;
    for (const auto& reason : imported.reasons)
        rows.push_back(
            {"  " + std::string(data::roleName(reason.role)) + " = "
             + data::columnName(imported.names, reason.column) + "  "
             + std::string(confidenceName(reason.confidence)) + ": " + reason.why.english()});
    return text + tableText(rows) + rowsText(imported.names, imported.firstRows);
}

// Of a file that cannot be imported as it stands: what there is to choose from.
std::string headText(const data::ImportOptions& options, const io::Access& access)
{
    const auto tables = data::filesOfTable(
        {options.file}, {options.format, options.dialect, options.header, options.delimiter},
        options.encoding, options.member, access);
    if (!tables)
        return {};
    const auto& [head, understood] = tables->front();
    const auto& layout = understood.layout;
    return sourceText(describe(tables->front(), {}))
        + reasonsText(whyFormat(understood), head.text.whyEncoding)
        + rowsText(layout.names, layout.rows);
}

Result<io::Json> inspectFile(const ReadingOptions& reading, Session& session)
{
    FOVEA_ASSIGN(const auto options, importOptions(reading, session));
    const auto read = importWith(options, session);
    if (!read) {
        io::Access access(session.stop);
        access.mostUnpacked = options.mostUnpacked;
        access.mostMemory = options.mostMemory;
        session.print(headText(options, access));
        return read.error();
    }
    const auto& imported = *read;
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

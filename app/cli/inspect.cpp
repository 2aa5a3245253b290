#include "app/cli/command.h"
#include "app/cli/report.h"
#include "core/data/import.h"
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
    session.print(reportText(*dataset, problems));
    return reportJson(*dataset, problems);
}

Result<io::Json> inspectFile(const std::string& path, Session& session)
{
    data::ImportOptions options;
    options.file = path;
    FOVEA_ASSIGN(const auto imported, data::importFile(options, session.reporter, session.stop));
    session.print(sourceText(imported.source) + reportText(*imported.dataset, imported.problems));
    auto result = reportJson(*imported.dataset, imported.problems);
    result["source"] = imported.source;
    return result;
}

} // namespace

void addInspect(Program& program)
{
    addCommand(
        program, "inspect", "what a data set or a file holds, and what is wrong with it",
        [](CLI::App& app) -> Work {
            auto path = std::make_shared<std::string>();
            app.add_option("DATASET|FILE", *path, "a data set or a file of events")->required();
            return [path](Session& session) {
                const bool isDataset = io::exists(std::filesystem::path(*path) / "dataset.json");
                return isDataset ? inspectDataset(*path, session) : inspectFile(*path, session);
            };
        });
}

} // namespace fovea::cli

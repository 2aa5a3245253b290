#include "core/workspace/workspace.h"

#include "core/io/file.h"
#include "core/io/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace fovea::workspace {

namespace fs = std::filesystem;

namespace {

constexpr int kSchema = 1;

}

Result<Workspace> Workspace::open(const fs::path& folder, Access access)
{
    Workspace workspace;
    workspace.m_path = folder;
    const auto about = folder / "workspace.json";
    if (access == Access::Read && !io::exists(about))
        return badInput("no workspace is here", folder.string());
    if (access == Access::Write) {
        FOVEA_TRY(io::makeFolder(folder));
        FOVEA_ASSIGN(
            workspace.m_lock, base::FileLock::acquire(folder / "workspace.lock", "this workspace"));
    }
    if (io::exists(about)) {
        FOVEA_ASSIGN(const auto json, io::readJson(about));
        FOVEA_TRY(io::checkSchema(json, kSchema, about.string()));
        return workspace;
    }
    FOVEA_TRY(io::makeFolder(workspace.dataFolder()));
    FOVEA_TRY(io::makeFolder(workspace.runFolder()));
    FOVEA_TRY(io::writeJson(about, {{"schema", kSchema}, {"fovea", FOVEA_VERSION}}));
    return workspace;
}

Result<RunListing> listRuns(const fs::path& folder)
{
    std::error_code code;
    if (!fs::is_directory(folder, code))
        return badInput("no such folder", folder.string());
    const auto inside = fs::is_directory(folder / "runs", code) ? folder / "runs" : folder;
    std::vector<fs::path> candidates;
    if (io::exists(inside / "run.json"))
        candidates.push_back(inside);
    // Step by step, as a loop's own step would throw where a folder goes away meanwhile.
    for (fs::directory_iterator at(inside, code), end; !code && at != end; at.increment(code)) {
        const bool isHidden = at->path().filename().string().front() == '.';
        if (!isHidden && io::exists(at->path() / "run.json"))
            candidates.push_back(at->path());
    }
    std::sort(candidates.begin(), candidates.end());
    RunListing listing;
    for (const auto& path : candidates) {
        auto run = train::RunFolder::open(path);
        if (run)
            listing.runs.push_back(
                {path.filename().string(), run->record(), run->isBeingWritten()});
        else
            listing.unreadable.push_back(run.error().message());
    }
    return listing;
}

} // namespace fovea::workspace

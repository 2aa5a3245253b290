#include "core/train/run_folder.h"

#include "core/base/scratch.h"
#include "core/device/libraries.h"
#include "core/io/file.h"
#include "core/io/json.h"

#include <nlohmann/json.hpp>

namespace fovea::train {

namespace fs = std::filesystem;

namespace {

io::Json document(const RunRecord& record)
{
    auto json = toJson(record);
    json["libraries"] = device::libraries();
    return json;
}

Result<std::unique_ptr<base::FileLock>> lock(const fs::path& folder)
{
    return base::FileLock::acquire(folder / ".lock", "this run");
}

} // namespace

Result<RunFolder> RunFolder::create(
    const fs::path& folder, RunRecord record, const data::Dataset& dataset, bool replace)
{
    // Somebody trains there: refused even when replacing. Held until the new one stands there.
    std::unique_ptr<base::FileLock> old;
    if (io::exists(folder / ".lock")) {
        FOVEA_ASSIGN(old, lock(folder));
    }
    FOVEA_ASSIGN(auto staged, io::StagedFolder::create(folder, replace ? "run.json" : ""));
    for (const auto* inner : {"checkpoints", "figures", "exports"})
        FOVEA_TRY(io::makeFolder(staged.path() / inner));
    FOVEA_TRY(io::writeJson(staged.path() / "run.json", document(record)));
    FOVEA_TRY(io::replaceFile(staged.path() / "items.csv", data::itemsCsv(dataset)));
    FOVEA_TRY(io::replaceFile(staged.path() / "metrics.jsonl", ""));
    RunFolder run;
    run.m_path = folder;
    run.m_record = std::move(record);
    FOVEA_ASSIGN(run.m_lock, lock(staged.path())); // moves with the folder: nobody is faster
    FOVEA_TRY(staged.publish());
    return run;
}

Result<RunFolder> RunFolder::open(const fs::path& folder)
{
    if (!io::exists(folder / "run.json"))
        return badInput("no run is here", folder.string(), "Choose another folder, or train one");
    FOVEA_ASSIGN(const auto json, io::readJson(folder / "run.json"));
    RunFolder run;
    run.m_path = folder;
    FOVEA_ASSIGN(run.m_record, recordFrom(json, (folder / "run.json").string()));
    return run;
}

Result<RunFolder> RunFolder::openForWriting(const fs::path& folder)
{
    if (!io::exists(folder / "run.json"))
        return badInput("no run is here", folder.string(), "Choose another folder, or train one");
    FOVEA_ASSIGN(auto held, lock(folder));
    base::sweepScratch(folder);
    base::sweepScratch(folder / "checkpoints");
    FOVEA_ASSIGN(auto run, open(folder));
    run.m_lock = std::move(held);
    return run;
}

bool RunFolder::isBeingWritten() const { return base::FileLock::isHeld(m_path / ".lock"); }

fs::path RunFolder::checkpoint(const std::string& name) const
{
    return m_path / "checkpoints" / (name + ".safetensors");
}

Status RunFolder::saveRecord() const
{
    return io::writeJson(m_path / "run.json", document(m_record));
}

Result<std::shared_ptr<const data::Dataset>> RunFolder::dataset(
    const fs::path& override, std::stop_token stop) const
{
    const auto recorded = fs::path(m_record.dataPath);
    const auto path = !override.empty() ? override
        : recorded.is_absolute()        ? recorded
                                        : m_path / recorded;
    if (!io::exists(path))
        return badInput(
            "the run's data set is not there any more", path.lexically_normal().string(),
            "Give its new place (--data)");
    FOVEA_ASSIGN(auto dataset, data::Dataset::load(path, std::move(stop)));
    if (dataset->fingerprint() != m_record.dataFingerprint)
        return badInput(
            "this is not the data set that the run was trained on: its fingerprint differs",
            path.lexically_normal().string(), "Give the right one (--data)");
    return dataset;
}

} // namespace fovea::train

#include "core/train/run_folder.h"

#include "core/base/scratch.h"
#include "core/device/libraries.h"
#include "core/io/file.h"
#include "core/io/json.h"
#include "core/train/parameters.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace fovea::train {

namespace fs = std::filesystem;

namespace {

constexpr int kSchema = 1;
constexpr std::array<std::pair<State, std::string_view>, 7> kStates = {{
    {State::Idle, "idle"},
    {State::Preparing, "preparing"},
    {State::Running, "running"},
    {State::Paused, "paused"},
    {State::Stopping, "stopped"},
    {State::Finished, "finished"},
    {State::Failed, "failed"},
}};

io::Json toJson(const RunRecord& r)
{
    io::Json changes = io::Json::array();
    for (const auto& change : r.changes)
        changes.push_back({{"step", change.step}, {"key", change.key}, {"value", change.value}});
    return {
        {"schema", kSchema},
        {"fovea", FOVEA_VERSION},
        {"libraries", device::libraries()},
        {"state", stateName(r.state)},
        {"config", toJson(r.config)},
        {"data", {{"path", r.dataPath}, {"fingerprint", r.dataFingerprint}}},
        {"device", r.device},
        {"threads", r.threads},
        {"seed", r.config.seed},
        {"start", r.started},
        {"end", r.ended},
        {"epochs", r.epochs},
        {"seconds", r.seconds},
        {"best", {{"epoch", r.best.epoch}, {"metrics", r.best.metrics}}},
        {"changes", changes},
        {"error", r.error}};
}

// What is wrong with it is wrong with the file.
Result<RunConfig> storedConfig(const io::Json& json, const std::string& where)
{
    // What a run lacks had this value in the program that wrote it.
    RunConfig older;
    older.decayOf = "all";
    auto config = fromJson(json, where, older);
    if (config)
        config = resolved(config.take());
    if (!config)
        return badInput(
            config.error().what, where, "The file was changed or belongs to another Fovea");
    return config;
}

Result<RunRecord> parse(const io::Json& json, const std::string& where)
{
    FOVEA_TRY(io::checkSchema(json, kSchema, where));
    try {
        RunRecord r;
        FOVEA_ASSIGN(r.config, storedConfig(json.at("config"), where));
        r.dataPath = json.at("data").at("path");
        r.dataFingerprint = json.at("data").at("fingerprint");
        r.device = json.at("device");
        r.threads = json.at("threads");
        r.started = json.at("start");
        r.ended = json.at("end");
        r.state = stateOf(json.at("state").get<std::string>()).value_or(State::Failed);
        r.epochs = json.at("epochs");
        r.seconds = json.at("seconds");
        r.best = {json.at("best").at("epoch"), json.at("best").at("metrics")};
        for (const auto& c : json.at("changes"))
            r.changes.push_back({c.at("step"), c.at("key"), c.at("value")});
        r.error = json.at("error");
        return r;
    } catch (const io::Json::exception&) {
        return badInput(
            "run.json lacks a field or holds one of another type", where,
            "The file is damaged; restore it from a copy");
    }
}

Result<std::unique_ptr<base::FileLock>> lock(const fs::path& folder)
{
    return base::FileLock::acquire(folder / ".lock", "this run");
}

} // namespace

std::string_view stateName(State state)
{
    return std::find_if(
               kStates.begin(), kStates.end(), [&](const auto& s) { return s.first == state; })
        ->second;
}

std::optional<State> stateOf(std::string_view name)
{
    const auto found = std::find_if(
        kStates.begin(), kStates.end(), [&](const auto& s) { return s.second == name; });
    return found == kStates.end() ? std::nullopt : std::optional(found->first);
}

RunConfig configAt(const RunRecord& record, std::int64_t step)
{
    RunConfig config = record.config;
    for (const auto& change : record.changes) {
        if (change.step > step)
            continue;
        if (change.key == "learning_rate")
            config.learningRate = change.value;
        else
            config.attentionDropout = config.hiddenDropout = config.dropout = change.value;
    }
    return config;
}

RunConfig latestConfig(const RunRecord& record)
{
    return configAt(record, std::numeric_limits<std::int64_t>::max());
}

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
    FOVEA_TRY(io::writeJson(staged.path() / "run.json", toJson(record)));
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
    FOVEA_ASSIGN(run.m_record, parse(json, (folder / "run.json").string()));
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
    return io::writeJson(m_path / "run.json", toJson(m_record));
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

#include "core/train/run_record.h"

#include "core/base/text.h"
#include "core/eval/metrics.h"
#include "core/io/fields.h"
#include "core/train/parameters.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace fovea::train {

namespace {

constexpr int kSchema = 1;
constexpr std::size_t kMostPath = 4096; // bytes, as the system has it
constexpr std::size_t kMostWord = 64;
constexpr std::size_t kMostError = 1 << 20;
constexpr std::size_t kMostChanges = 100'000;
constexpr std::size_t kMostMetrics = 1000;
constexpr double kMostSeconds = 1e12;

constexpr std::array<std::pair<State, std::string_view>, 7> kStates = {{
    {State::Idle, "idle"},
    {State::Preparing, "preparing"},
    {State::Running, "running"},
    {State::Paused, "paused"},
    {State::Stopping, "stopped"},
    {State::Finished, "finished"},
    {State::Failed, "failed"},
}};

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

// "2026-01-31T12:00:00Z", or nothing.
std::string readTime(io::Fields& file, const char* key)
{
    constexpr std::string_view kForm = "0000-00-00T00:00:00Z";
    auto text = file.word(key, kForm.size());
    const auto fits = [](char c, char form) {
        return form == '0' ? c >= '0' && c <= '9' : c == form;
    };
    if (!text.empty()
        && (text.size() != kForm.size()
            || !std::equal(text.begin(), text.end(), kForm.begin(), fits)))
        file.refuse(key, say("It takes a time as %1", "2026-01-31T12:00:00Z"));
    return text;
}

State readState(io::Fields& file)
{
    const auto state = stateOf(file.word("state", kMostWord));
    if (state)
        return *state;
    std::vector<std::string> names;
    for (const auto& row : kStates)
        names.emplace_back(row.second);
    file.refuse("state", say("It takes %1", base::join(names, ", ")));
    return State::Failed;
}

Best readBest(io::Fields& file, const RunConfig& config, std::int64_t epochs)
{
    auto object = file.object("best");
    Best best;
    best.epoch = object.integer("epoch", 0, epochs);
    for (auto& [name, value] : object.numbers("metrics", kMostMetrics))
        best.metrics[name] = value;
    if ((best.epoch > 0) != best.metrics.contains(config.metric))
        object.refuse(
            "metrics", say("It takes %1 and others where there is a best epoch", config.metric));
    return best;
}

std::vector<Change> readChanges(io::Fields& file)
{
    std::vector<Change> changes;
    std::map<std::string, std::int64_t> steps; // of the change before, by its key
    RunConfig config;
    for (auto& entry : file.list("changes", kMostChanges)) {
        const auto key = entry.word("key", kMostWord);
        const auto step = entry.integer("step", steps[key], io::kMostCount);
        const auto value = entry.number("value");
        if (const auto set = changeParameter(config, key, value); !set) {
            const auto* parameter = findParameter(key);
            entry.refuse(parameter && parameter->whilePaused ? "value" : "key", set.error().what);
        }
        steps[key] = step;
        changes.push_back({step, key, value});
    }
    return changes;
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
        if (change.step <= step)
            static_cast<void>(changeParameter(config, change.key, change.value));
    }
    return config;
}

RunConfig latestConfig(const RunRecord& record)
{
    return configAt(record, std::numeric_limits<std::int64_t>::max());
}

io::Json toJson(const RunRecord& r)
{
    io::Json changes = io::Json::array();
    for (const auto& change : r.changes)
        changes.push_back({{"step", change.step}, {"key", change.key}, {"value", change.value}});
    return {
        {"schema", kSchema},
        {"fovea", FOVEA_VERSION},
        {"libraries", io::Json::object()},
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

Result<RunRecord> recordFrom(const io::Json& json, const std::string& where)
{
    FOVEA_TRY(io::checkSchema(json, kSchema, where));
    io::Fields file(json, where);
    const auto& config = file.any("config");
    FOVEA_TRY(file.status());
    RunRecord r;
    FOVEA_ASSIGN(r.config, storedConfig(config, where));
    const auto& threads = *findParameter("threads");
    auto data = file.object("data");
    r.dataPath = data.text("path", kMostPath);
    r.dataFingerprint = data.word("fingerprint", kMostWord);
    r.device = file.word("device", kMostWord);
    r.threads = static_cast<int>(file.integer(
        "threads", static_cast<std::int64_t>(threads.least),
        static_cast<std::int64_t>(threads.most)));
    r.started = readTime(file, "start");
    r.ended = readTime(file, "end");
    r.state = readState(file);
    r.epochs = file.integer("epochs", 0, r.config.epochs);
    r.seconds = file.number("seconds", 0, kMostSeconds);
    r.best = readBest(file, r.config, r.epochs);
    r.changes = readChanges(file);
    r.error = file.text("error", kMostError);
    FOVEA_TRY(file.status());
    return r;
}

} // namespace fovea::train

// What run.json says, field by field as docs/file-layouts.md tells. A plain value; any thread.
#pragma once

#include "core/train/run_config.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fovea::train {

enum class State { Idle, Preparing, Running, Paused, Stopping, Finished, Failed };
std::string_view stateName(State state);
std::optional<State> stateOf(std::string_view name);

// A setting changed while a run was paused, before the step of that number.
struct Change {
    std::int64_t step = 0;
    std::string key; // of a parameter that may change while paused
    double value = 0;
};

struct Best {
    std::int64_t epoch = 0; // from 1; 0 = none yet
    std::map<std::string, double> metrics;
};

struct RunRecord {
    RunConfig config; // resolved
    std::string dataPath; // relative to the run's folder
    std::string dataFingerprint;
    std::string device;
    int threads = 0;
    std::string started;
    std::string ended;
    State state = State::Preparing;
    Best best;
    std::int64_t epochs = 0; // done
    double seconds = 0; // of training, all sittings
    std::vector<Change> changes;
    std::string error; // of a failed run
};

// The run's settings as they stand before the step after `step`: with all changes up to there.
RunConfig configAt(const RunRecord& record, std::int64_t step);
// After the last change.
RunConfig latestConfig(const RunRecord& record);

// run.json as it is written now, but for the versions of the libraries.
io::Json toJson(const RunRecord& record);
// Of any schema up to ours. Refuses what breaks a rule of the layout; `where` names the file.
Result<RunRecord> recordFrom(const io::Json& json, const std::string& where);

} // namespace fovea::train

// Makes the folder of a new run: the record filled in, its data set by a relative path. Blocks on
// the disk; any thread.
#pragma once

#include "core/train/run_folder.h"

namespace fovea::train {

// Whether there is anything to learn: ratings where the model needs them, users with enough events;
// and whether training fits into memory.
Status checkTrainable(const RunConfig& config, const data::Dataset& dataset);

// `config` is resolved; `threads` is what the compute thread has. Refuses a folder that exists
// unless `replace`.
Result<RunFolder> newRun(
    const std::filesystem::path& folder, const RunConfig& config, int threads,
    const std::filesystem::path& dataFolder, const data::Dataset& dataset,
    std::vector<Change> changes = {}, bool replace = false);

} // namespace fovea::train

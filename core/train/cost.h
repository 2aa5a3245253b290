// What a configuration costs on a data set, before it is trained: an estimate that says so. A few
// milliseconds.
#pragma once

#include "core/data/dataset.h"
#include "core/train/machine_speed.h"
#include "core/train/run_config.h"

#include <optional>

namespace fovea::train {

struct Cost {
    std::int64_t parameters = 0; // numbers in the model
    std::int64_t memoryBytes =
        0; // of training, beside the data: weights, gradients, Adam, one step
    double secondsPerEpoch = 0; // of its training steps
};

// `config` is resolved and fits the data set.
Cost costOf(const RunConfig& config, const data::Dataset& dataset, const MachineSpeed& speed);
// With the speed of this machine on as many threads, measured once, in some tenths of a second.
// Compute thread.
Cost costOf(const RunConfig& config, const data::Dataset& dataset);

// The same with a smaller batch, where that is not enough with a smaller width too, so that
// training fits into so many bytes; nothing where no value of either does. Any thread.
std::optional<RunConfig> whatFits(
    const RunConfig& config, const data::Dataset& dataset, std::int64_t availableBytes);

// Whether training fits into so many bytes; if not, what would. Any thread.
Status checkMemory(
    const RunConfig& config, const data::Dataset& dataset, std::int64_t availableBytes);

} // namespace fovea::train

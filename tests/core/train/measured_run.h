// What a training run takes of the machine, measured in this process: for comparing with what was
// estimated. One thread of loops, so that its processor time is the run's.
#pragma once

#include "core/base/os.h"
#include "core/base/random.h"
#include "core/data/dataset.h"
#include "core/train/run_config.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace fovea::test {

// `users` with `events` each on average, half to one and a half times as many, over `items` items.
std::shared_ptr<const data::Dataset> madeDataset(int users, int items, int events);

struct MeasuredRun {
    std::int64_t memoryBytes = 0; // at its most, beside what there was before
    std::vector<double> epochSeconds; // of the compute thread, training steps alone
};

// `betweenEpochs` is called on the compute thread before each epoch and after the last.
MeasuredRun measuredRun(
    const train::RunConfig& config, const std::shared_ptr<const data::Dataset>& dataset,
    const std::function<void()>& betweenEpochs);

} // namespace fovea::test

// One training run, from its first step or from its last checkpoint to its end. Made, run and
// destroyed on the compute thread; run() blocks. Same seed, data, configuration and threads: same
// bits, whether paused, watched, stopped and resumed, or killed and resumed.
#pragma once

#include "core/base/progress.h"
#include "core/train/observer.h"
#include "core/train/pause_gate.h"
#include "core/train/trained_model.h"

#include <filesystem>
#include <memory>
#include <stop_token>

namespace fovea::train {

struct Outcome {
    State state = State::Finished; // Finished or Stopping (stopped, can be resumed)
    Best best;
    std::int64_t epochs = 0;
    std::int64_t targets = 0; // trained in this sitting
    double seconds = 0; // of this sitting
    double targetsPerSecond = 0; // of the training steps alone
    std::filesystem::path folder; // where the run is now
    bool isDiscarded = false; // back to what the disk has
};

// Whether training failed because its numbers grew beyond all bounds, which a lower learning rate
// may mend.
bool hasDiverged(const Error& error);

class TrainingRun {
public:
    // From the beginning, or from checkpoints/last where the folder has one.
    static Result<std::unique_ptr<TrainingRun>> open(
        RunFolder folder, std::shared_ptr<const data::Dataset> dataset);
    ~TrainingRun();
    TrainingRun(const TrainingRun&) = delete;
    TrainingRun& operator=(const TrainingRun&) = delete;

    // A stop keeps what was done; a loss that is not a number fails and keeps the best checkpoint.
    // Where the end cannot be saved, the observer decides whether the run waits in memory.
    Result<Outcome> run(
        std::stop_token stop, PauseGate& gate, Observer& observer, base::Progress& progress);

    const RunFolder& folder() const;
    // The model as it stands, sharing the weights: for a look between two units of work.
    std::unique_ptr<TrainedModel> current() const;

private:
    struct Impl;
    explicit TrainingRun(std::unique_ptr<Impl> state);
    std::unique_ptr<Impl> m_state;
};

} // namespace fovea::train

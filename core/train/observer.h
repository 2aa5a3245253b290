// What a run tells while it trains, on the compute thread; calls must return quickly.
#pragma once

#include "core/train/run_folder.h"

#include <optional>
#include <stop_token>

namespace fovea::train {

struct Point {
    std::int64_t step = 0; // from 1
    std::int64_t epoch = 0; // from 1
    double timeSeconds = 0; // of training so far
    std::string_view name; // "loss", "gradient_norm", "valid/ndcg@10", ...
    double value = 0;
};

struct EpochReport {
    std::int64_t epoch = 0; // from 1
    double trainLoss = 0; // mean over targets
    std::map<std::string, double> valid;
    bool isBest = false;
    double seconds = 0; // of its steps, with pauses between them; without the evaluation
};

class Observer {
public:
    virtual ~Observer() = default;
    virtual void onPoint(const Point&) { }
    virtual void onEpoch(const EpochReport&) { }
    virtual void onState(State) { }
    // What could not be saved, while the run goes on and tries again; nothing once it was.
    virtual void onUnsaved(const std::optional<Error>&) { }
    // The run has ended and the disk lacks so many of its epochs. Whoever gives another stop token
    // keeps the run in memory, paused; else it fails.
    virtual std::optional<std::stop_token> onCannotSave(const Error&, std::int64_t)
    {
        return std::nullopt;
    }
    // Between two units of work; where interactive jobs run.
    virtual void onBetweenUnits() { }
};

} // namespace fovea::train

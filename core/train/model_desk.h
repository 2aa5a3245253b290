// Answers questions about the model at hand: the one that is training, as it stands between two
// steps, else the best weights of the run that was opened. Questions are jobs of the compute thread
// and never make a run wait longer than their own time. Any thread may ask; models
// live and die on the compute thread. Outlives every run that is attached to it.
#pragma once

#include "core/device/compute_thread.h"
#include "core/train/pause_gate.h"
#include "core/train/training_run.h"

#include <functional>
#include <memory>

namespace fovea::train {

class ModelDesk {
public:
    explicit ModelDesk(device::ComputeThread& thread);
    ~ModelDesk(); // waits for the questions before it
    ModelDesk(const ModelDesk&) = delete;
    ModelDesk& operator=(const ModelDesk&) = delete;

    // `question` runs on the compute thread with the model, or with the error that there is none.
    // It must not throw. One that takes long is asked in the background: it waits for a run that
    // trains to end, and whoever asks stops it when a run shall begin.
    using Question = std::function<void(const Result<const TrainedModel*>&)>;
    void ask(Question question, device::Priority priority = device::Priority::Interactive);

    // The run whose best weights answer while none trains. They are loaded with the next question.
    void open(const std::filesystem::path& run, std::shared_ptr<const data::Dataset> dataset);
    void close();

    // Called by the training job on the compute thread. `gate` is nudged so that a paused run
    // answers, too.
    void attach(const TrainingRun& run, PauseGate& gate);
    void detach();

    device::ComputeThread& thread() { return m_thread; }

private:
    void forget();
    Result<const TrainedModel*> model();

    device::ComputeThread& m_thread;
    std::mutex m_mutex; // of the gate
    PauseGate* m_gate = nullptr;
    // Touched on the compute thread only:
    const TrainingRun* m_training = nullptr;
    std::filesystem::path m_run;
    std::shared_ptr<const data::Dataset> m_dataset;
    std::unique_ptr<TrainedModel> m_model;
};

} // namespace fovea::train

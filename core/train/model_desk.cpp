#include "core/train/model_desk.h"

namespace fovea::train {

ModelDesk::ModelDesk(device::ComputeThread& thread)
    : m_thread(thread)
{ }

ModelDesk::~ModelDesk()
{
    m_thread.submit(device::Priority::Background, [this] { forget(); }).wait();
}

void ModelDesk::forget()
{
    m_model.reset();
    m_run.clear();
    m_dataset.reset();
}

void ModelDesk::ask(Question question, device::Priority priority)
{
    m_thread.submit(priority, [this, question = std::move(question)] { question(model()); });
    const std::scoped_lock lock(m_mutex);
    if (m_gate)
        m_gate->nudge();
}

void ModelDesk::open(const std::filesystem::path& run, std::shared_ptr<const data::Dataset> dataset)
{
    m_thread.submit(device::Priority::Interactive, [this, run, dataset = std::move(dataset)] {
        m_model.reset();
        m_run = run;
        m_dataset = dataset;
    });
}

void ModelDesk::close()
{
    m_thread.submit(device::Priority::Interactive, [this] { forget(); });
}

void ModelDesk::attach(const TrainingRun& run, PauseGate& gate)
{
    m_training = &run;
    m_model.reset();
    const std::scoped_lock lock(m_mutex);
    m_gate = &gate;
}

void ModelDesk::detach()
{
    m_training = nullptr;
    m_model.reset();
    const std::scoped_lock lock(m_mutex);
    m_gate = nullptr;
}

Result<const TrainedModel*> ModelDesk::model()
{
    if (m_training) {
        m_model = m_training->current();
        return m_model.get();
    }
    if (m_model)
        return m_model.get();
    if (m_run.empty())
        return wrongUse("no model is at hand", {}, "Train one or open a run");
    FOVEA_ASSIGN(const auto folder, RunFolder::open(m_run));
    FOVEA_ASSIGN(m_model, TrainedModel::open(folder, m_dataset));
    return m_model.get();
}

} // namespace fovea::train

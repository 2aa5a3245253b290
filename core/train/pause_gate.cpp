#include "core/train/pause_gate.h"

namespace fovea::train {

void PauseGate::pause()
{
    const std::scoped_lock lock(m_mutex);
    m_paused = true;
    m_allowed = 0;
}

void PauseGate::resume()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_paused = false;
        m_allowed = 0;
    }
    m_wake.notify_all();
}

void PauseGate::allowSteps(std::int64_t count)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_paused = true;
        m_allowed += count;
    }
    m_wake.notify_all();
}

void PauseGate::endAs(Ending ending)
{
    const std::scoped_lock lock(m_mutex);
    m_ending = std::move(ending);
}

Ending PauseGate::takeEnding()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_ending, {});
}

void PauseGate::nudge()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_nudged = true;
    }
    m_wake.notify_all();
}

bool PauseGate::isPaused() const
{
    const std::scoped_lock lock(m_mutex);
    return m_paused;
}

bool PauseGate::isWaiting() const
{
    const std::scoped_lock lock(m_mutex);
    return m_waiting;
}

void PauseGate::change(std::string key, double value)
{
    const std::scoped_lock lock(m_mutex);
    m_changes.push_back({0, std::move(key), value});
}

} // namespace fovea::train

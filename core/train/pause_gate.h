// Holds a run between two steps: pause, single steps, resume, and changes to be made while it is
// paused. Any thread may call, the run waits in pass().
#pragma once

#include "core/train/run_folder.h"

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <vector>

namespace fovea::train {

class PauseGate {
public:
    void pause();
    void resume();
    void allowSteps(std::int64_t count); // then paused again
    bool isPaused() const;

    // Takes effect before the next step; key is dropout or learning_rate.
    void change(std::string key, double value);

    // Called by the run before a step: blocks while paused, until resumed or stopped. `onPause` is
    // called once if it has to wait. Returns the changes to apply.
    template <typename OnPause> std::vector<Change> pass(std::stop_token stop, OnPause onPause)
    {
        std::unique_lock lock(m_mutex);
        if (m_paused && m_allowed == 0) {
            lock.unlock();
            onPause();
            lock.lock();
            m_wake.wait(lock, stop, [&] { return !m_paused || m_allowed > 0; });
        }
        if (m_allowed > 0)
            --m_allowed;
        return std::exchange(m_changes, {});
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    bool m_paused = false;
    std::int64_t m_allowed = 0;
    std::vector<Change> m_changes;
};

} // namespace fovea::train

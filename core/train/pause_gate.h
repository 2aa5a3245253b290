// Holds a run between two steps: pause, single steps, resume, and changes to be made while it is
// paused. Any thread may call, the run waits in pass().
#pragma once

#include "core/train/run_folder.h"

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <stop_token>
#include <vector>

namespace fovea::train {

// What a person wants of a run that could not be saved, once it has stopped.
struct Ending {
    bool isDiscarded = false; // what the disk does not have is forgotten
    std::filesystem::path folder; // the run goes on there; empty = where it is
};

class PauseGate {
public:
    void pause();
    void resume();
    void allowSteps(std::int64_t count); // then paused again
    bool isPaused() const;
    bool isWaiting() const; // a run stands at the gate now

    // Takes effect before the next step; key is dropout or learning_rate.
    void change(std::string key, double value);

    // How the run ends when it stops next; taken once.
    void endAs(Ending ending);
    Ending takeEnding();

    // Has a paused run look for waiting jobs; for whoever submits one.
    void nudge();

    // Called by the run before a step: blocks while paused, until resumed or stopped. `onPause` is
    // called once if it has to wait, `onNudge` after each nudge meanwhile; neither under the lock.
    // Returns the changes to apply.
    template <typename OnPause, typename OnNudge>
    std::vector<Change> pass(std::stop_token stop, OnPause onPause, OnNudge onNudge)
    {
        std::unique_lock lock(m_mutex);
        const auto mayGo = [&] { return !m_paused || m_allowed > 0; };
        if (!mayGo()) {
            m_waiting = true;
            lock.unlock();
            onPause();
            onNudge(); // for what was submitted before
            lock.lock();
        }
        while (!mayGo() && !stop.stop_requested()) {
            m_wake.wait(lock, stop, [&] { return mayGo() || m_nudged; });
            if (std::exchange(m_nudged, false)) {
                lock.unlock();
                onNudge();
                lock.lock();
            }
        }
        m_waiting = false;
        if (m_allowed > 0)
            --m_allowed;
        return std::exchange(m_changes, {});
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    bool m_paused = false;
    bool m_nudged = false;
    bool m_waiting = false;
    std::int64_t m_allowed = 0;
    std::vector<Change> m_changes;
    Ending m_ending;
};

} // namespace fovea::train

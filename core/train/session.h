// A run on the compute thread, driven from another one: begin, pause, single steps, resume, stop,
// and what it tells meanwhile. Methods may be called on one thread at a time (the window's) and
// never block, but for begin(), which waits for the last line of the run before, and the
// destructor, which stops the run and waits for it.
#pragma once

#include "core/train/model_desk.h"
#include "core/train/point_buffer.h"

#include <atomic>
#include <mutex>

namespace fovea::train {

enum class Event { Begin, Ready, Hold, Resume, Stop, End, Fail };

// The one transition function; the state itself where the event means nothing in it.
State after(State state, Event event);
// Preparing, Running, Paused or Stopping.
bool isActive(State state);

class Session {
public:
    // Called on the compute thread or on the one that drives, one state after the other in the
    // order in which they came; must return quickly and not drive the session.
    class Listener {
    public:
        virtual ~Listener() = default;
        virtual void onState(State state) = 0;
        virtual void onEpoch(const EpochReport& report) = 0;
        virtual void onUnsaved(const std::optional<Error>&) { } // as the observer is told
        virtual void onEnd(const Result<Outcome>& outcome) = 0; // after the last state
    };

    Session(ModelDesk& desk, Listener& listener);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // A new run or one to be resumed; not while one is active.
    void begin(RunFolder folder, std::shared_ptr<const data::Dataset> dataset);
    void pause();
    void resume();
    void stepBatch(); // one training step, then paused again
    void stepEpoch(); // to the end of the epoch
    void stop();
    // Before the next step; recorded in run.json. `key` is dropout or learning_rate.
    void change(const std::string& key, double value);

    State state() const;
    std::vector<SeriesPoints> takePoints() { return m_points.take(); }

    struct Place {
        std::int64_t step = 0; // done
        std::int64_t steps = 0; // if it runs all its epochs
        std::int64_t stepsPerEpoch = 0;
    };
    Place place() const; // all zero until the run is ready

private:
    class Worker;
    bool apply(Event event); // true if the state changed; tells the listener

    ModelDesk& m_desk;
    Listener& m_listener;
    PointBuffer m_points;
    std::mutex m_telling; // held while the listener hears of a state
    mutable std::mutex m_mutex; // of the state and the place
    State m_state = State::Idle;
    Place m_place;
    std::unique_ptr<PauseGate> m_gate;
    std::stop_source m_stop;
    std::future<void> m_job;
};

} // namespace fovea::train

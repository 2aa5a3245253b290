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

// Keep: the run has ended, but stays in memory, paused.
enum class Event { Begin, Ready, Hold, Resume, Stop, Keep, End, Fail };

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
        // The run has ended and the disk lacks so many of its epochs: it waits, paused, for
        // resume(), stop(), which tries again, saveElsewhere() or discard().
        virtual void onCannotSave(const Error&, std::int64_t) { }
        virtual void onEnd(const Result<Outcome>& outcome) = 0; // after the last state
    };

    Session(ModelDesk& desk, Listener& listener);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // A new run or one to be resumed, with settings to change before its first step; not while one
    // is active.
    void begin(
        RunFolder folder, std::shared_ptr<const data::Dataset> dataset,
        const std::vector<Change>& changes = {});
    void pause();
    void resume();
    void stepBatch(); // one training step, then paused again
    void stepEpoch(); // to the end of the epoch
    void stop();
    void saveElsewhere(const std::filesystem::path& folder); // a new one; then it stops
    void discard(); // stops, and forgets what the disk does not have
    // Before the next step; recorded in run.json. `key` is dropout or learning_rate.
    void change(const std::string& key, double value);

    State state() const;
    std::vector<SeriesPoints> takePoints() { return m_points.take(); }

    struct Place {
        std::int64_t step = 0; // done
        std::int64_t steps = 0; // if it runs all its epochs
        std::int64_t stepsPerEpoch = 0;
        std::int64_t first = 0; // done before this sitting
    };
    Place place() const; // all zero until the run is ready

private:
    class Worker;
    bool apply(Event event); // true if the state changed; tells the listener
    void endAs(const Ending& ending);

    ModelDesk& m_desk;
    Listener& m_listener;
    PointBuffer m_points;
    std::mutex m_telling; // held while the listener hears of a state
    mutable std::mutex m_mutex; // of the state, the place and the stop source
    State m_state = State::Idle;
    Place m_place;
    std::unique_ptr<PauseGate> m_gate;
    std::stop_source m_stop;
    bool m_isClosing = false; // nobody waits for a person any more
    std::future<void> m_job;
};

} // namespace fovea::train

#include "core/train/session.h"

#include "core/base/os.h"
#include "core/device/thrown.h"

#include <algorithm>

namespace fovea::train {

State after(State state, Event event)
{
    switch (event) {
    case Event::Begin:
        return isActive(state) ? state : State::Preparing;
    case Event::Ready:
        return state == State::Preparing ? State::Running : state;
    case Event::Hold:
        return state == State::Preparing || state == State::Running ? State::Paused : state;
    case Event::Resume:
        return state == State::Paused ? State::Running : state;
    case Event::Stop:
        return isActive(state) ? State::Stopping : state;
    case Event::Keep:
        return isActive(state) ? State::Paused : state;
    case Event::End:
        return isActive(state) ? State::Finished : state;
    case Event::Fail:
        return isActive(state) ? State::Failed : state;
    }
    return state;
}

bool isActive(State state)
{
    return state == State::Preparing || state == State::Running || state == State::Paused
        || state == State::Stopping;
}

// The compute thread's side of a session.
class Session::Worker final : public Observer, public base::Progress {
public:
    Worker(Session& session, PauseGate& gate)
        : m_session(session)
        , m_gate(gate)
    { }

    Result<Outcome> run(
        RunFolder folder, std::shared_ptr<const data::Dataset> dataset, std::stop_token stop)
    try {
        m_epochs = folder.record().config.epochs;
        FOVEA_ASSIGN(auto run, TrainingRun::open(std::move(folder), std::move(dataset)));
        m_session.m_desk.attach(*run, m_gate);
        auto outcome = run->run(stop, m_gate, *this, *this);
        m_session.m_desk.detach();
        run.reset();
        base::returnFreedMemory();
        return outcome;
    } catch (...) {
        m_session.m_desk.detach();
        return device::thrown();
    }

    void onPoint(const Point& point) override { m_session.m_points.add(point); }
    void onEpoch(const EpochReport& report) override { m_session.m_listener.onEpoch(report); }
    void onUnsaved(const std::optional<Error>& error) override
    {
        m_session.m_listener.onUnsaved(error);
    }
    std::optional<std::stop_token> onCannotSave(const Error& error, std::int64_t epochs) override
    {
        std::stop_token stop;
        {
            const std::scoped_lock lock(m_session.m_mutex);
            if (m_session.m_isClosing)
                return std::nullopt;
            m_session.m_stop = {};
            stop = m_session.m_stop.get_token();
        }
        m_session.apply(Event::Keep);
        m_session.m_listener.onCannotSave(error, epochs);
        return stop;
    }
    void onState(State state) override
    {
        if (state == State::Running) {
            if (!m_session.apply(Event::Ready))
                m_session.apply(Event::Resume);
        } else if (state == State::Paused) {
            m_session.apply(Event::Hold);
        }
    }
    void onBetweenUnits() override
    {
        m_session.m_desk.thread().runWaiting(device::Priority::Training);
    }
    void report(const base::Step& step) override
    {
        if (m_first < 0)
            m_first = step.done;
        const std::scoped_lock lock(m_session.m_mutex);
        m_session.m_place = {
            step.done, step.total, step.total / std::max<std::int64_t>(m_epochs, 1), m_first};
    }

private:
    Session& m_session;
    PauseGate& m_gate;
    std::int64_t m_epochs = 1;
    std::int64_t m_first = -1; // not known yet
};

Session::Session(ModelDesk& desk, Listener& listener)
    : m_desk(desk)
    , m_listener(listener)
{ }

Session::~Session()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isClosing = true;
        m_stop.request_stop();
    }
    stop();
    if (m_job.valid())
        m_job.wait();
}

void Session::begin(
    RunFolder folder, std::shared_ptr<const data::Dataset> dataset,
    const std::vector<Change>& changes)
{
    if (!apply(Event::Begin))
        return;
    if (m_job.valid())
        m_job.wait(); // its last line: the run before has ended
    m_points.take();
    m_gate = std::make_unique<PauseGate>();
    for (const auto& change : changes)
        m_gate->change(change.key, change.value);
    std::stop_token stop;
    {
        const std::scoped_lock lock(m_mutex);
        m_place = {};
        m_stop = {};
        stop = m_stop.get_token();
    }
    auto held = std::make_shared<RunFolder>(std::move(folder));
    m_job = m_desk.thread().submit(
        device::Priority::Training, [this, held, dataset = std::move(dataset), stop] {
            Worker worker(*this, *m_gate);
            const auto outcome = worker.run(std::move(*held), dataset, stop);
            apply(outcome ? Event::End : Event::Fail);
            m_listener.onEnd(outcome);
        });
}

void Session::pause()
{
    if (m_gate)
        m_gate->pause();
}

void Session::resume()
{
    if (m_gate)
        m_gate->resume();
}

void Session::stepBatch()
{
    if (m_gate)
        m_gate->allowSteps(1);
}

void Session::stepEpoch()
{
    const auto at = place();
    if (m_gate)
        m_gate->allowSteps(
            at.stepsPerEpoch > 0 ? at.stepsPerEpoch - at.step % at.stepsPerEpoch : 1);
}

void Session::stop()
{
    if (!apply(Event::Stop))
        return;
    std::stop_source source;
    {
        const std::scoped_lock lock(m_mutex);
        source = m_stop;
    }
    source.request_stop();
}

void Session::endAs(const Ending& ending)
{
    if (m_gate)
        m_gate->endAs(ending);
    stop();
}

void Session::saveElsewhere(const std::filesystem::path& folder) { endAs({false, folder}); }
void Session::discard() { endAs({true, {}}); }

void Session::change(const std::string& key, double value)
{
    if (m_gate)
        m_gate->change(key, value);
}

State Session::state() const
{
    const std::scoped_lock lock(m_mutex);
    return m_state;
}

Session::Place Session::place() const
{
    const std::scoped_lock lock(m_mutex);
    return m_place;
}

bool Session::apply(Event event)
{
    const std::scoped_lock inOrder(m_telling);
    State next;
    {
        const std::scoped_lock lock(m_mutex);
        next = after(m_state, event);
        if (next == m_state)
            return false;
        m_state = next;
    }
    m_listener.onState(next);
    return true;
}

} // namespace fovea::train

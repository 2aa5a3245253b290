// The window's side of train::Session: the same calls, and what the run tells as queued signals on
// the thread that this object lives on. Points are not signalled but taken, once a frame.
#pragma once

#include "core/train/session.h"
#include "widgets/parts/hand_over.h"

#include <QObject>

namespace fovea::widgets {

class TrainingSession final : public QObject, private train::Session::Listener {
    Q_OBJECT

public:
    explicit TrainingSession(train::ModelDesk& desk, QObject* parent = nullptr);

    // The state that was last signalled.
    train::State state() const { return m_state; }
    bool isActive() const { return train::isActive(m_state); }
    // As it is now, told or not: whether another run may begin.
    bool isBusy() const { return train::isActive(m_session.state()); }

    void begin(
        train::RunFolder folder, std::shared_ptr<const data::Dataset> dataset,
        const std::vector<train::Change>& changes = {});
    void pauseTraining() { m_session.pause(); }
    void resumeTraining() { m_session.resume(); }
    void stepBatch() { m_session.stepBatch(); }
    void stepEpoch() { m_session.stepEpoch(); }
    void stopTraining() { m_session.stop(); }
    void saveElsewhere(const std::filesystem::path& folder) { m_session.saveElsewhere(folder); }
    void discard() { m_session.discard(); }
    void changeSetting(const std::string& key, double value) { m_session.change(key, value); }

    std::vector<train::SeriesPoints> takePoints() { return m_session.takePoints(); }
    train::Session::Place place() const { return m_session.place(); }

Q_SIGNALS:
    void stateChanged(fovea::train::State state);
    void epochFinished(const fovea::train::EpochReport& report);
    // What could not be saved, while the run goes on; then that it was.
    void unsaved(const fovea::Error& error);
    void savedAgain();
    // The run has ended and the disk lacks so many of its epochs: it waits in memory, paused.
    void cannotSave(const fovea::Error& error, qint64 epochs);
    void ended(const fovea::train::Outcome& outcome);
    void failed(const fovea::Error& error);

private:
    void onState(train::State state) override;
    void onEpoch(const train::EpochReport& report) override;
    void onUnsaved(const std::optional<Error>& error) override;
    void onCannotSave(const Error& error, std::int64_t epochs) override;
    void onEnd(const Result<train::Outcome>& outcome) override;

    const Recipient m_recipient{this};
    train::State m_state = train::State::Idle;
    train::Session m_session; // last: it stops and waits before the rest goes
};

} // namespace fovea::widgets

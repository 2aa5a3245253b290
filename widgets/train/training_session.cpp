#include "widgets/train/training_session.h"

namespace fovea::widgets {

TrainingSession::TrainingSession(train::ModelDesk& desk, QObject* parent)
    : QObject(parent)
    , m_session(desk, *this)
{ }

void TrainingSession::begin(
    train::RunFolder folder, std::shared_ptr<const data::Dataset> dataset,
    const std::vector<train::Change>& changes)
{
    m_session.begin(std::move(folder), std::move(dataset), changes);
}

void TrainingSession::onState(train::State state)
{
    const auto tell = [this, state] {
        m_state = state;
        Q_EMIT stateChanged(state);
    };
    m_recipient.handOver(tell);
}

void TrainingSession::onEpoch(const train::EpochReport& report)
{
    m_recipient.handOver([this, report] { Q_EMIT epochFinished(report); });
}

void TrainingSession::onUnsaved(const std::optional<Error>& error)
{
    const auto tell = [this, error] {
        if (error)
            Q_EMIT unsaved(*error);
        else
            Q_EMIT savedAgain();
    };
    m_recipient.handOver(tell);
}

void TrainingSession::onCannotSave(const Error& error, std::int64_t epochs)
{
    m_recipient.handOver([this, error, epochs] { Q_EMIT cannotSave(error, epochs); });
}

void TrainingSession::onEnd(const Result<train::Outcome>& outcome)
{
    const auto tell = [this, outcome] {
        if (outcome)
            Q_EMIT ended(*outcome);
        else
            Q_EMIT failed(outcome.error());
    };
    m_recipient.handOver(tell);
}

} // namespace fovea::widgets

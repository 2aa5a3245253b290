#include "app/gui/status_line.h"

#include "core/base/os.h"
#include "widgets/parts/plain_label.h"
#include "widgets/parts/texts.h"

#include <QLabel>
#include <QStatusBar>

namespace fovea::gui {

namespace {

QString stateText(train::State state, bool isFinished)
{
    switch (state) {
    case train::State::Idle:
        return StatusLine::tr("Ready");
    case train::State::Preparing:
        return StatusLine::tr("Preparing");
    case train::State::Running:
        return StatusLine::tr("Training");
    case train::State::Paused:
        return StatusLine::tr("Paused");
    case train::State::Stopping:
        return StatusLine::tr("Stopping");
    case train::State::Finished:
        return isFinished ? StatusLine::tr("Finished") : StatusLine::tr("Stopped");
    case train::State::Failed:
        return StatusLine::tr("Failed");
    }
    return {};
}

// Of a run that nobody trains.
QString recordText(train::State state)
{
    switch (state) {
    case train::State::Finished:
        return stateText(state, true);
    case train::State::Stopping:
        return stateText(train::State::Finished, false);
    case train::State::Failed:
        return stateText(state, false);
    default:
        return StatusLine::tr("Interrupted"); // what trained it ended without a word
    }
}

QString textOf(const StatusLine::Facts& facts)
{
    if (facts.source == StatusLine::Source::Record)
        return recordText(facts.state);
    const auto text = stateText(facts.state, facts.isFinished);
    return facts.source == StatusLine::Source::OtherProcess
        ? StatusLine::tr("%1 in another window or terminal").arg(text)
        : text;
}

} // namespace

StatusLine::StatusLine(QStatusBar* bar)
    : m_state(new widgets::PlainLabel(bar))
    , m_speed(new widgets::PlainLabel(bar))
    , m_left(new widgets::PlainLabel(bar))
    , m_device(new widgets::PlainLabel(bar))
    , m_memory(new widgets::PlainLabel(bar))
{
    for (auto* label : {m_state, m_speed, m_left}) {
        label->setMargin(2);
        bar->addWidget(label, label == m_left ? 1 : 0);
    }
    bar->addPermanentWidget(m_device);
    bar->addPermanentWidget(m_memory);
    m_state->setObjectName(QStringLiteral("state"));
}

void StatusLine::show(const Facts& facts)
{
    const bool moves = facts.state == train::State::Running && facts.source == Source::Session;
    m_state->setText(textOf(facts));
    m_speed->setText(
        moves ? tr("%1 targets a second")
                    .arg(widgets::number(widgets::wholeNumber(facts.targetsPerSecond)))
              : QString());
    m_left->setText(
        moves && facts.secondsLeft > 0
            ? tr("at most %1 left").arg(widgets::duration(facts.secondsLeft))
            : QString());
    m_device->setText(
        facts.threads == 1 ? tr("CPU, 1 thread") : tr("CPU, %1 threads").arg(facts.threads));
    m_memory->setText(widgets::bytes(base::residentMemoryBytes()));
    m_memory->setToolTip(tr("Memory that this program uses"));
}

} // namespace fovea::gui

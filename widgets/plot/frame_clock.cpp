#include "widgets/plot/frame_clock.h"

namespace fovea::widgets {

namespace {

constexpr int kVisibleMs = 33;
constexpr int kHiddenMs = 1000;

} // namespace

FrameClock::FrameClock(QObject* parent)
    : QObject(parent)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &FrameClock::tick);
}

void FrameClock::setActive(bool active)
{
    m_isActive = active;
    update();
    Q_EMIT tick(); // what came since the last beat
}

void FrameClock::setVisible(bool visible)
{
    m_isVisible = visible;
    update();
}

void FrameClock::update()
{
    if (!m_isActive)
        m_timer.stop();
    else
        m_timer.start(m_isVisible ? kVisibleMs : kHiddenMs);
}

} // namespace fovea::widgets

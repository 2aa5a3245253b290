#include "widgets/parts/busy_line.h"

namespace fovea::widgets {

namespace {
constexpr int kMomentMs = 120;
constexpr int kHeight = 4;
} // namespace

BusyLine::BusyLine(QWidget* parent)
    : QProgressBar(parent)
{
    setRange(0, 0);
    setTextVisible(false);
    setFixedHeight(kHeight);
    auto policy = sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    setSizePolicy(policy);
    hide();
    m_moment.setSingleShot(true);
    m_moment.setInterval(kMomentMs);
    connect(&m_moment, &QTimer::timeout, this, &QWidget::show);
}

void BusyLine::setBusy(bool busy)
{
    if (busy) {
        if (!isVisible())
            m_moment.start();
        return;
    }
    m_moment.stop();
    hide();
}

} // namespace fovea::widgets

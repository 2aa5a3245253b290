// The status bar: what the run does, how fast, how long at most, on what, in how much memory. The
// window's thread.
#pragma once

#include "core/train/session.h"

#include <QCoreApplication>

class QLabel;
class QStatusBar;

namespace fovea::gui {

class StatusLine {
    Q_DECLARE_TR_FUNCTIONS(fovea::gui::StatusLine)

public:
    explicit StatusLine(QStatusBar* bar);

    enum class Source { Session, OtherProcess, Record };
    struct Facts {
        train::State state = train::State::Idle;
        Source source = Source::Session; // of the state
        bool isFinished = false; // of a session's run: it ran to its end, and was not stopped
        double targetsPerSecond = 0;
        double secondsLeft = 0; // at most; 0 = not known
        int threads = 1;
    };
    void show(const Facts& facts);

private:
    QLabel* m_state;
    QLabel* m_speed;
    QLabel* m_left;
    QLabel* m_device;
    QLabel* m_memory;
};

} // namespace fovea::gui

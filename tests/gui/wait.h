#pragma once

#include <QApplication>
#include <QElapsedTimer>

#include <functional>

namespace fovea::test {

// Lets the event loop run until something holds; false after too long.
inline bool waitUntil(const std::function<bool()>& holds, int milliseconds = 60'000)
{
    QElapsedTimer clock;
    clock.start();
    while (!holds() && clock.elapsed() < milliseconds)
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 10);
    return holds();
}

} // namespace fovea::test

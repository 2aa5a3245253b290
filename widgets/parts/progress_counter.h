// Progress of work in another thread, for a bar that looks now and then. report() on the thread
// that works; the rest on any.
#pragma once

#include "core/base/progress.h"

#include <QElapsedTimer>

#include <atomic>

class QProgressBar;

namespace fovea::widgets {

class ProgressCounter final : public base::Progress {
public:
    ProgressCounter() { m_clock.start(); }
    void report(const base::Step& step) override
    {
        m_isBytes = step.unit == "bytes";
        m_done = step.done;
        m_total = step.total;
    }
    std::int64_t done() const { return m_done; }
    std::int64_t total() const { return m_total; } // 0 = not known
    bool isBytes() const { return m_isBytes; }
    double seconds() const { return static_cast<double>(m_clock.elapsed()) / 1000.0; }

private:
    std::atomic<std::int64_t> m_done = 0;
    std::atomic<std::int64_t> m_total = 0;
    std::atomic<bool> m_isBytes = false;
    QElapsedTimer m_clock;
};

// How much is done, in thousandths, whatever the numbers are.
void showShare(QProgressBar& bar, std::int64_t done, std::int64_t total);
// How much is done, of bytes their rate and the time left; busy where nothing is known.
void showProgress(QProgressBar& bar, const ProgressCounter& counter);

} // namespace fovea::widgets

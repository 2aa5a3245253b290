// Goals of how fast the window is, on a machine that other work may keep busy: a goal is missed
// where the window missed it in each of three tries while a plain thread of the same process kept
// its own. A try in which that thread was late as well says nothing.
#pragma once

#include "tests/support/support.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

namespace fovea::test {

inline double quantile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    const auto at = share * static_cast<double>(values.size() - 1);
    return values.empty() ? 0 : values[static_cast<std::size_t>(at)];
}

// Milliseconds, at the 99th percentile and at most.
struct Late {
    double usual = 0;
    double most = 0;

    static Late of(const std::vector<double>& values)
    {
        return {quantile(values, 0.99), quantile(values, 1)};
    }
    bool isWithin(const Late& goal) const { return usual <= goal.usual && most <= goal.most; }
};

// A thread that sleeps a millisecond at a time and notes how late it wakes.
class Heartbeat {
public:
    Late stop()
    {
        m_thread.request_stop();
        m_thread.join();
        return Late::of(m_late);
    }

private:
    void beat(const std::stop_token& stop)
    {
        using Clock = std::chrono::steady_clock;
        constexpr std::chrono::milliseconds kBeat{1};
        while (!stop.stop_requested()) {
            const auto from = Clock::now();
            std::this_thread::sleep_for(kBeat);
            m_late.push_back(
                std::chrono::duration<double, std::milli>(Clock::now() - from - kBeat).count());
        }
    }

    std::vector<double> m_late; // of the thread, until it has ended
    std::jthread m_thread{[this](const std::stop_token& stop) { beat(stop); }};
};

// `isMet` measures once and says what it found. `plain` is what the plain thread has to keep.
inline void expectGoal(const std::string& what, Late plain, const std::function<bool()>& isMet)
{
    constexpr int kTries = 3;
    constexpr int kMostMeasured = 6; // those that say nothing among them
    int missed = 0;
    for (int i = 0; i < kMostMeasured && missed < kTries; ++i) {
        Heartbeat heartbeat;
        if (isMet())
            return;
        const auto late = heartbeat.stop();
        const bool counts = late.isWithin(plain);
        missed += counts;
        std::cout << what << ": missed, a plain thread was late by " << late.usual << " ms at p99, "
                  << late.most << " ms at most" << (counts ? "" : ", which says nothing") << "\n";
    }
    EXPECT_LT(missed, kTries) << what;
}

// `measure` returns milliseconds.
inline void expectInTime(
    const std::string& what, Late goal, const std::function<std::vector<double>()>& measure)
{
    expectGoal(what, goal, [&] {
        const auto took = measure();
        const auto late = Late::of(took);
        std::cout << what << ": median " << quantile(took, 0.5) << " ms, p99 " << late.usual
                  << " ms, most " << late.most << " ms of " << took.size() << "\n";
        return late.isWithin(goal);
    });
}

} // namespace fovea::test

// How soon work ends once it is to stop. The stop is asked for by another thread while the work is
// under way: once its thread has had so much of a processor, which no sleep can promise.
#pragma once

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <stop_token>
#include <thread>

namespace fovea::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr double kStopMs = 2000; // a sanitizer makes all work several times slower
#else
inline constexpr double kStopMs = 200; // what a person is promised
#endif

inline double secondsOf(clockid_t clock)
{
    timespec now{};
    ::clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// Calls work(stop token, begun), where begun() says that the wait for its processor time begins;
// without a call it begins with the work. The milliseconds from the stop to the end, at best of
// three: other programs may have the processor. Below zero if the work ended by itself.
template <typename Work> double millisecondsToStop(const Work& work, double processorSeconds = 0.05)
{
    double best = -1;
    for (int attempt = 0; attempt < 3 && (best < 0 || best > kStopMs); ++attempt) {
        std::stop_source stop;
        std::atomic<bool> isBegun = false;
        std::atomic<bool> isEnded = false;
        std::atomic<double> asked = -1;
        clockid_t own{};
        ::pthread_getcpuclockid(::pthread_self(), &own);
        std::atomic<double> from = secondsOf(own);
        std::jthread stopper([&] {
            while (!isEnded && (!isBegun || secondsOf(own) < from + processorSeconds))
                std::this_thread::yield();
            if (isEnded)
                return;
            asked = secondsOf(CLOCK_MONOTONIC);
            stop.request_stop();
        });
        const auto begun = [&] {
            from = secondsOf(own);
            isBegun = true;
        };
        if constexpr (std::is_invocable_v<Work, std::stop_token>) {
            begun();
            work(stop.get_token());
        } else {
            work(stop.get_token(), begun);
        }
        const auto end = secondsOf(CLOCK_MONOTONIC);
        isEnded = true;
        stopper.join();
        if (asked < 0)
            return -1;
        const double ms = (end - asked) * 1000;
        best = best < 0 ? ms : std::min(best, ms);
    }
    return best;
}

} // namespace fovea::test

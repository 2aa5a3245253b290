// A loop shared out among the threads that torch has, each taking the next piece when it is done
// with one: halves given to two threads beforehand, as by at::parallel_for, end together only on
// processors that nothing else uses. In a build for the thread sanitizer by two threads of our own,
// whatever was asked for: it cannot see how libgomp's threads wait for each other, reports races
// that are none, and told to be silent about those would be silent about ours. Bodies must not
// throw and give the same result however the range is cut.
#pragma once

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>

#if defined(__SANITIZE_THREAD__)
#include <thread>
#elif !defined(_OPENMP) && !defined(__clang__)
#error "at::parallel_for runs on one thread where it is compiled without -fopenmp"
#endif

namespace fovea::device {

// The threads that a loop of the core runs on. Compute thread.
std::size_t threadsOfALoop();

// Calls body() once on each of them, at the same time.
template <typename Body> void onEachThread(const Body& body)
{
#if defined(__SANITIZE_THREAD__)
    std::thread other(body);
    body();
    other.join();
#else
    at::parallel_for(0, at::get_num_threads(), 1, [&](std::int64_t, std::int64_t) { body(); });
#endif
}

// How many of a loop make a piece where each costs something to begin: three pieces a thread.
inline std::int64_t fewPieces(std::int64_t count)
{
    return std::max<std::int64_t>(1, count / (3 * std::int64_t{at::get_num_threads()}));
}

// body(first, last) of one piece after the other; there are no more of them than pieces of `grain`.
template <typename Body>
void parallelFor(std::int64_t begin, std::int64_t end, std::int64_t grain, const Body& body)
{
    constexpr std::int64_t kMost = 16; // pieces for each thread
#if defined(__SANITIZE_THREAD__)
    constexpr std::int64_t threads = 2;
#else
    const std::int64_t threads = at::in_parallel_region() ? 1 : at::get_num_threads();
#endif
    const auto over = [](std::int64_t a, std::int64_t b) { return (a + b - 1) / b; };
    auto pieces = std::min(over(end - begin, grain), kMost * threads);
    if (pieces > threads)
        pieces -= pieces % threads; // as much for each, where all are as fast
    if (pieces <= 1 || threads == 1) {
        if (begin < end)
            body(begin, end);
        return;
    }
    const auto piece = over(end - begin, pieces);
    std::atomic<std::int64_t> next{begin};
    onEachThread([&] {
        while (true) {
            const auto first = next.fetch_add(piece, std::memory_order_relaxed);
            if (first >= end)
                return;
            body(first, std::min(first + piece, end));
        }
    });
}

} // namespace fovea::device

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

// Pieces are of `grain` and more.
template <typename Body>
void parallelFor(std::int64_t begin, std::int64_t end, std::int64_t grain, const Body& body)
{
#if defined(__SANITIZE_THREAD__)
    if (end - begin <= grain) {
        if (begin < end)
            body(begin, end);
        return;
    }
    const auto middle = begin + (end - begin) / 2;
    std::thread other([&] { body(middle, end); });
    body(begin, middle);
    other.join();
#else
    constexpr std::int64_t kPieces = 16; // for each thread, at most
    const std::int64_t threads = at::get_num_threads();
    const auto piece = std::max(grain, (end - begin) / (threads * kPieces));
    if (threads == 1 || end - begin <= piece || at::in_parallel_region()) {
        if (begin < end)
            body(begin, end);
        return;
    }
    std::atomic<std::int64_t> next{begin};
    at::parallel_for(0, threads, 1, [&](std::int64_t, std::int64_t) {
        while (true) {
            const auto first = next.fetch_add(piece, std::memory_order_relaxed);
            if (first >= end)
                return;
            body(first, std::min(first + piece, end));
        }
    });
#endif
}

} // namespace fovea::device

// A loop shared out among the threads that torch has: at::parallel_for. In a build for the thread
// sanitizer by two threads of our own, whatever was asked for: it cannot see how libgomp's threads
// wait for each other, reports races that are none, and told to be silent about those would be
// silent about ours. Bodies must not throw and give the same result however the range is cut.
#pragma once

#include <ATen/Parallel.h>

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
    at::parallel_for(begin, end, grain, body);
#endif
}

} // namespace fovea::device

// Loops whose pieces are shared among threads. The threads are ours: between two loops they give
// way to others and soon sleep, a loop does not wait for a thread that has not come by the
// time the work is done, and each thread takes the next piece when it is done with one. So a
// process that keeps a processor busy costs its share of the time and no more, which threads that
// wait for each other at barriers (libgomp's spin for milliseconds) make many times over. Bodies
// give the same result however the range is cut. What a body throws comes out of the loop. Any
// thread may run a loop: within another one, or while another thread's is running, it runs on the
// calling thread alone.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace fovea::device {

// How many threads a loop of this process runs on; one at first.
int loopThreads();
void setLoopThreads(int threads);

// Another number of them for as long as it lives.
class LoopThreads {
public:
    explicit LoopThreads(int threads) { setLoopThreads(threads); }
    ~LoopThreads() { setLoopThreads(m_before); }
    LoopThreads(const LoopThreads&) = delete;
    LoopThreads& operator=(const LoopThreads&) = delete;

private:
    int m_before = loopThreads();
};

// True in the body of a loop that is shared.
bool isInLoop();

// Calls `body` with `data` on the calling thread and on each other one that comes before that call
// is done.
void callOnThreads(void (*body)(const void* data), const void* data);

template <typename Body> void onThreadsOfLoop(const Body& body)
{
    callOnThreads([](const void* data) { (*static_cast<const Body*>(data))(); }, &body);
}

// How many of a loop make a piece where each costs something to begin: three pieces a thread.
inline std::int64_t fewPieces(std::int64_t count)
{
    return std::max<std::int64_t>(1, count / (3 * std::int64_t{loopThreads()}));
}

// body(first, last) of one piece after the other; there are no more of them than pieces of `grain`.
template <typename Body>
void parallelFor(std::int64_t begin, std::int64_t end, std::int64_t grain, const Body& body)
{
    constexpr std::int64_t kMost = 16; // pieces for each thread
    const std::int64_t threads = isInLoop() ? 1 : loopThreads();
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
    onThreadsOfLoop([&] {
        while (true) {
            const auto first = next.fetch_add(piece, std::memory_order_relaxed);
            if (first >= end)
                return;
            body(first, std::min(first + piece, end));
        }
    });
}

} // namespace fovea::device

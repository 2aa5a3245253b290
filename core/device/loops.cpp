#include "core/device/loops.h"

#include "core/base/os.h"

#include <chrono>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace fovea::device {

namespace {

// Longer than most of what lies between two loops of a training step. Who wants the processor
// meanwhile has it: between its looks a thread gives way.
constexpr std::chrono::microseconds kSpin{300};

thread_local bool inLoop = false;

void relax()
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
}

// Whether `done` came true while it was looked at.
template <typename Done> bool spin(const Done& done)
{
    constexpr int kLooks = 16; // between two looks at the clock
    const auto end = std::chrono::steady_clock::now() + kSpin;
    do {
        for (int i = 0; i < kLooks; ++i) {
            if (done())
                return true;
            relax();
        }
        std::this_thread::yield();
    } while (std::chrono::steady_clock::now() < end);
    return false;
}

using Call = void (*)(const void*);

// The threads beside the one that runs a loop. A loop opens seats; a thread that sees them takes
// one, calls the body and leaves; when the caller is done it closes what seats are left and waits
// for those who are inside.
class Pool {
public:
    ~Pool() { end(); }

    // False where another thread's loop is running: nothing was called.
    bool run(int threads, Call call, const void* data)
    {
        const std::unique_lock lock(m_running, std::try_to_lock);
        if (!lock)
            return false;
        haveWorkers(static_cast<std::size_t>(threads) - 1);
        m_call = call;
        m_data = data;
        m_seats.store(static_cast<std::uint32_t>(threads - 1) * kSeat, std::memory_order_release);
        m_round.fetch_add(1, std::memory_order_release);
        m_round.notify_all();
        callBody();
        m_seats.fetch_and(kSeat - 1, std::memory_order_acq_rel);
        wait(m_seats, [](std::uint32_t seats) { return seats == 0; });
        if (m_thrown)
            std::rethrow_exception(std::exchange(m_thrown, nullptr));
        return true;
    }

private:
    // One seat that is free; below, how many are taken.
    static constexpr std::uint32_t kSeat = 1u << 16;

    template <typename Done> void wait(std::atomic<std::uint32_t>& value, const Done& done) const
    {
        if (m_spins && spin([&] { return done(value.load(std::memory_order_acquire)); }))
            return;
        for (auto now = value.load(std::memory_order_acquire); !done(now);
             now = value.load(std::memory_order_acquire))
            value.wait(now, std::memory_order_acquire);
    }

    void haveWorkers(std::size_t count)
    {
        if (m_workers.size() == count)
            return;
        end();
        // With more threads than processors one would spin where another could work.
        m_spins = static_cast<int>(count) < base::coreCount();
        m_ends = false;
        for (std::size_t i = 0; i < count; ++i)
            m_workers.emplace_back([this, round = m_round.load()] { work(round); });
    }

    void end()
    {
        m_ends = true;
        m_round.fetch_add(1, std::memory_order_release);
        m_round.notify_all();
        m_workers.clear();
    }

    bool takeSeat()
    {
        auto seats = m_seats.load(std::memory_order_acquire);
        while (seats >= kSeat) {
            if (m_seats.compare_exchange_weak(
                    seats, seats - kSeat + 1, std::memory_order_acq_rel, std::memory_order_acquire))
                return true;
        }
        return false;
    }

    void work(std::uint32_t round)
    {
        while (true) {
            wait(m_round, [&](std::uint32_t now) { return now != round; });
            round = m_round.load(std::memory_order_acquire);
            if (m_ends)
                return;
            if (!takeSeat())
                continue;
            callBody();
            if (m_seats.fetch_sub(1, std::memory_order_acq_rel) == 1)
                m_seats.notify_one();
        }
    }

    void callBody()
    {
        inLoop = true;
        try {
            m_call(m_data);
        } catch (...) {
            const std::scoped_lock lock(m_throwing);
            m_thrown = std::current_exception();
        }
        inLoop = false;
    }

    std::mutex m_running;
    Call m_call = nullptr;
    const void* m_data = nullptr;
    std::atomic<std::uint32_t> m_round{0}; // goes up with each loop
    std::atomic<std::uint32_t> m_seats{0};
    std::mutex m_throwing;
    std::exception_ptr m_thrown;
    std::atomic<bool> m_ends{false};
    bool m_spins = true;
    std::vector<std::jthread> m_workers;
};

Pool& pool()
{
    static Pool one;
    return one;
}

std::atomic<int> threadsOfLoops{1};

} // namespace

int loopThreads() { return threadsOfLoops.load(std::memory_order_relaxed); }

void setLoopThreads(int threads) { threadsOfLoops = std::max(1, threads); }

bool isInLoop() { return inLoop; }

void callOnThreads(Call body, const void* data)
{
    const int threads = inLoop ? 1 : loopThreads();
    if (threads == 1 || !pool().run(threads, body, data))
        body(data);
}

} // namespace fovea::device

// The one thread that runs LibTorch: jobs of three priorities, first come first served within one.
// A long job (training) lets waiting jobs of a higher priority run between its units by calling
// runWaiting(). Any thread may submit; jobs run one at a time. LibTorch's operators run on this
// thread alone; what is shared among threads are the core's own loops.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>

namespace fovea::device {

enum class Priority { Interactive, Training, Background };

class ComputeThread {
public:
    // Loops run on this many threads (core/device/loops.h); 0 = all that the process may use.
    explicit ComputeThread(int threads);
    // Waits for the job that runs, drops those that wait: their futures report a broken promise.
    ~ComputeThread();
    ComputeThread(const ComputeThread&) = delete;
    ComputeThread& operator=(const ComputeThread&) = delete;

    // An exception that the job throws comes out of the future.
    template <typename Job>
    auto submit(Priority priority, Job job) -> std::future<std::invoke_result_t<Job>>
    {
        using Value = std::invoke_result_t<Job>;
        auto task = std::make_shared<std::packaged_task<Value()>>(std::move(job));
        auto future = task->get_future();
        enqueue(priority, [task] { (*task)(); });
        return future;
    }

    // On the compute thread, between two units of a job: runs everything that waits with a higher
    // priority than `below`.
    void runWaiting(Priority below);

    int threads() const { return m_threads; }
    // From the next job on; 0 = what it was made with.
    void useThreads(int threads);

private:
    using Job = std::function<void()>;
    void enqueue(Priority priority, Job job);
    Job takeAbove(Priority below); // empty if nothing waits
    void work(std::stop_token stop);

    const int m_default;
    std::atomic<int> m_threads;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Job> m_queues[3];
    std::jthread m_thread; // last, so that it ends before what it uses
};

} // namespace fovea::device

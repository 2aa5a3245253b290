#include "core/device/compute_thread.h"

#include "core/base/os.h"
#include "core/device/loops.h"
#include "core/device/tensor_torch.h"

namespace fovea::device {

ComputeThread::ComputeThread(int threads)
    : m_default(threads > 0 ? threads : base::coreCount())
    , m_threads(m_default)
    , m_thread([this](std::stop_token stop) { work(stop); })
{ }

ComputeThread::~ComputeThread()
{
    m_thread.request_stop();
    m_wake.notify_all();
    m_thread.join();
}

void ComputeThread::enqueue(Priority priority, Job job)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_queues[static_cast<int>(priority)].push_back(std::move(job));
    }
    m_wake.notify_all();
}

ComputeThread::Job ComputeThread::takeAbove(Priority below)
{
    const std::scoped_lock lock(m_mutex);
    for (int priority = 0; priority < static_cast<int>(below); ++priority) {
        auto& queue = m_queues[priority];
        if (queue.empty())
            continue;
        auto job = std::move(queue.front());
        queue.pop_front();
        return job;
    }
    return {};
}

void ComputeThread::useThreads(int threads)
{
    m_threads = threads > 0 ? threads : m_default;
    submit(Priority::Interactive, [count = m_threads.load()] { setLoopThreads(count); });
}

void ComputeThread::runWaiting(Priority below)
{
    while (auto job = takeAbove(below))
        job();
}

void ComputeThread::work(std::stop_token stop)
{
    // LibTorch's own operators run on this thread alone: the threads of its pool spin for
    // milliseconds at each barrier, and its sums depend on how many there are.
    at::set_num_threads(1);
    setLoopThreads(m_threads);
    const auto anything = [&] {
        return !m_queues[0].empty() || !m_queues[1].empty() || !m_queues[2].empty();
    };
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, stop, anything);
        }
        // One job at a time, so that a more urgent one that came meanwhile goes first.
        if (auto job = stop.stop_requested() ? Job{} : takeAbove(static_cast<Priority>(3)))
            job();
    }
}

} // namespace fovea::device

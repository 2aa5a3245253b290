// Work on a thread of its own whose answer comes back to the thread that asked. One piece of work
// counts at a time: a new one stops the one before, which ends by itself and is not heard of again.
// Nothing waits, but for wait(), as long as it is told, and for the destructor, which stops the
// work.
#pragma once

#include "core/device/thrown.h"
#include "widgets/parts/hand_over.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace fovea::widgets {

// What is done in that time needs no other answer before it. Less than a frame.
inline constexpr std::chrono::milliseconds kAtOnce{8};

template <typename T> class Background {
public:
    using Work = std::function<Result<T>(const std::stop_token&)>;
    using Done = std::function<void(Result<T>)>;

    // Answers come on the context's thread, which is the one that calls all of this, and on which
    // the context owns this.
    explicit Background(QObject* context)
        : m_context(context)
    { }

    void start(Work work, Done done)
    {
        cancel();
        const int number = m_threadNumber = m_number;
        m_done = std::move(done);
        m_answer = std::make_shared<Answer>();
        m_thread = std::jthread(
            [this, number, work = std::move(work), answer = m_answer](const std::stop_token& stop) {
                auto result = [&]() -> Result<T> {
                    try {
                        return work(stop);
                    } catch (...) {
                        return device::thrown();
                    }
                }();
                {
                    const std::lock_guard lock(answer->mutex);
                    answer->result = std::move(result);
                }
                answer->isThere.notify_one();
                m_context.handOver([this, number] { receive(number); });
            });
    }

    // True where the answer came in that time; then it was handed on.
    bool wait(std::chrono::milliseconds most)
    {
        if (!m_answer)
            return false;
        {
            std::unique_lock lock(m_answer->mutex);
            if (!m_answer->isThere.wait_for(
                    lock, most, [&] { return m_answer->result.has_value(); }))
                return false;
        }
        handOn();
        return true;
    }

    void cancel()
    {
        if (m_thread.joinable()) {
            m_thread.request_stop();
            m_ending[m_threadNumber] = std::move(m_thread);
        }
        ++m_number;
        m_answer.reset();
    }

    // Asks the work to end; its answer still comes.
    void requestStop()
    {
        if (m_thread.joinable())
            m_thread.request_stop();
    }

    bool isRunning() const { return m_answer != nullptr; }

private:
    struct Answer {
        std::mutex mutex;
        std::condition_variable isThere;
        std::optional<Result<T>> result;
    };

    void receive(int number)
    {
        // Handing itself over was the thread's last line: these wait for nothing.
        if (number == m_threadNumber && m_thread.joinable())
            m_thread.join();
        m_ending.erase(number);
        if (number == m_number && m_answer)
            handOn();
    }

    void handOn()
    {
        auto result = std::move(*m_answer->result);
        m_answer.reset();
        const auto done = std::move(m_done); // which may start the next
        done(std::move(result));
    }

    const Recipient m_context;
    Done m_done;
    int m_number = 0; // of the work
    std::shared_ptr<Answer> m_answer; // null where nothing runs
    std::jthread m_thread;
    int m_threadNumber = 0;
    std::map<int, std::jthread> m_ending; // stopped, by their number; until they have ended
};

} // namespace fovea::widgets

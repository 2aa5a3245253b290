// Another number of threads for torch's products and our loops, for as long as it lives. Compute
// thread.
#pragma once

#include <ATen/Parallel.h>

namespace fovea::device {

class ThreadCount {
public:
    explicit ThreadCount(int threads)
    {
        if (threads != m_before)
            at::set_num_threads(threads);
    }
    ~ThreadCount() { at::set_num_threads(m_before); }
    ThreadCount(const ThreadCount&) = delete;
    ThreadCount& operator=(const ThreadCount&) = delete;

private:
    int m_before = at::get_num_threads();
};

} // namespace fovea::device

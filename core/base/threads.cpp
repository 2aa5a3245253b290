#include "core/base/threads.h"

#include <exception>
#include <thread>
#include <vector>

namespace fovea::base {

void onThreads(int count, const std::function<void(int)>& work)
{
    std::vector<std::exception_ptr> thrown(static_cast<std::size_t>(count));
    const auto guarded = [&](int i) {
        try {
            work(i);
        } catch (...) {
            thrown[static_cast<std::size_t>(i)] = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> others;
        for (int i = 1; i < count; ++i)
            others.emplace_back(guarded, i);
        guarded(0);
    }
    for (const auto& one : thrown) {
        if (one)
            std::rethrow_exception(one);
    }
}

} // namespace fovea::base

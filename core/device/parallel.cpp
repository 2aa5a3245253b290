#include "core/device/parallel_torch.h"

#include <mutex>
#include <set>
#include <thread>

namespace fovea::device {

std::size_t threadsOfALoop()
{
    std::mutex mutex;
    std::set<std::thread::id> threads;
    onEachThread([&] {
        const std::scoped_lock lock(mutex);
        threads.insert(std::this_thread::get_id());
    });
    return threads.size();
}

} // namespace fovea::device

// The same work on a few threads, for what is not a tensor's (those have LibTorch's threads).
#pragma once

#include <functional>

namespace fovea::base {

// Calls work(0) to work(count - 1), each on a thread of its own, the first on this one, and waits.
// What one of them throws is thrown here.
void onThreads(int count, const std::function<void(int)>& work);

} // namespace fovea::base

// How much memory an import may take. Its parts say what they hold, and what they will hold before
// they are done, as soon as they know. Any thread.
#pragma once

#include "core/base/result.h"

#include <atomic>
#include <cstdint>

namespace fovea::data {

// What is said where the memory does not do.
inline constexpr const char* kNeedsMemory =
    "importing it takes %1 of memory so far, and may take %2";

class MemoryBudget {
public:
    // 0 = half of what is free.
    explicit MemoryBudget(std::int64_t most = 0);

    // An error, and nothing is taken, where that would be more than there may be.
    Status take(std::int64_t bytes);
    Status take(std::int64_t count, std::int64_t each); // bytes of each; the product may be any
    void giveBack(std::int64_t bytes) { m_taken -= bytes; }
    std::int64_t most() const { return m_most; }

private:
    std::int64_t m_most;
    std::atomic<std::int64_t> m_taken = 0;
};

} // namespace fovea::data

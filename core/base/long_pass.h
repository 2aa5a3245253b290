// Finds passes over all events, users or items on a thread that must not wait for them: the
// window's. A function that makes such a pass begins with
//   const base::LongPass pass("statistics", dataset.eventCount());
// Where assertions are off it is nothing.
#pragma once

#include <cstdint>

namespace fovea::base {

// This thread makes no long pass from now on.
void forbidLongPasses();

// Told of each one on such a thread; by default it is logged as an error.
using LongPassReport = void (*)(const char* what, std::int64_t elements);
void reportLongPasses(LongPassReport report);

void checkLongPass(const char* what, std::int64_t elements);

class LongPass {
public:
    LongPass([[maybe_unused]] const char* what, [[maybe_unused]] std::int64_t elements)
    {
#ifndef NDEBUG
        checkLongPass(what, elements);
#endif
    }
};

} // namespace fovea::base

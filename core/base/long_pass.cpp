#include "core/base/long_pass.h"

#include "core/base/log.h"

#include <atomic>
#include <string>

namespace fovea::base {

namespace {

// Fewer are looked at in no time.
constexpr std::int64_t kFew = 1000;

thread_local bool isForbidden = false;

void logPass(const char* what, std::int64_t elements)
{
    logError(
        std::string("a pass over ") + std::to_string(elements)
        + " elements on the window's thread: " + what);
}

std::atomic<LongPassReport> report = logPass;

} // namespace

void forbidLongPasses() { isForbidden = true; }

void reportLongPasses(LongPassReport to) { report = to; }

void checkLongPass(const char* what, std::int64_t elements)
{
    if (isForbidden && elements > kFew)
        report.load()(what, elements);
}

} // namespace fovea::base

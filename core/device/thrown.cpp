#include "core/device/thrown.h"

#include <exception>
#include <new>
#include <string>
#include <string_view>

namespace fovea::device {

namespace {

Error outOfMemory() { return failure("out of memory", {}, "Lower batch, width or max_length"); }

} // namespace

Error thrown()
try {
    throw;
} catch (const std::bad_alloc&) {
    return outOfMemory();
} catch (const std::exception& error) {
    // LibTorch's allocator throws an error of its own; its backtrace comes after the first line.
    const std::string_view text = error.what();
    if (text.find("can't allocate memory") != text.npos
        || text.find("not enough memory") != text.npos)
        return outOfMemory();
    return failure(say("internal error: %1", std::string(text.substr(0, text.find('\n')))));
} catch (...) {
    return failure("something that is no exception was thrown");
}

} // namespace fovea::device

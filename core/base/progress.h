// How long work reports itself. The worker calls; the receiver decides how often it shows anything.
// Called on the thread that does the work; must return quickly and must not throw.
#pragma once

#include <cstdint>
#include <string_view>

namespace fovea::base {

struct Step {
    std::string_view what; // "import", "train", ...
    std::int64_t done = 0;
    std::int64_t total = 0; // 0 = not known
    std::string_view unit; // "bytes", "targets", "users", ...
    std::string_view note; // free text, may be empty
};

class Progress {
public:
    virtual ~Progress() = default;
    virtual void report(const Step& step) = 0;
};

// For callers that do not care.
class Silent final : public Progress {
public:
    void report(const Step&) override { }
};

} // namespace fovea::base

// Any text as a configuration, from a file or from what the window keeps: refused with an error, or
// read back the same from what it writes.
#include "core/train/parameters.h"
#include "tests/fuzz/scratch.h"

#include <nlohmann/json.hpp>

#include <cstdlib>

using namespace fovea;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const auto json = io::parseJson(fuzz::textOf(bytes, size), "fuzzed");
    if (!json)
        return 0;
    const auto config = train::fromJson(*json, "fuzzed");
    if (!config)
        return 0;
    const auto again = train::fromJson(train::toJson(*config), "written");
    if (!again || *again != *config)
        std::abort();
    const auto resolved = train::resolved(*config);
    if (!resolved)
        return 0;
    const auto back = train::resolved(train::unresolved(*resolved));
    if (!back || *back != *resolved)
        std::abort();
    return 0;
}

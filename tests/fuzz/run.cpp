// Any text as run.json: refused with an error, or read back the same from what it writes.
#include "core/train/parameters.h"
#include "core/train/run_record.h"
#include "tests/fuzz/scratch.h"

#include <nlohmann/json.hpp>

#include <cstdlib>

using namespace fovea;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const auto json = io::parseJson(fuzz::textOf(bytes, size), "fuzzed");
    if (!json)
        return 0;
    const auto record = train::recordFrom(*json, "fuzzed");
    if (!record)
        return 0;
    const auto written = toJson(*record);
    const auto again =
        train::recordFrom(io::parseJson(written.dump(), "written").take(), "written");
    if (!again || toJson(*again) != written)
        std::abort();
    // With all changes it is still a configuration that the table allows.
    if (!train::fromJson(train::toJson(train::latestConfig(*record)), "latest"))
        std::abort();
    return 0;
}

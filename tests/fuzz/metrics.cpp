// Any bytes as metrics.jsonl, and a checkpoint that counts any number of them: its points are
// finite and in order, and a run goes on after whole lines. The input is the count (8 bytes), then
// the file.
#include "core/base/log.h"
#include "core/io/file.h"
#include "core/train/metrics_log.h"
#include "tests/fuzz/scratch.h"

#include <cmath>
#include <cstdlib>
#include <cstring>

using namespace fovea;

namespace {

void check(const std::vector<train::Series>& series)
{
    for (const auto& s : series) {
        double last = 0;
        for (const auto& [step, value] : s.points) {
            if (s.name.empty() || step < last || !std::isfinite(value))
                std::abort();
            last = step;
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***)
{
    base::setConsoleLevel(base::LogLevel::Off);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    std::int64_t count = 0;
    if (size < sizeof count)
        return 0;
    std::memcpy(&count, bytes, sizeof count);
    count = std::abs(count % (std::int64_t{1} << 53)); // as a checkpoint's state is checked
    const auto text = fuzz::textOf(bytes, size).substr(sizeof count);
    const auto file = fuzz::written("metrics.jsonl", text);
    const auto before = train::readSeries(file);
    if (!before)
        std::abort();
    check(*before);
    auto log = train::MetricsLog::open(file, count);
    if (!log)
        std::abort();
    log->add({std::int64_t{1} << 50, 1, 1, "loss", 0.5});
    const auto length = log->flush();
    const auto after = io::readFile(file);
    if (!length || !after || static_cast<std::size_t>(*length) != after->size())
        std::abort();
    const auto end = after->rfind("{\"step\"");
    const bool isWhole = end == 0 || (end != std::string::npos && (*after)[end - 1] == '\n');
    if (!isWhole || end > static_cast<std::size_t>(count)
        || !text.starts_with(after->substr(0, end)))
        std::abort();
    return 0;
}

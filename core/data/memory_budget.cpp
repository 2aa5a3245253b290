#include "core/data/memory_budget.h"

#include "core/base/os.h"
#include "core/base/text.h"

#include <limits>

namespace fovea::data {

MemoryBudget::MemoryBudget(std::int64_t most)
    : m_most(most > 0 ? most : base::availableMemoryBytes() / 2)
{ }

Status MemoryBudget::take(std::int64_t count, std::int64_t each)
{
    constexpr auto kAny = std::numeric_limits<std::int64_t>::max() / 2;
    const bool fits = each == 0 || count <= kAny / each;
    return take(fits ? count * each : kAny);
}

Status MemoryBudget::take(std::int64_t bytes)
{
    const auto taken = m_taken += bytes;
    if (taken <= m_most)
        return success();
    m_taken -= bytes;
    return badInput(
        say(kNeedsMemory, base::bytesText(taken), base::bytesText(m_most)), {},
        "Take fewer events (by type, value or time) or fewer columns, or free some memory");
}

} // namespace fovea::data

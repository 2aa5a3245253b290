#include "core/base/pages.h"

#include <sys/mman.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cstdint>

namespace fovea::base {

bool liesInMemory(const std::filesystem::path& folder)
{
    constexpr std::uint32_t kTmpfs = 0x01021994; // linux/magic.h
    constexpr std::uint32_t kRamfs = 0x858458F6;
    struct statfs about { };
    if (::statfs(folder.c_str(), &about) != 0)
        return false;
    const auto kind = static_cast<std::uint32_t>(about.f_type);
    return kind == kTmpfs || kind == kRamfs;
}

void giveBackPages(std::string_view mapped)
{
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = reinterpret_cast<std::uintptr_t>(mapped.data());
    const auto first = (begin + page - 1) / page * page;
    const auto last = (begin + mapped.size()) / page * page;
    if (first < last)
        ::madvise(reinterpret_cast<void*>(first), last - first, MADV_DONTNEED);
}

} // namespace fovea::base

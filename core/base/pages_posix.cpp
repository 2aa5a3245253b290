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
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const auto within = reinterpret_cast<std::uintptr_t>(mapped.data()) % page;
    const auto before = within == 0 ? 0 : page - within; // the first whole page
    if (mapped.size() < before + page)
        return;
    const auto size = (mapped.size() - before) / page * page;
    ::madvise(const_cast<char*>(mapped.data()) + before, size, MADV_DONTNEED);
}

} // namespace fovea::base

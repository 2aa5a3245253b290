// Pages of files: where they lie, and that they need not lie there any more. Any thread.
#pragma once

#include <filesystem>
#include <string_view>

namespace fovea::base {

// Whether files of this folder lie in memory, as those of a RAM disk do.
bool liesInMemory(const std::filesystem::path& folder);
// Takes mapped pages of a file from this process's memory. Whoever looks at them again waits for
// the system's cache or the disk.
void giveBackPages(std::string_view mapped);

} // namespace fovea::base

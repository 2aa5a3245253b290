#include "core/base/plain_file.h"

#include <system_error>

namespace fovea::base {

namespace fs = std::filesystem;

Status checkPlainFile(const fs::path& file)
{
    std::error_code code;
    const auto status = fs::status(file, code);
    if (fs::is_directory(status))
        return badInput("this is a folder, not a file", file.string());
    if (fs::exists(status) && !fs::is_regular_file(status))
        return badInput("this is a pipe or a device, not a file", file.string());
    return success();
}

} // namespace fovea::base

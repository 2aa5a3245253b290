// Whole files, read and replaced. A file that was being replaced is either the old or the new one,
// whenever the process dies. Any thread; all of it blocks on the disk.
#pragma once

#include "core/base/result.h"
#include "core/base/scratch.h"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace fovea::io {

Result<std::string> readFile(const std::filesystem::path& file);

// Writes beside `file` and renames over it. On failure the old file is still there.
Status replaceFile(const std::filesystem::path& file, std::string_view bytes);
Status replaceFile(const std::filesystem::path& file, std::span<const std::string_view> parts);

// Creates the folder and its parents.
Status makeFolder(const std::filesystem::path& folder);
// False, too, where one may not look; never throws.
bool exists(const std::filesystem::path& path);

// A folder that appears whole or not at all: work in path(), then publish() renames it to `target`.
// Destroyed unpublished, it removes what was written.
class StagedFolder {
public:
    // Refuses a target that exists, but for a folder that holds the file `replaceable`, which tells
    // its kind ("dataset.json"); empty = none may be replaced.
    static Result<StagedFolder> create(
        std::filesystem::path target, const std::string& replaceable = {});

    const std::filesystem::path& path() const { return m_work.path(); }
    Status publish();

private:
    StagedFolder(std::filesystem::path target, base::Scratch work);
    std::filesystem::path m_target;
    base::Scratch m_work;
};

} // namespace fovea::io

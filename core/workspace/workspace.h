// A folder that a person works in: data sets in data/, runs in runs/. Opening for writing takes a
// lock; a second writer is told so and may open it for reading. Any thread.
#pragma once

#include "core/base/os.h"
#include "core/train/run_folder.h"

#include <memory>

namespace fovea::workspace {

class Workspace {
public:
    enum class Access { Read, Write };
    // For writing, the folder and workspace.json are made where they are missing.
    static Result<Workspace> open(const std::filesystem::path& folder, Access access);

    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path dataFolder() const { return m_path / "data"; }
    std::filesystem::path runFolder() const { return m_path / "runs"; }

private:
    std::filesystem::path m_path;
    std::unique_ptr<base::FileLock> m_lock;
};

struct RunEntry {
    std::string name; // of its folder
    train::RunRecord record;
    bool isBeingWritten = false; // by some process
};

struct RunListing {
    std::vector<RunEntry> runs; // by name
    std::vector<std::string> unreadable; // one message each
};

// The runs in a folder: a workspace, a folder of runs, or one run.
Result<RunListing> listRuns(const std::filesystem::path& folder);

} // namespace fovea::workspace

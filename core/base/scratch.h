// What is half written: a file or a folder with a name of its own beside the place that it is meant
// for. A lock on it tells other processes, in other containers too, that somebody works on it. Any
// thread; blocks on the disk.
#pragma once

#include "core/base/result.h"

#include <filesystem>

namespace fovea::base {

class Scratch {
public:
    // The folder of `target` is there.
    static Result<Scratch> file(const std::filesystem::path& target);
    static Result<Scratch> folder(const std::filesystem::path& target);
    Scratch(Scratch&& other) noexcept;
    Scratch& operator=(Scratch&&) = delete;
    ~Scratch(); // removes what has the name now, unless it was released

    const std::filesystem::path& path() const { return m_path; }
    void release(); // the name is gone: it was renamed

private:
    enum class Kind { File, Folder };
    static Result<Scratch> create(const std::filesystem::path& target, Kind kind);
    Scratch(std::filesystem::path path, int descriptor);

    std::filesystem::path m_path;
    int m_descriptor; // holds the lock
};

// Removes what processes that died left half written in the folder. What another machine may be
// writing is left alone until nobody has touched it for a week.
void sweepScratch(const std::filesystem::path& folder);

} // namespace fovea::base

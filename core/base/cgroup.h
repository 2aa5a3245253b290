// What the control groups of this process leave to it: memory that it may still take, processors
// that it may use at the same time. Groups of Linux, version 2, and the processors of version 1.
// Any thread; reads a few small files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

namespace fovea::base {

// The number that a small file of the system begins with or, with a key, has after that word.
std::optional<std::int64_t> numberIn(const std::filesystem::path& file, std::string_view key = {});

class ControlGroups {
public:
    // `own` lists the groups of a process, `root` is where their files lie.
    explicit ControlGroups(
        const std::filesystem::path& own = "/proc/self/cgroup",
        std::filesystem::path root = "/sys/fs/cgroup");

    // None where no group limits it.
    std::optional<std::int64_t> memoryLeft() const; // bytes
    std::optional<double> processors() const; // a half is half of one processor's time

private:
    std::filesystem::path m_root;
    std::filesystem::path m_group; // of version 2; each folder on the way to the root may limit
    std::filesystem::path m_oldProcessors; // of version 1, may be empty
};

} // namespace fovea::base

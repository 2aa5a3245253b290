#include "core/base/cgroup.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>

namespace fovea::base {

namespace fs = std::filesystem;

namespace {

void lower(auto& least, const auto& value)
{
    if (value && (!least || *value < *least))
        least = value;
}

// "200000 100000": so much of each period; "max 100000": no limit.
std::optional<double> shareIn(const fs::path& file)
{
    std::ifstream in(file);
    double quota = 0;
    double period = 0;
    if (in >> quota >> period && quota > 0 && period > 0)
        return quota / period;
    return {};
}

std::optional<double> oldShareIn(const fs::path& group)
{
    const auto quota = numberIn(group / "cpu.cfs_quota_us"); // -1 = no limit
    const auto period = numberIn(group / "cpu.cfs_period_us");
    if (quota && period && *quota > 0 && *period > 0)
        return static_cast<double>(*quota) / static_cast<double>(*period);
    return {};
}

bool names(std::string_view controllers, std::string_view one)
{
    for (std::size_t at = 0; at <= controllers.size();) {
        const auto end = std::min(controllers.find(',', at), controllers.size());
        if (controllers.substr(at, end - at) == one)
            return true;
        at = end + 1;
    }
    return false;
}

// The folder of a group and those above it, up to the root.
template <typename Visit>
void upwards(const fs::path& root, const fs::path& relative, const Visit& visit)
{
    for (auto group = relative.lexically_normal();; group = group.parent_path()) {
        visit(root / group);
        if (group.empty() || group == ".")
            return;
    }
}

} // namespace

std::optional<std::int64_t> numberIn(const fs::path& file, std::string_view key)
{
    std::ifstream in(file);
    std::string word;
    while (!key.empty() && word != key) {
        if (!(in >> word))
            return {};
    }
    std::int64_t number = 0;
    if (in >> number)
        return number;
    return {};
}

ControlGroups::ControlGroups(const fs::path& own, fs::path root)
    : m_root(std::move(root))
{
    std::ifstream in(own);
    for (std::string line; std::getline(in, line);) { // "0::/path", "4:cpu,cpuacct:/path"
        const auto first = line.find(':');
        const auto second = line.find(':', first + 1);
        if (first == line.npos || second == line.npos)
            continue;
        const auto controllers = line.substr(first + 1, second - first - 1);
        const auto group = fs::path(line.substr(second + 1)).relative_path();
        if (controllers.empty())
            m_group = group;
        else if (names(controllers, "cpu"))
            m_oldProcessors = group.empty() ? "." : group;
    }
}

std::optional<std::int64_t> ControlGroups::memoryLeft() const
{
    std::optional<std::int64_t> left;
    upwards(m_root, m_group, [&](const fs::path& group) {
        const auto most = numberIn(group / "memory.max"); // "max" = no limit
        const auto used = numberIn(group / "memory.current");
        // Files that were read count, too, and go when room is needed.
        const auto files = numberIn(group / "memory.stat", "inactive_file");
        if (most && used)
            lower(
                left, std::optional(std::max<std::int64_t>(0, *most - *used + files.value_or(0))));
    });
    return left;
}

std::optional<double> ControlGroups::processors() const
{
    std::optional<double> share;
    upwards(
        m_root, m_group, [&](const fs::path& group) { lower(share, shareIn(group / "cpu.max")); });
    if (!m_oldProcessors.empty())
        upwards(m_root / "cpu", m_oldProcessors, [&](const fs::path& group) {
            lower(share, oldShareIn(group));
        });
    return share;
}

} // namespace fovea::base

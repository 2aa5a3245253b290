#include "core/base/cgroup.h"

#include "tests/support/support.h"

namespace fovea::base {
namespace {

class Groups : public testing::Test {
protected:
    ControlGroups of(const std::string& own) const
    {
        return ControlGroups(m_folder.write("own", own), m_folder.path());
    }
    test::ScratchFolder m_folder;
};

TEST_F(Groups, WithoutALimitThereIsNone)
{
    m_folder.write("a/cpu.max", "max 100000\n");
    m_folder.write("a/memory.max", "max\n");
    m_folder.write("a/memory.current", "5000\n");
    const auto groups = of("0::/a\n");
    EXPECT_EQ(groups.processors(), std::nullopt);
    EXPECT_EQ(groups.memoryLeft(), std::nullopt);
}

TEST_F(Groups, TheTightestLimitOnTheWayToTheRootCounts)
{
    m_folder.write("a/cpu.max", "150000 100000\n");
    m_folder.write("a/b/cpu.max", "400000 100000\n");
    m_folder.write("a/memory.max", "1000\n");
    m_folder.write("a/memory.current", "900\n");
    m_folder.write("a/memory.stat", "anon 300\ninactive_file 200\n");
    m_folder.write("a/b/memory.max", "5000\n");
    m_folder.write("a/b/memory.current", "100\n");
    const auto groups = of("0::/a/b\n");
    EXPECT_EQ(groups.processors(), 1.5);
    EXPECT_EQ(groups.memoryLeft(), 300);
}

TEST_F(Groups, ProcessorsOfTheFirstVersionAreLimitsToo)
{
    m_folder.write("cpu/docker/x/cpu.cfs_quota_us", "50000\n");
    m_folder.write("cpu/docker/x/cpu.cfs_period_us", "100000\n");
    m_folder.write("cpu/docker/cpu.cfs_quota_us", "-1\n");
    m_folder.write("cpu/docker/cpu.cfs_period_us", "100000\n");
    EXPECT_EQ(of("5:cpuacct:/other\n4:cpu,cpuset:/docker/x\n0::/\n").processors(), 0.5);
}

TEST_F(Groups, FilesThatHoldNoNumbersLimitNothing)
{
    m_folder.write("cpu.max", "-5 abc\n");
    m_folder.write("memory.max", "?");
    m_folder.write("memory.current", "");
    for (const auto* own : {"", "0::/\n", "0::/../..\n", "nonsense\n:\n"}) {
        EXPECT_EQ(of(own).processors(), std::nullopt) << own;
        EXPECT_EQ(of(own).memoryLeft(), std::nullopt) << own;
    }
}

} // namespace
} // namespace fovea::base

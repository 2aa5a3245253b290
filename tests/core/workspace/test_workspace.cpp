#include "core/workspace/workspace.h"

#include "tests/support/support.h"

namespace fovea::workspace {
namespace {

TEST(Workspace, HasOneWriterAndAnyReaders)
{
    const test::ScratchFolder scratch;
    const auto first = Workspace::open(scratch / "w", Workspace::Access::Write);
    ASSERT_OK(first);
    const auto second = Workspace::open(scratch / "w", Workspace::Access::Write);
    ASSERT_FALSE(second.ok());
    EXPECT_THAT(second.error().message(), testing::HasSubstr("another process"));
    EXPECT_OK(Workspace::open(scratch / "w", Workspace::Access::Read));
}

TEST(Workspace, RefusesANewerSchema)
{
    const test::ScratchFolder scratch;
    scratch.write("workspace.json", R"({"schema": 2})");
    const auto opened = Workspace::open(scratch.path(), Workspace::Access::Write);
    ASSERT_FALSE(opened.ok());
    EXPECT_THAT(opened.error().message(), testing::HasSubstr("newer Fovea"));
}

TEST(ListRuns, SaysWhichRunsItCannotRead)
{
    const test::ScratchFolder scratch;
    scratch.write("bad/run.json", "{");
    const auto listing = listRuns(scratch.path());
    ASSERT_OK(listing);
    EXPECT_TRUE(listing->runs.empty());
    ASSERT_EQ(listing->unreadable.size(), 1u);
    EXPECT_THAT(listing->unreadable[0], testing::HasSubstr("bad"));
}

} // namespace
} // namespace fovea::workspace

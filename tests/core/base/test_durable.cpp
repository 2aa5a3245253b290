// Which folders are synced when a name moves: this program's fsync notes them.
#include "core/base/os.h"
#include "tests/support/support.h"

#include <sys/syscall.h>
#include <unistd.h>

namespace {

std::vector<std::filesystem::path>& synced()
{
    static std::vector<std::filesystem::path> paths;
    return paths;
}

} // namespace

// Takes the place of the C library's.
extern "C" int fsync(int descriptor)
{
    std::error_code ignored;
    synced().push_back(
        std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(descriptor), ignored));
    return static_cast<int>(::syscall(SYS_fsync, descriptor));
}

namespace fovea::base {
namespace {

class Durable : public testing::Test {
protected:
    Durable()
    {
        m_scratch.write("a/x", "1");
        m_scratch.write("b/y", "2");
        synced().clear();
    }
    test::ScratchFolder m_scratch;
};

TEST_F(Durable, ARenameSyncsBothFolders)
{
    ASSERT_OK(renameDurably(m_scratch / "a/x", m_scratch / "b/x"));
    EXPECT_THAT(synced(), testing::UnorderedElementsAre(m_scratch / "a", m_scratch / "b"));
}

TEST_F(Durable, AnExchangeSyncsBothFolders)
{
    ASSERT_OK(exchangeDurably(m_scratch / "a/x", m_scratch / "b/y"));
    EXPECT_EQ(test::contentOf(m_scratch / "a/x"), "2");
    EXPECT_THAT(synced(), testing::UnorderedElementsAre(m_scratch / "a", m_scratch / "b"));
}

TEST_F(Durable, AnExchangeWithinAFolderSyncsIt)
{
    ASSERT_OK(exchangeDurably(m_scratch / "a", m_scratch / "b"));
    EXPECT_THAT(synced(), testing::ElementsAre(m_scratch.path()));
}

TEST_F(Durable, AWrittenFileIsSynced)
{
    const std::string_view text = "x";
    ASSERT_OK(writeDurably(m_scratch / "a/new", std::span(&text, 1)));
    EXPECT_THAT(synced(), testing::ElementsAre(m_scratch / "a/new"));
}

} // namespace
} // namespace fovea::base

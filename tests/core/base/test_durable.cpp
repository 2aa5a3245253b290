// Which folders are synced when a name moves: this program's fsync notes them.
#include "core/base/os.h"
#include "core/base/pieces.h"
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

namespace {

std::vector<std::int64_t>& sizesSynced()
{
    static std::vector<std::int64_t> sizes;
    return sizes;
}

} // namespace

// Likewise, of what was written so far.
extern "C" int fdatasync(int descriptor)
{
    sizesSynced().push_back(::lseek(descriptor, 0, SEEK_CUR));
    return static_cast<int>(::syscall(SYS_fdatasync, descriptor));
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

// The last sync of a large file would take as long as the disk for all of it.
TEST_F(Durable, ALargeFileIsSyncedPieceByPiece)
{
    constexpr std::int64_t kMiB = 1 << 20;
    const std::string some(21 * kMiB, 'x');
    const std::vector<std::string_view> parts = {"header", some, "end"};
    sizesSynced().clear();
    std::vector<std::size_t> written;
    ASSERT_OK(writeDurably(m_scratch / "a/new", parts, [&](std::size_t bytes) {
        written.push_back(bytes);
        return success();
    }));
    EXPECT_EQ(std::filesystem::file_size(m_scratch / "a/new"), some.size() + 9);
    EXPECT_EQ(test::contentOf(m_scratch / "a/new"), "header" + some + "end");
    EXPECT_THAT(sizesSynced(), testing::Contains(4 * kMiB)); // the first piece
    EXPECT_GE(sizesSynced().size(), 2u);
    EXPECT_THAT(synced(), testing::ElementsAre(m_scratch / "a/new"));
    EXPECT_EQ(written.front(), 0u);
    EXPECT_TRUE(std::is_sorted(written.begin(), written.end()));
}

TEST_F(Durable, AnErrorBetweenTwoPiecesEndsTheWriting)
{
    const std::vector<std::string_view> parts = {"a", "b", "c"};
    const auto ended = writeDurably(m_scratch / "a/new", parts, [](std::size_t bytes) {
        return bytes == 2 ? Status(interrupted("stopped")) : success();
    });
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().kind, ErrorKind::Interrupted);
    EXPECT_EQ(test::contentOf(m_scratch / "a/new"), "ab");
}

} // namespace
} // namespace fovea::base

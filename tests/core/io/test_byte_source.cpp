#include "core/io/byte_source.h"

#include "tests/support/packing.h"
#include "tests/support/support.h"

namespace fovea::io {
namespace {

using test::packed;

class Sources : public testing::Test {
protected:
    Result<std::string> read(
        const std::string& bytes, const std::string& member = {}, const std::string& name = "file")
    {
        FOVEA_ASSIGN(const auto source, ByteSource::open(m_scratch.write(name, bytes), member));
        m_compression = source->compression();
        m_member = source->member();
        std::string all;
        std::string block(100'000, '\0');
        while (true) {
            FOVEA_ASSIGN(const auto count, source->read(block));
            if (count == 0)
                return all;
            m_blocks += 1;
            if (all.size() < 1 << 20)
                all.append(block, 0, count);
        }
    }
    void expectRefused(
        const std::string& bytes, const std::string& why, const std::string& member = {})
    {
        const auto made = read(bytes, member);
        ASSERT_FALSE(made.ok());
        EXPECT_EQ(made.error().kind, ErrorKind::BadInput);
        EXPECT_THAT(made.error().message(), testing::HasSubstr(why));
    }
    test::ScratchFolder m_scratch;
    std::string m_compression;
    std::string m_member;
    int m_blocks = 0;
};

const std::string kText = "user,item\n1,2\n3,4\n";

TEST_F(Sources, DecompressEveryFilter)
{
    EXPECT_EQ(*read(kText), kText);
    EXPECT_EQ(m_compression, "none");
    for (const std::string filter : {"gzip", "bzip2", "xz", "zstd"}) {
        const auto made = read(packed("raw", filter, {{"x", kText}}));
        ASSERT_OK(made);
        EXPECT_EQ(*made, kText) << filter;
        EXPECT_EQ(m_compression, filter);
        EXPECT_EQ(m_member, "");
    }
}

TEST_F(Sources, ReadTheLargestFileOfAnArchiveOrTheOneThatIsChosen)
{
    const test::Members members = {
        {"ml/README", "short"}, {"ml/ratings.csv", kText}, {"ml/x", "y"}};
    for (const auto& [format, filter, compression] :
         {std::tuple{"zip", "none", "zip"}, std::tuple{"ustar", "none", "tar"},
          std::tuple{"ustar", "gzip", "tar, gzip"}, std::tuple{"ustar", "zstd", "tar, zstd"}}) {
        const auto archive = packed(format, filter, members);
        const auto largest = read(archive);
        ASSERT_OK(largest);
        EXPECT_EQ(*largest, kText);
        EXPECT_EQ(m_member, "ml/ratings.csv");
        EXPECT_EQ(m_compression, compression);
        EXPECT_EQ(*read(archive, "ml/README"), "short");
        expectRefused(archive, "It holds ml/README, ml/ratings.csv, ml/x", "ml/none");
        const auto listed = membersOf(m_scratch / "file");
        ASSERT_OK(listed);
        ASSERT_EQ(listed->size(), 3u);
        EXPECT_EQ((*listed)[1].name, "ml/ratings.csv");
    }
    expectRefused(kText, "this is no archive", "x");
    EXPECT_TRUE(membersOf(m_scratch / "file")->empty());
}

// A compressed tar is passed over to its end before its members are known.
// Whatever the locale: tests have none.
TEST_F(Sources, ReadMembersWhoseNamesAreNotAscii)
{
    // A zip of bewertungen_\u00fc.csv with the flag of UTF-8, stored, as Python writes it.
    const std::string name = "bewertungen_\xC3\xBC.csv";
    for (const auto* format : {"zip", "ustar", "pax"}) {
        const auto archive = packed(format, "none", {{"a.csv", "x"}, {name, kText}});
        const auto largest = read(archive);
        ASSERT_OK(largest);
        EXPECT_EQ(*largest, kText) << format;
        EXPECT_EQ(m_member, name) << format;
        EXPECT_EQ(*read(archive, name), kText) << format;
    }
}

TEST_F(Sources, StopInTheMiddleOfAnArchive)
{
    std::string lines;
    while (lines.size() < std::size_t{8} << 20)
        lines += std::to_string(lines.size() * 2654435761 % 4294967291) + '\n';
    const auto file = m_scratch.write("file", packed("ustar", "gzip", {{"a", lines}, {"b", "x"}}));
    std::stop_source stop;
    stop.request_stop();
    const auto listed = membersOf(file, stop.get_token());
    ASSERT_FALSE(listed);
    EXPECT_EQ(listed.error().kind, ErrorKind::Interrupted);
    const auto opened = ByteSource::open(file, "b", stop.get_token());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::Interrupted);
    std::stop_source later;
    const auto source = ByteSource::open(file, "a", later.get_token());
    ASSERT_OK(source);
    std::string block(100'000, '\0');
    ASSERT_OK((*source)->read(block));
    later.request_stop();
    Result<std::size_t> count = std::size_t{1};
    while (count && *count > 0)
        count = (*source)->read(block);
    ASSERT_FALSE(count);
    EXPECT_EQ(count.error().kind, ErrorKind::Interrupted);
}

TEST_F(Sources, RefuseArchivesThatAreCut)
{
    std::string text;
    for (int i = 0; i < 20'000; ++i)
        text += std::to_string(i * 7919 % 10'007) + "," + std::to_string(i) + "\n";
    for (const std::string filter : {"gzip", "bzip2", "xz", "zstd"}) {
        const auto whole = packed("raw", filter, {{"x", text}});
        expectRefused(whole.substr(0, whole.size() / 2), "cut short");
    }
    const auto zip = packed("zip", "none", {{"x", text}});
    expectRefused(zip.substr(0, zip.size() / 2), "cut short");
    const auto tar = packed("ustar", "gzip", {{"x", text}});
    expectRefused(tar.substr(0, tar.size() / 2), "cut short");
}

TEST_F(Sources, CompareTheSumsOfGzip)
{
    std::string lines;
    for (int i = 0; i < 5000; ++i)
        lines += std::to_string(i * 7919) + "\n";
    const auto whole = packed("raw", "gzip", {{"x", lines}});
    EXPECT_EQ(*read(whole + whole), lines + lines); // one behind the other are one
    EXPECT_EQ(*read(whole + std::string(512, '\0')), lines);
    for (const std::size_t behind : {std::size_t{2}, std::size_t{6}}) { // its length, and its sum
        auto changed = whole;
        changed[changed.size() - behind] ^= 1;
        expectRefused(changed, "cannot decompress");
    }
}

TEST_F(Sources, RefusePathsThatLeadOutOfTheArchive)
{
    for (const std::string name : {"../evil.csv", "a/../../evil.csv", "/etc/passwd"})
        expectRefused(packed("ustar", "none", {{"fine", "x"}, {name, kText}}), "leads out of it");
}

TEST_F(Sources, RefuseWhatGrowsTooMuch)
{
    // A gigabyte of the same line, in frames that follow each other.
    std::string lines;
    while (lines.size() < std::size_t{32} << 20)
        lines += "1,1\n";
    const auto frame = packed("raw", "zstd", {{"x", lines}});
    std::string once;
    for (int i = 0; i < 32; ++i)
        once += frame;
    expectRefused(once, "it grows more than 2000 times");
    EXPECT_LT(m_blocks, 4000); // long before its end
}

} // namespace
} // namespace fovea::io

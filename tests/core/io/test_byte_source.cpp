#include "core/io/byte_source.h"

#include "tests/support/packing.h"
#include "tests/support/stopping.h"
#include "tests/support/support.h"

namespace fovea::io {
namespace {

using test::bomb;
using test::packed;
using test::tarBomb;

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

const std::string kText = "user,item\n1,2\n3,4\n"; // as the small one of a tarBomb()

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

// --- What grows --------------------------------------------------------------------------------

constexpr std::size_t kMiB = std::size_t{1} << 20;

// What comes out of a file before its end or an error, in bytes.
struct Unpacked {
    std::int64_t bytes = 0;
    std::optional<Error> error;
};
Unpacked unpack(const std::filesystem::path& file, const Access& access, const std::string& member)
{
    Unpacked result;
    const auto source = ByteSource::open(file, member, access);
    if (!source)
        return {0, source.error()};
    std::string block(kMiB, '\0');
    while (true) {
        const auto count = (*source)->read(block);
        if (!count)
            return {result.bytes, count.error()};
        if (*count == 0)
            return result;
        result.bytes += static_cast<std::int64_t>(*count);
    }
}

Access upTo(std::size_t unpacked)
{
    Access access;
    access.mostUnpacked = static_cast<std::int64_t>(unpacked);
    return access;
}

TEST_F(Sources, RefuseWhatGrowsTwoThousandTimesSoon)
{
    const auto file = m_scratch.write("file", bomb("zstd", 1024)); // a gigabyte
    const auto made = unpack(file, {}, {});
    ASSERT_TRUE(made.error);
    EXPECT_THAT(made.error->message(), testing::HasSubstr("when unpacked"));
    EXPECT_LT(made.bytes, 300 * kMiB); // long before its end
}

// A gzip file grows a thousand times at most, and so no rule of 2,000 meets it.
TEST_F(Sources, RefuseMoreThanFourGibibytesThatWerePackedAHundredTimes)
{
    const auto file = m_scratch.write("file", bomb("gzip", 5 * 1024)); // of 5 GiB
    const auto made = unpack(file, {}, {});
    ASSERT_TRUE(made.error);
    EXPECT_EQ(made.error->kind, ErrorKind::BadInput);
    EXPECT_THAT(made.error->message(), testing::HasSubstr("gave 4.0 GiB when unpacked"));
    EXPECT_GE(made.bytes, 4096 * std::int64_t{kMiB} - std::int64_t{kMiB});
    EXPECT_LT(made.bytes, 4100 * std::int64_t{kMiB});
}

TEST_F(Sources, UnpackAsMuchAsIsAllowedAndNoMore)
{
    for (const std::string filter : {"gzip", "bzip2", "xz", "zstd"}) {
        const auto file = m_scratch.write("file", bomb(filter, 64));
        const auto allowed = unpack(file, upTo(64 * kMiB), {});
        EXPECT_FALSE(allowed.error) << filter;
        EXPECT_EQ(allowed.bytes, 64 * kMiB) << filter;
        const auto refused = unpack(file, upTo(8 * kMiB), {});
        EXPECT_TRUE(refused.error) << filter;
        EXPECT_LE(refused.bytes, 9 * kMiB) << filter;
    }
}

TEST_F(Sources, RefuseAMemberThatGrowsTooMuchAlsoWhenItIsPassedOver)
{
    const auto zip =
        packed("zip", "none", {{"large", std::string(64 * kMiB, 'x')}, {"small", kText}});
    auto file = m_scratch.write("file", zip);
    EXPECT_TRUE(unpack(file, upTo(8 * kMiB), "large").error);
    EXPECT_FALSE(unpack(file, upTo(64 * kMiB), "large").error);
    EXPECT_FALSE(unpack(file, upTo(8 * kMiB), "small").error); // it knows where each is
    for (const std::string filter : {"gzip", "bzip2", "xz", "zstd"}) {
        file = m_scratch.write("file", tarBomb(filter, 64));
        for (const auto* member : {"large", "small", ""}) {
            EXPECT_TRUE(unpack(file, upTo(8 * kMiB), member).error) << filter << member;
            EXPECT_FALSE(unpack(file, upTo(65 * kMiB), member).error) << filter << member;
        }
        EXPECT_FALSE(membersOf(file, upTo(8 * kMiB))) << filter;
        EXPECT_TRUE(membersOf(file, upTo(65 * kMiB))) << filter;
        EXPECT_EQ(unpack(file, upTo(65 * kMiB), "small").bytes, std::ssize(kText)) << filter;
    }
}

TEST_F(Sources, TakeDataThatArePackedWellHoweverLarge)
{
    std::string rows; // that come to a tenth or so
    for (int i = 0; rows.size() < 4 * kMiB; ++i)
        rows += "user" + std::to_string(i % 4999) + ",item" + std::to_string(i * 7919 % 997) + ","
            + std::to_string(1'400'000'000 + i) + "\n";
    for (const std::string filter : {"gzip", "xz", "zstd"}) {
        const auto file = m_scratch.write("file", packed("raw", filter, {{"x", rows}}));
        const auto made = unpack(file, upTo(kMiB), {});
        EXPECT_FALSE(made.error) << filter;
        EXPECT_EQ(made.bytes, std::ssize(rows)) << filter;
    }
}

TEST_F(Sources, AreStoppedWhileABombIsUnpackedOrPassedOver)
{
    const auto expectToStop = [&](const std::string& bomb, const std::string& member,
                                  const std::string& filter) {
        const auto file = m_scratch.write("file", bomb);
        const auto ms = test::millisecondsToStop([&](const std::stop_token& stop) {
            auto access = upTo(std::size_t{1} << 40);
            access.stop = stop;
            const auto made = unpack(file, access, member);
            ASSERT_TRUE(made.error);
            EXPECT_EQ(made.error->kind, ErrorKind::Interrupted);
        });
        EXPECT_GE(ms, 0) << filter << member;
        EXPECT_LT(ms, test::kStopMs) << filter << member;
    };
    for (const auto& [filter, mebibytes] :
         {std::pair{"gzip", 1024}, {"bzip2", 512}, {"xz", 1024}, {"zstd", 4096}}) {
        expectToStop(bomb(filter, mebibytes), "", filter);
        expectToStop(tarBomb(filter, mebibytes), "small", filter);
    }
}

} // namespace
} // namespace fovea::io

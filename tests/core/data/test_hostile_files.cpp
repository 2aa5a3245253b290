// Files that no program wrote to be read: one clear error or a count, and memory that does not grow
// with them.
#include "core/base/os.h"
#include "core/data/import.h"
#include "tests/support/packing.h"
#include "tests/support/support.h"

#include <sys/stat.h>

namespace fovea::data {
namespace {

using testing::HasSubstr;
using namespace std::string_literals;

constexpr std::int64_t kMiB = std::int64_t{1} << 20;

class HostileFiles : public testing::Test {
protected:
    Result<Imported> import(const std::filesystem::path& file)
    {
        m_options.file = file;
        m_options.threads = 2;
        base::Silent silent;
        return importFile(m_options, silent, {});
    }
    test::ScratchFolder m_scratch;
    ImportOptions m_options;
};

std::string rows(int count)
{
    std::string text = "user,item,time\n";
    for (int i = 0; i < count; ++i)
        text += "u" + std::to_string(i % 97) + ",i" + std::to_string(i % 31) + ","
            + std::to_string(i) + "\n";
    return text;
}

TEST_F(HostileFiles, ALineOfAGigabyte)
{
    const auto file = m_scratch.write("line.csv", rows(40'000));
    std::filesystem::resize_file(file, std::filesystem::file_size(file) + 1024 * kMiB); // a hole
    const auto before = base::peakMemoryBytes();
    const auto refused = import(file);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::BadInput);
    EXPECT_THAT(refused.error().message(), HasSubstr("line.csv, line 40002"));
    EXPECT_THAT(refused.error().message(), HasSubstr("a row of more than 16 MiB"));
    EXPECT_LT(base::peakMemoryBytes() - before, 150 * kMiB);
}

TEST_F(HostileFiles, AQuoteThatIsNeverClosed)
{
    const auto text = "user,item,time\n\"a\",b,1\n\"a,c,2\n" + rows(300'000);
    const auto before = base::peakMemoryBytes();
    const auto kept = import(m_scratch.write("quote.csv", text));
    ASSERT_OK(kept);
    EXPECT_EQ(kept->problems.list().front().kind, "a quote that encloses no whole field");
    EXPECT_EQ(kept->problems.list().front().firstLine, 3);
    EXPECT_EQ(kept->rows, 300'003); // and a second header
    EXPECT_LT(base::peakMemoryBytes() - before, 200 * kMiB);
}

TEST_F(HostileFiles, TenMillionColumns)
{
    std::string wide;
    wide.resize(10'000'000, ',');
    const auto before = base::peakMemoryBytes();
    const auto refused = import(m_scratch.write("wide.csv", wide + "\n" + wide + "\n"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::BadInput);
    EXPECT_THAT(refused.error().message(), HasSubstr("wide.csv"));
    EXPECT_LT(base::peakMemoryBytes() - before, 250 * kMiB);
    std::string named = "user,item";
    for (int i = 0; i < 50'000; ++i)
        named += ",c" + std::to_string(i);
    const auto cut = import(m_scratch.write("named.csv", named + "\n" + wide + "\n"));
    ASSERT_FALSE(cut);
    EXPECT_THAT(cut.error().message(), HasSubstr("its first line is longer"));
    // One such row among others is one that has too many fields.
    const auto kept = import(m_scratch.write("one.csv", rows(40'000) + "a,b,5" + wide + "\n"));
    ASSERT_OK(kept);
    EXPECT_EQ(kept->problems.list().front().kind, "too many fields");
    EXPECT_EQ(kept->dataset->eventCount(), 40'001);
}

TEST_F(HostileFiles, AZeroByteInACell)
{
    const auto early = import(m_scratch.write("early.csv", "user,item\na,x\0y\nb,z\n"s));
    ASSERT_FALSE(early);
    EXPECT_THAT(early.error().message(), HasSubstr("zero bytes"));
    const auto late = import(m_scratch.write("late.csv", rows(40'000) + "a,x\0y,5\n"s));
    ASSERT_OK(late);
    ASSERT_EQ(late->problems.list().size(), 1u);
    EXPECT_EQ(late->problems.list()[0].kind, "a zero byte in an id");
    EXPECT_EQ(late->problems.list()[0].firstLine, 40'002);
    EXPECT_EQ(late->dataset->eventCount(), 40'000);
}

TEST_F(HostileFiles, WhatIsNoTableIsCalledByItsName)
{
    const std::vector<std::pair<std::string, std::string>> files = {
        {"%PDF-1.4\n1 0 obj\nuser item\n", "PDF"},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 ...", "Excel"},
        {"\x89HDF\r\n\x1A\n ...", "HDF5"},
        {test::packed("zip", "none", {{"xl/worksheets/sheet1.xml", "<a> b </a>\n<c> d </c>\n"}}),
         "Excel"},
        {test::packed("zip", "none", {{"content.xml", "<a> b </a>\n<c> d </c>\n"}}),
         "LibreOffice"}};
    for (const auto& [bytes, name] : files) {
        const auto refused = import(m_scratch.write("file.csv", bytes));
        ASSERT_FALSE(refused) << name;
        EXPECT_THAT(refused.error().message(), HasSubstr(name));
    }
}

TEST_F(HostileFiles, APipeIsNotWaitedFor)
{
    const auto pipe = m_scratch / "pipe";
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_FALSE(import(pipe));
}

TEST_F(HostileFiles, NestedBracketsWithoutEnd)
{
    const std::string deep(1'000'000, '[');
    for (const auto& [format, start] :
         {std::pair("json-lines"s, "{\"user\": "s), std::pair("python-lines"s, "{'user': "s)}) {
        m_options.format = format;
        const auto refused = import(m_scratch.write("deep", start + deep + "\n"));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::BadInput);
    }
}

} // namespace
} // namespace fovea::data

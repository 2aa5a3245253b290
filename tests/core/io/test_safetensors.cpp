#include "core/io/safetensors.h"

#include "core/io/file.h"
#include "tests/support/support.h"

#include <cstring>

namespace fovea::io {
namespace {

using test::ScratchFolder;

std::string fileOf(const std::string& header, const std::string& data)
{
    const std::uint64_t length = header.size();
    return std::string(reinterpret_cast<const char*>(&length), sizeof length) + header + data;
}

TEST(Safetensors, ReadsBackWhatWasWritten)
{
    const ScratchFolder scratch;
    const std::vector<float> values = {1.5f, -2, 3};
    ASSERT_OK(writeTensors(
        scratch / "a", {{"x", ElementType::F32, {3}, bytesOf(values)}}, {{"note", "hello"}}));
    const auto file = TensorFile::read(scratch / "a");
    ASSERT_OK(file);
    EXPECT_EQ(*file->floats("x"), values);
    EXPECT_EQ(file->metadata().at("note"), "hello");
}

TEST(Safetensors, NoticesOneChangedByte)
{
    const ScratchFolder scratch;
    const std::vector<float> values(100, 1.0f);
    ASSERT_OK(writeTensors(scratch / "a", {{"x", ElementType::F32, {100}, bytesOf(values)}}));
    auto bytes = test::contentOf(scratch / "a");
    bytes[bytes.size() - 7] ^= 1;
    const auto file = TensorFile::read(scratch.write("b", bytes));
    ASSERT_FALSE(file.ok());
    EXPECT_THAT(file.error().what, testing::HasSubstr("checksum"));
    EXPECT_EQ(file.error().kind, ErrorKind::BadInput);
}

TEST(Safetensors, RefusesEveryTruncation)
{
    const ScratchFolder scratch;
    const std::vector<float> values = {1, 2};
    ASSERT_OK(writeTensors(scratch / "a", {{"x", ElementType::F32, {2}, bytesOf(values)}}));
    const auto bytes = test::contentOf(scratch / "a");
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(TensorFile::read(scratch.write("b", bytes.substr(0, size))).ok()) << size;
}

TEST(Safetensors, RefusesHolesOverlapsAndWrongExtents)
{
    const ScratchFolder scratch;
    const std::string eight(8, 'x');
    for (const auto* header :
         {R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
          R"({"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})",
          R"({"x":{"dtype":"F32","shape":[2],"data_offsets":[0,16]}})",
          R"({"x":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})",
          R"({"x":{"dtype":"F32","shape":[4611686018427387905],"data_offsets":[0,4]}})",
          R"({"x":{"dtype":"Q9","shape":[2],"data_offsets":[0,8]}})", R"({"x":5})", R"([1,2])",
          R"({"x":)"})
        EXPECT_FALSE(TensorFile::read(scratch.write("b", fileOf(header, eight))).ok()) << header;
}

TEST(ReplaceFile, KeepsTheOldFileWhenTheNewOneCannotBeWritten)
{
    const ScratchFolder scratch;
    const auto file = scratch.write("a", "old");
    EXPECT_FALSE(replaceFile(scratch / "missing" / "a", "new").ok());
    EXPECT_EQ(test::contentOf(file), "old");
    ASSERT_OK(replaceFile(file, "new"));
    EXPECT_EQ(test::contentOf(file), "new");
}

TEST(StagedFolder, LeavesNothingBehindUnlessPublished)
{
    const ScratchFolder scratch;
    {
        auto staged = StagedFolder::create(scratch / "out", false);
        ASSERT_OK(staged);
        ASSERT_OK(replaceFile(staged->path() / "x", "1"));
    }
    EXPECT_TRUE(std::filesystem::is_empty(scratch.path()));
}

} // namespace
} // namespace fovea::io

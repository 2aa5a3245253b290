#include "core/io/safetensors.h"

#include "core/io/json.h"

#include "core/io/file.h"
#include "tests/support/support.h"

#include <nlohmann/json.hpp>

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
    EXPECT_THAT(file.error().what.english(), testing::HasSubstr("checksum"));
    EXPECT_EQ(file.error().kind, ErrorKind::BadInput);
}

TEST(Safetensors, RefusesChangedMetadata)
{
    const ScratchFolder scratch;
    const std::vector<float> values = {1, 2};
    ASSERT_OK(writeTensors(
        scratch / "a", {{"x", ElementType::F32, {2}, bytesOf(values)}}, {{"state", "step 17"}}));
    auto bytes = test::contentOf(scratch / "a");
    ASSERT_OK(TensorFile::read(scratch / "a"));
    bytes.replace(bytes.find("step 17"), 7, "step 18");
    const auto file = TensorFile::read(scratch.write("b", bytes));
    ASSERT_FALSE(file.ok());
    EXPECT_THAT(file.error().what.english(), testing::HasSubstr("checksum"));
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
    for (
        const auto* header :
        {R"({"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
         R"({"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})",
         R"({"x":{"dtype":"F32","shape":[2],"data_offsets":[0,16]}})",
         R"({"x":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})",
         R"({"x":{"dtype":"F32","shape":[4611686018427387905],"data_offsets":[0,4]}})",
         R"({"x":{"dtype":"F32","shape":[0,1152921504606846976,16],"data_offsets":[0,0]}})",
         R"({"x":{"dtype":"F32","shape":2,"data_offsets":[0,8]}})",
         R"({"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}})",
         R"({"x":{"dtype":"F32","shape":[2],"data_offsets":{"a":0,"b":8}}})",
         R"({"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})",
         R"({"x":{"dtype":"Q9","shape":[2],"data_offsets":[0,8]}})", R"({"x":5})", R"([1,2])",
         R"(5)", R"({"x":)"})
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
        auto staged = StagedFolder::create(scratch / "out");
        ASSERT_OK(staged);
        ASSERT_OK(replaceFile(staged->path() / "x", "1"));
    }
    EXPECT_TRUE(std::filesystem::is_empty(scratch.path()));
}

TEST(StagedFolder, ReplacesOnlyItsOwnKind)
{
    const test::ScratchFolder scratch;
    scratch.write("other/precious.txt", "x");
    scratch.write("mine/dataset.json", "old");
    EXPECT_FALSE(StagedFolder::create(scratch / "mine").ok());
    const auto other = StagedFolder::create(scratch / "other", "dataset.json");
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.error().kind, ErrorKind::Usage);
    auto staged = StagedFolder::create(scratch / "mine", "dataset.json");
    ASSERT_OK(staged);
    ASSERT_OK(replaceFile(staged->path() / "dataset.json", "new"));
    EXPECT_EQ(test::contentOf(scratch / "mine/dataset.json"), "old");
    ASSERT_OK(staged->publish());
    EXPECT_EQ(test::contentOf(scratch / "mine/dataset.json"), "new");
    EXPECT_EQ(test::contentOf(scratch / "other/precious.txt"), "x");
}

TEST(StagedFolder, LeavesNothingBesideIt)
{
    const test::ScratchFolder scratch;
    scratch.write("out/dataset.json", "old");
    {
        auto staged = StagedFolder::create(scratch / "out", "dataset.json");
        ASSERT_OK(staged);
        ASSERT_OK(staged->publish());
    }
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(scratch.path()))
        names.push_back(entry.path().filename().string());
    EXPECT_THAT(names, testing::ElementsAre("out"));
}

TEST(StagedFolder, RefusesPlacesWithoutAName)
{
    for (const auto* place : {"/", "", ".", ".."}) {
        const auto staged = StagedFolder::create(place, "dataset.json");
        ASSERT_FALSE(staged.ok()) << place;
        EXPECT_EQ(staged.error().kind, ErrorKind::Usage);
    }
}

TEST(Json, RefusesWhatWouldTakeLongOrRecurseDeep)
{
    const auto refused = [](const std::string& text) {
        const auto read = parseJson(text, "here");
        return read ? "read" : read.error().what.english();
    };
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    const auto keys = [](int count) {
        std::string text = "{\"k\": 0";
        for (int i = 1; i < count; ++i)
            text += ", \"" + std::to_string(i) + "\": 0";
        return text + "}";
    };
    EXPECT_EQ(refused(nested(100)), "read");
    EXPECT_THAT(refused(nested(101)), testing::HasSubstr("100 deep"));
    EXPECT_THAT(refused(std::string(1'000'000, '[')), testing::HasSubstr("100 deep"));
    EXPECT_EQ(refused(keys(10'000)), "read");
    EXPECT_THAT(refused(keys(10'001)), testing::HasSubstr("10000 keys"));
    EXPECT_THAT(refused(R"({"a": 1, "b": {"a": 1}, "a": 2})"), testing::HasSubstr("'a' twice"));
    EXPECT_EQ(refused(R"([{"a": 1}, {"a": 1}])"), "read");
}

// A process number says nothing about an import in another container.
TEST(StagedFolder, LeavesWhatAnotherImportIsWriting)
{
    const test::ScratchFolder scratch;
    scratch.write(".other.partial999999999/file", "x");
    const auto first = StagedFolder::create(scratch / "first");
    ASSERT_OK(first);
    const auto second = StagedFolder::create(scratch / "second");
    ASSERT_OK(second);
    EXPECT_TRUE(std::filesystem::exists(first->path()));
    EXPECT_TRUE(std::filesystem::exists(scratch / ".other.partial999999999/file"));
}

TEST(Json, RefusesNumbersThatAreTooLargeAndSchemasBeyondAnyInteger)
{
    EXPECT_FALSE(parseJson("{\"dropout\": 1e999}", "here").ok());
    EXPECT_THAT(
        checkSchema(*parseJson("{\"schema\": 4294967297}", "here"), 1, "here").error().message(),
        testing::HasSubstr("newer Fovea"));
}

} // namespace
} // namespace fovea::io

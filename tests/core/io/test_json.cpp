#include "core/io/json.h"

#include "tests/support/support.h"

#include <nlohmann/json.hpp>

namespace fovea::io {
namespace {

TEST(JsonFile, OfADeviceWithoutAnEndIsRefused)
{
    const auto refused = readJson("/dev/zero");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::BadInput);
    EXPECT_THAT(refused.error().message(), testing::HasSubstr("a pipe or a device"));
}

TEST(JsonFile, OfMoreBytesThanAnyOfOursHasIsRefused)
{
    const test::ScratchFolder scratch;
    const auto file = scratch.write("a.json", "{\"a\": 1}");
    const auto read = readJson(file);
    ASSERT_OK(read);
    EXPECT_EQ((*read)["a"], 1);
    std::filesystem::resize_file(file, (64 << 20) + 1); // a hole in the disk
    const auto refused = readJson(file);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message(), testing::HasSubstr("larger than 64.0 MiB"));
}

TEST(JsonFile, ThatIsNoneIsRefused)
{
    const test::ScratchFolder scratch;
    EXPECT_FALSE(readJson(scratch.path()));
    EXPECT_FALSE(readJson(scratch / "missing.json"));
}

} // namespace
} // namespace fovea::io

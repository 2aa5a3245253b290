#include "core/io/encoding.h"

#include "tests/support/support.h"

namespace fovea::io {
namespace {

std::string asUtf8(const char* encoding, std::string_view bytes)
{
    return decoded(*findEncoding(encoding), bytes);
}

std::string guess(std::string_view bytes)
{
    return std::string(guessEncoding(bytes).encoding->name);
}

TEST(Encoding, TurnsEachIntoUtf8)
{
    using namespace std::string_view_literals;
    EXPECT_EQ(asUtf8("utf-8", "\xEF\xBB\xBF灯笼,é"), "灯笼,é");
    EXPECT_EQ(asUtf8("utf-16le", "\xFF\xFE\x61\x00\x6F\x70\xE9\x00"sv), "a灯é");
    EXPECT_EQ(asUtf8("utf-16be", "\xFE\xFF\x00\x61\x70\x6F"sv), "a灯");
    EXPECT_EQ(asUtf8("utf-16le", "\x3D\xD8\x00\xDE"sv), "😀"); // two units
    EXPECT_EQ(asUtf8("windows-1252", "Am\xE9lie \x80 \x93x\x94"), "Amélie € “x”");
    EXPECT_EQ(asUtf8("latin-1", "Am\xE9lie"), "Amélie");
    EXPECT_EQ(asUtf8("gb18030", "\xB5\xC6\xC1\xFD"), "灯笼");
}

TEST(Encoding, IsTheSameHoweverTheBytesAreCut)
{
    const std::string bytes = "\xB5\xC6\xC1\xFD,a\xB5\xC6\n";
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        Decoder decoder(*findEncoding("gb18030"));
        std::string out;
        decoder.decode(std::string_view(bytes).substr(0, cut), out);
        decoder.decode(std::string_view(bytes).substr(cut), out);
        decoder.finish(out);
        EXPECT_EQ(out, "灯笼,a灯\n") << cut;
        EXPECT_EQ(decoder.replaced(), 0);
    }
}

TEST(Encoding, ReplacesAndCountsWhatMeansNothing)
{
    Decoder decoder(*findEncoding("utf-8"));
    std::string out;
    decoder.decode("a\xFF\xE9z\xE7\x81", out);
    decoder.finish(out);
    EXPECT_EQ(out, "a\uFFFD\uFFFDz\uFFFD");
    EXPECT_EQ(decoder.replaced(), 3);
}

TEST(Encoding, IsGuessedByValidity)
{
    using namespace std::string_view_literals;
    EXPECT_EQ(guess("user,item\n1,2\n"), "utf-8");
    EXPECT_EQ(guess("用户,物品\n"), "utf-8");
    EXPECT_EQ(guess("用户,物\xE5\x93"), "utf-8"); // the head ends within a character
    EXPECT_EQ(guess("Fantômas, Amélie, Am\xE9lie, Les Misérables"), "utf-8"); // one byte is wrong
    EXPECT_EQ(guess("\xEF\xBB\xBFuser"), "utf-8");
    EXPECT_EQ(guess("\xFF\xFEu\0s\0"sv), "utf-16le");
    EXPECT_EQ(guess("\xFE\xFF\0u\0s"sv), "utf-16be");
    EXPECT_EQ(guess("u\0s\0e\0r\0,\0i\0t\0e\0m\0"sv), "utf-16le");
    EXPECT_EQ(guess("\0u\0s\0e\0r\0,\0i\0t\0e\0m"sv), "utf-16be");
    EXPECT_EQ(guess("1|Mis\xE9rables, Les (1995)|Drama\n2|Am\xE9lie\n"), "windows-1252");
    EXPECT_EQ(guess("a\x81\xE9 b"), "latin-1");
    EXPECT_EQ(guess("\xD3\xC3\xBB\xA7,\xCE\xEF\xC6\xB7\n\xD6\xDC,\xB5\xC6\xC1\xFD\n"), "gb18030");
}

} // namespace
} // namespace fovea::io

#include "core/base/text.h"

#include "tests/support/support.h"

#include <clocale>
#include <cstdlib>

namespace fovea::base {
namespace {

TEST(ParseDouble, TakesTheWholeTextOrNothing)
{
    EXPECT_EQ(parseDouble("0.75"), 0.75);
    EXPECT_EQ(parseDouble("+3"), 3.0);
    EXPECT_FALSE(parseDouble("3 "));
    EXPECT_FALSE(parseDouble("abc"));
    EXPECT_FALSE(parseDouble(""));
}

TEST(ParseDouble, IgnoresACommaLocale)
{
    const test::ScratchFolder locales; // a system need not have this one
    const auto made =
        test::run("localedef", {"-i", "de_DE", "-f", "UTF-8", (locales / "de_DE.UTF-8").string()});
    ASSERT_TRUE(std::filesystem::exists(locales / "de_DE.UTF-8/LC_NUMERIC")) << made.err;
    const std::string before = std::setlocale(LC_NUMERIC, nullptr);
    ::setenv("LOCPATH", locales.path().c_str(), 1);
    ASSERT_NE(std::setlocale(LC_NUMERIC, "de_DE.UTF-8"), nullptr);
    ASSERT_EQ(std::strtod("0,75", nullptr), 0.75) << "no comma locale";
    EXPECT_EQ(parseDouble("0.75"), 0.75);
    EXPECT_EQ(toText(0.75), "0.75");
    std::setlocale(LC_NUMERIC, before.c_str());
    ::unsetenv("LOCPATH");
}

TEST(ParseInteger, KeepsSecondsThatFloat32WouldLose)
{
    EXPECT_EQ(parseInteger("1365029107"), 1365029107);
    EXPECT_EQ(parseInteger("8.8e+08"), 880000000);
    EXPECT_FALSE(parseInteger("1.5"));
    EXPECT_FALSE(parseInteger("99999999999999999999"));
}

TEST(IsUtf8, RefusesWhatTheStandardForbids)
{
    EXPECT_TRUE(isUtf8("caf\xC3\xA9 \xE4\xB8\xAD \xF0\x9F\x8E\xAC"));
    EXPECT_FALSE(isUtf8("caf\xE9")); // Latin-1
    EXPECT_FALSE(isUtf8("\xC0\xAF")); // overlong
    EXPECT_FALSE(isUtf8("\xED\xA0\x80")); // a surrogate
    EXPECT_FALSE(isUtf8("\xE4\xB8")); // cut short
}

TEST(FromCp1252, MapsTheEuroSignAndAccents)
{
    EXPECT_EQ(fromCp1252("caf\xE9 \x80"), "caf\xC3\xA9 \xE2\x82\xAC");
}

TEST(Nearest, OffersATypoAndNothingFarAway)
{
    EXPECT_EQ(nearest("learing_rate", {"layers", "learning_rate"}), "learning_rate");
    EXPECT_EQ(nearest("zzzzzzzz", {"layers", "learning_rate"}), "");
}

TEST(Shortened, CutsBetweenCodePoints)
{
    EXPECT_EQ(shortened("\xE4\xB8\xAD\xE6\x96\x87\xE5\xAD\x97", 2), "\xE4\xB8\xAD\xE2\x80\xA6");
    EXPECT_EQ(shortened("short", 5), "short");
}

TEST(CsvField, QuotesWhatNeedsIt)
{
    EXPECT_EQ(csvField("plain"), "plain");
    EXPECT_EQ(csvField("a,\"b\""), "\"a,\"\"b\"\"\"");
}

TEST(Numbers, ReadAsPeopleWriteThem)
{
    EXPECT_EQ(grouped(-1234567), "-1,234,567");
    EXPECT_EQ(bytesText(1536), "1.5 KiB");
    EXPECT_EQ(durationText(3723), "1:02:03");
}

TEST(Text, CountsTheCellsOfATerminal)
{
    EXPECT_EQ(displayWidth("abc"), 3u);
    EXPECT_EQ(displayWidth("灯笼"), 4u);
    EXPECT_EQ(displayWidth("é"), 1u);
    EXPECT_EQ(displayWidth("e\u0301"), 1u);
}

} // namespace
} // namespace fovea::base

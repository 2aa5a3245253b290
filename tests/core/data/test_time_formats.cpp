// Moments as files write them; expected values from `date -u -d ... +%s`.
#include "core/data/time_formats.h"

#include "tests/support/support.h"

#include <ctime>

namespace fovea::data {
namespace {

constexpr std::int64_t kSecond = kMicroseconds;

std::optional<std::int64_t> read(std::string_view format, std::string_view text)
{
    return findTimeFormat(format)->read(text);
}

std::string guess(const std::vector<std::string_view>& samples)
{
    const auto found = guessTimeFormat(samples);
    return found ? std::string(found->format->name) + (found->isDayOrderOpen ? "?" : "") : "none";
}

TEST(TimeFormats, ReadCountsInEveryUnit)
{
    EXPECT_EQ(read("seconds", "1365029107"), 1'365'029'107 * kSecond);
    EXPECT_EQ(read("seconds", "8.8e+08"), 880'000'000 * kSecond);
    EXPECT_EQ(read("seconds", "1593878903.438"), 1'593'878'903'438'000);
    EXPECT_EQ(read("seconds", "-1"), -kSecond);
    EXPECT_EQ(read("milliseconds", "1433221332117"), 1'433'221'332'117'000);
    EXPECT_EQ(read("microseconds", "1433221332117001"), 1'433'221'332'117'001);
    EXPECT_EQ(read("nanoseconds", "1433221332117001999"), 1'433'221'332'117'001);
    EXPECT_EQ(read("nanoseconds", "-1"), -1); // before 1970 the earlier microsecond
    for (const char* bad : {"", "x", "1x", "nan", "inf", "1e30", "9999999999999999999"})
        EXPECT_FALSE(read("seconds", bad)) << bad;
}

TEST(TimeFormats, ReadIsoDatesWithZones)
{
    EXPECT_EQ(read("iso", "2017-08-17"), 1'502'928'000 * kSecond);
    EXPECT_EQ(read("iso", "2017-08-17 15:15"), 1'502'982'900 * kSecond);
    EXPECT_EQ(read("iso", "2017-08-17T15:15:28Z"), 1'502'982'928 * kSecond);
    EXPECT_EQ(read("iso", "2017-08-17T15:15:28.5+02:00"), 1'502'975'728 * kSecond + 500'000);
    EXPECT_EQ(read("iso", "2017-08-17 15:15:28 -0700"), 1'503'008'128 * kSecond);
    EXPECT_EQ(read("iso", "2017/8/17 15:15:28 UTC"), 1'502'982'928 * kSecond);
    EXPECT_EQ(read("iso", "2014-04-07T10:51:09.277Z"), 1'396'867'869'277'000);
    EXPECT_EQ(read("iso", "2016-02-29"), 1'456'704'000 * kSecond);
    for (const char* bad :
         {"2017-02-29", "2017-13-01", "2017-08-17 25:00", "2017-08-17 12:61", "2017-08-17x",
          "2017-08-17 15:15:28 -7", "17-08-2017", "2017-08-17 15:15:28 +99:00"})
        EXPECT_FALSE(read("iso", bad)) << bad;
}

TEST(TimeFormats, ReadDaysAndMonthsInBothOrdersWithTwelveAndTwentyFourHours)
{
    EXPECT_EQ(read("month-first", "11/13/2019 8:36:57 AM"), 1'573'634'217 * kSecond);
    EXPECT_EQ(read("month-first", "11/13/2019 8:36:57 PM"), 1'573'677'417 * kSecond);
    EXPECT_EQ(read("month-first", "11/13/2019 12:00:00 AM"), 1'573'603'200 * kSecond);
    EXPECT_EQ(read("month-first", "11/13/2019 12:00:00 PM"), 1'573'646'400 * kSecond);
    EXPECT_EQ(read("day-first", "13/11/2019 20:36"), 1'573'677'360 * kSecond);
    EXPECT_EQ(read("day-first", "13.11.2019"), 1'573'603'200 * kSecond);
    EXPECT_FALSE(read("day-first", "11/13/2019"));
    EXPECT_FALSE(read("month-first", "11/13/2019 13:00 PM"));
    EXPECT_FALSE(read("month-first", "11/13-2019"));
}

TEST(TimeFormats, ReadDigitsAndWords)
{
    EXPECT_EQ(read("digits", "20200705"), 1'593'907'200 * kSecond);
    EXPECT_EQ(read("digits", "20200705143000"), 1'593'959'400 * kSecond);
    EXPECT_FALSE(read("digits", "20201305"));
    EXPECT_EQ(read("words", "Thu Aug 17 15:15:28 -0700 2017"), 1'503'008'128 * kSecond);
    EXPECT_EQ(read("words", "Thu Aug 17 15:15:28 2017"), 1'502'982'928 * kSecond);
    for (const char* text :
         {"18-May-2023 06:02", "18 May 2023 06:02", "May 18, 2023, 06:02 AM",
          "May 18 2023 06:02:00Z", "18-May-23 6:02"})
        EXPECT_EQ(read("words", text), 1'684'389'720 * kSecond) << text;
    EXPECT_EQ(read("words", "September 1, 2023"), 1'693'526'400 * kSecond);
    EXPECT_EQ(read("day-first", "18.05.23 06:02"), 1'684'389'720 * kSecond);
    EXPECT_EQ(read("month-first", "5/18/23"), 1'684'368'000 * kSecond);
    EXPECT_EQ(read("day-first", "1/2/70"), 31 * (86'400 * kSecond));
    EXPECT_FALSE(read("day-first", "1.2.23")); // a version
    EXPECT_FALSE(read("day-first", "1/2/203"));
    EXPECT_FALSE(read("words", "18-Mai-2023"));
    EXPECT_FALSE(read("words", "Thu Foo 17 15:15:28 -0700 2017"));
}

TEST(TimeFormats, AreGuessedFromWhatReadsMostSamples)
{
    EXPECT_EQ(guess({"1365029107", "", "1365029108"}), "seconds");
    EXPECT_EQ(guess({"1433221332117"}), "milliseconds");
    EXPECT_EQ(guess({"1433221332117001"}), "microseconds");
    EXPECT_EQ(guess({"1433221332117001999"}), "nanoseconds");
    EXPECT_EQ(guess({"8.8e+08", "8.9e+08"}), "seconds");
    EXPECT_EQ(guess({"20200705", "20200706"}), "digits");
    EXPECT_EQ(guess({"1", "2", "3"}), "seconds");
    EXPECT_EQ(guess({"2017-08-17", "2017-08-17 10:00:00"}), "iso");
    EXPECT_EQ(guess({"11/13/2019 8:36:57 AM", "11/12/2019 8:36:57 PM"}), "month-first");
    EXPECT_EQ(guess({"13/11/2019", "1/2/2019"}), "day-first");
    EXPECT_EQ(guess({"1/11/2019", "1/2/2019"}), "day-first?");
    EXPECT_EQ(guess({"1/11/2019 1:00 AM"}), "month-first?");
    EXPECT_EQ(guess({"Thu Aug 17 15:15:28 -0700 2017"}), "words");
    EXPECT_EQ(guess({"12/13/2019", "13/12/2019", "14/12/2019"}), "day-first"); // one is damaged
    EXPECT_EQ(guess({"2", "soon"}), "seconds");
    EXPECT_EQ(guess({"yesterday"}), "none");
    EXPECT_EQ(guess({"", " "}), "none");
}

TEST(TimeFormats, AreWrittenInYearsBeyondTheLibrarys)
{
    EXPECT_EQ(isoText(0), "1970-01-01 00:00:00");
    EXPECT_EQ(isoText(-1), "1969-12-31 23:59:59");
    EXPECT_EQ(isoText(1'500'000'000'000), "49503-02-10 02:40:00");
}

TEST(TimeFormats, NeverAskTheMachinesZone)
{
    ::setenv("TZ", "Asia/Tokyo", 1);
    ::tzset();
    EXPECT_EQ(read("iso", "2017-08-17 15:15:28"), 1'502'982'928 * kSecond);
    ::unsetenv("TZ");
    ::tzset();
}

} // namespace
} // namespace fovea::data

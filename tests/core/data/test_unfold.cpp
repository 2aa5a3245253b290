// Rows that hold several events, or a moment in two columns.
#include "core/data/import.h"
#include "core/data/list_text.h"
#include "tests/support/events.h"
#include "tests/support/stores.h"
#include "tests/support/support.h"

namespace fovea::data {
namespace {

using test::Event;
using test::eventsOf;
using testing::ElementsAre;

const std::vector<Event> kInOrder = {{"ann", "x"}, {"ann", "y"}, {"ann", "z"}, {"bob", "y"}};

class Unfolded : public testing::Test {
protected:
    Result<Imported> import(const std::string& text, int threads = 0)
    {
        m_options.file = m_scratch.write("events", text);
        m_options.threads = threads;
        base::Silent silent;
        return importFile(m_options, silent, {});
    }
    void expect(const std::string& text, const std::vector<Event>& events)
    {
        const auto imported = import(text);
        ASSERT_OK(imported);
        EXPECT_EQ(eventsOf(*imported->dataset), events) << text;
        m_problems = imported->problems;
        m_reasons = imported->reasons;
    }
    test::ScratchFolder m_scratch;
    ImportOptions m_options;
    Problems m_problems;
    std::vector<RoleReason> m_reasons;
};

TEST_F(Unfolded, AListOfItemsIsARowForEach)
{
    for (const char* text :
         {"user_id,item_ids\nann,\"['x', 'y', 'z']\"\nbob,['y']\n",
          "user_id,items\nann,\"[\"\"x\"\", \"\"y\"\", \"\"z\"\"]\"\nbob,\"[\"\"y\"\"]\"\n",
          "user_id,product_ids\nann,x|y|z\nbob,y\n", "ann,\"['x' 'y' 'z']\"\nbob,['y']\n",
          "{\"user_id\": \"ann\", \"items\": [\"x\", \"y\", \"z\"]}\n"
          "{\"user_id\": \"bob\", \"items\": [\"y\"]}\n"})
        expect(text, kInOrder);
    for (const char* text :
         {"user_id\thistory\nann\t3 1 2\nbob\t1\n", "userId;itemIds\nann;3,1,2\nbob;1\n"})
        expect(text, {{"ann", "3"}, {"ann", "1"}, {"ann", "2"}, {"bob", "1"}});
    expect(
        "user,item_ids\nann,[3 1 2]\nbob,[1]\n",
        {{"ann", "3"}, {"ann", "1"}, {"ann", "2"}, {"bob", "1"}});
}

TEST_F(Unfolded, WhatIsToldOfEachItemGoesWithIt)
{
    expect(
        "{\"id\": 7, \"user_id\": \"ann\", \"item_ids\": [\"y\", \"x\"], \"timestamps\": [200, "
        "100], "
        "\"ratings\": [3.5, 4]}\n"
        "{\"id\": 8, \"user_id\": \"bob\", \"item_ids\": [\"x\"], \"timestamps\": [150], "
        "\"ratings\": "
        "[5]}\n",
        {{"ann", "x", 100, 4}, {"ann", "y", 200, 3.5}, {"bob", "x", 150, 5}});
    // A purchase has one time for all that was bought.
    expect(
        "customer_id,order_date,products\n1,2024-05-01,\"['a', 'b']\"\n1,2024-04-01,['c']\n",
        {{"1", "c", 1711929600, 0}, {"1", "a", 1714521600, 0}, {"1", "b", 1714521600, 0}});
}

TEST_F(Unfolded, ParquetHoldsListsAndTimesOfDay)
{
    base::Silent silent;
    m_options.file = test::arrowFile(
        "parquet", m_scratch / "lists.parquet",
        {{"user_id", "utf8", R"(["ann", "bob", "eve"])"},
         {"movies", "utf8s", R"([["y's, \\", "x"], ["x", null], null])"},
         {"times", "int64s", "[[200, 100], [150, null], []]"}});
    const auto lists = importFile(m_options, silent, {});
    ASSERT_OK(lists);
    EXPECT_EQ(
        eventsOf(*lists->dataset),
        (std::vector<Event>{{"ann", "x", 100}, {"ann", "y's, \\", 200}, {"bob", "x", 150}}));
    m_options.file = test::arrowFile(
        "feather", m_scratch / "moments.feather",
        {{"user", "utf8", R"(["ann", "ann"])"},
         {"item", "int32", "[1, 2]"},
         {"date", "date32", "[1, 18262]"},
         {"time", "milliseconds_of_day", "[3661500, 0]"}});
    const auto moments = importFile(m_options, silent, {});
    ASSERT_OK(moments);
    EXPECT_EQ(
        eventsOf(*moments->dataset),
        (std::vector<Event>{{"ann", "1", 86400 + 3661}, {"ann", "2", 1577836800}}));
}

TEST_F(Unfolded, ListsOfOtherLengthsAndEmptyOnesAreCounted)
{
    std::string text = "user_id,item_ids,timestamps,notes\n";
    for (int u = 0; u < 300; ++u) // longer than what is looked at first
        text += "u" + std::to_string(u) + ",\"[1, 2]\",\"[100, 200]\",\"[a, b]\"\n";
    const auto imported = import(
        text
        + "ann,\"[1, 2]\",\"[100]\",\"[a, b]\"\nbob,[],[],[]\n"
          "eve,\"[5, 6]\",\"[100, 200]\",[a]\n");
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->eventCount(), 602); // nobody asks for notes
    const auto& all = imported->problems.list();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].kind, "lists of different lengths");
    EXPECT_EQ(all[0].firstLine, 302);
    EXPECT_EQ(all[0].firstColumn, 3);
    EXPECT_EQ(all[1].kind, "a list without items");
    EXPECT_EQ(all[1].firstLine, 303);
}

TEST_F(Unfolded, ManyUsersAreTheSameOnAnyNumberOfThreads)
{
    std::string lists = "user,item_ids\n";
    std::string rows = "user,item\n";
    for (int u = 0; u < 40'000; ++u) {
        const auto user = std::to_string(u * 7919 % 40'009);
        lists += user + ",\"[";
        for (int e = 0; e < 6; ++e) {
            const auto item = std::to_string((u * 31 + e * 17) % 977);
            lists += item + (e < 5 ? ", " : "");
            rows += user + "," + item + "\n";
        }
        lists += "]\"\n";
    }
    const auto expected = import(rows);
    ASSERT_OK(expected);
    for (const int threads : {1, 2, 3}) {
        const auto imported = import(lists, threads);
        ASSERT_OK(imported);
        EXPECT_EQ(imported->dataset->fingerprint(), expected->dataset->fingerprint());
    }
}

TEST_F(Unfolded, ListsThatTellOfAnItemStayInTheirRow)
{
    expect(
        "user_id,item_id,history,tags\nann,y,x z,\"['a', 'b']\"\nbob,x,,['a']\n",
        {{"ann", "y"}, {"bob", "x"}});
    // How many, and none that is listed.
    for (const char* text :
         {"user_id,items,rating\nann,2,4\nbob,3,5\n",
          "user_id,products\nann,Blue shirt\nbob,\"Bag, red\"\n"})
        EXPECT_FALSE(import(text)) << text;
}

TEST_F(Unfolded, DateAndTimeOfDayAreOneMoment)
{
    const std::vector<Event> events = {
        {"ann", "x", 1714552200, 0}, {"ann", "y", 1714552260, 0}, {"bob", "x", 1714608000, 0}};
    for (const char* text :
         {"user,item,date,time\nann,y,2024-05-01,08:31:00\nann,x,2024-05-01,08:30:00\n"
          "bob,x,2024-05-02,00:00:00\n",
          "user,item,order_date,order_time\nann,y,01/05/2024,8:31\nann,x,01/05/2024,8:30\n"
          "bob,x,02/05/2024,0:00\nbob,x,20/06/2024,\n",
          "user,hour,item,Date\nann,8:31 AM,y,5/1/2024\nann,8:30 AM,x,5/1/2024\n"
          "bob,12:00 AM,x,5/2/2024\nzed,,x,5/22/2024\n",
          "ann,y,2024-05-01,08:31:00\nann,x,2024-05-01,08:30:00\nbob,x,2024-05-02,00:00:00\n"})
        expect(text, events);
    const auto time = std::find_if(m_reasons.begin(), m_reasons.end(), [](const auto& reason) {
        return reason.role == Role::Time;
    });
    ASSERT_NE(time, m_reasons.end());
    EXPECT_EQ(time->why.english(), "the date of 3 with the time of day of 4");
}

TEST_F(Unfolded, ADateBesideAWholeMomentOrALengthIsLeftAlone)
{
    expect(
        "user,item,timestamp,date,time\nann,x,1714552200,2020-01-01,10:00\n",
        {{"ann", "x", 1714552200, 0}});
    expect(
        "user,item,date,play_time\nann,x,2024-05-01,3:45\nann,y,2024-05-01,4:10\n",
        {{"ann", "x", 1714521600, 0}, {"ann", "y", 1714521600, 0}});
}

TEST_F(Unfolded, ListsInEveryNotation)
{
    EXPECT_THAT(listOf("[1, 2]"), ElementsAre("1", "2"));
    EXPECT_THAT(listOf("['a', u\"b\", c]"), ElementsAre("a", "b", "c"));
    EXPECT_THAT(listOf("['a' 'b c'\n 'd']"), ElementsAre("a", "b c", "d"));
    EXPECT_THAT(listOf("[[1, 2], ['x, y']]"), ElementsAre("1", "2", "x, y"));
    EXPECT_THAT(listOf("['']"), ElementsAre(""));
    EXPECT_THAT(listOf("[]"), ElementsAre());
    EXPECT_THAT(listOf("['d\\u00e9']"), ElementsAre("d\xC3\xA9"));
    EXPECT_FALSE(isList("[1, 2"));
}

} // namespace
} // namespace fovea::data

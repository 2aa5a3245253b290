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
        m_columns = imported->names;
    }
    test::ScratchFolder m_scratch;
    ImportOptions m_options;
    Problems m_problems;
    std::vector<RoleReason> m_reasons;
    std::vector<std::string> m_columns;
};

TEST_F(Unfolded, AListOfItemsIsARowForEach)
{
    for (const char* text :
         {"user_id,item_ids\nann,\"['x', 'y', 'z']\"\nbob,['y']\n",
          "user_id,items\nann,\"[\"\"x\"\", \"\"y\"\", \"\"z\"\"]\"\nbob,\"[\"\"y\"\"]\"\n",
          "user_id\thistory\nann\t{x,y,z}\nbob\t{y}\n", // PostgreSQL
          "userId;itemIds\nann;('x', 'y', 'z')\nbob;('y',)\n", // tuples
          "ann,\"['x' 'y' 'z']\"\nbob,['y']\n", // NumPy
          "user,products\nann,\"[np.str_('x'), np.str_('y'), b'z']\"\nbob,[b'y']\n"})
        expect(text, kInOrder);
    expect(
        "{\"user_id\": \"ann\", \"items\": [\"x\", \"y\", \"z\"]}\n"
        "{\"user_id\": \"bob\", \"items\": [\"y\"]}\n",
        kInOrder);
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

#ifdef FOVEA_WITH_ARROW
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
         {"time", "duration", "[3661, 0]"}});
    const auto moments = importFile(m_options, silent, {});
    ASSERT_OK(moments);
    EXPECT_EQ(
        eventsOf(*moments->dataset),
        (std::vector<Event>{{"ann", "1", 86400 + 3661}, {"ann", "2", 1577836800}}));
}

TEST_F(Unfolded, SideFilesOfSeveralParquetFilesAreRead)
{
    m_options.itemsFile = test::arrowFile(
        "parquet", m_scratch / "a.parquet",
        {{"item", "utf8", R"(["x"])"}, {"title", "utf8", R"(["The X"])"}});
    m_options.moreItems = {test::arrowFile(
        "parquet", m_scratch / "b.parquet",
        {{"item", "utf8", R"(["y"])"}, {"title", "utf8", R"(["The Y"])"}})};
    const auto imported = import("user,item\nann,x\nann,y\n");
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->item({1}).title, "The X");
    EXPECT_EQ(imported->dataset->item({2}).title, "The Y");
}
#endif

TEST_F(Unfolded, OrdersHaveLinesThatAreRecords)
{
    expect(
        R"({"_id": {"$oid": "f1"}, "customer_id": 5, "created_at": "2024-05-01T10:00:00Z", )"
        R"("line_items": [{"id": 1, "sku": "a 1", "rating": 4, "tags": [1, 2]}, )"
        R"({"sku": "b\"2", "id": 2, "rating": {"$numberInt": "3"}}]})"
        "\n"
        R"({"_id": {"$oid": "f2"}, "customer_id": 6, "created_at": "2024-05-01T10:00:00Z", )"
        R"("line_items": [{"id": 3, "sku": "a 1"}, {"id": 4, "rating": 1}]})"
        "\n"
        R"({"_id": {"$oid": "f3"}, "customer_id": 6, "created_at": "2024-05-01T10:00:00Z", )"
        R"("line_items": []})",
        {{"5", "a 1", 1714557600, 4}, {"5", "b\"2", 1714557600, 3}});
    std::vector<std::string> kinds;
    for (const auto& problem : m_problems.list())
        kinds.push_back(problem.kind);
    EXPECT_THAT(
        kinds, testing::IsSupersetOf({"missing value", "missing id", "a list without items"}));
}

TEST_F(Unfolded, RecordsThatAreNoItemsGiveNoColumns)
{
    expect(
        "{\"user_id\": 1, \"asin\": \"a\", \"images\": []}\n"
        "{\"user_id\": 1, \"asin\": \"b\", \"images\": [{\"url\": \"u\", \"id\": 3}]}\n",
        {{"1", "a"}, {"1", "b"}});
    EXPECT_TRUE(m_problems.list().empty());
    ASSERT_EQ(m_columns.size(), 3u);
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
            rows.append(user).append(",").append(item).append("\n");
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

TEST_F(Unfolded, WhatIsNoListOfItemsStaysInItsRow)
{
    expect(
        "user_id,item_id,history,tags\nann,y,\"[x, z]\",\"['a', 'b']\"\nbob,x,[],['a']\n",
        {{"ann", "y"}, {"bob", "x"}});
    expect(
        "user,book,rating\n1,Moby Dick,1\n1,The Great Gatsby,4\n",
        {{"1", "Moby Dick", 0, 1}, {"1", "The Great Gatsby", 0, 4}});
    // How many, names, records, vectors.
    for (const char* text :
         {"user_id,items,rating\nann,2,4\nbob,3,5\n",
          "user_id,products\nann,Blue shirt\nbob,\"Bag, red\"\n",
          "user_id,items\n1,\"[0.5, 1.25]\"\n"})
        EXPECT_FALSE(import(text)) << text;
}

TEST_F(Unfolded, AListThatWasCutIsCounted)
{
    expect("user,item_ids\nann,[1 2 ... 8 9]\nbob,[1 2]\n", {{"bob", "1"}, {"bob", "2"}});
    ASSERT_EQ(m_problems.list().size(), 1u);
    EXPECT_EQ(m_problems.list()[0].kind, "a list that was cut when it was written");
}

TEST_F(Unfolded, SideFilesKeepTheirLists)
{
    m_options.itemsFile = m_scratch.write("items.tsv", "x\t[0.5, 1.25]\ny\t[1.5, 2]\nz\t[0, 1]\n");
    m_options.usersFile = m_scratch.write(
        "users.csv",
        "user_id,age,history,open_date,open_time\nann,30,\"['x', 'y']\",2020-01-01,10:00\n"
        "bob,40,\"['x', 'y']\",2020-01-02,11:00\n");
    const auto imported = import("user,item\nann,x\nann,y\nbob,z\n");
    ASSERT_OK(imported);
    EXPECT_TRUE(imported->problems.list().empty());
    const auto& items = imported->dataset->attributes().items();
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items[0].width, 2);
    const auto& users = imported->dataset->attributes().users();
    const auto date = std::find_if(users.begin(), users.end(), [](const auto& attribute) {
        return attribute.name == "open_date";
    });
    ASSERT_NE(date, users.end());
    EXPECT_EQ(date->text(0), "2020-01-01");
}

TEST_F(Unfolded, AppendedFilesAreReadAlike)
{
    const auto first =
        import("user_id,item_ids,order_date,order_time\n1,\"[1, 2]\",2024-05-01,8:30\n");
    ASSERT_OK(first);
    m_options.before = first->dataset;
    std::string more = "user_id,item_ids,order_date,order_time\n1,[3],2024-05-02,unknown\n";
    for (int i = 0; i < 20; ++i)
        more += "1,[4],2024-05-02,9:" + std::to_string(10 + i) + "\n";
    const auto second = import(more);
    ASSERT_OK(second);
    EXPECT_EQ(second->dataset->eventCount(), 22);
    ASSERT_FALSE(second->problems.list().empty());
    EXPECT_EQ(second->problems.list()[0].kind, "time is not written as the others");
    EXPECT_EQ(second->problems.list()[0].firstLine, 2);
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
          "user,item,purchase_day,purchase_time,delivery_time\nann,y,2024-05-01 "
          "00:00:00,08:31:00Z,9:00\n"
          "ann,x,2024-05-01 00:00:00,8:30 a.m.,9:00\nbob,x,2024-05-02,00:00:00+00,9:00\n",
          "usuario,producto,fecha,hora\nann,y,2024-05-01,08:31:00\nann,x,2024-05-01,08:30:00\n"
          "bob,x,2024-05-02,00:00:00\n",
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
    ASSERT_FALSE(m_problems.list().empty()); // but there is a word on it
    EXPECT_EQ(m_problems.list()[0].kind, "times of day that no date is found for");
    EXPECT_EQ(m_problems.list()[0].firstColumn, 4);
    EXPECT_FALSE(import("time,customer,sku,release_date\n01:01:00,c,s,2001-03-02\n"));
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

#include "core/data/import.h"

#include "core/base/text.h"
#include "tests/support/packing.h"
#include "tests/support/support.h"

namespace fovea::data {
namespace {

using test::ScratchFolder;

Result<Imported> importText(
    const std::string& text, ImportOptions options = {}, const std::string& name = "events.csv")
{
    const ScratchFolder scratch;
    options.file = scratch.write(name, text);
    base::Silent silent;
    return importFile(options, silent, {});
}

const Problem* problem(const Imported& imported, const std::string& kind)
{
    for (const auto& p : imported.problems.list()) {
        if (p.kind == kind)
            return &p;
    }
    ADD_FAILURE() << "no problem of the kind: " << kind;
    static const Problem none;
    return &none;
}

std::vector<std::string> historyIds(const Dataset& dataset, const std::string& user)
{
    std::vector<std::string> ids;
    for (const auto item : dataset.itemsOf(*dataset.findUser(user)))
        ids.emplace_back(dataset.item({item}).id);
    return ids;
}

class EveryDelimiter : public testing::TestWithParam<std::string> { };

TEST_P(EveryDelimiter, IsFoundWithAndWithoutAHeader)
{
    const auto& d = GetParam();
    const auto row = [&](const std::vector<std::string>& fields) {
        return base::join(fields, d) + "\n";
    };
    const auto rows = row({"u1", "a", "4", "1365029107"}) + row({"u1", "b", "5", "1365029000"})
        + row({"u2", "a", "1", "1365029200"});
    const auto header = row({"user", "item", "rating", "timestamp"});
    for (const auto& text : {rows, header + rows}) {
        const auto imported = importText(text);
        ASSERT_OK(imported);
        EXPECT_EQ(imported->dataset->eventCount(), 3);
        EXPECT_THAT(historyIds(*imported->dataset, "u1"), testing::ElementsAre("b", "a"));
        EXPECT_EQ(imported->dataset->valuesOf({0})[1], 4.0f);
        EXPECT_EQ(imported->dataset->timesOf({0})[0], 1365029000);
    }
}

INSTANTIATE_TEST_SUITE_P(Import, EveryDelimiter, testing::Values(",", ";", "\t", " ", "|", "::"));

TEST(Import, ReadsAlignedColumns)
{
    const std::string rows =
        "u1    a   4   1365029107\n  u1  b   5   1365029000  \r\nu22\t \"a\"  1 "
        "  1365029200\n u3   \"c d\" 1   1365029200";
    const std::string header = "user  item  rating  timestamp\n";
    ImportOptions said;
    said.delimiter = kBlanks;
    for (const auto& options : {ImportOptions(), said}) {
        for (const auto& text : {rows, header + rows}) {
            const auto imported = importText(text, options);
            ASSERT_OK(imported);
            EXPECT_EQ(imported->dataset->eventCount(), 4);
            EXPECT_EQ(imported->problems.leftOut(), 0);
            EXPECT_THAT(historyIds(*imported->dataset, "u1"), testing::ElementsAre("b", "a"));
            EXPECT_THAT(historyIds(*imported->dataset, "u22"), testing::ElementsAre("a"));
            EXPECT_THAT(historyIds(*imported->dataset, "u3"), testing::ElementsAre("c d"));
        }
    }
    // As wide everywhere: one space is regular too, with empty fields.
    const auto even = importText("u1  a  4\nu1  b  5\nu2  a  1\n");
    ASSERT_OK(even);
    EXPECT_EQ(even->dataset->itemCount(), 2);
}

TEST(Import, TakesAColumnOfRowNumbersWithoutAName)
{
    // R's write.table, pandas' to_string
    for (const std::string text :
         {"\"user\" \"item\" \"rating\"\n\"1\" 101 7 5\n\"2\" 102 7 4\n\"3\" 101 8 3\n",
          "  user  item  rating\n0   101     7       5\n1   102     7       4\n2   101     8       "
          "3\n"}) {
        const auto imported = importText(text);
        ASSERT_OK(imported);
        EXPECT_THAT(historyIds(*imported->dataset, "101"), testing::ElementsAre("7", "8"));
        EXPECT_EQ(imported->dataset->valuesOf({0})[0], 5.0f);
        EXPECT_EQ(imported->problems.leftOut(), 0);
    }
    // Not where rows end with a delimiter.
    const auto trailing = importText("user,item,rating\n1,7,5,\n2,7,4,\n");
    ASSERT_OK(trailing);
    EXPECT_THAT(historyIds(*trailing->dataset, "1"), testing::ElementsAre("7"));
}

TEST(Import, ReadsWhatIsInsideObjectsOfJson)
{
    const auto imported = importText(
        R"({"user":{"id":1,"name":"A"},"item":"x","at":{"$date":"2020-01-02T00:00:00Z"}})"
        "\n"
        R"({"user":{"name":"A","id":1,"age":3},"item":{"$oid":"y"},"at":{"$date":"2020-01-01T00:00:00Z"}})"
        "\n"
        R"({"user":{"id":99999999999999999999},"item":"z","at":null})"
        "\n",
        {}, "events.jsonl");
    ASSERT_OK(imported);
    EXPECT_THAT(historyIds(*imported->dataset, "1"), testing::ElementsAre("y", "x"));
    EXPECT_EQ(problem(*imported, "a number that is too large, or none")->firstLine, 3);
}

TEST(Import, AsksWhereANamedTimeCannotBeRead)
{
    const std::string text = "user,item,created_at\na,x,5. Jan. 2020 um 6\na,y,4. Jan. 2020 um "
                             "6\nb,x,3. Jan. 2020 um 6\n";
    EXPECT_THAT(test::errorOf(importText(text)), testing::HasSubstr("--time none"));
    ImportOptions options;
    options.roles = {{Role::Time, ""}};
    ASSERT_OK(importText(text, options));
    // Numbers under such a name may be anything.
    ASSERT_OK(importText("user,item,play_time\na,x,3.5\na,y,2.1\n"));
}

TEST(Import, TakesTitlesFromTheEvents)
{
    ImportOptions options;
    options.roles = {{Role::Title, "what"}, {Role::Category, "kind"}};
    const auto imported = importText(
        "user,item,time,what,kind\na,x,1,\"Ex, the first\",red\na,y,2,Why,blue\nb,x,3,Other,red\n",
        options);
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->item({1}).title, "Ex, the first");
    EXPECT_EQ(imported->dataset->item({2}).category, "blue");
    EXPECT_TRUE(imported->dataset->attributes().items().empty());
    EXPECT_TRUE(imported->problems.list().empty());
    options.aboutItems = {"price", "6"};
    const auto more = importText(
        "user,item,time,what,kind,clip,price\na,x,1,Ex,red,\"[0.5, 1]\",2.5\na,y,2,Why,,\"[1, "
        "2]\",\n",
        options);
    ASSERT_OK(more);
    const auto& about = more->dataset->attributes().items();
    ASSERT_EQ(about.size(), 2u);
    EXPECT_EQ(about[0].name, "clip");
    EXPECT_EQ(about[0].kind, AttributeKind::Vector);
    EXPECT_EQ(about[1].name, "price");
    options.aboutItems = {"prize"};
    EXPECT_THAT(
        test::errorOf(importText("user,item,time,what,kind\na,x,1,a,b\na,y,2,c,d\n", options)),
        testing::HasSubstr("there is no column 'prize'"));
    options.aboutItems.clear();
    const auto recipe = recipeFrom(toJson(imported->recipe), "recipe");
    ASSERT_OK(recipe);
    EXPECT_EQ(recipe->roles.size(), 2u);
}

TEST(Import, LeavesOutWhatStandsBeforeTheTable)
{
    struct Case {
        std::string text;
        std::vector<std::string> history;
        std::int64_t badLine;
    };
    const std::vector<Case> cases = {
        // Excel's first line, KONECT's, SNAP's, and a header in the last comment or with its mark.
        {"sep=;\r\nuser;item;rating\r\na;y;3\r\na\r\na;x;1\r\n", {"y", "x"}, 4},
        {"% bip weighted\n% 3 1 2\na y 3 978300760\na\na x 1 978300762\n", {"y", "x"}, 4},
        {"# Nodes: 3\n#\n# From\tTo\na\ty\t3\na\na\tx\t1\n", {"y", "x"}, 5},
        {"# mine\n# user,item,rating\na,y,3\na\na,x,1\n", {"y", "x"}, 4},
        {"#user,item,rating\na,y,3\na\na,x,1\n", {"y", "x"}, 3},
        // A title, and what else stands above a header.
        {"Ratings, exported 2024\n\nuser,item,rating\na,y,3\na\na,x,1\n", {"y", "x"}, 5},
        {"\"Ratings\"\r\n\"user\";\"item\";\"rating\"\r\na;y;3\r\na\r\na;x;1\r\n", {"y", "x"}, 4},
        // As a program of the office pads it.
        {"Ratings,,\n,,\nuser,item,rating\na,y,3\na\na,x,1\n", {"y", "x"}, 5},
        // No comments, but users.
        {"#a,y,3\n#a\n#a,x,1\n", {"y", "x"}, 2}};
    for (const auto& c : cases) {
        const auto imported = importText(c.text);
        ASSERT_OK(imported);
        EXPECT_THAT(
            historyIds(*imported->dataset, std::string(imported->dataset->userId({0}))),
            testing::ElementsAreArray(c.history))
            << c.text;
        EXPECT_EQ(imported->rows, 3) << c.text;
        EXPECT_EQ(problem(*imported, "too few fields")->firstLine, c.badLine) << c.text;
    }
    // Names of columns among events are an event.
    EXPECT_EQ(importText("a,y,3\nuser,item,1\na,x,1\n")->rows, 3);
    EXPECT_FALSE(importText("sep=;\n"));
    EXPECT_FALSE(importText("sep=;\r")); // all of the file, and nothing behind it
    EXPECT_FALSE(importText("# nothing\n# but comments\n"));
}

TEST(Import, FindsTimesUnderEveryName)
{
    for (const char* name :
         {"createdAt", "purchasedAt", "dateAdded", "ts_ms", "lastModified", "epoch", "when", "x"}) {
        for (const char* unit : {"", "000"}) {
            std::string text = "userId,itemId,";
            text.append(name).append("\na,y,1684389720").append(unit);
            text.append("\na,x,1684389719").append(unit).append("\n");
            const auto imported = importText(text);
            ASSERT_OK(imported);
            EXPECT_THAT(historyIds(*imported->dataset, "a"), testing::ElementsAre("x", "y"))
                << name;
        }
    }
    // Numbers that are no moments, or are what something is known by.
    for (const char* text :
         {"user,item,price\na,y,2684389720\na,x,1684389719\n",
          "user,item,order_id\na,y,1684389720\na,x,1684389719\n"}) {
        const auto imported = importText(text);
        ASSERT_OK(imported);
        EXPECT_FALSE(imported->dataset->hasTimes()) << text;
    }
}

TEST(Import, TakesWordsForAHeaderWhereTheRestHasDigits)
{
    std::string text = "person,film\n";
    for (int i = 0; i < 12; ++i)
        text += "Ben u" + std::to_string(i) + ",Alien i" + std::to_string(i % 3) + "\n";
    const auto imported = importText(text);
    ASSERT_FALSE(imported.ok()); // they are no known names
    EXPECT_THAT(imported.error().message(), testing::HasSubstr("person, film"));
}

TEST(Import, TakesNoRatingAndNoPlaceForAnId)
{
    std::string ratings; // rating, time, item, user
    std::string places; // user, time, latitude, longitude, place
    for (int i = 0; i < 60; ++i) {
        ratings += std::to_string(1 + i * 7 % 5) + ",16843897" + std::to_string(10 + i % 30) + ",i"
            + std::to_string(i % 9) + ",u" + std::to_string(i % 20) + "\n";
        places += std::to_string(i / 40) + "\t2010-10-19T23:55:" + std::to_string(10 + i % 49)
            + "Z\t30.2359091167\t-97.79513958\t" + std::to_string(22847 + i % 9) + "\n";
    }
    const auto rated = importText(ratings);
    ASSERT_OK(rated);
    EXPECT_EQ(rated->dataset->userCount(), 9); // which of the two is the user nothing says
    EXPECT_EQ(rated->dataset->itemCount(), 20);
    EXPECT_TRUE(rated->dataset->hasValues());
    const auto visited = importText(places);
    ASSERT_OK(visited);
    EXPECT_EQ(visited->dataset->userCount(), 2);
    EXPECT_EQ(visited->dataset->itemCount(), 9);
    EXPECT_FALSE(visited->dataset->hasValues());
}

TEST(Import, SaysOfJsonThatIsNotOneObjectALine)
{
    for (const char* text :
         {"{\n  \"user\": 1,\n  \"item\": 2\n}\n{\n  \"user\": 1,\n  \"item\": 3\n}\n",
          "{\"user\": 1, \"item\": 2},\n{\"user\": 1, \"item\": 3},\n"}) {
        const auto imported = importText(text);
        ASSERT_FALSE(imported.ok());
        EXPECT_THAT(imported.error().message(), testing::HasSubstr("one object a line"));
    }
}

TEST(Import, FindsTheOrderOfDayAndMonthInTheWholeFile)
{
    std::string text = "user,item,time\n";
    for (int i = 0; i < 300; ++i)
        text += "a,x" + std::to_string(i) + ",12/1/2010 8:26\n";
    const auto american = importText(text + "b,x1,12/13/2010 8:27\n");
    ASSERT_OK(american);
    EXPECT_EQ(american->rows, 301);
    EXPECT_TRUE(american->problems.list().empty() || american->problems.leftOut() == 0);
    EXPECT_EQ(american->source["time_format"], "month-first");
    EXPECT_EQ(american->whyTime.english(), "second numbers are over 12");
    EXPECT_EQ(american->dataset->timesOf({0})[0], 1291191960); // 2010-12-01
    const auto european = importText(text + "b,x1,13/12/2010 8:27\n");
    ASSERT_OK(european);
    EXPECT_EQ(european->source["time_format"], "day-first");
    EXPECT_EQ(european->whyTime.english(), "first numbers are over 12");
    EXPECT_EQ(european->problems.leftOut(), 0);
    const auto open = importText(text);
    ASSERT_OK(open);
    EXPECT_EQ(problem(*open, "day and month can be told apart in no row")->count, 300);
    EXPECT_EQ(problem(*open, "day and month can be told apart in no row")->effect, "day-first");
}

TEST(Import, SaysWhereTimesHaveTwoNotations)
{
    const auto imported =
        importText("user,item,time\na,x,2020-01-31\na,y,2020-02-01\na,z,31/01/2020\na,w,soon\n");
    ASSERT_OK(imported);
    const auto* p = problem(*imported, "a time in another notation than the others");
    EXPECT_EQ(p->effect, "day-first");
    EXPECT_EQ(p->firstLine, 4);
}

TEST(Import, CountsIdsThatSayThatThereIsNone)
{
    const std::string text =
        "user\titem\ttime\nu1\ta\t1\n\\N\ta\t2\nu2\tNULL\t3\nu2\tnan\t4\nna\tb\t5\n";
    const auto imported = importText(text);
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->eventCount(), 2);
    EXPECT_EQ(problem(*imported, "missing id")->count, 1); // of users; two of items
    EXPECT_EQ(imported->problems.leftOut(), 3);
    EXPECT_EQ(problem(*imported, "missing id")->firstLine, 3);
    ImportOptions options;
    options.deals.missingId = "keep";
    EXPECT_EQ(importText(text, options)->dataset->eventCount(), 5);
    options.deals.missingId = "stop";
    EXPECT_FALSE(importText(text, options));
}

TEST(Import, KeepsEventsOfSeveralTypesAtOneTime)
{
    const std::string text =
        "user,item,event,time\na,x,view,5\na,x,cart,5\na,x,buy,5\na,x,View,5\n";
    const auto imported = importText(text);
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->eventCount(), 3);
    EXPECT_EQ(problem(*imported, "exact duplicate")->count, 1);
    EXPECT_EQ(problem(*imported, "exact duplicate")->firstLine, 5);
    // A row may end before its type.
    const auto ragged = importText("user,item,time,event\na,x,5,view\na,x,5\na,x,5\na,x,5,buy\n");
    ASSERT_OK(ragged);
    EXPECT_EQ(ragged->dataset->eventCount(), 3);
    EXPECT_EQ(problem(*ragged, "exact duplicate")->firstLine, 4);
    // The same file again adds nothing, though a data set does not keep types.
    ImportOptions options;
    options.before = imported->dataset;
    const auto again = importText(text + "a,y,buy,6\n", options);
    ASSERT_OK(again);
    EXPECT_EQ(again->dataset->eventCount(), 4);
}

TEST(Import, TakesADecimalCommaWhereItIsClear)
{
    const auto imported = importText("user;item;rating\na;v;3,5\na;w;-0,25\na;x;0,125\na;y;1,"
                                     "234\na;z;1,2,3\na;u;4\na;1;2.676,50\n"
                                     "a;2;-1,002,676.5\n");
    ASSERT_OK(imported);
    EXPECT_THAT(
        imported->dataset->valuesOf({0}),
        testing::ElementsAre(3.5f, -0.25f, 0.125f, 4.0f, 2676.5f, -1002676.5f));
    EXPECT_EQ(problem(*imported, "value is not a number")->count, 2);
    EXPECT_EQ(problem(*imported, "value is not a number")->example, "1,234");
}

TEST(Import, ReadsQuotesWithDelimitersLineBreaksAndQuotesInside)
{
    const auto imported = importText(
        "user,item,time\n\"u,1\",\"say \"\"hi\"\"\",1\n\"u,1\",\"two\nlines\",2\nu2,x,3\n");
    ASSERT_OK(imported);
    EXPECT_THAT(
        historyIds(*imported->dataset, "u,1"), testing::ElementsAre("say \"hi\"", "two\nlines"));
}

TEST(Import, ReportsTheLineAfterAQuotedLineBreak)
{
    const auto imported = importText("user,item,time\nu1,\"two\nlines\",2\nu1,b,soon\n");
    ASSERT_OK(imported);
    const auto* p = problem(*imported, "time is not written as the others");
    EXPECT_EQ(p->firstLine, 4);
    EXPECT_EQ(p->firstColumn, 3);
    EXPECT_EQ(p->example, "soon");
}

TEST(Import, TakesAByteOrderMarkAndCarriageReturns)
{
    const auto imported = importText("\xEF\xBB\xBFuser,item,time\r\nu1,a,1\r\nu1,b,2\r\n");
    ASSERT_OK(imported);
    EXPECT_THAT(historyIds(*imported->dataset, "u1"), testing::ElementsAre("a", "b"));
}

TEST(Import, ReadsCp1252WhereTheTextIsNotUtf8AndSaysSo)
{
    const auto imported = importText("user,item,time\nu1,caf\xE9,1\nu1,b,2\n");
    ASSERT_OK(imported);
    EXPECT_EQ(historyIds(*imported->dataset, "u1").front(), "caf\xC3\xA9");
    EXPECT_EQ(imported->source["encoding"], "windows-1252");
    // Where the beginning is UTF-8 and what comes later is not, field by field.
    std::string later = "user,item,time\n";
    for (int i = 0; i < 30'000; ++i)
        later += "u1,item" + std::to_string(i) + ",1\n";
    const auto mixed = importText(later + "u2,caf\xE9,1\nu2,灯,2\n");
    ASSERT_OK(mixed);
    EXPECT_THAT(historyIds(*mixed->dataset, "u2"), testing::ElementsAre("café", "灯"));
    EXPECT_EQ(problem(*mixed, "not UTF-8")->count, 1);
}

TEST(Import, ReadsEveryEncoding)
{
    using namespace std::string_literals;
    const auto utf16 = importText("\xFF\xFE\xE9\0,\0\x6F\x70,\x00\x31\0\n\0"s);
    ASSERT_OK(utf16);
    EXPECT_EQ(utf16->source["encoding"], "utf-16le");
    EXPECT_THAT(historyIds(*utf16->dataset, "é"), testing::ElementsAre("灯"));
    const auto chinese = importText("\xD3\xC3\xBB\xA7,\xCE\xEF\xC6\xB7\n\xD6\xDC,\xB5\xC6\n");
    ASSERT_OK(chinese);
    EXPECT_EQ(chinese->source["encoding"], "gb18030");
    EXPECT_THAT(historyIds(*chinese->dataset, "周"), testing::ElementsAre("灯"));
}

TEST(Import, SortsByTheTimeThatIsWrittenAndKeepsSeconds)
{
    const auto text = "user,item,time\n"
                      "u,c,2017-08-17T15:15:28.7Z\nu,a,2017-08-17T16:15:28+02:00\n"
                      "u,b,2017-08-17T15:15:28.5Z\nu,d,2017-08-18\n";
    const auto imported = importText(text);
    ASSERT_OK(imported);
    EXPECT_THAT(historyIds(*imported->dataset, "u"), testing::ElementsAre("a", "b", "c", "d"));
    EXPECT_EQ(imported->source["time_format"], "iso");
    EXPECT_EQ(imported->dataset->timesOf({0}).front(), 1'502'979'328);
    EXPECT_EQ(imported->dataset->timesOf({0})[1], 1'502'982'928);
    const auto ms = importText("u,a,1502982928700\nu,b,1502982928500\n");
    ASSERT_OK(ms);
    EXPECT_EQ(ms->source["time_format"], "milliseconds");
    EXPECT_THAT(historyIds(*ms->dataset, "u"), testing::ElementsAre("b", "a"));
    EXPECT_EQ(ms->dataset->timesOf({0}).back(), 1'502'982'928);
    EXPECT_FALSE(importText("user,item,time\nu,a,now\nu,b,then\n").ok());
}

TEST(Import, ReadsGzipAndRefusesATruncatedOne)
{
    std::string text = "user,item,time\n";
    for (int i = 0; i < 2000; ++i)
        text += "u" + std::to_string(i * 7919 % 997) + ",i" + std::to_string(i * 104729 % 499) + ","
            + std::to_string(i) + "\n";
    const auto packed = test::gzip(text);
    const auto whole = importText(packed, {}, "events.csv.gz");
    ASSERT_OK(whole);
    EXPECT_EQ(whole->dataset->eventCount(), 2000);
    const auto cut = importText(packed.substr(0, packed.size() / 2), {}, "events.csv.gz");
    ASSERT_FALSE(cut.ok());
    EXPECT_EQ(cut.error().kind, ErrorKind::BadInput);
    EXPECT_THAT(cut.error().message(), testing::HasSubstr("cut short"));
}

TEST(Import, CountsEverythingThatItLeavesOut)
{
    std::string text = "user,item,rating,time\nu1,a,3,1\nu1\n,b,3,2\nu1,c,x,3\nu1,d,3,\n"
                       "u1,e,4,5,extra\nu1,a,3,1\n";
    for (int i = 0; i < 80; ++i)
        text += "u2,\"k" + std::to_string(i) + "\",3,9\n";
    const auto imported = importText(text + "u1,\"open,3,9\n");
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->eventCount(), 83);
    EXPECT_EQ(problem(*imported, "too few fields")->firstLine, 3);
    EXPECT_EQ(problem(*imported, "empty id")->firstColumn, 1);
    EXPECT_EQ(problem(*imported, "value is not a number")->firstLine, 5);
    EXPECT_EQ(problem(*imported, "missing time")->firstLine, 6);
    EXPECT_EQ(problem(*imported, "too many fields")->firstLine, 7);
    EXPECT_EQ(problem(*imported, "exact duplicate")->count, 1);
    EXPECT_EQ(problem(*imported, "a quote that encloses no whole field")->firstLine, 89);
    EXPECT_EQ(problem(*imported, "exact duplicate")->firstLine, 8);
    EXPECT_EQ(imported->rows, imported->dataset->eventCount() + imported->problems.leftOut());
}

TEST(Import, CountsARowWithSeveralFaultsOnce)
{
    const auto imported = importText("user,item,rating,time\nu1,a,3,1\n,,,\nu1,b,x,y\n");
    ASSERT_OK(imported);
    EXPECT_EQ(imported->problems.leftOut(), 2);
}

TEST(Import, KeepsTheTextBehindAClosingQuote)
{
    const auto imported = importText(
        "user\titem\ttime\nu1\t\"Best\" Movie\t1\nu1\t\"Best\" Song\t2\nu1\t\"a\tb\"\t3\n");
    ASSERT_OK(imported);
    EXPECT_THAT(
        historyIds(*imported->dataset, "u1"),
        testing::ElementsAre("\"Best\" Movie", "\"Best\" Song", "a\tb"));
    EXPECT_EQ(problem(*imported, "a quote that encloses no whole field")->count, 2);
}

TEST(Import, LosesOneRowAtMostToAStrayQuote)
{
    std::string text = "user,item,time\n";
    for (int i = 0; i < 1000; ++i)
        text += "u1," + std::string(i == 500 ? "\"odd" : "i" + std::to_string(i)) + ","
            + std::to_string(i) + "\n";
    const auto imported = importText(text);
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->eventCount(), 1000);
    EXPECT_TRUE(imported->dataset->findItem("\"odd"));
}

TEST(Import, DoesNotLetARaggedRowTakeARole)
{
    std::string text;
    for (int i = 0; i < 100; ++i)
        text += "u" + std::to_string(i % 7) + ",i" + std::to_string(i % 5) + ",4,"
            + std::to_string(1'400'000'000 + i) + (i == 50 ? ",2\n" : "\n");
    const auto imported = importText(text);
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->eventCount(), 100);
    EXPECT_EQ(imported->dataset->highestValue(), 4.0f);
    EXPECT_EQ(problem(*imported, "too many fields")->firstLine, 51);
}

TEST(Import, LeavesOutAValueThatFloatsCannotHold)
{
    const auto imported = importText("user,item,rating\nu1,a,1e300\nu1,b,4\n");
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->eventCount(), 1);
    EXPECT_EQ(problem(*imported, "value is not a number")->example, "1e300");
}

TEST(Import, TakesTextIdsForEventsNotForAHeader)
{
    const auto imported = importText("user_1,item_1\nuser_1,item_2\n");
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->eventCount(), 2);
    const auto gap = importText("u1,i1,\nu1,i2,3\nu2,i1,4\n");
    ASSERT_OK(gap);
    EXPECT_EQ(problem(*gap, "missing value")->firstLine, 1);
    const auto chinese = importText("用户,物品\n甲,一\n甲,二\n");
    ASSERT_OK(chinese);
    EXPECT_EQ(chinese->dataset->eventCount(), 2);
}

TEST(Import, LetsTheHeaderBeSaid)
{
    ImportOptions options;
    options.header = true;
    options.roles = {{Role::User, "who"}, {Role::Item, "what"}};
    const auto imported = importText("who,what\nann,bread\nann,milk\n", options);
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->eventCount(), 2);
}

TEST(Import, CountsSequencesWithoutItemsAndSplitsAtAnyBlank)
{
    ImportOptions options;
    options.format = "sequences";
    const auto imported = importText("u1: a\tb  c\nu2:\n", options);
    ASSERT_OK(imported);
    EXPECT_THAT(historyIds(*imported->dataset, "u1"), testing::ElementsAre("a", "b", "c"));
    EXPECT_EQ(problem(*imported, "a user without items")->firstLine, 2);
    EXPECT_FALSE(importText(std::string("u1: a\0b\n", 8), options).ok());
}

TEST(Import, LeavesOutRowsWithZeroBytes)
{
    std::string text = "user,item,time\n";
    for (int i = 0; i < 60'000; ++i)
        text += "u1,i" + std::to_string(i) + "," + std::to_string(i) + "\n";
    const auto imported = importText(text + std::string("u1,\0x,1\n", 8));
    ASSERT_OK(imported);
    EXPECT_EQ(problem(*imported, "a zero byte in an id")->firstLine, 60'002);
}

TEST(Import, RefusesOldMacintoshLines)
{
    const auto imported = importText("user,item,time\ru1,a,1\ru1,b,2\r");
    ASSERT_FALSE(imported.ok());
    EXPECT_THAT(imported.error().message(), testing::HasSubstr("carriage return"));
}

TEST(Import, RefusesOneColumnForTwoRoles)
{
    ImportOptions options;
    options.roles = {{Role::User, "1"}, {Role::Item, "1"}};
    const auto imported = importText("u1,a\nu1,b\n", options);
    ASSERT_FALSE(imported.ok());
    EXPECT_THAT(imported.error().message(), testing::HasSubstr("both"));
}

TEST(Import, KeepsTiesInTheOrderOfTheFile)
{
    const auto imported = importText("user,item,time\nu1,c,5\nu1,a,5\nu1,b,5\nu1,z,1\n");
    ASSERT_OK(imported);
    EXPECT_THAT(historyIds(*imported->dataset, "u1"), testing::ElementsAre("z", "c", "a", "b"));
    EXPECT_EQ(problem(*imported, "same user and time as the event before")->count, 2);
}

TEST(Import, FiltersToAFixedPoint)
{
    // c is rare; without it u2 is rare; without u2, b is rare: only u1 and u3 with a are left.
    ImportOptions options;
    options.minUserEvents = 2;
    options.minItemEvents = 2;
    const auto imported = importText(
        "user,item,time\nu1,a,1\nu1,a,2\nu3,a,3\nu3,a,4\nu2,b,5\nu2,c,6\nu1,b,7\n", options);
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->userCount(), 2);
    EXPECT_EQ(imported->dataset->itemCount(), 1);
    EXPECT_EQ(imported->dataset->eventCount(), 4);
}

TEST(Import, TakesColumnsByNameOrNumber)
{
    ImportOptions options;
    options.roles = {{Role::User, "3"}, {Role::Item, "what"}};
    const auto imported = importText("what,when,who\na,1,u1\nb,2,u1\n", options);
    ASSERT_OK(imported);
    EXPECT_THAT(historyIds(*imported->dataset, "u1"), testing::ElementsAre("a", "b"));
}

TEST(Import, GuessesTheColumnsThatWereNotChosen)
{
    ImportOptions options;
    options.roles = {{Role::User, "2"}, {Role::Item, "1"}};
    const auto imported = importText("a,u1,1000000200\nb,u1,1000000100\n", options);
    ASSERT_OK(imported);
    EXPECT_THAT(historyIds(*imported->dataset, "u1"), testing::ElementsAre("b", "a"));
}

TEST(Import, TakesATimeForOneByItsNameAndContent)
{
    const auto eventRoles = [](const std::vector<std::string>& names, const char* cell) {
        const auto roles = data::eventRoles(names, {{"a", "x", cell}, {"b", "y", cell}}, {}, "f");
        return roles ? roles->time : -2;
    };
    EXPECT_EQ(eventRoles({"user", "item", "ordered_at"}, "2024-01-05 10:00:00"), 2);
    EXPECT_EQ(eventRoles({"user", "item", "Purchase Time"}, "1704448800"), 2);
    EXPECT_EQ(eventRoles({"user", "item", "ordered_at"}, "Oslo"), -1);
    EXPECT_EQ(eventRoles({"user", "item", "birth_date"}, "1990-05-05"), -1);
    EXPECT_EQ(eventRoles({"user", "item", "note"}, "2024-01-05 10:00:00"), 2); // dates alone
}

TEST(Import, FindsColumnsWhateverStandsBetweenTheWordsAndDatesUnderAnyName)
{
    const auto imported = importText("\"User ID\";\"Item-Id\";\"Time Stamp\"\n1;7;100\n1;8;50\n");
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->item({imported->dataset->itemsOf({0})[0]}).id, "8");
    for (const char* name : {"created", "when", "Zeit"}) {
        const auto dated = importText(
            std::string("user,item,") + name + "\na,x,2020-01-02\na,y,2020-01-01 10:00\n");
        ASSERT_OK(dated);
        EXPECT_TRUE(dated->dataset->hasTimes()) << name;
    }
    for (const char* text :
         {"user,item,birth\na,x,1980-01-02\n", "user,item,price\na,x,1400000000\n"}) {
        const auto other = importText(text);
        ASSERT_OK(other);
        EXPECT_FALSE(other->dataset->hasTimes()) << text;
    }
}

TEST(Import, LeavesOutARoleThatWasSaidToHaveNoColumn)
{
    ImportOptions options;
    options.roles = {{Role::Time, ""}};
    const auto imported = importText("user,item,time\nu1,a,2\nu1,b,1\n", options);
    ASSERT_OK(imported);
    EXPECT_FALSE(imported->dataset->hasTimes());
    EXPECT_THAT(historyIds(*imported->dataset, "u1"), testing::ElementsAre("a", "b"));
}

TEST(Import, TakesADialectThatWasChosen)
{
    ImportOptions options;
    options.dialect = Dialect{";", false, false};
    const auto imported = importText("u,1;a\nu,1;b\n", options);
    ASSERT_OK(imported);
    EXPECT_THAT(historyIds(*imported->dataset, "u,1"), testing::ElementsAre("a", "b"));
}

TEST(Import, NamesTheColumnsWhenOneIsMissing)
{
    ImportOptions options;
    options.roles = {{Role::User, "customer"}};
    const auto imported = importText("user,item,time\nu1,a,1\n", options);
    ASSERT_FALSE(imported.ok());
    EXPECT_EQ(imported.error().kind, ErrorKind::BadInput);
    EXPECT_THAT(imported.error().message(), testing::HasSubstr("user, item, time"));
}

TEST(Import, SaysWhereTextStandsInANumberColumn)
{
    const auto imported = importText("user,item,time\nu1,a,soon\nu1,b,later\n");
    ASSERT_FALSE(imported.ok());
    EXPECT_THAT(
        imported.error().message(),
        testing::AllOf(testing::HasSubstr("line 2, column 3"), testing::HasSubstr("soon")));
}

TEST(Import, RefusesBinaryEmptyAndBlankFiles)
{
    for (const auto& text :
         {std::string(
              "\x7F"
              "ELF\0\1\2",
              7),
          std::string(), std::string("\n\n\n")}) {
        const auto imported = importText(text);
        ASSERT_FALSE(imported.ok());
        EXPECT_EQ(imported.error().kind, ErrorKind::BadInput);
    }
}

TEST(Import, ReadsSequencesInTheOrderOfTheLine)
{
    ImportOptions options;
    options.format = "sequences";
    const auto imported = importText("7: 3 1 3\n8: 1 2\nno colon here\n", options);
    ASSERT_OK(imported);
    EXPECT_THAT(historyIds(*imported->dataset, "7"), testing::ElementsAre("3", "1", "3"));
    EXPECT_EQ(problem(*imported, "no 'user:' at its start")->firstLine, 3);
}

TEST(Import, ReadsSequencesOfNumbersAlone)
{
    const auto imported = importText("0 3 1 3\n1 1 2\n2 5\n3\n");
    ASSERT_OK(imported);
    EXPECT_THAT(historyIds(*imported->dataset, "0"), testing::ElementsAre("3", "1", "3"));
    EXPECT_THAT(historyIds(*imported->dataset, "1"), testing::ElementsAre("1", "2"));
    EXPECT_EQ(problem(*imported, "a user without items")->firstLine, 4);
    ImportOptions options;
    options.format = "sequences";
    const auto commas = importText("u5: 19, 7,19\nu6:4\n", options);
    ASSERT_OK(commas);
    EXPECT_THAT(historyIds(*commas->dataset, "u5"), testing::ElementsAre("19", "7", "19"));
    EXPECT_THAT(historyIds(*commas->dataset, "u6"), testing::ElementsAre("4"));
}

TEST(Import, JoinsTitlesAndCountsItemsWithoutOne)
{
    const ScratchFolder scratch;
    ImportOptions options;
    options.itemsFile =
        scratch.write("movies.dat", "a::The \xE5\xBD\xB1 (1999)::Drama|War\nx::Unused::Comedy\n");
    const auto imported = importText("u1::a::1\nu1::b::2\n", options);
    ASSERT_OK(imported);
    const auto item = imported->dataset->item(*imported->dataset->findItem("a"));
    EXPECT_EQ(item.title, "The \xE5\xBD\xB1 (1999)");
    EXPECT_EQ(item.category, "Drama|War");
    EXPECT_EQ(problem(*imported, "item not in the items file")->count, 1);
}

TEST(Import, IsTheSameInBlocksOfAnySize)
{
    std::string text = "user,item,time\n";
    for (int i = 0; i < 120'000; ++i)
        text += "u" + std::to_string(i % 1000) + ",\"i" + std::to_string(i % 777) + "\","
            + std::to_string(i) + "\n";
    const auto imported = importText(text); // 2 MiB: two blocks and a row over their border
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->eventCount(), 120'000);
    EXPECT_TRUE(imported->problems.list().empty());
}

TEST(Import, StopsWhenAsked)
{
    const ScratchFolder scratch;
    ImportOptions options;
    options.file = scratch.write("e.csv", "user,item,time\nu1,a,1\n");
    std::stop_source source;
    source.request_stop();
    base::Silent silent;
    const auto imported = importFile(options, silent, source.get_token());
    ASSERT_FALSE(imported.ok());
    EXPECT_EQ(imported.error().kind, ErrorKind::Interrupted);
}

TEST(Import, GivesThePublishedCountsOfMovieTweetings)
{
    const auto folder = test::realData("movietweetings-100k");
    if (!folder)
        GTEST_SKIP() << "FOVEA_TEST_DATA has no movietweetings-100k";
    base::Silent silent;
    ImportOptions options;
    options.file = *folder / "ratings.dat";
    options.itemsFile = *folder / "movies.dat";
    const auto all = importFile(options, silent, {});
    ASSERT_OK(all);
    EXPECT_EQ(all->dataset->eventCount(), 100'000);
    EXPECT_EQ(all->dataset->userCount(), 16'554);
    EXPECT_EQ(all->dataset->itemCount(), 10'506);
    options.minUserEvents = options.minItemEvents = 5;
    const auto core = importFile(options, silent, {});
    ASSERT_OK(core);
    EXPECT_EQ(core->dataset->eventCount(), 68'055);
    EXPECT_EQ(core->dataset->userCount(), 4'333);
    EXPECT_EQ(core->dataset->itemCount(), 2'414);
}

} // namespace
} // namespace fovea::data

// The data sets that the field publishes, each file in exactly the layout in which it is
// distributed (the rows are made up): from file to data set with no option given. Traps have a test
// of their own name.
#include "core/data/import.h"
#include "tests/support/events.h"
#include "tests/support/support.h"

namespace fovea::data {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using test::Event;

class Formats : public testing::Test {
protected:
    Result<Imported> import(const std::string& events, const std::string& items = {})
    {
        m_options.file = m_scratch.write("events", events);
        if (!items.empty())
            m_options.itemsFile = m_scratch.write("items", items);
        base::Silent silent;
        return importFile(m_options, silent, {});
    }
    // From file to events, the users in the order of the file, each in time order.
    std::vector<Event> eventsOf(const std::string& events, const std::string& items = {})
    {
        auto imported = import(events, items);
        EXPECT_TRUE(imported.ok()) << test::errorOf(imported);
        if (!imported)
            return {};
        m_imported = imported.take();
        return test::eventsOf(*m_imported.dataset);
    }
    std::string titleOf(const std::string& id) const
    {
        const auto item = m_imported.dataset->findItem(id);
        return item ? std::string(m_imported.dataset->item(*item).title) : "no such item";
    }
    std::string categoryOf(const std::string& id) const
    {
        const auto item = m_imported.dataset->findItem(id);
        return item ? std::string(m_imported.dataset->item(*item).category) : "no such item";
    }
    std::vector<std::string> problems() const
    {
        std::vector<std::string> kinds;
        for (const auto& p : m_imported.problems.list())
            kinds.push_back(std::to_string(p.count) + " " + p.kind);
        return kinds;
    }
    std::string knownAs() const { return m_imported.source.value("known_as", ""); }

    test::ScratchFolder m_scratch;
    ImportOptions m_options;
    Imported m_imported;
};

TEST_F(Formats, MovieLens100KHasTabsAndItemsWithFlags)
{
    EXPECT_THAT(
        eventsOf(
            "196\t242\t3\t881250949\n186\t302\t3\t891717742\n196\t377\t1\t878887116\n",
            "242|Kolya (1996)|24-Jan-1997||http://us.imdb.com/M/title-exact?Kolya%20(1996)|0|0|0|0|"
            "0|1|0|0|0|0|0|0|0|0|1|0|0|0|0\n"
            "302|L.A. Confidential "
            "(1997)|01-Jan-1997||http://us.imdb.com/M|0|0|0|0|0|0|1|0|0|0|1|0|"
            "0|1|0|0|1|0|0\n"
            "377|Le confessionnal \xE9t\xE9 "
            "(1994)|01-Jan-1994||http://us.imdb.com/M|0|0|0|0|0|0|0|0|"
            "0|0|0|0|0|0|0|0|0|0|0\n"),
        ElementsAre(
            Event{"196", "377", 878887116, 1}, Event{"196", "242", 881250949, 3},
            Event{"186", "302", 891717742, 3}));
    EXPECT_EQ(knownAs(), "movielens-100k");
    EXPECT_EQ(titleOf("242"), "Kolya (1996)");
    EXPECT_EQ(titleOf("377"), "Le confessionnal été (1994)");
    EXPECT_EQ(categoryOf("302"), "Crime|Film-Noir|Mystery|Thriller");
    EXPECT_EQ(categoryOf("377"), "");
}

TEST_F(Formats, MovieLens1MHasTwoColonsAndTitlesInLatin1)
{
    EXPECT_THAT(
        eventsOf(
            "1::1193::5::978300760\n1::661::3::978302109\n2::1193::4::978298413\n",
            "1193::One Flew Over the Cuckoo's Nest (1975)::Drama\n"
            "661::Les Mis\xE9rables: 2 (1995)::Drama|Musical\n"),
        ElementsAre(
            Event{"1", "1193", 978300760, 5}, Event{"1", "661", 978302109, 3},
            Event{"2", "1193", 978298413, 4}));
    EXPECT_EQ(titleOf("661"), "Les Misérables: 2 (1995)");
    EXPECT_EQ(categoryOf("661"), "Drama|Musical");
    EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(Formats, MovieLens10MHasHalfStars)
{
    EXPECT_THAT(
        eventsOf("1::122::5::838985046\n1::185::4.5::838983525\n2::122::0.5::868246450\n"),
        ElementsAre(
            Event{"1", "185", 838983525, 4.5}, Event{"1", "122", 838985046, 5},
            Event{"2", "122", 868246450, 0.5}));
}

TEST_F(Formats, MovieLens20MHasAHeaderQuotedTitlesAndItemsWithoutAGenre)
{
    EXPECT_THAT(
        eventsOf(
            "userId,movieId,rating,timestamp\n1,2,3.5,1112486027\n1,29,3.5,1112484676\n",
            "movieId,title,genres\n2,\"American President, The (1995)\",Comedy|Drama|Romance\n"
            "29,\"City of \"\"Lost\"\" Children\",(no genres listed)\n"),
        ElementsAre(Event{"1", "29", 1112484676, 3.5}, Event{"1", "2", 1112486027, 3.5}));
    EXPECT_EQ(titleOf("2"), "American President, The (1995)");
    EXPECT_EQ(titleOf("29"), "City of \"Lost\" Children");
    EXPECT_EQ(categoryOf("29"), "");
}

TEST_F(Formats, Amazon2014PutsTheUserFirst)
{
    EXPECT_THAT(
        eventsOf(
            "A2IBPI20UZIR0U,1384719342,5.0,1393545600\nA14VAT5EAX3D9S,1384719342,5.0,1363392000\n"
            "A2IBPI20UZIR0U,B00004Y2UT,3.0,1363392000\n"),
        ElementsAre(
            Event{"A2IBPI20UZIR0U", "B00004Y2UT", 1363392000, 3},
            Event{"A2IBPI20UZIR0U", "1384719342", 1393545600, 5},
            Event{"A14VAT5EAX3D9S", "1384719342", 1363392000, 5}));
    EXPECT_EQ(knownAs(), "amazon-2014");
}

TEST_F(Formats, Amazon2014FromKaggleHasAHeader)
{
    EXPECT_THAT(
        eventsOf("UserId,ProductId,Rating,Timestamp\nA39HTATAQ9V7YF,0205616461,5.0,1369699200\n"),
        ElementsAre(Event{"A39HTATAQ9V7YF", "0205616461", 1369699200, 5}));
}

TEST_F(Formats, Amazon2018PutsTheItemFirst)
{
    EXPECT_THAT(
        eventsOf(
            "1384719342,A2IBPI20UZIR0U,5.0,1393545600\nB00004Y2UT,A14VAT5EAX3D9S,3.0,1363392000\n"),
        ElementsAre(
            Event{"A2IBPI20UZIR0U", "1384719342", 1393545600, 5},
            Event{"A14VAT5EAX3D9S", "B00004Y2UT", 1363392000, 3}));
    EXPECT_EQ(knownAs(), "amazon-2018");
}

TEST_F(Formats, Amazon2023CountsMillisecondsWithAndWithoutAHeader)
{
    const std::string rows = "AFKZENTNBQ7A7V7UXW5JJI6UGRYQ,0593235657,5.0,1640629604904\n"
                             "AGKASBHYZPGTEPO6LWZPVJWB2BVA,B00178630A,4.0,1592678549731\n"
                             "AFKZENTNBQ7A7V7UXW5JJI6UGRYQ,B00178630A,1.0,1640629604001\n";
    const std::vector<Event> expected = {
        {"AFKZENTNBQ7A7V7UXW5JJI6UGRYQ", "B00178630A", 1640629604, 1},
        {"AFKZENTNBQ7A7V7UXW5JJI6UGRYQ", "0593235657", 1640629604, 5},
        {"AGKASBHYZPGTEPO6LWZPVJWB2BVA", "B00178630A", 1592678549, 4}};
    EXPECT_EQ(eventsOf("user_id,parent_asin,rating,timestamp\n" + rows), expected);
    EXPECT_EQ(m_imported.source["time_format"], "milliseconds");
    EXPECT_EQ(eventsOf(rows), expected);
    EXPECT_EQ(knownAs(), "amazon-2023");
}

TEST_F(Formats, Amazon2023WithHistoryHasAFifthColumn)
{
    EXPECT_THAT(
        eventsOf("user_id,parent_asin,rating,timestamp,history\n"
                 "AFKZENTNBQ7A7V7UXW5JJI6UGRYQ,0593235657,5.0,1640629604904,\n"
                 "AFKZENTNBQ7A7V7UXW5JJI6UGRYQ,B00178630A,1.0,1640629704001,0593235657 B000X\n"),
        ElementsAre(
            Event{"AFKZENTNBQ7A7V7UXW5JJI6UGRYQ", "0593235657", 1640629604, 5},
            Event{"AFKZENTNBQ7A7V7UXW5JJI6UGRYQ", "B00178630A", 1640629704, 1}));
}

TEST_F(Formats, Amazon2014MetaIsPythonWithCategoriesAsALists)
{
    eventsOf(
        "A2IBPI20UZIR0U,1384719342,5.0,1393545600\n",
        "{'asin': '1384719342', 'title': \"Pop 'Filter'\", 'categories': ['Instruments', 'Live "
        "Sound']}\n");
    EXPECT_EQ(titleOf("1384719342"), "Pop 'Filter'");
    EXPECT_EQ(categoryOf("1384719342"), "Instruments|Live Sound");
}

TEST_F(Formats, RecBoleNamesTypesInTheHeader)
{
    EXPECT_THAT(
        eventsOf(
            "user_id:token\titem_id:token\trating:float\ttimestamp:float\n"
            "196\t242\t3\t881250949\n186\t302\t3\t8.91717742e+08\n",
            "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\n"
            "242\tKolya\t1996\tComedy\n"),
        ElementsAre(Event{"196", "242", 881250949, 3}, Event{"186", "302", 891717742, 3}));
    EXPECT_EQ(titleOf("242"), "Kolya");
}

TEST_F(Formats, MindHasTwelveHourTimesHistoriesAndImpressions)
{
    EXPECT_THAT(
        eventsOf(
            "1\tU13740\t11/11/2019 9:05:58 AM\tN55189 N42782\tN55689-1 N35729-0\n"
            "2\tU91836\t11/12/2019 6:11:30 PM\t\tN20678-0 N39317-1\n"
            "3\tU13740\t11/12/2019 12:00:01 AM\tN55189 N42782\tN1-0 N20678-1\n",
            "N55189\tlifestyle\tlifestyleroyals\tThe \"Brands\" Queen Swears By\tShop them\t"
            "https://a/b.html\t[{\"Label\": \"Prince\", \"Type\": \"P\"}]\t[]\n"
            "N42782\tsports\tfootball\tWalt Harris\tThe coach\thttps://a/c.html\t[]\t[]\n"),
        ElementsAre(
            Event{"U13740", "N55189", 1573463158, 0}, Event{"U13740", "N42782", 1573463158, 0},
            Event{"U13740", "N55689", 1573463158, 0}, Event{"U13740", "N20678", 1573516801, 0},
            Event{"U91836", "N39317", 1573582290, 0}));
    EXPECT_EQ(titleOf("N55189"), "The \"Brands\" Queen Swears By");
    EXPECT_EQ(categoryOf("N42782"), "sports");
}

TEST_F(Formats, NetflixTitlesHoldCommas)
{
    EXPECT_THAT(
        eventsOf(
            "1:\n1488844,3,2005-09-06\n822109,5,2005-05-13\n2:\n1488844,4,2004-02-01\n",
            "1,2003,Dinosaur Planet\n2,NULL,Eats, Shoots \"and\" Leaves\n"),
        ElementsAre(
            Event{"1488844", "2", 1075593600, 4}, Event{"1488844", "1", 1125964800, 3},
            Event{"822109", "1", 1115942400, 5}));
    EXPECT_EQ(titleOf("1"), "Dinosaur Planet");
    EXPECT_EQ(titleOf("2"), "Eats, Shoots \"and\" Leaves");
}

TEST_F(Formats, SteamGamesNameTheirGenresInAList)
{
    eventsOf(
        "{u'username': u'js41637', u'product_id': u'10', u'date': u'2017-02-27', u'text': "
        "u'I\\'m'}\n",
        "{u'id': u'10', u'app_name': u'Counter-Strike', u'genres': [u'Action', u'Classic'], "
        "u'price': 9.99}\n");
    EXPECT_EQ(titleOf("10"), "Counter-Strike");
    EXPECT_EQ(categoryOf("10"), "Action|Classic");
}

TEST_F(Formats, LastFmHetRecHasWeightsAndNoTimes)
{
    EXPECT_THAT(
        eventsOf(
            "userID\tartistID\tweight\n2\t51\t13883\n2\t52\t11690\n3\t51\t1\n",
            "id\tname\turl\tpictureURL\n51\tDuran "
            "\"Duran\t\thttp://x\n52\t\"Morcheeba\"\thttp://y\t\n"),
        ElementsAre(
            Event{"2", "51", 0, 13883}, Event{"2", "52", 0, 11690}, Event{"3", "51", 0, 1}));
    EXPECT_EQ(titleOf("51"), "Duran \"Duran");
}

TEST_F(Formats, LastFm1KHasIsoTimesAndNewestFirst)
{
    EXPECT_THAT(
        eventsOf("user_000001\t2009-05-04T23:08:57Z\tf1b1cf71\tDeep Dish\t\tIbiza Mix\n"
                 "user_000001\t2009-05-04T13:54:10Z\ta7f7df4a\tAlter Ego\t11\tComposition\n"),
        ElementsAre(
            Event{"user_000001", "Composition", 1241445250, 0},
            Event{"user_000001", "Ibiza Mix", 1241478537, 0}));
    EXPECT_EQ(knownAs(), "lastfm-1k");
}

TEST_F(Formats, Lfm1bTakesTheTrackForTheItem)
{
    EXPECT_THAT(
        eventsOf("31435741\t2\t4\t4\t1385212958\n31435741\t2\t4\t5\t1385212642\n"),
        ElementsAre(Event{"31435741", "5", 1385212642, 0}, Event{"31435741", "4", 1385212958, 0}));
    EXPECT_EQ(knownAs(), "lfm-1b");
}

TEST_F(Formats, GoodreadsZeroIsNoRating)
{
    EXPECT_THAT(
        eventsOf(
            "user_id,book_id,is_read,rating,is_reviewed\n0,948,1,5,0\n0,947,1,0,1\n1,947,0,3,0\n"),
        ElementsAre(Event{"0", "948", 0, 5}, Event{"1", "947", 0, 3}));
    EXPECT_THAT(problems(), ElementsAre("1 a value that says that there is none"));
}

TEST_F(Formats, GoodreadsZeroIsAnEventWhereValuesAreNotTaken)
{
    m_options.roles = {{Role::Value, ""}};
    EXPECT_THAT(
        eventsOf("user_id,book_id,is_read,rating,is_reviewed\n0,948,1,5,0\n0,947,1,0,1\n"),
        ElementsAre(Event{"0", "948", 0, 0}, Event{"0", "947", 0, 0}));
    EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(Formats, YelpHasDatesWithAndWithoutATime)
{
    EXPECT_THAT(
        eventsOf(
            "{\"review_id\":\"r1\",\"user_id\":\"u1\",\"business_id\":\"b1\",\"stars\":4.0,"
            "\"useful\":1,"
            "\"text\":\"x\",\"date\":\"2018-07-07 22:09:11\"}\n"
            "{\"review_id\":\"r2\",\"user_id\":\"u1\",\"business_id\":\"b2\",\"stars\":1.0,"
            "\"useful\":0,"
            "\"text\":\"y\",\"date\":\"2011-01-26\"}\n",
            "{\"business_id\":\"b1\",\"name\":\"Abby, LCSW\",\"categories\":\"Doctors, "
            "Health\"}\n"),
        ElementsAre(Event{"u1", "b2", 1296000000, 1}, Event{"u1", "b1", 1531001351, 4}));
    EXPECT_EQ(titleOf("b1"), "Abby, LCSW");
    EXPECT_EQ(categoryOf("b1"), "Doctors, Health");
}

TEST_F(Formats, KuaiRecHasFractionsOfASecondAndMissingTimes)
{
    EXPECT_THAT(
        eventsOf(
            "user_id,video_id,play_duration,video_duration,time,date,timestamp,watch_ratio\n"
            "0,3649,13838,10867,2020-07-05 "
            "00:08:23.438,20200705,1593878903.438,1.2733965215790926\n"
            "0,9598,13665,10984,2020-07-05 00:13:41.297,20200705,1593879221.297,2.5\n"
            "0,5262,851,7908,,,,0.1\n",
            "video_id,feat\n3649,\"[27, 9]\"\n9598,[8]\n"),
        ElementsAre(
            Event{"0", "3649", 1593878903, 1.2733965f}, Event{"0", "9598", 1593879221, 2.5}));
    EXPECT_THAT(problems(), testing::Contains("1 missing time"));
}

TEST_F(Formats, KuaiRecWatchRatioIsAThreshold)
{
    m_options.minValue = 2;
    EXPECT_THAT(
        eventsOf("user_id,video_id,play_duration,video_duration,time,date,timestamp,watch_ratio\n"
                 "0,3649,13838,10867,2020-07-05 00:08:23.438,20200705,1593878903.438,1.27\n"
                 "0,9598,13665,10984,2020-07-05 00:13:41.297,20200705,1593879221.297,2.5\n"),
        ElementsAre(Event{"0", "9598", 1593879221, 2.5}));
    EXPECT_THAT(problems(), ElementsAre("1 value below the least that was chosen"));
}

TEST_F(Formats, RetailrocketPutsTheTimeFirstInMillisecondsAndHasTypes)
{
    const std::string rows =
        "timestamp,visitorid,event,itemid,transactionid\n1433221332117,257597,view,355908,\n"
        "1433224214164,992329,view,248676,\n1433222276276,257597,transaction,356475,4000\n";
    EXPECT_THAT(
        eventsOf(rows),
        ElementsAre(
            Event{"257597", "355908", 1433221332, 0}, Event{"257597", "356475", 1433222276, 0},
            Event{"992329", "248676", 1433224214, 0}));
    m_options.types = {"addtocart", "transaction"};
    EXPECT_THAT(eventsOf(rows), ElementsAre(Event{"257597", "356475", 1433222276, 0}));
    EXPECT_THAT(problems(), ElementsAre("2 an event of a type that was not chosen"));
}

TEST_F(Formats, RetailrocketTellsOfItemsPropertyByPropertyTheLatestCounts)
{
    const std::string header = "timestamp,itemid,property,value\n";
    m_options.itemsFile = m_scratch.write(
        "item_properties_part1.csv",
        header
            + "1435460400000,355908,categoryid,1338\n1441508400000,356475,888,1116713 n277.200\n"
              "1431226800000,355908,available,0\n1439089200000,999,categoryid,7\n");
    m_options.moreItems = {m_scratch.write(
        "item_properties_part2.csv",
        header
            + "1431226800000,355908,categoryid,7\n1433041200000,355908,available,1\n"
              "1433041200000,356475,available,0\n1439089200000,999,categoryid,8\n")};
    eventsOf("timestamp,visitorid,event,itemid,transactionid\n1433221332117,257597,view,355908,\n"
             "1433222276276,257597,transaction,356475,4000\n1433224214164,992329,view,248676,\n");
    EXPECT_EQ(categoryOf("355908"), "1338");
    EXPECT_EQ(categoryOf("356475"), "");
    const auto& items = m_imported.dataset->attributes().items();
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items[0].name, "available");
    EXPECT_EQ(items[0].text(1), "1");
    EXPECT_EQ(items[0].text(2), "0");
    EXPECT_FALSE(items[0].isTold(3));
    EXPECT_THAT(
        problems(),
        ElementsAre(
            "1 items file: a property that is a number without a meaning",
            "1 item not in the items file", "1 item of the items file without an event"));
    EXPECT_EQ(m_imported.problems.list()[0].file, "item_properties_part1.csv");
    EXPECT_EQ(m_imported.problems.list()[0].firstLine, 3);
}

TEST_F(Formats, YooChooseClicksAndPurchasesAreSessions)
{
    EXPECT_THAT(
        eventsOf("1,2014-04-07T10:54:09.868Z,214536500,0\n1,2014-04-07T10:51:09.277Z,214536502,0\n"
                 "2,2014-04-07T13:56:37.614Z,214662742,S\n"),
        ElementsAre(
            Event{"1", "214536502", 1396867869, 0}, Event{"1", "214536500", 1396868049, 0},
            Event{"2", "214662742", 1396878997, 0}));
    EXPECT_THAT(
        eventsOf("420374,2014-04-06T18:44:58.314Z,214537888,12462,1\n"),
        ElementsAre(Event{"420374", "214537888", 1396809898, 0}));
}

TEST_F(Formats, BookCrossingHasSemicolonsEscapesNullsAndZeroForImplicit)
{
    EXPECT_THAT(
        eventsOf(
            "\"User-ID\";\"ISBN\";\"Book-Rating\"\n\"276725\";\"034545104X\";\"0\"\n"
            "\"276726\";\"0155061224\";\"5\"\n\"276727\";\"0446520802\";NULL\n",
            "\"ISBN\";\"Book-Title\";\"Book-Author\"\n"
            "\"0155061224\";\"The \\\"Rites\\\"; of Passage\";\"Judith R\xE9\"\n"
            "\"0446520802\";\"The Notebook\";\"Nicholas Sparks\"\n"),
        ElementsAre(Event{"276726", "0155061224", 0, 5}));
    EXPECT_EQ(titleOf("0155061224"), "The \"Rites\"; of Passage");
    EXPECT_THAT(
        problems(),
        testing::IsSupersetOf({"1 a value that says that there is none", "1 missing value"}));
}

TEST_F(Formats, SasRecTextHasTwoNumbersALineInTimeOrder)
{
    EXPECT_THAT(
        eventsOf("1 1\n1 2\n1 1\n2 3\n"),
        ElementsAre(
            Event{"1", "1", 0, 0}, Event{"1", "2", 0, 0}, Event{"1", "1", 0, 0},
            Event{"2", "3", 0, 0}));
    EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(Formats, SequencesHaveOneUserALine)
{
    EXPECT_THAT(
        eventsOf("u1: a b a\nu2: c\n"),
        ElementsAre(
            Event{"u1", "a", 0, 0}, Event{"u1", "b", 0, 0}, Event{"u1", "a", 0, 0},
            Event{"u2", "c", 0, 0}));
}

} // namespace
} // namespace fovea::data

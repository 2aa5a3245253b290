// The data sets that the field publishes, each file in exactly the layout in which it is
// distributed (tests/data/formats; the rows are made up): from file to data set with no option
// given. Traps have a test of their own name.
#include "core/data/import.h"
#include "core/data/table_file.h"
#include "tests/support/events.h"
#include "tests/support/packing.h"
#include "tests/support/support.h"

namespace fovea::data {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using test::Event;
using test::fixture;

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

// Whatever the file is called.
TEST_F(Formats, EveryPublishedFileIsKnownByItsContent)
{
    const std::vector<std::pair<std::string, std::string>> all = {
        {"movielens-100k/u.data", "movielens-100k"},
        {"movielens-100k/u.item", "movielens-100k-items"},
        {"movielens-100k/u.user", "movielens-100k-users"},
        {"movielens-1m/ratings.dat", "movielens-1m"},
        {"movielens-1m/movies.dat", "movielens-1m-items"},
        {"movielens-1m/users.dat", "movielens-1m-users"},
        {"movielens-10m/ratings.dat", "movielens-1m"},
        {"movielens-10m/movies.dat", "movielens-1m-items"},
        {"movielens-20m/ratings.csv", "movielens-20m"},
        {"movielens-20m/movies.csv", "movielens-20m-items"},
        {"movietweetings/ratings.dat", "movielens-1m"},
        {"movietweetings/movies.dat", "movielens-1m-items"},
        {"amazon-2014/ratings_Instruments.csv", "amazon-2014"},
        {"amazon-2014/ratings_Beauty.csv", "amazon-2014-named"},
        {"amazon-2014/reviews_Instruments_5.json", "amazon-json"},
        {"amazon-2018/Instruments.csv", "amazon-2018"},
        {"amazon-2018/Instruments_5.json", "amazon-json"},
        {"amazon-2023/Instruments-without-header.csv", "amazon-2023"},
        {"amazon-2023/Instruments.csv", "amazon-2023-named"},
        {"amazon-2023/Instruments.train.w_his.csv", "amazon-2023-named"},
        {"amazon-2023/Instruments.jsonl", "amazon-2023-named"},
        {"steam/steam_new.json", "steam"},
        {"steam/steam_reviews.json", "steam"},
        {"steam/steam_reviews-with-ids.json", "steam"},
        {"lastfm-hetrec/user_artists.dat", "lastfm-hetrec"},
        {"lastfm-1k/userid-timestamp-artid-artname-traid-traname.tsv", "lastfm-1k"},
        {"lfm-1b/LFM-1b_LEs.txt", "lfm-1b"},
        {"goodreads/goodreads_interactions.csv", "goodreads"},
        {"goodreads/goodreads_reviews_dedup.json", "goodreads"},
        {"yelp/yelp_academic_dataset_review.json", "yelp"},
        {"mind/behaviors.tsv", "mind"},
        {"mind/news.tsv", "mind-news"},
        {"recbole/ml-100k.inter", "recbole"},
        {"recbole/ml-100k.item", "recbole"},
        {"kuairec/big_matrix.csv", "kuairec"},
        {"kuairec/item_categories.csv", "kuairec-items"},
        {"retailrocket/events.csv", "retailrocket"},
        {"retailrocket/item_properties_part1.csv", "item-properties"},
        {"netflix/combined_data_1.txt", "netflix"},
        {"netflix/movie_titles.csv", "netflix-titles"},
        {"yoochoose/yoochoose-clicks.dat", "yoochoose-clicks"},
        {"yoochoose/yoochoose-buys.dat", "yoochoose-buys"},
        {"book-crossing/BX-Book-Ratings.csv", "book-crossing"},
        {"sasrec/ml-1m.txt", "sasrec"},
    };
    for (const auto& [file, name] : all) {
        const auto head = lookAt(m_scratch.write("a-file", fixture(file)), nullptr, {}, {});
        ASSERT_OK(head);
        const auto understood = understand(*head);
        ASSERT_OK(understood);
        ASSERT_NE(understood->format, nullptr) << file;
        EXPECT_EQ(understood->format->name, name) << file;
    }
}

TEST_F(Formats, MovieLens100KHasTabsAndItemsWithFlags)
{
    EXPECT_THAT(
        eventsOf(fixture("movielens-100k/u.data"), fixture("movielens-100k/u.item")),
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
        eventsOf(fixture("movielens-1m/ratings.dat"), fixture("movielens-1m/movies.dat")),
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
        eventsOf(fixture("movielens-10m/ratings.dat"), fixture("movielens-10m/movies.dat")),
        ElementsAre(
            Event{"1", "185", 838983525, 4.5}, Event{"1", "122", 838985046, 5},
            Event{"2", "122", 868246450, 0.5}));
    EXPECT_EQ(titleOf("185"), "Net, The (1995)");
    EXPECT_EQ(categoryOf("122"), "Comedy|Romance");
}

TEST_F(Formats, MovieTweetingsKeepsTheZerosOfItsIds)
{
    EXPECT_THAT(
        eventsOf(fixture("movietweetings/ratings.dat"), fixture("movietweetings/movies.dat")),
        ElementsAre(
            Event{"1", "0114508", 1381006850, 8}, Event{"2", "0499549", 1376753198, 9},
            Event{"2", "0114508", 1376753199, 7}));
    EXPECT_EQ(titleOf("0114508"), "Species (1995)");
    EXPECT_EQ(categoryOf("0499549"), "");
}

TEST_F(Formats, MovieLens20MHasAHeaderQuotedTitlesAndItemsWithoutAGenre)
{
    EXPECT_THAT(
        eventsOf(fixture("movielens-20m/ratings.csv"), fixture("movielens-20m/movies.csv")),
        ElementsAre(Event{"1", "29", 1112484676, 3.5}, Event{"1", "2", 1112486027, 3.5}));
    EXPECT_EQ(titleOf("2"), "American President, The (1995)");
    EXPECT_EQ(titleOf("29"), "City of \"Lost\" Children");
    EXPECT_EQ(categoryOf("29"), "");
}

TEST_F(Formats, Amazon2014PutsTheUserFirst)
{
    EXPECT_THAT(
        eventsOf(fixture("amazon-2014/ratings_Instruments.csv")),
        ElementsAre(
            Event{"A2IBPI20UZIR0U", "B00004Y2UT", 1363392000, 3},
            Event{"A2IBPI20UZIR0U", "1384719342", 1393545600, 5},
            Event{"A14VAT5EAX3D9S", "1384719342", 1363392000, 5}));
    EXPECT_EQ(knownAs(), "amazon-2014");
}

TEST_F(Formats, Amazon2014FromKaggleHasAHeader)
{
    EXPECT_THAT(
        eventsOf(fixture("amazon-2014/ratings_Beauty.csv")),
        ElementsAre(Event{"A39HTATAQ9V7YF", "0205616461", 1369699200, 5}));
}

TEST_F(Formats, Amazon2018PutsTheItemFirst)
{
    EXPECT_THAT(
        eventsOf(fixture("amazon-2018/Instruments.csv")),
        ElementsAre(
            Event{"A2IBPI20UZIR0U", "1384719342", 1393545600, 5},
            Event{"A14VAT5EAX3D9S", "B00004Y2UT", 1363392000, 3}));
    EXPECT_EQ(knownAs(), "amazon-2018");
}

TEST_F(Formats, Amazon2018AlsoAsJson)
{
    EXPECT_THAT(
        eventsOf(fixture("amazon-2018/Instruments_5.json")),
        ElementsAre(
            Event{"A2IBPI20UZIR0U", "1384719342", 1092009600, 5},
            Event{"A14VAT5EAX3D9S", "B00004Y2UT", 1363392000, 2}));
}

TEST_F(Formats, Amazon2023CountsMillisecondsWithAndWithoutAHeader)
{
    const std::vector<Event> expected = {
        {"AFKZENTNBQ7A7V7UXW5JJI6UGRYQ", "B00178630A", 1640629604, 1},
        {"AFKZENTNBQ7A7V7UXW5JJI6UGRYQ", "0593235657", 1640629604, 5},
        {"AGKASBHYZPGTEPO6LWZPVJWB2BVA", "B00178630A", 1592678549, 4}};
    EXPECT_EQ(eventsOf(fixture("amazon-2023/Instruments.csv")), expected);
    EXPECT_EQ(m_imported.source["time_format"], "milliseconds");
    EXPECT_EQ(eventsOf(fixture("amazon-2023/Instruments-without-header.csv")), expected);
    EXPECT_EQ(knownAs(), "amazon-2023");
}

TEST_F(Formats, Amazon2023WithHistoryHasAFifthColumn)
{
    EXPECT_THAT(
        eventsOf(fixture("amazon-2023/Instruments.train.w_his.csv")),
        ElementsAre(
            Event{"AFKZENTNBQ7A7V7UXW5JJI6UGRYQ", "0593235657", 1640629604, 5},
            Event{"AFKZENTNBQ7A7V7UXW5JJI6UGRYQ", "B00178630A", 1640629704, 1}));
}

TEST_F(Formats, Amazon2014MetaIsPythonWithCategoriesAsALists)
{
    eventsOf(
        fixture("amazon-2014/ratings_of_meta.csv"), fixture("amazon-2014/meta_Instruments.json"));
    EXPECT_EQ(titleOf("1384719342"), "Pop 'Filter'");
    EXPECT_EQ(categoryOf("1384719342"), "Instruments|Live Sound");
}

TEST_F(Formats, CategoriesAreListsInListsWithCommasAndQuotesInside)
{
    eventsOf(
        fixture("amazon-2014/ratings_Clothing.csv"), fixture("amazon-2014/meta_Clothing.json"));
    EXPECT_EQ(categoryOf("0000000001"), "Clothing, Shoes & Jewelry|Girls|Sports|Dancers' Shoes");
    EXPECT_EQ(categoryOf("0000000002"), "");
    eventsOf(
        "user,item,time\na,x,1\n",
        "{\"item\": \"x\", \"title\": \"X\", \"categories\": [\"A, B\", \"C \\\"D\\\"\"]}\n");
    EXPECT_EQ(categoryOf("x"), "A, B|C \"D\"");
    eventsOf(
        "user,item,time\na,x,1\n",
        R"({"item": "x", "title": "X", "categories": ["Caf\u00e9", "\ud83d\ude00", "a\tb"]})"
        "\n");
    EXPECT_EQ(categoryOf("x"), "Café|😀|a b");
}

TEST_F(Formats, MovieLensTagsAreEventsAndLinksAreTextsWithTheirZeros)
{
    EXPECT_THAT(
        eventsOf(fixture("movielens-20m/tags.csv"), fixture("movielens-20m/links.csv")),
        ElementsAre(Event{"18", "4141", 1240597180, 0}, Event{"65", "208", 1368150078, 0}));
    const auto& items = m_imported.dataset->attributes().items();
    ASSERT_EQ(items.size(), 2u);
    EXPECT_EQ(items[0].text(1), "0114709");
    EXPECT_EQ(items[1].text(1), "862");
    EXPECT_FALSE(items[1].isTold(2));
}

TEST_F(Formats, LastFmHetRecTaggingsHaveMillisecondsAndTagsWindows1252)
{
    EXPECT_THAT(
        eventsOf(fixture("lastfm-hetrec/user_taggedartists-timestamps.dat")),
        testing::Contains(Event{"3", "63", 1238536800, 0}));
    m_options.roles = {{Role::Item, "tagID"}};
    eventsOf(
        fixture("lastfm-hetrec/user_taggedartists-one.dat"), fixture("lastfm-hetrec/tags.dat"));
    EXPECT_EQ(m_imported.dataset->attributes().items().size(), 1u);
}

TEST_F(Formats, AJsonArrayIsSaidToBeOne)
{
    const auto refused = import("[{\"user\": \"a\", \"item\": \"x\"},\n{\"user\": \"b\"}]\n");
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message(), testing::HasSubstr("one JSON array"));
}

TEST_F(Formats, SequencesMayBeginWithAUserWithoutItems)
{
    EXPECT_THAT(
        eventsOf("u1:\nu2: a b\nu3: c\n"),
        ElementsAre(Event{"u2", "a", 0, 0}, Event{"u2", "b", 0, 0}, Event{"u3", "c", 0, 0}));
    EXPECT_THAT(problems(), ElementsAre("1 a user without items"));
}

TEST_F(Formats, RecBoleNamesTypesInTheHeader)
{
    EXPECT_THAT(
        eventsOf(fixture("recbole/ml-100k.inter"), fixture("recbole/ml-100k.item")),
        ElementsAre(Event{"196", "242", 881250949, 3}, Event{"186", "302", 891717742, 3}));
    EXPECT_EQ(titleOf("242"), "Kolya");
    EXPECT_EQ(categoryOf("302"), "Crime|Film-Noir"); // token_seq: blanks between them
}

TEST_F(Formats, MindHasTwelveHourTimesHistoriesAndImpressions)
{
    EXPECT_THAT(
        eventsOf(fixture("mind/behaviors.tsv"), fixture("mind/news.tsv")),
        ElementsAre(
            // The last line is the user's first: the history was before it.
            Event{"U13740", "N55189", 1573372800, 0}, Event{"U13740", "N42782", 1573372800, 0},
            Event{"U13740", "N39317", 1573372800, 0}, Event{"U13740", "N55689", 1573463158, 0},
            Event{"U13740", "N20678", 1573516801, 0}, Event{"U91836", "N39317", 1573582290, 0}));
    EXPECT_EQ(titleOf("N55189"), "The \"Brands\" Queen Swears By");
    EXPECT_EQ(categoryOf("N42782"), "sports");
}

TEST_F(Formats, NetflixTitlesHoldCommas)
{
    EXPECT_THAT(
        eventsOf(fixture("netflix/combined_data_1.txt"), fixture("netflix/movie_titles.csv")),
        ElementsAre(
            Event{"1488844", "2", 1075593600, 4}, Event{"1488844", "1", 1125964800, 3},
            Event{"822109", "1", 1115942400, 5}));
    EXPECT_EQ(titleOf("1"), "Dinosaur Planet");
    EXPECT_EQ(titleOf("2"), "Eats, Shoots \"and\" Leaves");
}

TEST_F(Formats, MovieLensUsersAreTold)
{
    for (const char* users : {"movielens-100k/u.user", "movielens-1m/users.dat"}) {
        m_options.usersFile = m_scratch.write("users", fixture(users));
        EXPECT_EQ(kindOf(m_options.usersFile), FileKind::Users) << users;
        eventsOf("1::1193::5::978300760\n2::1193::4::978298413\n");
        EXPECT_EQ(m_imported.dataset->attributes().users().size(), 4u) << users;
    }
}

// training_set.tar has a file a movie: unpacked they are one table, in the archive one is read.
TEST_F(Formats, NetflixTrainingSetIsAFileAMovie)
{
    const std::string first = "1:\n1488844,3,2005-09-06\n822109,5,2005-05-13\n";
    const std::string second = "2:\n1488844,4,2004-02-01\n";
    m_options.more = {m_scratch.write("mv_0000002.txt", second)};
    EXPECT_THAT(
        eventsOf(first),
        ElementsAre(
            Event{"1488844", "2", 1075593600, 4}, Event{"1488844", "1", 1125964800, 3},
            Event{"822109", "1", 1115942400, 5}));
    m_options.more.clear();
    eventsOf(test::packed(
        "ustar", "none",
        {{"training_set/mv_0000001.txt", first}, {"training_set/mv_0000002.txt", second}}));
    EXPECT_THAT(problems(), ElementsAre("1 a file of the archive that is not read"));
}

TEST_F(Formats, SteamUsersAreKnownByTheirNamesWhereIdsAreMissing)
{
    EXPECT_THAT(
        eventsOf(fixture("steam/steam_reviews-with-ids.json")),
        ElementsAre(
            Event{"js41637", "10", 1488153600, 0}, Event{"js41637", "20", 1488326400, 0},
            Event{"Ada", "20", 1488240000, 0}));
    EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(Formats, SteamGamesNameTheirGenresInAList)
{
    eventsOf(fixture("steam/steam_reviews.json"), fixture("steam/steam_games.json"));
    EXPECT_EQ(titleOf("10"), "Counter-Strike");
    EXPECT_EQ(categoryOf("10"), "Action|Classic");
}

TEST_F(Formats, LastFmHetRecHasWeightsAndNoTimes)
{
    EXPECT_THAT(
        eventsOf(fixture("lastfm-hetrec/user_artists.dat"), fixture("lastfm-hetrec/artists.dat")),
        ElementsAre(
            Event{"2", "51", 0, 13883}, Event{"2", "52", 0, 11690}, Event{"3", "51", 0, 1}));
    EXPECT_EQ(titleOf("51"), "Duran \"Duran");
}

TEST_F(Formats, LastFm1KHasIsoTimesAndNewestFirst)
{
    EXPECT_THAT(
        eventsOf(fixture("lastfm-1k/userid-timestamp-artid-artname-traid-traname.tsv")),
        ElementsAre(
            Event{"user_000001", "Composition", 1241445250, 0},
            Event{"user_000001", "Ibiza Mix", 1241478537, 0}));
    EXPECT_EQ(knownAs(), "lastfm-1k");
    EXPECT_THAT(
        problems(),
        ElementsAre("2 a track that is known by its name alone (--item 5: by its number)"));
}

TEST_F(Formats, Lfm1bTakesTheTrackForTheItem)
{
    EXPECT_THAT(
        eventsOf(fixture("lfm-1b/LFM-1b_LEs.txt")),
        ElementsAre(Event{"31435741", "5", 1385212642, 0}, Event{"31435741", "4", 1385212958, 0}));
    EXPECT_EQ(knownAs(), "lfm-1b");
}

TEST_F(Formats, GoodreadsZeroIsNoRating)
{
    EXPECT_THAT(
        eventsOf(fixture("goodreads/goodreads_interactions.csv")),
        ElementsAre(Event{"0", "948", 0, 5}, Event{"1", "947", 0, 3}));
    EXPECT_THAT(problems(), ElementsAre("1 a value that says that there is none"));
}

TEST_F(Formats, GoodreadsZeroIsAnEventWhereValuesAreNotTaken)
{
    m_options.roles = {{Role::Value, ""}};
    EXPECT_THAT(
        eventsOf(fixture("goodreads/goodreads_interactions-unrated.csv")),
        ElementsAre(Event{"0", "948", 0, 0}, Event{"0", "947", 0, 0}));
    EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(Formats, YelpHasDatesWithAndWithoutATime)
{
    EXPECT_THAT(
        eventsOf(
            fixture("yelp/yelp_academic_dataset_review.json"),
            fixture("yelp/yelp_academic_dataset_business.json")),
        ElementsAre(Event{"u1", "b2", 1296000000, 1}, Event{"u1", "b1", 1531001351, 4}));
    EXPECT_EQ(titleOf("b1"), "Abby, LCSW");
    EXPECT_EQ(categoryOf("b1"), "Doctors|Health");
}

TEST_F(Formats, KuaiRecHasFractionsOfASecondAndMissingTimes)
{
    EXPECT_THAT(
        eventsOf(fixture("kuairec/big_matrix.csv"), fixture("kuairec/item_categories.csv")),
        ElementsAre(
            Event{"0", "3649", 1593878903, 1.2733965f}, Event{"0", "9598", 1593879221, 2.5}));
    EXPECT_THAT(problems(), testing::Contains("1 missing time"));
}

TEST_F(Formats, KuaiRecWatchRatioIsAThreshold)
{
    m_options.minValue = 2;
    EXPECT_THAT(
        eventsOf(fixture("kuairec/small_matrix.csv")),
        ElementsAre(Event{"0", "9598", 1593879221, 2.5}));
    EXPECT_THAT(problems(), ElementsAre("1 value below the least that was chosen"));
}

TEST_F(Formats, RetailrocketPutsTheTimeFirstInMillisecondsAndHasTypes)
{
    const auto rows = fixture("retailrocket/events.csv");
    EXPECT_THAT(
        eventsOf(rows),
        ElementsAre(
            Event{"257597", "355908", 1433221332, 0}, Event{"257597", "356475", 1433222276, 0},
            Event{"992329", "248676", 1433224214, 0}));
    m_options.types = {"addtocart", "transaction"};
    EXPECT_THAT(eventsOf(rows), ElementsAre(Event{"257597", "356475", 1433222276, 0}));
    EXPECT_THAT(
        problems(),
        ElementsAre(
            "2 an event of a type that was not chosen", "1 a type that was named and no row has"));
}

TEST_F(Formats, RetailrocketTellsOfItemsPropertyByPropertyTheLatestCounts)
{
    const auto folder = test::sourceFile("data/formats/retailrocket");
    m_options.itemsFile = folder + "/item_properties_part1.csv";
    m_options.moreItems = {folder + "/item_properties_part2.csv"};
    eventsOf(fixture("retailrocket/events.csv"));
    EXPECT_EQ(categoryOf("355908"), "1338");
    EXPECT_EQ(categoryOf("356475"), "");
    const auto& items = m_imported.dataset->attributes().items();
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items[0].name, "available");
    EXPECT_EQ(items[0].text(1), "1");
    EXPECT_FALSE(items[0].isTold(2));
    EXPECT_EQ(items[0].text(3), "0");
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
        eventsOf(fixture("yoochoose/yoochoose-clicks.dat")),
        ElementsAre(
            Event{"1", "214536502", 1396867869, 0}, Event{"1", "214536500", 1396868049, 0},
            Event{"2", "214662742", 1396878997, 0}));
    EXPECT_THAT(
        eventsOf(fixture("yoochoose/yoochoose-buys.dat")),
        ElementsAre(Event{"420374", "214537888", 1396809898, 0}));
}

TEST_F(Formats, BookCrossingHasSemicolonsEscapesNullsAndZeroForImplicit)
{
    EXPECT_THAT(
        eventsOf(
            fixture("book-crossing/BX-Book-Ratings.csv"), fixture("book-crossing/BX-Books.csv")),
        ElementsAre(Event{"276726", "0155061224", 0, 5}));
    EXPECT_EQ(titleOf("0155061224"), "The \"Rites\"; of Passage");
    EXPECT_THAT(
        problems(),
        testing::IsSupersetOf({"1 a value that says that there is none", "1 missing value"}));
}

TEST_F(Formats, SasRecTextHasTwoNumbersALineInTimeOrder)
{
    EXPECT_THAT(
        eventsOf(fixture("sasrec/ml-1m.txt")),
        ElementsAre(
            Event{"1", "1", 0, 0}, Event{"1", "2", 0, 0}, Event{"1", "1", 0, 0},
            Event{"2", "3", 0, 0}));
    EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(Formats, SequencesHaveOneUserALine)
{
    EXPECT_THAT(
        eventsOf(fixture("sequences/sequences.txt")),
        ElementsAre(
            Event{"u1", "a", 0, 0}, Event{"u1", "b", 0, 0}, Event{"u1", "a", 0, 0},
            Event{"u2", "c", 0, 0}));
}

} // namespace
} // namespace fovea::data

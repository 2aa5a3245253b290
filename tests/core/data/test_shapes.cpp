// Tables in each shape that files have, in the layouts in which data sets are distributed; the rows
// are made up.
#include "core/data/import.h"
#include "tests/support/events.h"
#include "tests/support/packing.h"
#include "tests/support/support.h"

namespace fovea::data {
namespace {

using test::Event;
using test::eventsOf;

class Shapes : public testing::Test {
protected:
    Result<Imported> import(const std::string& text, const std::string& name = "events")
    {
        ImportOptions options;
        options.file = m_scratch.write(name, text);
        base::Silent silent;
        return importFile(options, silent, {});
    }
    void expectEvents(
        const std::string& text, const std::string& format, const std::vector<Event>& events)
    {
        const auto imported = import(text);
        ASSERT_OK(imported);
        EXPECT_EQ(imported->source["format"], format);
        EXPECT_EQ(eventsOf(*imported->dataset), events);
        m_problems = imported->problems;
    }
    test::ScratchFolder m_scratch;
    Problems m_problems;
};

TEST_F(Shapes, AmazonReviewsAreJsonLinesWithSeconds)
{
    expectEvents(
        test::fixture("amazon-2014/reviews_Instruments_5.json"), "json-lines",
        {{"A2IBPI20UZIR0U", "B00004Y2UT", 1363392000, 3},
         {"A2IBPI20UZIR0U", "1384719342", 1393545600, 5},
         {"A14VAT5EAX3D9S", "1384719342", 1363392000, 4}});
    EXPECT_TRUE(m_problems.list().empty());
}

TEST_F(Shapes, AmazonReviewsOf2023AreJsonLinesWithMillisecondsAndAParentItem)
{
    expectEvents(
        test::fixture("amazon-2023/Instruments.jsonl"), "json-lines",
        {{"AE1", "P02", 1588687728, 1}, {"AE1", "P01", 1588687728, 5}});
}

TEST_F(Shapes, YelpReviewsAreJsonLinesWithDates)
{
    expectEvents(
        test::fixture("yelp/reviews-with-both-dates.json"), "json-lines",
        {{"u1", "b2", 1325548800, 2}, {"u1", "b1", 1531001351, 4}});
}

TEST_F(Shapes, GoodreadsReviewsAreJsonLinesWithDatesInWords)
{
    expectEvents(
        test::fixture("goodreads/goodreads_reviews_dedup.json"), "json-lines",
        {{"u1", "18245960", 1501425850, 4}, {"u1", "24375664", 1503694502, 5}});
}

TEST_F(Shapes, SteamReviewsArePythonLiterals)
{
    expectEvents(
        test::fixture("steam/steam_new.json"), "python-lines",
        {{"Ché 😀", "725280", 1513468800, 0}, {"b", "328100", 1501632000, 0}});
}

TEST_F(Shapes, LinesThatAreNoRecordsAreCounted)
{
    expectEvents(
        "{\"user_id\": \"u1\", \"item_id\": \"a\"}\n{\"user_id\": \"u1\", \"item_id\":\n"
        "{\"item_id\": \"b\", \"user_id\": \"u1\"}\n{\"user_id\": \"u1\"}\n",
        "json-lines", {{"u1", "a"}, {"u1", "b"}});
    ASSERT_EQ(m_problems.list().size(), 2u);
    EXPECT_EQ(m_problems.list()[0].kind, "no JSON object");
    EXPECT_EQ(m_problems.list()[0].firstLine, 2);
    EXPECT_EQ(m_problems.list()[1].kind, "empty id");
    EXPECT_EQ(m_problems.list()[1].firstLine, 4);
}

TEST_F(Shapes, KeysBehindTheFirstLinesAreTakenOrCounted)
{
    std::string text;
    for (int i = 0; i < 250; ++i)
        text += "{\"user\": \"u\", \"item\": \"i" + std::to_string(i) + "\"}\n";
    const std::string late = "{\"user\": \"u\", \"item\": \"x\", \"timestamp\": 1600000000}\n";
    const auto seen = import(text + late);
    ASSERT_OK(seen);
    EXPECT_TRUE(seen->dataset->hasTimes() || seen->problems.list().size() == 1u);
    while (text.size() < 300'000)
        text += text;
    const auto unseen = import(text + late);
    ASSERT_OK(unseen);
    const auto& problems = unseen->problems.list();
    ASSERT_FALSE(problems.empty());
    EXPECT_EQ(problems[0].kind, "a key that the first lines do not have");
    EXPECT_EQ(problems[0].example, "timestamp");
}

TEST_F(Shapes, PythonLiteralsThatDoNotEndAreCounted)
{
    const std::string good = "{'user': 'a', 'item': 'x'}\n";
    const std::vector<std::string> bad = {
        "{'user': 'a', 'item': 'x'",
        "{'user': 'a', 'item': 'x",
        "{'user': 'a', 'item'}",
        "{'user': 'a', 'item': [1, }",
        "{'user': 'a', 'item': '\\u12'}",
        "{'user': 'a', 'item': }",
        "{'user': 'a'} x",
        "['user']",
        "{'user': '\\",
        "{'user': " + std::string(100, '[') + "}"};
    std::string text = good + good + good + good + good + good + good + good + good + good + good;
    for (const auto& line : bad)
        text += line + "\n";
    const auto imported = import(text);
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->eventCount(), 11);
    EXPECT_EQ(imported->problems.list()[0].kind, "no Python dictionary");
    EXPECT_EQ(imported->problems.list()[0].count, static_cast<std::int64_t>(bad.size()));
    EXPECT_EQ(imported->problems.list()[0].firstLine, 12);
}

TEST_F(Shapes, NetflixPrizeFilesAreBlocks)
{
    expectEvents(
        "1:\n1488844,3,2005-09-06\n822109,5,2005-05-13\n2:\n822109,4,2004-10-19\n", "blocks",
        {{"1488844", "1", 1125964800, 3},
         {"822109", "2", 1098144000, 4},
         {"822109", "1", 1115942400, 5}});
}

TEST_F(Shapes, SequencesAreOneLineAUser)
{
    expectEvents(
        "u1: a b a\nu2: b\n", "sequences", {{"u1", "a"}, {"u1", "b"}, {"u1", "a"}, {"u2", "b"}});
}

TEST_F(Shapes, CompressedOrNotTheEventsAreTheSame)
{
    const std::string text = "{\"user_id\": \"u\", \"item_id\": \"a\"}\n"
                             "{\"user_id\": \"u\", \"item_id\": \"b\"}\n";
    const auto plain = import(text);
    const auto gz = import(test::gzip(text), "x.jsonl.gz");
    const auto zip =
        import(test::packed("zip", "none", {{"README", "x"}, {"x.jsonl", text}}), "x.zip");
    ASSERT_OK(plain);
    ASSERT_OK(gz);
    ASSERT_OK(zip);
    EXPECT_EQ(plain->dataset->fingerprint(), gz->dataset->fingerprint());
    EXPECT_EQ(plain->dataset->fingerprint(), zip->dataset->fingerprint());
    EXPECT_EQ(zip->source["member"], "x.jsonl");
    EXPECT_EQ(gz->source["compression"], "gzip");
}

} // namespace
} // namespace fovea::data

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
        R"({"reviewerID": "A2IBPI20UZIR0U", "asin": "1384719342", "helpful": [0, 0], "reviewText": "Not \"much\",\n but 灯", "overall": 5.0, "unixReviewTime": 1393545600, "reviewTime": "02 28, 2014"}
{"reviewerID": "A14VAT5EAX3D9S", "asin": "1384719342", "helpful": [13, 14], "overall": 4.0, "unixReviewTime": 1363392000, "reviewTime": "03 16, 2013"}
{"reviewerID": "A2IBPI20UZIR0U", "asin": "B00004Y2UT", "overall": 3.0, "unixReviewTime": 1363392000, "reviewTime": "03 16, 2013", "extra": {"a": [1, {"b": null}]}}
)",
        "json-lines",
        {{"A2IBPI20UZIR0U", "B00004Y2UT", 1363392000, 3},
         {"A2IBPI20UZIR0U", "1384719342", 1393545600, 5},
         {"A14VAT5EAX3D9S", "1384719342", 1363392000, 4}});
    EXPECT_TRUE(m_problems.list().empty());
}

TEST_F(Shapes, AmazonReviewsOf2023AreJsonLinesWithMillisecondsAndAParentItem)
{
    expectEvents(
        R"({"rating": 5.0, "title": "t", "text": "x", "images": [], "asin": "B01", "parent_asin": "P01", "user_id": "AE1", "timestamp": 1588687728923, "helpful_vote": 0, "verified_purchase": true}
{"rating": 1.0, "title": "t", "text": "x", "images": [], "asin": "B02", "parent_asin": "P02", "user_id": "AE1", "timestamp": 1588687728700, "helpful_vote": 0, "verified_purchase": true}
)",
        "json-lines", {{"AE1", "P02", 1588687728, 1}, {"AE1", "P01", 1588687728, 5}});
}

TEST_F(Shapes, YelpReviewsAreJsonLinesWithDates)
{
    expectEvents(
        R"({"review_id":"r1","user_id":"u1","business_id":"b1","stars":4.0,"useful":0,"funny":0,"cool":0,"text":"x","date":"2018-07-07 22:09:11"}
{"review_id":"r2","user_id":"u1","business_id":"b2","stars":2.0,"useful":0,"funny":0,"cool":0,"text":"x","date":"2012-01-03"}
)",
        "json-lines", {{"u1", "b2", 1325548800, 2}, {"u1", "b1", 1531001351, 4}});
}

TEST_F(Shapes, GoodreadsReviewsAreJsonLinesWithDatesInWords)
{
    expectEvents(
        R"({"user_id":"u1","book_id":"24375664","review_id":"r","rating":5,"date_added":"Fri Aug 25 13:55:02 -0700 2017","date_updated":"Mon Oct 09 08:55:59 -0700 2017","read_at":"","started_at":""}
{"user_id":"u1","book_id":"18245960","review_id":"r","rating":4,"date_added":"Sun Jul 30 07:44:10 -0700 2017","date_updated":"","read_at":"","started_at":""}
)",
        "json-lines", {{"u1", "18245960", 1501425850, 4}, {"u1", "24375664", 1503694502, 5}});
}

TEST_F(Shapes, SteamReviewsArePythonLiterals)
{
    expectEvents(
        "{u'username': u'Ch\\xe9 \\U0001f600', u'hours': 1.5, u'product_id': u'725280', u'date': "
        "u'2017-12-17', u'early_access': False, u'text': u\"It's \\\"it\\\"\\n\", u'tags': "
        "[u'a]', (1, 2)], u'found_funny': None}\n"
        "{u'username': u'b', u'hours': 0.1, u'product_id': u'328100', u'date': u'2017-08-02', "
        "u'early_access': True}\n",
        "python-lines", {{"Ché 😀", "725280", 1513468800, 0}, {"b", "328100", 1501632000, 0}});
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

// Databases, Parquet and Feather: the same data set as from text, and one clear error for what is
// damaged. Several files of one table.
#include "core/base/text.h"
#include "core/data/import.h"
#include "core/data/table_file.h"
#include "tests/support/events.h"
#include "tests/support/stores.h"
#include "tests/support/support.h"

#include <sys/resource.h>

#include <thread>

namespace fovea::data {
namespace {

using test::Event;
using test::eventsOf;
using testing::ElementsAre;
using testing::HasSubstr;

const std::vector<Event> kExpected = {
    {"ann", "x", 100, 4}, {"ann", "y", 200, 3.5}, {"bob", "x", 150, 5}};

class Stores : public testing::Test {
protected:
    Result<Imported> import(const std::filesystem::path& file, const std::string& member = {})
    {
        m_options.file = file;
        m_options.member = member;
        base::Silent silent;
        return importFile(m_options, silent, {});
    }
    test::ScratchFolder m_scratch;
    ImportOptions m_options;
};

constexpr const char* kRatings =
    "CREATE TABLE ratings (user TEXT, item TEXT, rating REAL, time INTEGER, note BLOB);"
    "INSERT INTO ratings VALUES ('ann', 'y', 3.5, 200, NULL), ('bob', 'x', 5, 150, x'00ff'),"
    "('ann', 'x', 4, 100, 'a note');";

TEST_F(Stores, SqliteTakesTheLargestTableOrTheOneThatIsAskedFor)
{
    const auto file = test::sqlite(
        m_scratch / "shop.db",
        std::string(kRatings)
            + "CREATE TABLE \"odd \"\" name\" (user_id, item_id);"
              "INSERT INTO \"odd \"\" name\" VALUES (1, 2);"
              "CREATE TABLE selections (user, item); INSERT INTO selections VALUES (5, 6);"
              "CREATE VIEW good AS SELECT user, item FROM ratings WHERE rating >= 4;");
    const auto imported = import(file);
    ASSERT_OK(imported);
    EXPECT_EQ(eventsOf(*imported->dataset), kExpected);
    EXPECT_EQ(imported->rows, 3);
    EXPECT_EQ(imported->source["format"], "sqlite");
    EXPECT_EQ(imported->source["table"], "ratings");
    EXPECT_EQ(imported->source["columns"]["time"], "time");
    EXPECT_FALSE(imported->source.contains("delimiter"));

    const auto odd = import(file, "odd \" name");
    ASSERT_OK(odd);
    EXPECT_EQ(eventsOf(*odd->dataset), (std::vector<Event>{{"1", "2"}}));
    const auto selections = import(file, "selections"); // a name, and no query
    ASSERT_OK(selections);
    EXPECT_EQ(eventsOf(*selections->dataset), (std::vector<Event>{{"5", "6"}}));
    const auto view = import(file, "good");
    ASSERT_OK(view);
    EXPECT_EQ(view->dataset->eventCount(), 2);
    const auto tables = choicesIn(file);
    ASSERT_OK(tables);
    ASSERT_EQ(tables->size(), 4u);
    EXPECT_EQ((*tables)[2].name, "ratings");
    EXPECT_EQ((*tables)[2].bytes, 3);

    const auto unknown = import(file, "orders");
    ASSERT_FALSE(unknown);
    EXPECT_THAT(unknown.error().message(), HasSubstr("no table 'orders'"));
    EXPECT_THAT(unknown.error().message(), HasSubstr("good, odd \" name, ratings, selections"));
}

TEST_F(Stores, SqliteTakesAQuery)
{
    const auto file = test::sqlite(
        m_scratch / "shop.db",
        "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT);"
        "INSERT INTO people VALUES (1, 'ann'), (2, 'bob');"
        "CREATE TABLE orders (person INTEGER, product TEXT, at INTEGER, stars REAL);"
        "INSERT INTO orders VALUES (1, 'y', 200, 3.5), (2, 'x', 150, 5), (1, 'x', 100, 4);");
    const auto imported = import(
        file,
        "SELECT name AS user, product AS item, stars AS rating, at AS time FROM orders JOIN people "
        "ON id = person");
    ASSERT_OK(imported);
    EXPECT_EQ(eventsOf(*imported->dataset), kExpected);
    for (const char* wrong : {"SELECT nothing FROM orders", "SELECT 1; DROP TABLE orders"}) {
        const auto refused = import(file, wrong);
        ASSERT_FALSE(refused) << wrong;
        EXPECT_EQ(refused.error().kind, ErrorKind::BadInput);
    }
    EXPECT_OK(import(file, "SELECT person AS user, product AS item FROM orders;"));
}

TEST_F(Stores, ManyRowsOfADatabaseComeInTheirOrderOnAnyNumberOfThreads)
{
    const auto file = test::sqlite(
        m_scratch / "large.db",
        "CREATE TABLE events AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n "
        "WHERE i < 199999) SELECT 'u' || (i * 7919 % 5003) AS user, 'i' || (i * 31 % 977) AS item, "
        "i / 3 AS time FROM n;");
    std::string csv = "user,item,time\n";
    for (std::int64_t i = 0; i < 200'000; ++i)
        csv += "u" + std::to_string(i * 7919 % 5003) + ",i" + std::to_string(i * 31 % 977) + ","
            + std::to_string(i / 3) + "\n";
    const auto expected = import(m_scratch.write("large.csv", csv));
    ASSERT_OK(expected);
    for (const int threads : {1, 2, 3}) {
        m_options.threads = threads;
        const auto imported = import(file);
        ASSERT_OK(imported);
        EXPECT_EQ(imported->dataset->fingerprint(), expected->dataset->fingerprint());
        EXPECT_EQ(imported->rows, 200'000);
    }
}

TEST_F(Stores, LookingIntoAQueryThatTakesForeverCanBeStopped)
{
    const auto file = test::sqlite(m_scratch / "a.db", kRatings);
    std::stop_source stop;
    std::jthread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        stop.request_stop();
    });
    const auto head = lookAt(
        file, nullptr,
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < "
        "0",
        stop.get_token());
    ASSERT_FALSE(head);
    EXPECT_EQ(head.error().kind, ErrorKind::Interrupted);
}

TEST_F(Stores, AQueryThatTakesForeverCanBeStopped)
{
    const auto file = test::sqlite(m_scratch / "a.db", kRatings);
    std::stop_source stop;
    const StoreCall call{
        file,
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n) SELECT i AS user, i AS "
        "item "
        "FROM n WHERE i < 0",
        stop.get_token()};
    base::Silent silent;
    const auto rows = storeOf(file)->rows(call, silent);
    ASSERT_OK(rows);
    Problems problems;
    std::jthread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        stop.request_stop();
    });
    const auto end = readRows(
        **rows, [](const Row&) {}, problems);
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().kind, ErrorKind::Interrupted);
}

TEST_F(Stores, ADamagedDatabaseIsOneClearError)
{
    const auto file = test::sqlite(m_scratch / "a.db", kRatings);
    auto bytes = test::contentOf(file);
    for (std::size_t i = 100; i < bytes.size(); i += 7)
        bytes[i] = static_cast<char>(bytes[i] ^ 0x5A);
    const auto refused = import(m_scratch.write("b.db", bytes));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::BadInput);
    EXPECT_THAT(refused.error().message(), HasSubstr("b.db"));
    const auto empty =
        import(test::sqlite(m_scratch / "empty.db", "CREATE TABLE a (b); DROP TABLE a"));
    ASSERT_FALSE(empty);
    EXPECT_THAT(empty.error().message(), HasSubstr("no table"));
}

TEST_F(Stores, SeveralFilesOfOneTableAreOne)
{
    const std::string header = "user,item,rating,time\n";
    const auto first = m_scratch.write("a.csv", header + "ann,y,3.5,200\nann,z,bad,300\n");
    const auto second = m_scratch.write("b.csv", header + "bob,x,5,150\nbob,y\n");
    // The first file may name the columns for all.
    const auto third = m_scratch.write("c.csv", "ann,x,4,100\nann,y,3.5,200\n");
    for (const int threads : {1, 2}) {
        m_options.threads = threads;
        m_options.more = {second, third};
        const auto imported = import(first);
        ASSERT_OK(imported);
        EXPECT_EQ(eventsOf(*imported->dataset), kExpected);
        EXPECT_EQ(imported->rows, 6);
        EXPECT_EQ(imported->source["files"], io::Json::array({"a.csv", "b.csv", "c.csv"}));
        const auto& problems = imported->problems.list();
        ASSERT_EQ(problems.size(), 3u);
        EXPECT_EQ(problems[0].kind, "value is not a number");
        EXPECT_EQ(problems[0].file, "a.csv");
        EXPECT_EQ(problems[0].firstLine, 3);
        EXPECT_EQ(problems[1].kind, "too few fields");
        EXPECT_EQ(problems[1].file, "b.csv");
        EXPECT_EQ(problems[1].firstLine, 3);
        EXPECT_EQ(problems[2].kind, "exact duplicate");
        EXPECT_EQ(problems[2].file, "c.csv");
        EXPECT_EQ(problems[2].firstLine, 2);
    }
    m_options.deals.badRows = "stop";
    const auto stopped = import(first);
    ASSERT_FALSE(stopped);
    EXPECT_THAT(stopped.error().message(), HasSubstr("a.csv, line 3"));
    m_options.deals.badRows = "drop";
    m_options.more = {m_scratch.write("other.csv", "who,what\nann,x\n")};
    const auto other = import(first);
    ASSERT_FALSE(other);
    EXPECT_THAT(other.error().message(), HasSubstr("its columns are not those of"));
    EXPECT_THAT(other.error().message(), HasSubstr("other.csv"));
}

// A header in another order is no row of data.
TEST_F(Stores, FilesWithOtherColumnsOfTheSameNumberAreRefused)
{
    const auto first = m_scratch.write("a.csv", "user,item,time\nann,y,200\n");
    for (const char* other : {"item,user,time\nx,bob,150\n", "user,item,rating\nbob,x,5\n"}) {
        m_options.more = {m_scratch.write("b.csv", other)};
        const auto refused = import(first);
        ASSERT_FALSE(refused) << other;
        EXPECT_THAT(refused.error().message(), HasSubstr("its columns are not those of"));
    }
    // Records say themselves which value is which.
    m_options.more = {
        m_scratch.write("b.jsonl", "{\"time\": 150, \"item\": \"x\", \"user\": \"bob\"}\n")};
    const auto records =
        import(m_scratch.write("a.jsonl", "{\"user\": \"ann\", \"item\": \"y\", \"time\": 200}\n"));
    ASSERT_OK(records);
    EXPECT_EQ(records->dataset->userId({1}), "bob");
    EXPECT_EQ(records->dataset->timesOf({1})[0], 150);
}

TEST_F(Stores, SqliteKeepsAllDecimalsOfATime)
{
    std::string rows;
    for (int i = 9; i > 0; --i)
        rows += std::string(i == 9 ? "" : ", ") + "('u', 'i" + std::to_string(i)
            + "', 1400000000.00000" + std::to_string(i) + ")";
    const auto imported = import(test::sqlite(
        m_scratch / "a.db",
        "CREATE TABLE t (user TEXT, item TEXT, time REAL); INSERT INTO t VALUES " + rows));
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->item({imported->dataset->itemsOf({0})[0]}).id, "i1");
    EXPECT_EQ(imported->dataset->item({imported->dataset->itemsOf({0})[8]}).id, "i9");
    EXPECT_EQ(imported->report.ties, 0); // they fall into one second, which is all that is kept
}

// As in Netflix' training_set: a file an item, more of them than a process may open.
TEST_F(Stores, AFolderOfTwoThousandBlocksIsOneTable)
{
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    rlimit few = before;
    few.rlim_cur = 64;
    ::setrlimit(RLIMIT_NOFILE, &few);
    const auto item = [&](int number) {
        return m_scratch.write(
            "mv_" + std::to_string(number) + ".txt",
            std::to_string(number) + ":\n7,3,2005-09-06\n" + std::to_string(number + 100'000)
                + ",4,2005-09-07\n");
    };
    for (int i = 2; i <= 2000; ++i)
        m_options.more.push_back(item(i));
    m_options.threads = 2;
    const auto imported = import(item(1));
    ::setrlimit(RLIMIT_NOFILE, &before);
    ASSERT_OK(imported);
    EXPECT_EQ(imported->dataset->eventCount(), 4000);
    EXPECT_EQ(imported->dataset->itemCount(), 2000);
    EXPECT_EQ(imported->dataset->userCount(), 2001);
}

TEST_F(Stores, ManyFilesAreReadByManyThreads)
{
    std::string whole = "user,item,time\n";
    for (int f = 0; f < 9; ++f) {
        std::string part = "user,item,time\n";
        for (int i = 0; i < (f == 4 ? 1 : 30'000); ++i) {
            const auto row = "u" + std::to_string((i * 31 + f) % 4001) + ",i"
                + std::to_string(i * 7 % 3001) + "," + std::to_string(i) + "\n";
            part += row;
            whole += row;
        }
        const auto file = m_scratch.write("part-" + std::to_string(f) + ".csv", part);
        if (f > 0)
            m_options.more.push_back(file);
    }
    auto files = std::exchange(m_options.more, {});
    const auto expected = import(m_scratch.write("whole.csv", whole));
    ASSERT_OK(expected);
    m_options.more = files;
    for (const int threads : {1, 2, 4}) {
        m_options.threads = threads;
        const auto imported = import(m_scratch / "part-0.csv");
        ASSERT_OK(imported);
        EXPECT_EQ(imported->dataset->fingerprint(), expected->dataset->fingerprint());
    }
}

#ifdef FOVEA_WITH_ARROW

std::vector<test::StoreColumn> ratings()
{
    return {
        {"time", "int64", "[200, 150, 100]"},
        {"user", "utf8", R"(["ann", "bob", "ann"])"},
        {"note", "int32s", "[[1], null, []]"},
        {"rating", "float32", "[3.5, 5, 4]"},
        {"item", "dictionary", R"(["y", "x", "x"])"}};
}

TEST_F(Stores, ParquetAndFeatherAreTheSameAsText)
{
    const std::vector<std::filesystem::path> files = {
        test::arrowFile("parquet", m_scratch / "a.parquet", ratings(), 2),
        test::arrowFile("feather", m_scratch / "a.feather", ratings())};
    for (const auto& file : files) {
        SCOPED_TRACE(file.string());
        const auto imported = import(file);
        ASSERT_OK(imported);
        EXPECT_EQ(eventsOf(*imported->dataset), kExpected);
        EXPECT_EQ(imported->rows, 3);
        EXPECT_TRUE(imported->problems.list().empty());
        EXPECT_EQ(imported->source["columns"]["item"], "item");
        ASSERT_EQ(imported->firstRows.size(), 3u);
        EXPECT_THAT(imported->firstRows[0], ElementsAre("200", "ann", "[1]", "3.5", "y"));
        EXPECT_THAT(imported->firstRows[1], ElementsAre("150", "bob", "", "5", "x"));
    }
}

TEST_F(Stores, TypedColumnsAreWrittenAsAPersonWould)
{
    const std::vector<test::StoreColumn> columns = {
        {"user", "uint64", "[18446744073709551615, 1]"},
        {"item", "large_utf8", R"(["日本", "b"])"},
        {"time", "microseconds", R"(["1969-12-31 23:59:59.000001", null])"},
        {"ns", "nanoseconds", "[1000000001, 0]"},
        {"day", "date32", "[-1, 18262]"},
        {"rating", "float64", "[0.1, null]"},
        {"price", "decimal", R"(["12.30", "-0.05"])"},
        {"yes", "bool", "[true, false]"},
        {"tags", "utf8s", R"([["a", "b c"], []])"},
        {"vector", "pairs", "[[0.5, -1], [2, 0.25]]"},
        {"code", "float64", "[100000, 1234567890123]"},
        {"half", "float16", "[3.5, 4]"},
        {"uuid", "uuid", R"(["0123456789abcdef", "................"])"},
        {"bytes", "bytes", R"(["b12", "\u0001"])"},
        {"person", "person", R"([{"id": 7}, null])"}};
    for (const auto& file :
         {test::arrowFile("parquet", m_scratch / "a.parquet", columns),
          test::arrowFile("feather", m_scratch / "a.arrow", columns)}) {
        SCOPED_TRACE(file.string());
        const auto head = lookAt(file);
        ASSERT_OK(head);
        ASSERT_EQ(head->table.layout.rows.size(), 2u);
        EXPECT_THAT(
            head->table.layout.rows[0],
            ElementsAre(
                "18446744073709551615", "日本", "1969-12-31T23:59:59.000001Z",
                "1970-01-01T00:00:01.000000001Z", "1969-12-31", "0.1", "12.30", "true",
                "['a', 'b c']", "[0.5, -1]", "100000", "3.5",
                "30313233-3435-3637-3839-616263646566", "b12", "{id: 7}"));
        EXPECT_THAT(
            head->table.layout.rows[1],
            ElementsAre(
                "1", "b", "", "1970-01-01T00:00:00Z", "2020-01-01", "", "-0.05", "false", "[]",
                "[2, 0.25]", "1234567890123", "4", "2e2e2e2e-2e2e-2e2e-2e2e-2e2e2e2e2e2e", "01",
                ""));
    }
}

// Cut anywhere or with bytes changed, it is read or refused, and never more.
TEST_F(Stores, ADamagedParquetOrFeatherIsOneClearError)
{
    std::string cells = "[0";
    std::string names = R"(["u0")";
    for (int i = 1; i < 300; ++i) {
        cells += "," + std::to_string(i);
        names += ",\"u" + std::to_string(i % 17) + "\"";
    }
    const std::vector<test::StoreColumn> columns = {
        {"user", "utf8", names + "]"},
        {"item", "int32", cells + "]"},
        {"time", "seconds", cells + "]"}};
    for (const auto& whole :
         {test::arrowFile("parquet", m_scratch / "whole.parquet", columns, 100),
          test::arrowFile("feather", m_scratch / "whole.feather", columns)}) {
        const auto bytes = test::contentOf(whole);
        const auto tryOne = [&](const std::string& damaged) {
            const auto file = m_scratch.write("damaged", damaged);
            const auto imported = import(file);
            if (!imported) {
                EXPECT_EQ(imported.error().kind, ErrorKind::BadInput) << imported.error().message();
                EXPECT_THAT(imported.error().message(), HasSubstr("damaged"));
            }
        };
        for (std::size_t size = 8; size < bytes.size(); size += 97)
            tryOne(bytes.substr(0, size));
        for (std::size_t at = 8; at < bytes.size(); at += 13) {
            auto changed = bytes;
            changed[at] = static_cast<char>(changed[at] ^ 0xFF);
            tryOne(changed);
        }
    }
}

#else

TEST_F(Stores, WithoutArrowParquetIsRefusedWithASentence)
{
    const auto refused = import(m_scratch.write("a.parquet", "PAR1 and more"));
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message(), HasSubstr("this build cannot read Parquet"));
}

#endif

} // namespace
} // namespace fovea::data

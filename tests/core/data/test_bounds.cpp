// What an import may take of a machine: bytes out of packed ones, steps of a database, memory, and
// time after it is to stop.
#include "core/base/os.h"
#include "core/data/import.h"
#include "core/data/memory_budget.h"
#include "core/data/side_file.h"
#include "core/data/table_file.h"
#include "core/io/npy.h"
#include "tests/support/packing.h"
#include "tests/support/stopping.h"
#include "tests/support/stores.h"
#include "tests/support/support.h"

#include <atomic>

namespace fovea::data {
namespace {

using test::bomb;
using testing::HasSubstr;

constexpr std::int64_t kMiB = std::int64_t{1} << 20;

class Bounds : public testing::Test {
protected:
    Result<Imported> import(
        const std::filesystem::path& file, const std::string& member = {},
        const std::stop_token& stop = {})
    {
        m_options.file = file;
        m_options.member = member;
        base::Silent silent;
        return importFile(m_options, silent, stop);
    }
    void expectRefused(
        const std::filesystem::path& file, const std::string& why, const std::string& member = {})
    {
        const auto refused = import(file, member);
        ASSERT_FALSE(refused) << file << member;
        EXPECT_EQ(refused.error().kind, ErrorKind::BadInput);
        EXPECT_THAT(refused.error().message(), HasSubstr(why));
        EXPECT_THAT(refused.error().message(), HasSubstr(file.filename().string()));
        EXPECT_THAT(refused.error().message(), testing::Not(HasSubstr("--"))); // the window's, too
    }
    // Of the whole import, stopped once it works.
    void expectToStop(const std::filesystem::path& file, const std::string& member = {})
    {
        const auto ms = test::millisecondsToStop([&](const std::stop_token& stop) {
            const auto stopped = import(file, member, stop);
            ASSERT_FALSE(stopped) << file << member;
            EXPECT_EQ(stopped.error().kind, ErrorKind::Interrupted) << stopped.error().message();
        });
        EXPECT_GE(ms, 0) << file << member;
        EXPECT_LT(ms, test::kStopMs) << file << member;
    }

    test::ScratchFolder m_scratch;
    ImportOptions m_options = [] {
        ImportOptions options;
        options.threads = 2;
        return options;
    }();
};

// --- Bytes -------------------------------------------------------------------------------------

TEST_F(Bounds, AFileThatGrowsTooMuchIsRefusedWhateverItIsReadFor)
{
    m_options.mostUnpacked = 4 * kMiB;
    const auto file = m_scratch.write("a.csv.gz", bomb("gzip", 16, "1,1,1\n"));
    expectRefused(file, "when unpacked");
    const auto events = m_scratch.write("events.csv", "user,item,time\na,x,1\nb,y,2\n");
    const auto items = m_scratch.write("items.csv.gz", bomb("gzip", 16, "x,a title\n"));
    m_options.itemsFile = items;
    auto refused = import(events);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message(), HasSubstr("items.csv.gz"));
    EXPECT_THAT(refused.error().message(), HasSubstr("when unpacked"));
    m_options.itemsFile.clear();
    m_options.usersFile = items;
    refused = import(events);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message(), HasSubstr("when unpacked"));
    m_options.mostUnpacked = 17 * kMiB;
    EXPECT_OK(import(events));
}

TEST_F(Bounds, TheRecipeKeepsHowMuchMayBeUnpacked)
{
    Recipe recipe;
    recipe.mostUnpacked = 20'000'000'000;
    const auto read = recipeFrom(toJson(recipe), "recipe.json");
    ASSERT_OK(read);
    EXPECT_EQ(read->mostUnpacked, 20'000'000'000);
    auto wrong = toJson(recipe);
    wrong["max_unpacked"] = -1;
    EXPECT_FALSE(recipeFrom(wrong, "recipe.json"));
}

// --- SQLite ------------------------------------------------------------------------------------

constexpr const char* kHostile =
    "CREATE TABLE t (user, item); "
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
    "INSERT INTO t SELECT i, i FROM n;"
    "CREATE VIEW silent AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n) "
    "SELECT i AS user, i AS item FROM n WHERE i < 0;"
    "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n) "
    "SELECT i AS user, i % 7 AS item FROM n;"
    "CREATE VIEW crossed AS SELECT a.user, b.item FROM t a, t b, t c, t d;"
    "CREATE VIEW counted AS SELECT count(*) AS user, 1 AS item FROM t a, t b, t c, t d;"
    "CREATE VIEW large AS SELECT zeroblob(1000000000) AS user, 1 AS item;"
    "CREATE VIEW texts AS SELECT hex(zeroblob(30000000)) AS user, hex(zeroblob(30000000)) AS item;";

TEST_F(Bounds, AQueryWithoutAnEndIsRefused)
{
    const auto file = test::sqlite(m_scratch / "a.db", kHostile);
    EXPECT_OK(import(file, "t"));
    expectRefused(file, "does not come to its end", "silent");
    expectRefused(file, "does not come to its end", "counted");
    m_options.mostUnpacked = 64 * kMiB;
    const std::string numbers =
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n) SELECT ";
    for (const auto& query :
         {std::string("crossed"), numbers + "i AS user, i % 7 AS item FROM n",
          numbers + "CASE WHEN i < 300 THEN i END AS user, 1 AS item FROM n"})
        expectRefused(file, "it gives more rows than there can be", query);
    // As views they give their first row after the last.
    expectRefused(file, "does not come to its end", "endless");
    for (const char* view : {"silent", "endless"})
        expectRefused(
            file, "a.db", "SELECT * FROM " + std::string(view) + " WHERE user < 1000000000000000");
}

TEST_F(Bounds, WorkThatRowsExplainIsDone)
{
    const auto file = test::sqlite(m_scratch / "a.db", kHostile);
    // A look at 3,000 rows for each of 2,000 without an index: 40 million steps before the first.
    const auto made = import(
        file,
        "SELECT user, (SELECT count(*) FROM t b WHERE b.user + 0 <= a.user + 0) AS item FROM t a "
        "WHERE a.user <= 2000 ORDER BY item DESC");
    ASSERT_OK(made);
    EXPECT_EQ(made->dataset->eventCount(), 2000);
}

TEST_F(Bounds, CellsAndRowsOfADatabaseAreNoLargerThan64MiB)
{
    const auto file = test::sqlite(m_scratch / "a.db", kHostile);
    const auto before = base::peakMemoryBytes();
    expectRefused(file, "a cell of more than 64 MiB", "large");
    expectRefused(file, "a row of more than 64 MiB", "texts");
    std::string columns = "1 AS user, 2 AS item";
    for (int i = 0; i < 1000; ++i)
        columns += ", zeroblob(60000000)";
    expectRefused(file, "needs more than 512 MiB of memory", "SELECT " + columns);
    EXPECT_LT(base::peakMemoryBytes() - before, 800 * kMiB);
}

TEST_F(Bounds, ADatabaseMakesNothingButItselfBeRead)
{
    const auto file = test::sqlite(m_scratch / "a.db", kHostile);
    const auto other = (m_scratch / "other.db").string();
    const std::vector<std::string> queries = {
        "SELECT load_extension('/tmp/x') AS user, 1 AS item",
        "WITH n AS (SELECT 1) INSERT INTO t SELECT 1, 1",
        "SELECT 1 AS user, 1 AS item; ATTACH '" + other + "' AS other"};
    for (const auto& query : queries)
        EXPECT_FALSE(import(file, query)) << query;
    EXPECT_FALSE(std::filesystem::exists(other));
}

TEST_F(Bounds, QueriesAreStoppedWithinTheTimeThatAPersonIsPromised)
{
    const auto file = test::sqlite(m_scratch / "a.db", kHostile);
    m_options.mostUnpacked = std::int64_t{1} << 50;
    for (const char* view : {"silent", "counted", "endless", "crossed"})
        expectToStop(file, view);
    // Each step of it copies a text of 20 MB.
    expectToStop(
        file,
        "WITH RECURSIVE n(i, x) AS (SELECT 0, hex(zeroblob(10000000)) UNION ALL SELECT i + 1, "
        "replace(x, '0', '0') FROM n) SELECT i AS user, i AS item FROM n WHERE i < 0");
}

// --- Memory ------------------------------------------------------------------------------------

TEST_F(Bounds, AnImportKeepsWithinItsMemory)
{
    m_options.mostMemory = 100 * kMiB;
    const auto file =
        m_scratch.write("a.csv.gz", bomb("gzip", 128, "1,1,1\n")); // 22 million events
    const auto refused = import(file);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().what.pattern, kNeedsMemory);
    expectRefused(file, "may take 100.0 MiB");
}

TEST_F(Bounds, IdsCountAsMemory)
{
    std::string text;
    for (int i = 0; i < 1'500'000; ++i)
        text += std::to_string(i) + ",a\n";
    m_options.mostMemory = 128 * kMiB;
    const auto file = m_scratch.write("a.csv", text);
    expectRefused(file, "may take 128.0 MiB");
    m_options.mostMemory = 512 * kMiB;
    EXPECT_OK(import(file));
}

TEST_F(Bounds, WhatIsToldOfItemsCountsAsMemory)
{
    std::string events = "user,item\n";
    for (int i = 0; i < 50'000; ++i)
        events += "u," + std::to_string(i) + "\n";
    const auto file = m_scratch.write("events.csv", events);
    // One vector of 40,000 numbers, and room for it with each item: 8 GB.
    std::string vector = "[0.5";
    for (int i = 1; i < 40'000; ++i)
        vector += ", 0.5";
    m_options.itemsFile = m_scratch.write("items.csv", "item,vector\n0,\"" + vector + "]\"\n1,\n");
    m_options.mostMemory = 256 * kMiB;
    auto refused = import(file);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message(), HasSubstr("may take 256.0 MiB"));
    // Likewise of a matrix, a hole in the disk: a row of 500,000 numbers.
    m_options.itemsFile = m_scratch.write("one.csv", "item,title\n0,a\n");
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 500000), }";
    header.resize(117, ' ');
    header += '\n';
    m_options.vectorsFile =
        m_scratch.write("v.npy", "\x93NUMPY\x01" + std::string("\0\x76\0", 3) + header);
    std::filesystem::resize_file(m_options.vectorsFile, 128 + 4 * 500'000);
    refused = import(file);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message(), HasSubstr("may take 256.0 MiB"));
}

TEST_F(Bounds, TheBudgetOfAnyProductIsKept)
{
    MemoryBudget budget(1000);
    EXPECT_OK(budget.take(100, 10));
    EXPECT_FALSE(budget.take(1));
    budget.giveBack(500);
    EXPECT_OK(budget.take(500));
    EXPECT_FALSE(budget.take(std::int64_t{1} << 40, std::int64_t{1} << 40));
    EXPECT_FALSE(budget.take(1));
}

// --- Stop --------------------------------------------------------------------------------------

TEST_F(Bounds, ABombIsStoppedWhileItIsRead)
{
    m_options.mostUnpacked = std::int64_t{1} << 50;
    expectToStop(m_scratch.write("a.csv.gz", bomb("gzip", 1024, "1,1,1\n")));
    expectToStop(m_scratch.write("a.tar.gz", test::tarBomb("gzip", 1024)));
}

TEST_F(Bounds, RowsAsLongAsOneMayBeAreStoppedInTheMiddle)
{
    m_options.mostUnpacked = std::int64_t{1} << 50;
    m_options.format = "delimited";
    for (const std::string field : {",", "\"\","}) {
        std::string rows = "1,1\n";
        while (rows.size() < static_cast<std::size_t>(15 * kMiB))
            rows += field;
        const auto part = test::packed("raw", "xz", {{"x", rows + '\n'}});
        expectToStop(m_scratch.write("a.csv.xz", test::repeated(part, 40)));
    }
}

// Tells when a step of the work begins.
class AtStep final : public base::Progress {
public:
    AtStep(std::function<void()> begun, std::string_view what, std::int64_t done)
        : m_begun(std::move(begun))
        , m_what(what)
        , m_done(done)
    { }
    void report(const base::Step& step) override
    {
        if (step.what == m_what && step.done == m_done)
            m_begun();
    }

private:
    std::function<void()> m_begun;
    std::string_view m_what;
    std::int64_t m_done;
};

TEST_F(Bounds, SortingTheEventsOfOneUserIsStopped)
{
    std::string rows;
    for (std::uint32_t i = 0; i < 1'500'000; ++i)
        rows += "u," + std::to_string(i % 50) + ","
            + std::to_string(1'000'000'000 + i * 2654435761u % 100'000'007u) + "\n";
    std::string same; // at one moment
    for (std::uint32_t i = 0; i < 1'500'000; ++i)
        same += "u," + std::to_string(i * 2654435761u % 2'000'003u) + ",1000000000\n";
    for (const auto& text : {rows, same}) {
        m_options.file = m_scratch.write("a.csv", text);
        const auto ms = test::millisecondsToStop(
            [&](const std::stop_token& stop, const std::function<void()>& begun) {
                AtStep progress(begun, "sort", 1); // the events of one user
                const auto stopped = importFile(m_options, progress, stop);
                ASSERT_FALSE(stopped);
                EXPECT_EQ(stopped.error().kind, ErrorKind::Interrupted);
            },
            0.03);
        EXPECT_GE(ms, 0);
        EXPECT_LT(ms, test::kStopMs);
    }
}

// Asks for a stop when that is reported, and counts what is reported afterwards.
class StopAt final : public base::Progress {
public:
    StopAt(std::string_view what, int report)
        : m_what(what)
        , m_report(report)
    { }
    void report(const base::Step& step) override
    {
        if (step.what == m_what && ++m_reports == m_report)
            m_source.request_stop();
    }
    std::stop_token token() const { return m_source.get_token(); }
    int reports() const { return m_reports; }

private:
    std::string_view m_what;
    int m_report;
    int m_reports = 0;
    std::stop_source m_source;
};

TEST_F(Bounds, AStopWhileTheDataSetIsSavedLeavesTheOldOneAndNothingElse)
{
    const auto folder = m_scratch / "data";
    const auto target = folder / "set";
    const auto save = [&](const std::string& rows, base::Progress& progress,
                          const std::stop_token& stop) -> Status {
        FOVEA_ASSIGN(const auto imported, import(m_scratch.write("a.csv", rows)));
        FOVEA_ASSIGN(auto staged, io::StagedFolder::create(target, "dataset.json"));
        return publish(imported, staged, progress, stop);
    };
    base::Silent silent;
    ASSERT_OK(save("user,item\na,x\n", silent, {}));
    const auto before = test::contentOf(target / "dataset.json");
    const std::string other = "user,item\na,x\nb,y\n";
    for (int report = 1;; ++report) {
        StopAt progress("save", report);
        const auto saved = save(other, progress, progress.token());
        if (saved) { // it comes to its end without so many reports
            EXPECT_GT(report, 10); // not after whole files alone
            break;
        }
        EXPECT_EQ(saved.error().kind, ErrorKind::Interrupted);
        EXPECT_EQ(progress.reports(), report);
        const std::filesystem::directory_iterator entries(folder);
        EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
        EXPECT_EQ(test::contentOf(target / "dataset.json"), before);
    }
    EXPECT_NE(test::contentOf(target / "dataset.json"), before);
}

TEST_F(Bounds, AddingToADataSetIsStopped)
{
    std::string rows = "user,item,time\n";
    for (std::uint32_t i = 0; i < 2'000'000; ++i)
        rows += std::to_string(i * 2654435761u % 300'007u) + "," + std::to_string(i % 5003) + ","
            + std::to_string(i) + "\n";
    const auto first = import(m_scratch.write("a.csv", rows));
    ASSERT_OK(first);
    m_options.before = first->dataset;
    expectToStop(m_scratch.write("b.csv", "user,item,time\nx,y,5\n"));
}

} // namespace
} // namespace fovea::data

// Import and inspect as programs: how much memory they take, and how soon they end when they are
// interrupted.
#include "core/io/json.h"
#include "tests/support/child.h"
#include "tests/support/packing.h"
#include "tests/support/stopping.h"
#include "tests/support/stores.h"
#include "tests/support/support.h"

#include <nlohmann/json.hpp>

namespace fovea::cli {
namespace {

using testing::HasSubstr;

constexpr std::int64_t kMiB = std::int64_t{1} << 20;
constexpr std::int64_t kProgram = 200 * kMiB; // what the program takes beside the import

TEST(CliBounds, ThirteenGigabytesInThirteenMegabytesAreRefusedInTheMemoryThatIsGiven)
{
    const test::ScratchFolder scratch;
    const auto file =
        scratch.write("bomb.csv.gz", test::bomb("gzip", 13 * 1024, "1,1,1\n")).string();
    test::Child child(
        scratch.path(),
        {test::programPath(), "import", file, "-o", (scratch / "set").string(), "--memory",
         "200M"});
    EXPECT_EQ(child.wait(), 3);
    EXPECT_LT(child.peakBytes(), 200 * kMiB + kProgram);
    const auto said = test::contentOf(scratch / "child.err");
    EXPECT_THAT(said, HasSubstr("bomb.csv.gz"));
    EXPECT_THAT(said, HasSubstr("may take 200.0 MiB"));
    EXPECT_THAT(said, HasSubstr("--memory SIZE"));
    EXPECT_FALSE(std::filesystem::exists(scratch / "set"));
}

TEST(CliBounds, AnImportTakesTheMemoryThatItIsGivenOrSaysThatItNeedsMore)
{
    const test::ScratchFolder scratch;
    std::string text = "user,item,rating,time\n";
    for (std::uint32_t i = 0; i < 1'500'000; ++i)
        text += "user number " + std::to_string(i * 2654435761u % 450'001u) + ",item "
            + std::to_string(i * 40503u % 200'003u) + "," + std::to_string(1 + i % 5) + ","
            + std::to_string(1'000'000'000 + i * 7919u % 1'000'003u) + "\n";
    const auto file = scratch.write("a.csv", text).string();
    int done = 0;
    for (const std::int64_t mebibytes : {64, 96, 160, 256, 1024}) {
        test::Child child(
            scratch.path(),
            {test::programPath(), "import", file, "-o", (scratch / "set").string(), "--force",
             "--memory", std::to_string(mebibytes) + "M"});
        const int code = child.wait();
        EXPECT_TRUE(code == 0 || code == 3) << mebibytes;
        done += code == 0;
        EXPECT_LT(child.peakBytes(), mebibytes * kMiB + kProgram) << code;
    }
    EXPECT_GE(done, 1);
    EXPECT_LT(done, 5);
}

TEST(CliBounds, SizesAreSaidWithTheirUnit)
{
    const test::ScratchFolder scratch;
    const auto file = scratch.write("a.csv.gz", test::bomb("gzip", 32, "1,1,1\n")).string();
    const auto refused = test::fovea({"inspect", file, "--max-unpacked", "16M", "--json"});
    EXPECT_EQ(refused.exitCode, 3);
    const auto error =
        io::Json::parse(refused.out.substr(refused.out.rfind("{\"event\":\"error\"")));
    EXPECT_THAT(error["what"].get<std::string>(), HasSubstr("when unpacked"));
    EXPECT_THAT(error["hint"].get<std::string>(), HasSubstr("--max-unpacked SIZE"));
    EXPECT_EQ(test::fovea({"inspect", file, "--max-unpacked", "1g"}).exitCode, 0);
    for (const char* wrong : {"-1", "many", "0.5K", "1000", "99999999999G"})
        EXPECT_EQ(test::fovea({"inspect", file, "--max-unpacked", wrong}).exitCode, 2) << wrong;
    EXPECT_EQ(test::fovea({"inspect", file, "--memory", "1M"}).exitCode, 2);
}

// Interrupts the program once it has worked; it ends within the time that a person is promised, at
// best of three.
void expectInterruptible(
    const test::ScratchFolder& scratch, std::vector<std::string> command, double processorSeconds)
{
    command.insert(command.begin(), test::programPath());
    double best = 1e9;
    for (int attempt = 0; attempt < 3 && best > test::kStopMs; ++attempt) {
        test::Child child(scratch.path(), command);
        ASSERT_TRUE(child.worksFor(processorSeconds)) << test::contentOf(scratch / "child.err");
        const auto asked = test::secondsOf(CLOCK_MONOTONIC);
        child.interrupt();
        EXPECT_EQ(child.wait(), 130) << test::contentOf(scratch / "child.err");
        best = std::min(best, (test::secondsOf(CLOCK_MONOTONIC) - asked) * 1000);
    }
    EXPECT_LT(best, test::kStopMs) << command[1] << command[2];
}

TEST(CliBounds, AnInterruptEndsABombAnArchiveAndAQueryAtOnce)
{
    const test::ScratchFolder scratch;
    constexpr double kWorks = 1.0; // of processor time: the program's start is a part of it
    const auto out = (scratch / "set").string();
    const auto file =
        scratch.write("bomb.csv.gz", test::bomb("gzip", 13 * 1024, "1,1,1\n")).string();
    expectInterruptible(scratch, {"import", file, "-o", out}, kWorks);
    const auto tar = scratch.write("bomb.tar.gz", test::tarBomb("gzip", 3 * 1024)).string();
    expectInterruptible(scratch, {"inspect", tar}, kWorks);
    const auto database =
        test::sqlite(scratch / "a.db", "CREATE TABLE t (a); INSERT INTO t VALUES (1)").string();
    const std::string query =
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n) SELECT i AS user, i AS "
        "item FROM n WHERE i > 100000000000 OR i < 300";
    expectInterruptible(scratch, {"import", database, "--member", query, "-o", out}, 1.0);
    EXPECT_FALSE(std::filesystem::exists(scratch / "set"));
}

} // namespace
} // namespace fovea::cli

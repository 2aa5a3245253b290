// Forged data sets through the program: each command that reads one refuses it with exit code 3 and
// one line.
#include "tests/support/dataset_forgeries.h"
#include "tests/support/support.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>

namespace fovea {
namespace {

using test::ScratchFolder;

class CliForged : public testing::TestWithParam<const char*> {
protected:
    static void SetUpTestSuite()
    {
        s_scratch = std::make_unique<ScratchFolder>();
        test::makeGoodDatasets(s_scratch->path());
        const auto trained = test::fovea(
            {"train", at("plain"), "-o", at("run"), "--set", "epochs=1", "--set", "width=16"});
        ASSERT_EQ(trained.exitCode, 0) << trained.err;
        s_scratch->write("new.csv", "user,item,time,value\nu1,i1,2000000,3\nnew,i2,2000000,4\n");
    }
    static void TearDownTestSuite() { s_scratch.reset(); }
    static std::string at(const std::string& name) { return (s_scratch->path() / name).string(); }

    static std::unique_ptr<ScratchFolder> s_scratch;
};

std::unique_ptr<ScratchFolder> CliForged::s_scratch;

TEST_F(CliForged, BeginWithADataSetThatCanBeAddedTo)
{
    std::filesystem::copy(at("plain"), at("copy"), std::filesystem::copy_options::recursive);
    const auto ran = test::fovea({"import", at("new.csv"), "--append", at("copy")});
    EXPECT_EQ(ran.exitCode, 0) << ran.err;
    EXPECT_THAT(ran.out, testing::HasSubstr("2 events added"));
}

TEST_F(CliForged, APipeInPlaceOfAFileIsNotWaitedFor)
{
    namespace fs = std::filesystem;
    struct Case {
        std::string file;
        std::vector<std::string> command;
        bool isRefused = true; // else done without it
    };
    const auto set = at("piped/plain");
    const auto run = at("piped/run");
    const std::vector<Case> cases = {
        {"plain/dataset.json", {"inspect", set}},
        {"plain/events.safetensors", {"inspect", set}},
        {"plain/names.safetensors", {"train", set, "-o", at("other")}},
        {"plain/truth.csv", {"evaluate", run, "--data", set}},
        {"run/run.json", {"runs", run}, false},
        {"run/run.json", {"evaluate", run}},
        {"run/.lock", {"runs", run}, false},
        {"run/metrics.jsonl", {"runs", run, "--curves", at("curves.csv")}},
        {"run/metrics.jsonl", {"train", "--resume", "-o", run}},
        {"run/log.txt", {"train", "--resume", "-o", run}},
        {"run/checkpoints/best.safetensors", {"evaluate", run}},
        {"run/checkpoints/last.safetensors", {"train", "--resume", "-o", run}, false},
        {"pipe", {"train", set, "-o", at("other"), "--config", at("piped/pipe")}},
        {"pipe", {"import", at("new.csv"), "-o", at("other"), "--recipe", at("piped/pipe")}},
    };
    for (const auto& [file, command, isRefused] : cases) {
        fs::remove_all(at("piped"));
        fs::create_directory(at("piped"));
        for (const auto* name : {"plain", "run"})
            fs::copy(at(name), at("piped/" + std::string(name)), fs::copy_options::recursive);
        const auto pipe = at("piped/" + file);
        fs::remove(pipe);
        ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0) << pipe;
        const auto ran = test::run("timeout -s KILL 20 '" + test::programPath() + "'", command);
        EXPECT_EQ(ran.exitCode, isRefused ? 3 : 0) << file << ", " << command[0] << ": " << ran.err;
    }
}

TEST_P(CliForged, EndsEachCommandWithOneLine)
{
    const auto& all = test::datasetForgeries();
    const auto forgery = std::find_if(
        all.begin(), all.end(), [](const auto& one) { return one.name == GetParam(); });
    ASSERT_NE(forgery, all.end());
    test::makeForged(*forgery, s_scratch->path(), at("set"));
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"inspect", at("set")},
          {"import", at("new.csv"), "--append", at("set")},
          {"train", at("set"), "-o", at("other"), "--set", "epochs=1"},
          {"recommend", at("run"), "--user", "u1", "--data", at("set")},
          {"evaluate", at("run"), "--data", at("set")}}) {
        const auto start = std::chrono::steady_clock::now();
        const auto ran = test::fovea(command);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        EXPECT_EQ(ran.exitCode, 3) << command[0] << ": " << ran.err;
        EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
        EXPECT_EQ(ran.out, "") << command[0];
        EXPECT_LT(took.count(), 5) << command[0];
    }
}

INSTANTIATE_TEST_SUITE_P(
    Each, CliForged,
    testing::Values(
        "OffsetsFallToOne", "OffsetsGoBeyondTheEventsInTheMiddle", "OffsetsEndAtHuge",
        "EventItemsBeyondTheDictionary", "TimesFallWithinAUser", "TimesFirstIsAWord",
        "ValuesNotANumber", "WeightsNegative", "UsersEndAtHuge", "TwoUsersHaveOneId",
        "TwoItemsHaveOneId", "TitlesAreNoUtf8", "HeaderShapeHuge", "HeaderNestedAMillionDeep",
        "AttributesTwice", "AboutProblemCountIsHuge", "AboutSourceColumnsAreNumbers",
        "AboutHasManyKeys"),
    [](const auto& forged) { return std::string(forged.param); });

} // namespace
} // namespace fovea

// The command line end to end, as another program would call it.
#include "core/io/safetensors.h"
#include "tests/support/support.h"

#include <nlohmann/json.hpp>

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <random>
#include <thread>

namespace fovea {
namespace {

using test::Ran;
using test::ScratchFolder;
using testing::HasSubstr;

nlohmann::json lastObject(const Ran& ran)
{
    const auto end = ran.out.find_last_not_of('\n');
    const auto begin = ran.out.rfind('\n', end);
    return nlohmann::json::parse(ran.out.substr(begin == std::string::npos ? 0 : begin + 1));
}

std::string checksumOf(const std::filesystem::path& run, const std::string& name)
{
    const auto file = io::TensorFile::read(run / "checkpoints" / (name + ".safetensors"));
    EXPECT_OK(file);
    return file ? file->metadata().at("checksum") : "";
}

// A sample and a short run on it, made once for all tests here.
class Cli : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        s_scratch = std::make_unique<ScratchFolder>();
        ASSERT_EQ(test::fovea({"sample", "--users", "200", "-o", at("data")}).exitCode, 0);
        const auto ran = test::fovea(trainArguments(at("run")));
        ASSERT_EQ(ran.exitCode, 0) << ran.err;
        s_result = lastObject(ran);
    }
    static void TearDownTestSuite() { s_scratch.reset(); }

    static std::vector<std::string> trainArguments(
        const std::string& out, const std::string& model = "sasrec",
        const std::string& threads = "1")
    {
        return {"train",    at("data"),       "-o",        out,     "--set",
                "epochs=4", "--set",          "width=16",  "--set", "batch=32",
                "--set",    "model=" + model, "--threads", threads, "--json"};
    }
    static std::string at(const std::string& name) { return (s_scratch->path() / name).string(); }

    static std::unique_ptr<ScratchFolder> s_scratch;
    static nlohmann::json s_result;
};

std::unique_ptr<ScratchFolder> Cli::s_scratch;
nlohmann::json Cli::s_result;

TEST_F(Cli, TrainEndsWithTheFieldsThatProgramsReadAndAFolderThatIsWhole)
{
    EXPECT_EQ(s_result.at("epochs"), 4);
    for (const auto* key : {"best", "seconds", "targets_per_second", "peak_memory_bytes"})
        EXPECT_TRUE(s_result.contains(key)) << key;
    for (const auto* file :
         {"run.json", "metrics.jsonl", "items.csv", "log.txt", "checkpoints/last.safetensors",
          "checkpoints/best.safetensors"})
        EXPECT_TRUE(std::filesystem::exists(s_scratch->path() / "run" / file)) << file;
}

TEST_F(Cli, EvaluateGivesMetricsProtocolAndTheBaseline)
{
    const auto ran = test::fovea({"evaluate", at("run"), "--json"});
    ASSERT_EQ(ran.exitCode, 0) << ran.err;
    const auto result = lastObject(ran);
    EXPECT_TRUE(result.at("metrics").contains("hr@10"));
    EXPECT_TRUE(result.at("baselines").at("popularity").contains("ndcg@10"));
    EXPECT_EQ(result.at("users"), 200);
    EXPECT_EQ(result.at("items"), 1000);
    EXPECT_THAT(result.at("protocol").get<std::string>(), HasSubstr("Full ranking"));
}

TEST_F(Cli, InspectCountsWhatImportDid)
{
    const auto result = lastObject(test::fovea({"inspect", at("data"), "--json"}));
    EXPECT_EQ(result.at("users"), 200);
    EXPECT_TRUE(result.at("problems").is_array());
}

TEST_F(Cli, FromRepeatsARunExactly)
{
    ASSERT_EQ(test::fovea({"train", "--from", at("run"), "-o", at("again")}).exitCode, 0);
    EXPECT_EQ(checksumOf(at("run"), "last"), checksumOf(at("again"), "last"));
}

TEST_F(Cli, RecommendLeavesTheHistoryOut)
{
    const auto result = lastObject(
        test::fovea({"recommend", at("run"), "--history", "s001p01,s001p02", "-k", "5", "--json"}));
    ASSERT_EQ(result.at("recommendations").size(), 5u);
    for (const auto& item : result.at("recommendations"))
        EXPECT_NE(item.at("id"), "s001p01");
}

TEST_F(Cli, AttentionRowsSumToOne)
{
    ASSERT_EQ(
        test::fovea({"attention", at("run"), "--user", "u0003", "-o", at("map.json")}).exitCode, 0);
    const auto map = nlohmann::json::parse(test::contentOf(at("map.json")));
    EXPECT_EQ(map.at("layers"), 2);
    EXPECT_EQ(map.at("maps").size(), 4u);
    for (const auto& one : map.at("maps")) {
        for (const auto& row : one.at("weights")) {
            double sum = 0;
            for (const double w : row)
                sum += w;
            EXPECT_NEAR(sum, 1.0, 1e-5);
        }
    }
    EXPECT_THAT(test::contentOf(at("map.json")), HasSubstr("The "));
}

TEST_F(Cli, AttentionWritesTheHeadThatWasAskedFor)
{
    ASSERT_EQ(
        test::fovea({"attention", at("run"), "--user", "u0003", "--layer", "2", "--head", "mean",
                     "-o", at("one.csv")})
            .exitCode,
        0);
    const auto csv = test::contentOf(at("one.csv"));
    EXPECT_THAT(csv, HasSubstr("\nu0003,2,mean,1,1,"));
    EXPECT_THAT(csv, testing::Not(HasSubstr("\nu0003,1,")));
    const auto none = test::fovea(
        {"attention", at("run"), "--user", "u0003", "--head", "99", "-o", at("none.csv")});
    EXPECT_EQ(none.exitCode, 2);
    EXPECT_THAT(none.err, HasSubstr("no head 99"));
}

TEST_F(Cli, FiguresAreDrawnOrRefusedAsTheProgramWasBuilt)
{
    const auto ran = test::fovea(
        {"attention", at("run"), "--user", "u0003", "--head", "2", "--layer", "1", "-o",
         at("map.svg")});
#ifdef FOVEA_WITH_QT
    EXPECT_EQ(ran.exitCode, 0) << ran.err;
    EXPECT_THAT(test::contentOf(at("map.svg")), HasSubstr("layer 1, head 2"));
#else
    EXPECT_EQ(ran.exitCode, 2);
    EXPECT_THAT(ran.err, HasSubstr("without Qt"));
#endif
}

TEST_F(Cli, ARunFindsItsDataByARelativePath)
{
    // Both named by bare names, in a folder that is moved afterwards.
    const auto go = "cd '" + at("") + "' && mkdir moving && cd moving && ";
    const auto fovea = "'" + test::programPath() + "' ";
    ASSERT_EQ(
        test::run(
            "bash -c \"" + go + fovea + "sample --users 30 -o data && " + fovea
                + "train data -o run --set epochs=1 --set width=8\"",
            {})
            .exitCode,
        0);
    std::filesystem::rename(at("moving"), at("moved"));
    EXPECT_EQ(test::fovea({"evaluate", at("moved/run")}).exitCode, 0);
}

TEST_F(Cli, ARefusedRunLeavesNoFolder)
{
    s_scratch->write("clicks.csv", "user,item,time\nu1,a,1\nu1,b,2\nu1,c,3\nu1,d,4\n");
    ASSERT_EQ(test::fovea({"import", at("clicks.csv"), "-o", at("clicks")}).exitCode, 0);
    const auto ran =
        test::fovea({"train", at("clicks"), "-o", at("refused"), "--set", "model=article"});
    EXPECT_EQ(ran.exitCode, 2);
    EXPECT_FALSE(std::filesystem::exists(at("refused")));
}

TEST_F(Cli, ExportsHoldWhatTheirReadmeSays)
{
    for (const std::string format : {"safetensors", "torchscript"}) {
        ASSERT_EQ(
            test::fovea({"export", at("run"), "--format", format, "-o", at(format)}).exitCode, 0);
        for (const auto* file : {"config.json", "items.csv", "metrics.json", "README.md"})
            EXPECT_TRUE(std::filesystem::exists(std::filesystem::path(at(format)) / file))
                << format << file;
    }
    EXPECT_THAT(test::contentOf(at("safetensors") + "/items.csv"), HasSubstr("\n0,[PAD],"));
}

TEST_F(Cli, RunsListsThem)
{
    const auto result = lastObject(test::fovea({"runs", at(""), "--json"}));
    EXPECT_GE(result.at("runs").size(), 1u);
}

TEST_F(Cli, TheManualsTableIsTheProgramsOwn)
{
    const auto ran = test::fovea({"parameters", "--markdown"});
    EXPECT_TRUE(ran.out == test::contentOf(test::sourceFile("../docs/parameters.md")))
        << "fovea parameters --markdown > docs/parameters.md";
}

TEST_F(Cli, ParametersNamesEveryKey)
{
    const auto ran = test::fovea({"parameters"});
    EXPECT_THAT(
        ran.out,
        testing::AllOf(
            HasSubstr("learning_rate"), HasSubstr("attention_dropout"), HasSubstr("heads")));
}

struct Bad {
    std::vector<std::string> arguments;
    int exitCode;
    std::string message;
};

TEST_F(Cli, EachMistakeHasItsExitCodeAndMessage)
{
    s_scratch->write("text.csv", "user,item,time\nu1,a,soon\n");
    s_scratch->write("one.csv", "a\nb\nc\n");
    s_scratch->write("binary.csv", std::string("\x89PNG\r\n\x1a\n\0\0\0", 11));
    s_scratch->write("empty.csv", "");
    s_scratch->write("cut.gz", std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b", 11));
    s_scratch->write("newer/dataset.json", R"({"schema": 99})");
    s_scratch->write("newer-run/run.json", R"({"schema": 99})");
    std::filesystem::copy(at("run"), at("odd-run"), std::filesystem::copy_options::recursive);
    auto record = nlohmann::ordered_json::parse(test::contentOf(at("run/run.json")));
    record["config"]["heads"] = 3;
    s_scratch->write("odd-run/run.json", record.dump());
    std::filesystem::copy(at("data"), at("damaged"), std::filesystem::copy_options::recursive);
    auto about = nlohmann::ordered_json::parse(test::contentOf(at("data/dataset.json")));
    about["fingerprint"] = 7;
    s_scratch->write("damaged/dataset.json", about.dump());
    for (const auto& [arguments, exitCode, message] : std::vector<Bad>{
             {{"nonsense"}, 2, "no command 'nonsense'"},
             {{"imporrt"}, 2, "Did you mean 'import'"},
             {{"sample", "-o", "/"}, 2, "name of its own"},
             {{"train", at("data"), "-o", at("data"), "--force"}, 2, "something else"},
             {{"export", at("run"), "--format", "safetensors", "-o", at("run"), "--force"},
              2,
              "something else"},
             {{"train", "--from", at("run"), "-o", at("x"), "--seed", "3"}, 2, "exactly"},
             {{"train", "--resume", "-o", at("run"), "--seed", "3"}, 2, "--resume"},
             {{"evaluate", at("run"), "--threads", "100000"}, 2, "1024"},
             {{"evaluate", at("odd-run")}, 3, "not divisible"},
             {{"inspect", at("damaged")}, 3, "fingerprint"},
             {{"import", at("missing.csv"), "-o", at("x")}, 3, "no such file"},
             {{"import", at("data"), "-o", at("x")}, 3, "a data set already"},
             {{"import", at("empty.csv"), "-o", at("x")}, 3, "empty"},
             {{"import", at("binary.csv"), "-o", at("x")}, 3, "not text"},
             {{"import", at("cut.gz"), "-o", at("x")}, 3, "cut short"},
             {{"import", at("text.csv"), "-o", at("x")}, 3, "line 2, column 3"},
             {{"import", at("one.csv"), "-o", at("x")}, 3, "it has one column"},
             {{"import", at("text.csv"), "--user", "who", "-o", at("x")}, 3, "'who'"},
             {{"import", at("text.csv"), "-o", at("data")}, 2, "--force"},
             {{"inspect", at("newer")}, 3, "newer Fovea"},
             {{"train", at("newer"), "-o", at("x")}, 3, "newer Fovea"},
             {{"train", "--resume", "-o", at("newer-run")}, 3, "newer Fovea"},
             {{"evaluate", at("newer-run")}, 3, "newer Fovea"},
             {{"train", at("data"), "-o", at("x"), "--device", "cuda:0"}, 2, "auto, cpu"},
             {{"train", at("data"), "-o", at("x"), "--set", "heads=3"}, 2, "not divisible"},
             {{"train", at("data"), "-o", at("x"), "--set", "haeds=3"}, 2, "'heads'"},
             {{"train", at("data"), "-o", at("x"), "--set", "loss=mse"}, 2, "does not fit"},
             {{"train", at("data"), "-o", at("run")}, 2, "--force"},
             {{"evaluate", at("data")}, 3, "no run"},
             {{"evaluate", at("run"), "--candidates", "uniform:100"}, 2, "candidates"},
             {{"attention", at("run"), "--user", "nobody", "-o", at("x.csv")}, 3, "no user"},
             {{"attention", at("run"), "--user", "u0001", "-o", at("x.bmp")}, 2, ".bmp"},
             {{"recommend", at("run"), "--history", "nothing"}, 3, "no item"},
             {{"export", at("run"), "--format", "onnx", "-o", at("x")}, 2, "onnx"},
             {{"explain", at("run")}, 2, "no command 'explain'"},
         }) {
        const auto ran = test::fovea(arguments);
        EXPECT_EQ(ran.exitCode, exitCode)
            << (arguments.empty() ? "" : arguments[0]) << ": " << ran.err;
        EXPECT_THAT(ran.err, HasSubstr(message));
        EXPECT_FALSE(std::filesystem::exists(at("x")));
    }
}

TEST_F(Cli, AFailedImportLeavesTheOldDataSetAsItWas)
{
    ASSERT_EQ(test::fovea({"sample", "--users", "20", "-o", at("old")}).exitCode, 0);
    const auto before = test::contentOf(at("old/dataset.json"));
    s_scratch->write("wrong.csv", "user,item,time\nu1,a,soon\n");
    EXPECT_EQ(test::fovea({"import", at("wrong.csv"), "-o", at("old"), "--force"}).exitCode, 3);
    EXPECT_EQ(test::contentOf(at("old/dataset.json")), before);
    EXPECT_EQ(test::fovea({"inspect", at("old")}).exitCode, 0);
}

TEST_F(Cli, WithoutPermissionItSaysSo)
{
    const auto file = s_scratch->write("secret.csv", "user,item,time\nu1,a,1\n");
    std::filesystem::permissions(file, std::filesystem::perms::none);
    // Root may read everything unless it gives that up.
    const std::string less = "setpriv --bounding-set=-dac_override,-dac_read_search ";
    const bool isRoot = ::geteuid() == 0;
    if (isRoot && test::run(less + "true", {}).exitCode != 0)
        GTEST_SKIP() << "root cannot give up its right to read everything here";
    const auto ran = test::run(
        (isRoot ? less : "") + "'" + test::programPath() + "'", {"inspect", file.string()});
    EXPECT_EQ(ran.exitCode, 3);
    EXPECT_THAT(ran.err, HasSubstr("permission"));
}

TEST_F(Cli, AFullDiskStopsTheRunWithASentenceAndKeepsWhatWasThere)
{
    const auto run = at("full");
    ASSERT_EQ(test::fovea(trainArguments(run)).exitCode, 0);
    const auto before = checksumOf(run, "best");
    // Files may not grow beyond 64 KiB: the checkpoint cannot be written.
    const auto command = "ulimit -f 64; trap '' XFSZ; '" + test::programPath() + "' train '"
        + at("data") + "' -o '" + at("full2") + "' --set epochs=1 --set width=64 2> '" + at("err")
        + "' > /dev/null";
    const int status = std::system(("bash -c \"" + command + "\"").c_str());
    EXPECT_EQ(WEXITSTATUS(status), 1);
    EXPECT_THAT(
        test::contentOf(at("err")), testing::AllOf(HasSubstr("cannot write"), HasSubstr("space")));
    EXPECT_EQ(before, checksumOf(run, "best"));
}

// Starts the program; the caller waits or kills.
pid_t start(const std::vector<std::string>& arguments)
{
    std::vector<char*> argv;
    auto program = test::programPath();
    argv.push_back(program.data());
    for (const auto& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
        std::freopen("/dev/null", "w", stdout);
        std::freopen("/dev/null", "w", stderr);
        ::execv(program.c_str(), argv.data());
        ::_exit(127);
    }
    return child;
}

class CliKilled : public Cli,
                  public testing::WithParamInterface<std::pair<std::string, std::string>> { };

// At 20 moments, or so many as FOVEA_KILLS says.
TEST_P(CliKilled, AtRandomMomentsItResumesToTheSameBits)
{
    const char* chosen = std::getenv("FOVEA_KILLS");
    const int wanted = chosen ? std::atoi(chosen) : 20;
    const auto arguments = [](const std::string& run) {
        return trainArguments(run, GetParam().first, GetParam().second);
    };
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    ASSERT_EQ(test::fovea(arguments(at("whole"))).exitCode, 0);
    auto length = Clock::now() - begin;
    const auto last = checksumOf(at("whole"), "last");
    const auto best = checksumOf(at("whole"), "best");
    std::filesystem::remove_all(at("whole"));
    std::mt19937 random(5);
    int kills = 0;
    for (int attempt = 0; kills < wanted && attempt < 10 * wanted; ++attempt) {
        const auto run = at("killed" + std::to_string(attempt));
        const pid_t child = start(arguments(run));
        // At any moment from the start to shortly before the end: that is what is tested.
        const auto started = Clock::now();
        std::this_thread::sleep_for(length * (random() % 90) / 100);
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        kills += WIFSIGNALED(status);
        if (!WIFSIGNALED(status)) // the machine has become faster than it was at first
            length = std::min(length, Clock::now() - started);
        const bool there = std::filesystem::exists(run + "/run.json");
        const auto resumed =
            there ? test::fovea({"train", "--resume", "-o", run}) : test::fovea(arguments(run));
        ASSERT_EQ(resumed.exitCode, 0) << resumed.err;
        ASSERT_EQ(checksumOf(run, "last"), last);
        ASSERT_EQ(checksumOf(run, "best"), best);
        std::filesystem::remove_all(run);
    }
    EXPECT_EQ(kills, wanted);
}

INSTANTIATE_TEST_SUITE_P(
    Models, CliKilled,
    testing::Values(
        std::pair<std::string, std::string>{"sasrec", "2"},
        std::pair<std::string, std::string>{"article", "1"}));

TEST_F(Cli, AnInterruptKeepsWhatWasDoneAndAnswers130)
{
    auto arguments = trainArguments(at("interrupted"));
    arguments[5] = "epochs=100000";
    arguments.insert(arguments.end(), {"--set", "patience=0"});
    const pid_t child = start(arguments);
    while (!std::filesystem::exists(at("interrupted/checkpoints/best.safetensors")))
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    ::kill(child, SIGINT);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 130);
    EXPECT_EQ(test::fovea({"evaluate", at("interrupted")}).exitCode, 0);
    EXPECT_THAT(test::contentOf(at("interrupted/run.json")), HasSubstr("\"stopped\""));
}

TEST_F(Cli, TwoWritersOnOneRunAreRefused)
{
    auto arguments = trainArguments(at("shared"));
    arguments[5] = "epochs=100000";
    arguments.insert(arguments.end(), {"--set", "patience=0"});
    const pid_t child = start(arguments);
    while (!std::filesystem::exists(at("shared/checkpoints/best.safetensors")))
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const auto second = test::fovea({"train", "--resume", "-o", at("shared")});
    EXPECT_EQ(second.exitCode, 1);
    EXPECT_THAT(second.err, HasSubstr("another process"));
    ::kill(child, SIGTERM);
    ::waitpid(child, nullptr, 0);
}

} // namespace
} // namespace fovea

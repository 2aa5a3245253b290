// Every command against every exit code of the manual, as text and with --json: 0 done, 1 failed,
// 2 wrong use, 3 bad input data, 130 interrupted.
#include "tests/support/support.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <thread>

namespace fovea {
namespace {

using test::ScratchFolder;
using testing::HasSubstr;
using Words = std::vector<std::string>;

nlohmann::json lastObject(const std::string& out)
{
    const auto end = out.find_last_not_of('\n');
    const auto begin = out.rfind('\n', end);
    return nlohmann::json::parse(
        out.substr(begin == std::string::npos ? 0 : begin + 1), nullptr, false);
}

Words operator+(Words words, const Words& more)
{
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

int exitCodeOf(pid_t process)
{
    int status = 0;
    ::waitpid(process, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

// A data set and a run on it, made once; each command's own way to each code.
class ExitCodes : public testing::TestWithParam<std::string> {
protected:
    static void SetUpTestSuite()
    {
        s_scratch = std::make_unique<ScratchFolder>();
        s_scratch->write("events.csv", "user,item,time\nu1,a,1\nu1,b,2\nu1,c,3\nu2,a,1\n");
        s_scratch->write("wrong.csv", "user,item,time\nu1,a,soon\n");
        s_scratch->write("newer/run.json", R"({"schema": 99})");
        s_scratch->write("newer/dataset.json", R"({"schema": 99})");
        ASSERT_EQ(test::fovea({"sample", "--users", "40", "-o", at("data")}).exitCode, 0);
        const auto ran = test::fovea(
            {"train", at("data"), "-o", at("run"), "--set", "epochs=1", "--set", "width=8"});
        ASSERT_EQ(ran.exitCode, 0) << ran.err;
    }
    static void TearDownTestSuite() { s_scratch.reset(); }

    static std::string at(const std::string& name) { return (s_scratch->path() / name).string(); }
    static std::string fresh() { return at("out" + std::to_string(s_count++)); }

    static Words works()
    {
        const auto& command = GetParam();
        Words start = {command};
        if (command == "import")
            return start + Words{at("events.csv"), "-o", fresh()};
        if (command == "inspect")
            return start + Words{at("events.csv")};
        if (command == "sample")
            return start + Words{"--users", "30", "-o", fresh()};
        if (command == "train")
            return start
                + Words{at("data"), "-o", fresh(), "--set", "epochs=1", "--set", "width=8"};
        if (command == "attention")
            return start + Words{at("run"), "--user", "u0003", "-o", fresh() + ".csv"};
        if (command == "recommend")
            return start + Words{at("run"), "--user", "u0003"};
        if (command == "export")
            return start + Words{at("run"), "--format", "safetensors", "-o", fresh()};
        if (command == "parameters")
            return start;
        return start + Words{at("run")}; // evaluate, runs
    }

    // The same with input that is not there or cannot be read; none for commands without input.
    static std::vector<Words> badInputs()
    {
        const auto& command = GetParam();
        const Words start = {command};
        if (command == "import")
            return {
                start + Words{at("none.csv"), "-o", fresh()},
                start + Words{at("wrong.csv"), "-o", fresh()}};
        if (command == "inspect")
            return {start + Words{at("wrong.csv")}, start + Words{at("newer")}};
        if (command == "train")
            return {start + Words{at("newer"), "-o", fresh()}};
        if (command == "attention" || command == "recommend") {
            const Words rest = command == "attention" ? Words{"-o", fresh() + ".csv"} : Words{};
            return {
                start + Words{at("newer"), "--user", "u0003"} + rest,
                start + Words{at("run"), "--user", "nobody"} + rest};
        }
        if (command == "export")
            return {start + Words{at("newer"), "--format", "safetensors", "-o", fresh()}};
        if (command == "evaluate")
            return {start + Words{at("newer")}, start + Words{at("data")}};
        if (command == "runs")
            return {start + Words{at("none")}};
        return {};
    }

    // Wrong use of each kind: an option that is not there, a value that cannot be, something
    // missing, one argument too many.
    static std::vector<Words> wrongUses()
    {
        const auto& command = GetParam();
        const Words start = {command};
        std::vector<Words> uses = {
            works() + Words{"--nonsense"}, works() + Words{"--nonsense=3"}, works() + Words{"-x"}};
        if (command != "parameters")
            uses.push_back(start); // all is missing
        if (command != "import" && command != "inspect") // which take any number of files
            uses.push_back(works() + Words{at("data"), "one too many"});
        if (command == "import" || command == "inspect") {
            uses.push_back(works() + Words{"--header", "perhaps"});
            uses.push_back(works() + Words{"--threads", "many"});
            uses.push_back(works() + Words{"--format"});
        }
        if (command == "import")
            uses.push_back({command, at("events.csv")});
        if (command == "sample")
            uses.push_back(works() + Words{"--users", "many"});
        if (command == "train") {
            uses.push_back(works() + Words{"--set", "heads"});
            uses.push_back(works() + Words{"--set", "haeds=3"});
            uses.push_back(works() + Words{"--threads", "x"});
        }
        if (command == "evaluate") {
            uses.push_back(works() + Words{"--split", "all"});
            uses.push_back(works() + Words{"--threads", "100000"});
        }
        if (command == "attention")
            uses.push_back(works() + Words{"--head", "99"});
        if (command == "attention" || command == "recommend")
            uses.push_back(works() + Words{"--history", "a"});
        if (command == "recommend")
            uses.push_back(works() + Words{"-k", "none"});
        if (command == "export")
            uses.push_back({command, at("run"), "--format", "onnx", "-o", fresh()});
        if (command == "runs")
            uses.push_back(works() + Words{"--curves", fresh() + ".bmp"});
        return uses;
    }

    static std::string textOf(const Words& words)
    {
        std::string text;
        for (const auto& word : words)
            text += word + " ";
        return text;
    }

    // As text and with --json at the end; the first also with it at the beginning and right after
    // the command.
    static void expectErrors(const std::vector<Words>& all, int code)
    {
        for (const auto& words : all) {
            std::vector<std::size_t> places = {words.size()};
            if (&words == &all.front())
                places = {words.size(), 0, 1};
            expectError(words, places, code);
        }
    }
    static void expectError(const Words& words, const std::vector<std::size_t>& places, int code)
    {
        const auto plain = test::fovea(words);
        EXPECT_EQ(plain.exitCode, code) << textOf(words) << plain.err;
        EXPECT_THAT(plain.err, HasSubstr("fovea: ")) << textOf(words);
        for (const auto place : places) {
            auto with = words;
            with.insert(with.begin() + static_cast<std::ptrdiff_t>(place), "--json");
            const auto json = test::fovea(with);
            EXPECT_EQ(json.exitCode, code) << textOf(with) << json.err;
            const auto object = lastObject(json.out);
            ASSERT_TRUE(object.is_object()) << textOf(with) << json.out;
            EXPECT_EQ(object.value("event", ""), "error") << textOf(with);
            EXPECT_EQ(object.value("exit_code", -1), code) << textOf(with);
            EXPECT_NE(object.value("what", ""), "") << textOf(with);
            EXPECT_TRUE(object.contains("where") && object.contains("hint")) << textOf(with);
        }
    }

    // Starts the program with this as its standard output, -1 = none; it says its errors to "said".
    static pid_t start(const Words& words, int out)
    {
        auto program = test::programPath();
        auto arguments = words;
        std::vector<char*> argv = {program.data()};
        for (auto& word : arguments)
            argv.push_back(word.data());
        argv.push_back(nullptr);
        const auto said = at("said");
        const pid_t child = ::fork();
        if (child != 0)
            return child;
        ::dup2(::open(said.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600), 2);
        if (out < 0)
            ::close(1);
        else
            ::dup2(out, 1);
        ::execv(program.c_str(), argv.data());
        ::_exit(127);
    }

    static std::unique_ptr<ScratchFolder> s_scratch;
    static int s_count;
};

std::unique_ptr<ScratchFolder> ExitCodes::s_scratch;
int ExitCodes::s_count = 0;

TEST_P(ExitCodes, IsNoughtWhereItIsDone)
{
    const auto plain = test::fovea(works());
    EXPECT_EQ(plain.exitCode, 0) << plain.err;
    for (const std::size_t place : {std::size_t{0}, std::size_t{1}, works().size()}) {
        auto with = works();
        with.insert(with.begin() + static_cast<std::ptrdiff_t>(place), "--json");
        const auto json = test::fovea(with);
        EXPECT_EQ(json.exitCode, 0) << json.err;
        EXPECT_EQ(lastObject(json.out).value("event", ""), "result") << textOf(with);
    }
}

TEST_P(ExitCodes, Is2AndAnObjectForWrongUse) { expectErrors(wrongUses(), 2); }

#ifdef FOVEA_WITH_QT
TEST(JsonOption, IsNoneOfTheWindows)
{
    const test::ScratchFolder scratch;
    const auto file = scratch.write("e.csv", "user,item\n").string();
    const auto ran = test::fovea({"--json", file});
    EXPECT_EQ(ran.exitCode, 2);
    EXPECT_THAT(ran.out, testing::HasSubstr("opened in the window"));
}
#endif

TEST(JsonOption, TakesNoValue)
{
    for (const auto& command :
         {std::vector<std::string>{"--json=1", "runs", "."}, {"runs", ".", "--json=no"}}) {
        const auto ran = test::fovea(command);
        EXPECT_EQ(ran.exitCode, 2) << ran.err;
        EXPECT_EQ(ran.out.rfind("{\"event\":\"error\"", 0), 0u) << ran.out;
    }
}

TEST_P(ExitCodes, Is3AndAnObjectForBadInput) { expectErrors(badInputs(), 3); }

// Where the result cannot be printed: a full disk, a reader that has gone, no standard output.
TEST_P(ExitCodes, Is1WhereStandardOutputTakesNothing)
{
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
    ::close(pipe[0]);
    const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    for (const Words& json : {Words{}, Words{"--json"}}) {
        for (const int out : {pipe[1], full, -1}) {
            const auto words = works() + json;
            EXPECT_EQ(exitCodeOf(start(words, out)), 1) << textOf(words) << out;
            EXPECT_THAT(test::contentOf(at("said")), HasSubstr("standard output: cannot write"))
                << textOf(words) << out;
        }
    }
    ::close(full);
    ::close(pipe[1]);
}

bool catchesInterrupts(pid_t process)
{
    const auto status = test::contentOf("/proc/" + std::to_string(process) + "/status");
    const auto mask = status.find("SigCgt:");
    return mask != std::string::npos
        && ((std::stoull(status.substr(mask + 7), nullptr, 16) >> (SIGINT - 1)) & 1) != 0;
}

// Blocked at its first word, since nobody reads, and interrupted twice, as a person would.
TEST_P(ExitCodes, Is130WhereItIsInterrupted)
{
    for (const Words& json : {Words{}, Words{"--json"}}) {
        std::array<int, 2> pipe{};
        ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC | O_NONBLOCK), 0);
        const std::string block(4096, 'x');
        while (::write(pipe[1], block.data(), block.size()) > 0) { }
        ::fcntl(pipe[1], F_SETFL, 0); // the program's writes wait
        const auto words = works() + json;
        const auto child = start(words, pipe[1]);
        while (!catchesInterrupts(child))
            std::this_thread::yield();
        ::kill(child, SIGINT);
        while (test::contentOf(at("said")).find("stopping") == std::string::npos)
            std::this_thread::yield();
        ::kill(child, SIGINT);
        EXPECT_EQ(exitCodeOf(child), 130) << textOf(words);
        ::close(pipe[0]);
        ::close(pipe[1]);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Commands, ExitCodes,
    testing::Values(
        "import", "inspect", "sample", "train", "evaluate", "recommend", "attention", "export",
        "runs", "parameters"),
    [](const auto& each) { return each.param; });

} // namespace
} // namespace fovea

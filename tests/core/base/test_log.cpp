#include "core/base/log.h"

#include "tests/support/support.h"

namespace fovea::base {
namespace {

using testing::HasSubstr;
using testing::Not;

// What reaches standard error and a log file of the messages of every level.
struct Written {
    std::string console;
    std::string file;
};

Written writeAll(LogLevel consoleLevel)
{
    const test::ScratchFolder scratch;
    testing::internal::CaptureStderr();
    {
        const auto file = LogFile::open(scratch / "log.txt");
        EXPECT_OK(file);
        setConsoleLevel(consoleLevel);
        log(LogLevel::Debug, "a detail");
        log(LogLevel::Info, "a fact");
        log(LogLevel::Warning, "a doubt");
        log(LogLevel::Error, "a fault");
    }
    log(LogLevel::Error, "after the file was closed");
    setConsoleLevel(LogLevel::Warning);
    return {testing::internal::GetCapturedStderr(), test::contentOf(scratch / "log.txt")};
}

TEST(Log, WritesToTheConsoleFromTheChosenLevelUp)
{
    const auto quiet = writeAll(LogLevel::Warning).console;
    EXPECT_THAT(quiet, testing::AllOf(HasSubstr("warning: a doubt"), HasSubstr("error: a fault")));
    EXPECT_THAT(quiet, Not(HasSubstr("a fact")));
    EXPECT_THAT(writeAll(LogLevel::Info).console, HasSubstr("info: a fact"));
    EXPECT_THAT(writeAll(LogLevel::Off).console, Not(HasSubstr("a fault")));
}

TEST(Log, WritesFactsToTheFileWhateverTheConsoleShows)
{
    const auto file = writeAll(LogLevel::Off).file;
    EXPECT_THAT(
        file, testing::AllOf(HasSubstr("a fact"), HasSubstr("a doubt"), HasSubstr("a fault")));
    EXPECT_THAT(file, testing::AllOf(Not(HasSubstr("a detail")), Not(HasSubstr("after the file"))));
}

TEST(Log, TellsItsListenerWhateverTheConsoleShows)
{
    std::vector<std::string> heard;
    setLogListener([&](LogLevel, const std::string& message) { heard.push_back(message); });
    writeAll(LogLevel::Off);
    setLogListener({});
    log(LogLevel::Debug, "nobody listens");
    EXPECT_THAT(
        heard, testing::ElementsAre("a fact", "a doubt", "a fault", "after the file was closed"));
}

TEST(Log, SaysThatItCannotOpenTheFile)
{
    const test::ScratchFolder scratch;
    const auto file = LogFile::open(scratch.write("file", "") / "log.txt");
    ASSERT_FALSE(file.ok());
    EXPECT_THAT(file.error().message(), HasSubstr("cannot open the log"));
}

} // namespace
} // namespace fovea::base

#include "app/cli/command.h"
#include "app/cli/usage.h"
#include "core/base/log.h"
#include "core/base/os.h"
#include "core/base/streams.h"
#include "core/io/file.h"

#ifdef FOVEA_WITH_QT
#include "app/gui/gui.h"
#endif

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <sstream>

namespace {

using namespace fovea;

// Every error of every command ends here.
int finish(const Error& error, cli::Reporter& reporter)
{
    reporter.clearBar();
    reporter.event(
        {{"event", "error"},
         {"what", error.what.english()},
         {"where", error.where.english()},
         {"hint", error.hint.english()},
         {"exit_code", cli::exitCode(error.kind)}});
    std::cerr << "fovea: " << cli::printable(error.message()) << std::endl;
    return cli::exitCode(error.kind);
}

// From the thread that waits for the signal.
void sayStopping()
{
    const std::string clear = base::isTerminal(2) ? "\r\x1b[K" : "";
    std::cerr << clear + "fovea: stopping; a second interrupt ends it at once\n" << std::flush;
}

Result<io::Json> work(cli::Program& program, cli::Reporter& reporter, std::stop_source& stop)
{
    base::setConsoleLevel(program.verbose ? base::LogLevel::Info : base::LogLevel::Warning);
    cli::Session session{program.json, reporter, stop.get_token()};
    try {
        return program.work(session);
    } catch (...) {
        return device::thrown();
    }
}

// What the command has to say last; nothing after --help and --version.
Result<std::optional<io::Json>> answer(
    cli::Program& program, cli::Reporter& reporter, std::stop_source& stop, int argc, char** argv)
{
    try {
        program.app.parse(argc, argv);
    } catch (const CLI::Success& asked) {
        std::ostringstream text;
        program.app.exit(asked, text, text);
        reporter.text(text.str());
        return std::optional<io::Json>();
    } catch (const CLI::Error& error) {
        return cli::usageError(program, error, argc, argv);
    }
    FOVEA_ASSIGN(const auto result, work(program, reporter, stop));
    io::Json last = {{"event", "result"}};
    last.update(result);
    return std::optional(last);
}

int runCommand(cli::Program& program, int argc, char** argv)
{
    std::stop_source stop;
    const base::InterruptGuard guard; // until the last word is printed
    const std::stop_callback relay(guard.token(), [&stop] {
        sayStopping();
        stop.request_stop();
    });
    cli::Reporter reporter(program.json, stop);
    const auto last = answer(program, reporter, stop, argc, argv);
    if (last && *last)
        reporter.event(**last);
    if (const auto written = reporter.written(); !written)
        return finish(written.error(), reporter);
    return last ? 0 : finish(last.error(), reporter);
}

// Without a command, or with a path in its place, the window opens.
bool wantsWindow(const cli::Program& program, int argc, char** argv)
{
    if (argc < 2)
        return true;
    const auto commands = cli::commandsOf(program);
    return argv[1][0] != '-' && io::exists(argv[1])
        && std::find(commands.begin(), commands.end(), argv[1]) == commands.end();
}

int openWindow([[maybe_unused]] int argc, [[maybe_unused]] char** argv)
{
#ifdef FOVEA_WITH_QT
    if (gui::hasDisplay())
        return gui::run(argc, argv);
    std::cerr << "fovea: there is no display to open the window on. fovea --help lists the commands"
              << std::endl;
#else
    std::cerr << "fovea: this Fovea was built without Qt and has no window. fovea --help lists the "
                 "commands"
              << std::endl;
#endif
    return 2;
}

} // namespace

int main(int argc, char** argv)
{
    std::cerr.tie(nullptr); // what is said there does not wait for standard output
    base::guardStandardStreams();
    base::keepFreedMemory();
    cli::Program program;
    program.app.set_version_flag("--version", std::string("fovea ") + FOVEA_VERSION);
    program.app.require_subcommand(1);
    cli::addCommonOptions(program, program.app);
    for (const auto add :
         {cli::addImport, cli::addInspect, cli::addSample, cli::addTrain, cli::addEvaluate,
          cli::addRecommend, cli::addAttention, cli::addExport, cli::addRuns, cli::addParameters})
        add(program);
    program.json = cli::asksForJson(argc, argv);
    if (!program.json && wantsWindow(program, argc, argv))
        return openWindow(argc, argv);
    const int code = runCommand(program, argc, argv);
    // All is written and closed. What is left are LibTorch's tables, which take longer to take down
    // than many a command runs.
    std::cerr.flush();
    std::_Exit(code);
}

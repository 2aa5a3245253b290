#include "app/cli/command.h"
#include "core/base/log.h"
#include "core/base/os.h"
#include "core/base/text.h"
#include "core/io/file.h"

#ifdef FOVEA_WITH_QT
#include "app/gui/gui.h"
#endif

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace {

using namespace fovea;

int finish(const Error& error, const cli::Session& session)
{
    session.reporter.clearBar();
    if (session.json) {
        std::cout << io::toLine(
            {{"event", "error"},
             {"what", error.what.english()},
             {"where", error.where.english()},
             {"hint", error.hint.english()},
             {"exit_code", cli::exitCode(error.kind)}})
                  << std::endl;
    }
    std::cerr << "fovea: " << error.message() << std::endl;
    return cli::exitCode(error.kind);
}

int run(cli::Program& program)
{
    base::setConsoleLevel(program.verbose ? base::LogLevel::Info : base::LogLevel::Warning);
    cli::Reporter reporter(program.json);
    base::InterruptGuard guard;
    cli::Session session{program.json, reporter, guard.token()};
    auto result = [&]() -> Result<io::Json> {
        try {
            return program.work(session);
        } catch (const std::exception& error) {
            return failure(error.what());
        }
    }();
    if (!result)
        return finish(result.error(), session);
    io::Json last = {{"event", "result"}};
    last.update(*result);
    reporter.event(last);
    return 0;
}

std::vector<std::string> commandsOf(const cli::Program& program)
{
    std::vector<std::string> names;
    for (const auto* command : program.app.get_subcommands({}))
        names.push_back(command->get_name());
    return names;
}

// "no command 'imporrt'" says more than the parser does.
bool explainUnknownCommand(const cli::Program& program, int argc, char** argv)
{
    const std::string word = argc > 1 ? argv[1] : "";
    const auto names = commandsOf(program);
    if (word.empty() || word.front() == '-'
        || std::find(names.begin(), names.end(), word) != names.end())
        return false;
    if (word.find_first_of("/.") != word.npos) { // a path, for the window
        std::cerr << "fovea: " << word << ": no such file or folder" << std::endl;
        return true;
    }
    const auto near = base::nearest(word, names);
    std::cerr << "fovea: no command '" << word << "'. "
              << (near.empty() ? "There are: " + base::join(names, ", ")
                               : "Did you mean '" + near + "'?")
              << std::endl;
    return true;
}

// Without a command, or with a path in its place, the window opens.
bool wantsWindow(const cli::Program& program, int argc, char** argv)
{
    if (argc < 2)
        return true;
    const auto commands = commandsOf(program);
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
    base::keepFreedMemory();
    cli::Program program;
    program.app.set_version_flag("--version", std::string("fovea ") + FOVEA_VERSION);
    program.app.require_subcommand(1);
    for (const auto add :
         {cli::addImport, cli::addInspect, cli::addSample, cli::addTrain, cli::addEvaluate,
          cli::addRecommend, cli::addAttention, cli::addExport, cli::addRuns, cli::addParameters})
        add(program);
    if (wantsWindow(program, argc, argv))
        return openWindow(argc, argv);
    try {
        program.app.parse(argc, argv);
    } catch (const CLI::Success& success) {
        return program.app.exit(success);
    } catch (const CLI::ParseError& error) {
        if (!explainUnknownCommand(program, argc, argv))
            program.app.exit(error);
        return 2;
    }
    const int code = run(program);
    // All is written and closed. What is left are LibTorch's tables, which take longer to take down
    // than many a command runs.
    std::cout.flush();
    std::cerr.flush();
    std::_Exit(code);
}

#include "app/cli/command.h"
#include "core/base/log.h"

#include <iostream>

namespace {

using namespace fovea;

int finish(const Error& error, const cli::Session& session)
{
    session.reporter.clearBar();
    if (session.json) {
        std::cout << io::toLine(
            {{"event", "error"},
             {"what", error.what},
             {"where", error.where},
             {"hint", error.hint},
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
    auto result = program.work(session);
    if (!result)
        return finish(result.error(), session);
    io::Json last = {{"event", "result"}};
    last.update(*result);
    reporter.event(last);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    cli::Program program;
    program.app.set_version_flag("--version", std::string("fovea ") + FOVEA_VERSION);
    program.app.require_subcommand(1);
    for (const auto add :
         {cli::addImport, cli::addInspect, cli::addSample, cli::addTrain, cli::addEvaluate,
          cli::addRecommend, cli::addAttention, cli::addExport, cli::addRuns, cli::addParameters})
        add(program);
    try {
        program.app.parse(argc, argv);
    } catch (const CLI::Success& success) {
        return program.app.exit(success);
    } catch (const CLI::ParseError& error) {
        program.app.exit(error);
        return 2;
    }
    try {
        return run(program);
    } catch (const std::exception& error) {
        std::cerr << "fovea: " << error.what() << std::endl;
        return 1;
    }
}

// What a person, or a program, typed wrong: the parser's errors as our own, for every command. Main
// thread.
#pragma once

#include "app/cli/command.h"

namespace fovea::cli {

// Whether --json stands anywhere among the arguments; asked before they are parsed, since they may
// be wrong.
bool asksForJson(int argc, char** argv);

// Why the arguments cannot be used, in the words of the parser unless we can say more.
Error usageError(const Program& program, const CLI::Error& error, int argc, char** argv);

std::vector<std::string> commandsOf(const Program& program);

} // namespace fovea::cli

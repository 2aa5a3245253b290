#include "app/cli/usage.h"

#include "core/base/text.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

namespace fovea::cli {

namespace {

std::vector<std::string> wordsOf(int argc, char** argv)
{
    return argc > 1 ? std::vector<std::string>(argv + 1, argv + argc) : std::vector<std::string>();
}

std::vector<std::string> optionsOf(const CLI::App& app)
{
    std::vector<std::string> names;
    for (const auto* option : app.get_options()) {
        for (const auto& name : option->get_lnames())
            names.push_back("--" + name);
    }
    return names;
}

std::string helpHint(const CLI::App& app)
{
    const auto* parent = app.get_parent();
    return parent ? "fovea " + app.get_name() + " --help lists its options"
                  : "fovea --help lists the commands";
}

// "no command 'imporrt'" says more than the parser does.
std::optional<Error> unknownCommand(const Program& program, const std::vector<std::string>& words)
{
    const auto own = optionsOf(program.app);
    const auto word = std::find_if(words.begin(), words.end(), [&](const auto& w) {
        return w != "-v" && std::find(own.begin(), own.end(), w) == own.end();
    });
    const auto names = commandsOf(program);
    if (word == words.end() || word->empty() || word->front() == '-'
        || std::find(names.begin(), names.end(), *word) != names.end())
        return std::nullopt;
#ifdef FOVEA_WITH_QT
    std::error_code unknown;
    if (std::filesystem::exists(*word, unknown))
        return wrongUse(
            "a file is opened in the window, which takes no options", *word, "Leave them out");
#endif
    if (word->find_first_of("/.") != std::string::npos) // a path, for the window
        return wrongUse(
            "no such file or folder", *word, "fovea alone opens the window, fovea PATH on a file");
    const auto near = base::nearest(*word, names);
    return wrongUse(
        say("no command '%1'", *word), {},
        near.empty() ? "There are: " + base::join(names, ", ") : "Did you mean '" + near + "'?");
}

std::optional<Error> unexpected(const CLI::App& command)
{
    const auto rest = command.remaining();
    if (rest.empty())
        return std::nullopt;
    const auto& word = rest.front();
    if (word.empty() || word.front() != '-')
        return wrongUse(
            say("'%1' is one argument too many", word), "fovea " + command.get_name(),
            helpHint(command));
    const auto option = word.substr(0, word.find('='));
    const auto near = base::nearest(option, optionsOf(command));
    return wrongUse(
        "there is no such option", option,
        (near.empty() ? "" : "Did you mean '" + near + "'? ") + helpHint(command));
}

// The option that the parser names at the start of its text, as in "--threads: Value 9 not ...".
std::string optionAtStart(std::string_view text)
{
    const auto colon = text.find(": ");
    const bool isName = colon != std::string_view::npos && text.front() == '-'
        && text.substr(0, colon).find(' ') == std::string_view::npos;
    return isName ? std::string(text.substr(0, colon)) : std::string();
}

} // namespace

bool asksForJson(int argc, char** argv)
{
    const auto words = wordsOf(argc, argv);
    const auto end = std::find(words.begin(), words.end(), "--");
    return std::any_of(words.begin(), end, [](const auto& word) {
        return word == "--json" || word.rfind("--json=", 0) == 0;
    });
}

std::vector<std::string> commandsOf(const Program& program)
{
    std::vector<std::string> names;
    for (const auto* command : program.app.get_subcommands({}))
        names.push_back(command->get_name());
    return names;
}

Error usageError(const Program& program, const CLI::Error& error, int argc, char** argv)
{
    const auto words = wordsOf(argc, argv);
    if (auto unknown = unknownCommand(program, words))
        return *unknown;
    const auto given = program.app.get_subcommands();
    const auto& command = given.empty() ? program.app : *given.front();
    if (dynamic_cast<const CLI::ExtrasError*>(&error)) {
        if (auto extra = unexpected(command))
            return *extra;
    }
    if (given.empty() && dynamic_cast<const CLI::RequiredError*>(&error))
        return wrongUse("no command was given", {}, helpHint(command));
    std::string what = error.what();
    auto where = optionAtStart(what);
    if (where.empty())
        where = given.empty() ? "" : "fovea " + command.get_name();
    else
        what.erase(0, where.size() + 2);
    return wrongUse(what, where, helpHint(command));
}

} // namespace fovea::cli

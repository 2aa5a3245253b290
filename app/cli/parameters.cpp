#include "core/train/parameters.h"
#include "app/cli/command.h"
#include "app/cli/report.h"
#include "core/base/text.h"

namespace fovea::cli {

namespace {

bool isNumber(const train::Parameter& p) { return p.most > p.least; }

std::string rangeOf(const train::Parameter& p)
{
    return isNumber(p) ? train::limitText(p.least) + " to " + train::limitText(p.most)
                       : base::join(p.choices, ", ");
}

// The manual's table.
std::string markdown()
{
    std::string text = "# Parameters\n\nMade by `fovea parameters --markdown`. Set them by `--set "
                       "key=value`, in a JSON file for "
                       "`--config`, or in the window.\n\n"
                       "| group | key | default | range | meaning |\n|---|---|---|---|---|\n";
    for (const auto& p : train::parameters()) {
        const auto range = rangeOf(p);
        text += "| " + std::string(p.group) + " | `" + std::string(p.key) + "` | "
            + train::defaultText(p) + " | " + range
            + (p.unit.empty() ? "" : " " + std::string(p.unit)) + " | " + std::string(p.help)
            + " |\n";
    }
    return text;
}

Result<io::Json> run(bool asMarkdown, Session& session)
{
    if (asMarkdown) {
        session.print(markdown());
        return io::Json::object();
    }
    io::Json list = io::Json::array();
    std::string_view group;
    for (const auto& p : train::parameters()) {
        const auto range = rangeOf(p);
        if (p.group != group)
            session.print((group.empty() ? "" : "\n") + std::string(p.group) + "\n");
        group = p.group;
        session.print(
            "  " + std::string(p.key) + " = " + train::defaultText(p) + "\n      "
            + std::string(p.help)
            + (range.empty()
                   ? ""
                   : " (" + range + (p.unit.empty() ? "" : " " + std::string(p.unit)) + ")")
            + "\n");
        list.push_back(
            {{"key", p.key},
             {"label", p.label},
             {"type", train::typeName(p)},
             {"default", train::defaultText(p)},
             {"group", p.group},
             {"least", isNumber(p) ? io::Json(p.least) : io::Json()},
             {"most", isNumber(p) ? io::Json(p.most) : io::Json()},
             {"choices", p.choices},
             {"unit", p.unit},
             {"help", p.help}});
    }
    return io::Json{{"parameters", list}};
}

} // namespace

void addParameters(Program& program)
{
    addCommand(
        program, "parameters", "the table of everything that --set takes",
        [](CLI::App& app) -> Work {
            auto asMarkdown = std::make_shared<bool>(false);
            app.add_flag("--markdown", *asMarkdown, "as the table of the manual");
            return [asMarkdown](Session& session) { return run(*asMarkdown, session); };
        });
}

} // namespace fovea::cli

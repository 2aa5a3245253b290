#include "app/cli/command.h"
#include "app/cli/figures.h"
#include "core/base/text.h"
#include "core/explain/attention_map.h"
#include "core/io/file.h"

namespace fovea::cli {

namespace {

struct Options {
    std::string run;
    std::string user;
    std::string history;
    std::string data;
    std::optional<std::int64_t> layer;
    std::string head;
    std::filesystem::path out;
    Drawing drawing;
    bool force = false;
};

Result<explain::HeadChoice> choiceOf(const Options& o, const explain::AttentionMap& map)
{
    explain::HeadChoice choice{o.layer.value_or(map.layers) - 1, -1};
    const auto head = base::parseInteger(o.head);
    if (!o.head.empty() && o.head != "mean" && (!head || *head < 1))
        return wrongUse(say("'%1' is no head", o.head), "--head", "Give a number from 1, or mean");
    if (head)
        choice.head = *head - 1;
    FOVEA_TRY(explain::headMatrix(map, choice)); // there is such a head
    return choice;
}

Status write(const Options& o, const explain::AttentionMap& map, const std::string& name)
{
    const auto ending = o.out.extension();
    FOVEA_ASSIGN(const auto choice, choiceOf(o, map));
    const bool one = o.layer || !o.head.empty();
    const auto choices = one ? std::vector{choice} : explain::allHeads(map);
    if (ending == ".csv" || ending == ".json") {
        FOVEA_ASSIGN(
            const auto text,
            ending == ".csv" ? explain::toCsv(map, name, choices)
                             : explain::toJson(map, name, choices));
        return io::replaceFile(o.out, text);
    }
    FOVEA_ASSIGN(const auto matrix, explain::headMatrix(map, choice));
    return drawAttention(map, matrix, o.out, o.drawing);
}

Result<io::Json> run(const Options& o, Session& session)
{
    const auto ending = o.out.extension();
    if (!isFigure(o.out) && ending != ".csv" && ending != ".json")
        return wrongUse(
            say("no format '%1'", ending.string()), o.out.string(),
            "End the name in .png, .svg, .pdf, .csv or .json");
    if (isFigure(o.out) && !canDraw())
        return drawAttention({}, {}, o.out, {}).error();
    if (o.user.empty() == o.history.empty())
        return wrongUse("give either --user or --history");
    if (io::exists(o.out) && !o.force)
        return wrongUse(
            "this exists already", o.out.string(), "Choose another name, or replace it (--force)");
    FOVEA_ASSIGN(const auto open, openRun(o.run, o.data, session.stop));
    FOVEA_ASSIGN(const auto chosen, chooseHistory(*open.dataset, o.user, o.history));
    const std::string name = o.user.empty() ? "history" : "user " + o.user;
    FOVEA_ASSIGN(const auto map, compute(0, [&]() -> Result<explain::AttentionMap> {
                     FOVEA_ASSIGN(
                         const auto model, train::TrainedModel::open(open.folder, open.dataset));
                     return explain::attentionMap(
                         *model, chosen.history,
                         "Attention of " + model->config().model + ", " + name, chosen.user);
                 }));
    FOVEA_TRY(write(o, map, o.user));
    session.print("Saved " + o.out.string() + "\n");
    return io::Json{
        {"path", o.out.string()},
        {"layers", map.layers},
        {"heads", map.heads},
        {"length", map.length}};
}

} // namespace

void addAttention(Program& program)
{
    addCommand(
        program, "attention", "what each head looks at in one history", [](CLI::App& app) -> Work {
            auto o = std::make_shared<Options>();
            app.add_option("RUN", o->run, "a run")->required();
            app.add_option("--user", o->user, "a user of the data set, by the file's id");
            app.add_option(
                "--history", o->history, "items in time order, by the file's ids: 12,7,9");
            app.add_option("--layer", o->layer, "a layer from 1; the last where none is given")
                ->check(CLI::Range(1, 64));
            app.add_option("--head", o->head, "a head from 1, or mean; mean where none is given");
            app.add_option(
                   "-o,--output", o->out,
                   "a .png, .svg or .pdf of one map, or .csv or .json: of one where --layer or "
                   "--head is given, else of all")
                ->required();
            app.add_option(
                   "--width", o->drawing.width,
                   "of a picture, in pixels; the height follows; 0 = its own")
                ->check(CLI::Range(0, 20'000));
            app.add_option(
                   "--scale", o->drawing.scale,
                   "of a picture: the strongest colour stands for the highest weight of the map, "
                   "of "
                   "each row, or of the map over four decades (log)")
                ->check(CLI::IsMember({"map", "row", "log"}));
            app.add_option("--colours", o->drawing.colours, "of a picture")
                ->check(CLI::IsMember({"sea", "ember", "grey"}));
            app.add_option("--data", o->data, "the data set, where it was moved");
            app.add_flag("--force", o->force, "replace what is there");
            return [o](Session& session) { return run(*o, session); };
        });
}

} // namespace fovea::cli

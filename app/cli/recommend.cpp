#include "app/cli/command.h"
#include "app/cli/report.h"
#include "core/base/text.h"
#include "core/train/trained_model.h"

namespace fovea::cli {

namespace {

struct Options {
    std::string run;
    std::string user;
    std::string history;
    std::string data;
    std::size_t count = 10;
};

Result<io::Json> run(const Options& o, Session& session)
{
    if (o.user.empty() == o.history.empty())
        return wrongUse("give either --user or --history");
    FOVEA_ASSIGN(const auto open, openRun(o.run, o.data, session.stop));
    const auto& dataset = *open.dataset;
    FOVEA_ASSIGN(const auto chosen, chooseHistory(dataset, o.user, o.history));
    FOVEA_ASSIGN(const auto list, compute(0, [&]() -> Result<std::vector<train::ScoredItem>> {
                     FOVEA_ASSIGN(
                         const auto model, train::TrainedModel::open(open.folder, open.dataset));
                     return model->topK(chosen.history, o.count, chosen.user);
                 }));
    std::vector<std::vector<std::string>> rows = {{"item", "score", "id"}};
    io::Json items = io::Json::array();
    for (const auto& [item, score] : list) {
        const auto about = dataset.item(item);
        rows.push_back(
            {base::shortened(about.title, 60), base::toFixed(score, 4), std::string(about.id)});
        items.push_back({{"id", about.id}, {"title", about.title}, {"score", score}});
    }
    session.print(tableText(rows));
    return io::Json{{"recommendations", items}};
}

} // namespace

void addRecommend(Program& program)
{
    addCommand(
        program, "recommend", "the items that a run's best model puts first",
        [](CLI::App& app) -> Work {
            auto o = std::make_shared<Options>();
            app.add_option("RUN", o->run, "a run")->required();
            app.add_option("--user", o->user, "a user of the data set, by the file's id");
            app.add_option(
                "--history", o->history, "items in time order, by the file's ids: 12,7,9");
            app.add_option("-k", o->count, "how many")
                ->check(CLI::Range(1, 1000000))
                ->capture_default_str();
            app.add_option("--data", o->data, "the data set, where it was moved");
            return [o](Session& session) { return run(*o, session); };
        });
}

} // namespace fovea::cli

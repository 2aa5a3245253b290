#include "app/cli/command.h"
#include "app/cli/report.h"
#include "core/base/text.h"
#include "core/data/sample.h"
#include "core/explain/planted_causes.h"
#include "core/io/file.h"
#include "core/train/trained_model.h"

namespace fovea::cli {

namespace {

struct Options {
    std::string run;
    std::string split = "test";
    std::string data;
    int threads = 0;
};

struct Answer {
    eval::Evaluation evaluation;
    std::optional<explain::PlantedResult> planted; // only on data with truth.csv beside it
};

Result<Answer> measure(
    const OpenRun& open, data::Part part, const std::filesystem::path& truthFile, Session& session)
{
    FOVEA_ASSIGN(const auto model, train::TrainedModel::open(open.folder, open.dataset));
    Answer answer;
    FOVEA_ASSIGN(answer.evaluation, model->evaluate(part, session.reporter, session.stop));
    const bool nextItem = model::findKind(model->config().model)->task == model::Task::NextItem;
    if (nextItem && io::exists(truthFile)) {
        FOVEA_ASSIGN(const auto truth, data::readTruth(truthFile, *open.dataset));
        FOVEA_ASSIGN(
            answer.planted,
            explain::plantedCauses(*model, truth, part, session.reporter, session.stop));
    }
    return answer;
}

std::string plantedText(const explain::PlantedResult& planted, const std::string& split)
{
    std::string text = "\nThe planted cause gets more of the last row's attention than another "
                       "item of the history with "
                       "probability (0.5 is chance; "
        + base::grouped(planted.events) + (split == "test" ? " test" : " validation")
        + " events)\n";
    for (const auto& score : planted.scores)
        text += "  " + score.name + ": " + base::toFixed(score.auc, 4) + "\n";
    return text;
}

Result<io::Json> run(const Options& o, Session& session)
{
    FOVEA_ASSIGN(const auto open, openRun(o.run, o.data, session.stop));
    const auto part = o.split == "test" ? data::Part::Test : data::Part::Valid;
    const auto dataset = o.data.empty() ? open.folder.path() / open.folder.record().dataPath
                                        : std::filesystem::path(o.data);
    const int threads = threadsFor(o.threads);
    FOVEA_ASSIGN(const auto answer, compute(threads, [&] {
                     return measure(open, part, dataset / "truth.csv", session);
                 }));
    session.print(evaluationText(answer.evaluation) + "Measured on " + threadsText(threads) + "\n");
    auto result = eval::toJson(answer.evaluation);
    result["split"] = o.split;
    result["threads"] = threads;
    if (answer.planted) {
        session.print(plantedText(*answer.planted, o.split));
        result["planted_events"] = answer.planted->events;
        for (const auto& score : answer.planted->scores)
            result["planted_auc"][score.name] = score.auc;
    }
    return result;
}

} // namespace

void addEvaluate(Program& program)
{
    addCommand(
        program, "evaluate", "measure a run's best model, with baselines beside it",
        [](CLI::App& app) -> Work {
            auto o = std::make_shared<Options>();
            app.add_option("RUN", o->run, "a run")->required();
            app.add_option("--split", o->split, "valid or test")
                ->check(CLI::IsMember({"valid", "test"}))
                ->capture_default_str();
            app.add_option("--data", o->data, "the data set, where it was moved");
            app.add_option("--threads", o->threads, "threads that compute")
                ->check(CLI::Range(0, 1024));
            return [o](Session& session) { return run(*o, session); };
        });
}

} // namespace fovea::cli

#include "app/cli/command.h"
#include "app/cli/report.h"
#include "core/train/trained_model.h"

namespace fovea::cli {

namespace {

struct Options {
    std::string run;
    std::string split = "test";
    std::string data;
    int threads = 0;
};

Result<io::Json> run(const Options& o, Session& session)
{
    FOVEA_ASSIGN(const auto open, openRun(o.run, o.data));
    const auto part = o.split == "test" ? data::Part::Test : data::Part::Valid;
    FOVEA_ASSIGN(const auto evaluation, compute(o.threads, [&]() -> Result<eval::Evaluation> {
                     FOVEA_ASSIGN(
                         const auto model, train::TrainedModel::open(open.folder, open.dataset));
                     return model->evaluate(part, session.reporter, session.stop);
                 }));
    session.print(evaluationText(evaluation));
    auto result = eval::toJson(evaluation);
    result["split"] = o.split;
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
                ->check(CLI::NonNegativeNumber);
            return [o](Session& session) { return run(*o, session); };
        });
}

} // namespace fovea::cli

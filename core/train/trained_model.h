// The weights of a run, ready to answer: the best of a saved one, or the current ones of one that
// trains (TrainingRun::current). Made, used and destroyed on the compute thread.
#pragma once

#include "core/base/progress.h"
#include "core/eval/evaluate.h"
#include "core/train/run_folder.h"

#include <memory>
#include <stop_token>

namespace fovea::model {
class Model;
}

namespace fovea::train {

struct ScoredItem {
    ItemIndex item;
    float score = 0;
};

// A history: items in time order and, for models of ratings, the rating of each.
struct History {
    std::vector<std::int32_t> items;
    std::vector<float> values;
};

// When in its training a run's weights were taken.
struct Moment {
    std::int64_t epoch = 0; // finished epochs
    std::int64_t step = 0; // steps taken
};

// Whether the run has weights to open: those of its best epoch, or those of a stop within the
// first.
bool hasModel(const RunFolder& folder);

class TrainedModel {
public:
    // The best checkpoint; the last one where no epoch was finished yet.
    static Result<std::unique_ptr<TrainedModel>> open(
        const RunFolder& folder, std::shared_ptr<const data::Dataset> dataset);
    TrainedModel(
        RunConfig config, std::shared_ptr<const data::Dataset> dataset,
        std::shared_ptr<const model::Model> model, Moment moment);
    ~TrainedModel();
    TrainedModel(const TrainedModel&) = delete;
    TrainedModel& operator=(const TrainedModel&) = delete;

    // Scores of all items (items + 1); PAD is -infinity. Next item: logits. Ratings: the predicted
    // rating of each, for `user` or for nobody (-1).
    std::vector<float> scores(const History& history, UserIndex user = {-1}) const;
    // The best k that are not in the history, best first; ties by the lower index.
    std::vector<ScoredItem> topK(
        const History& history, std::size_t k, UserIndex user = {-1}) const;

    // Users with a target of `part`, the worst predicted first; ties by index.
    Result<std::vector<UserIndex>> mostWrong(data::Part part, std::stop_token stop) const;

    // With baselines and protocol.
    Result<eval::Evaluation> evaluate(
        data::Part part, base::Progress& progress, std::stop_token stop) const;

    const model::Model& model() const { return *m_model; }
    const data::Dataset& dataset() const { return *m_dataset; }
    const RunConfig& config() const { return m_config; }
    Moment moment() const { return m_moment; }

private:
    RunConfig m_config;
    std::shared_ptr<const data::Dataset> m_dataset;
    std::shared_ptr<const model::Model> m_model;
    Moment m_moment;
};

// All events of a user: what the next recommendation goes by.
History historyOf(const data::Dataset& dataset, UserIndex user);

} // namespace fovea::train

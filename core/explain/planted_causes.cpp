#include "core/explain/planted_causes.h"

#include <algorithm>

namespace fovea::explain {

double aucOf(std::span<const float> scores, std::size_t cause)
{
    double below = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (i != cause)
            below += scores[i] < scores[cause] ? 1.0 : scores[i] == scores[cause] ? 0.5 : 0.0;
    }
    return below / static_cast<double>(scores.size() - 1);
}

namespace {

// What the model saw before the event at `position`.
train::History historyBefore(const data::Dataset& dataset, UserIndex user, std::size_t position)
{
    const auto items = dataset.itemsOf(user).first(position);
    const auto values = dataset.valuesOf(user);
    train::History history{{items.begin(), items.end()}, {}};
    if (!values.empty())
        history.values.assign(
            values.begin(), values.begin() + static_cast<std::ptrdiff_t>(position));
    return history;
}

void addScores(const AttentionMap& map, std::size_t cause, std::vector<PlantedScore>& sums)
{
    std::size_t next = 0;
    const auto last = static_cast<std::size_t>(map.length - 1);
    for (std::int64_t layer = 0; layer < map.layers; ++layer) {
        for (std::int64_t head = -1; head < map.heads; ++head) {
            const auto matrix = headMatrix(map, {layer, head}).take();
            const auto row = std::span(matrix.weights).subspan(last * (last + 1), last + 1);
            if (next == sums.size())
                sums.push_back({matrix.name, 0});
            sums[next++].auc += aucOf(row, cause);
        }
    }
}

} // namespace

Result<PlantedResult> plantedCauses(
    const train::TrainedModel& model, const std::vector<data::Cause>& truth, data::Part part,
    base::Progress& progress, std::stop_token stop)
{
    const auto& dataset = model.dataset();
    PlantedResult result;
    for (const auto& [user, position, cause] : truth) {
        const auto events = static_cast<std::int64_t>(dataset.itemsOf(user).size());
        if (position != data::historyLength(events, part) || position < 2 || cause < 0)
            continue;
        if (stop.stop_requested())
            return interrupted("the exam of planted causes was stopped");
        const auto map = attentionMap(
            model, historyBefore(dataset, user, static_cast<std::size_t>(position)), "");
        const auto first = position - map.length; // the oldest position that the model sees
        if (cause < first || map.length < 2)
            continue;
        addScores(map, static_cast<std::size_t>(cause - first), result.scores);
        ++result.events;
        progress.report({"planted causes", user.value + 1, dataset.userCount(), "users", {}});
    }
    for (auto& score : result.scores)
        score.auc /= static_cast<double>(result.events);
    return result;
}

} // namespace fovea::explain

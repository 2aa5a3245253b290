#include "core/eval/evaluate.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace fovea::eval {

io::Json toJson(const Evaluation& evaluation)
{
    io::Json baselines = io::Json::object();
    for (const auto& baseline : evaluation.baselines)
        baselines[baseline.name] = baseline.values;
    return {{"model", evaluation.model.name}, {"metrics", evaluation.model.values},
            {"baselines", baselines},         {"users", evaluation.users},
            {"items", evaluation.items},      {"protocol", evaluation.protocol},
            {"seconds", evaluation.seconds}};
}

Compared comparedSeen(
    Target target, std::span<const std::int32_t> seen, std::span<const float> scores)
{
    Compared counts;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        counts.greater += seen[i] != target.item && scores[i] > target.score;
        counts.equal += seen[i] != target.item && scores[i] == target.score;
    }
    return counts;
}

double rankOf(std::int64_t greater, std::int64_t equal)
{
    return 1.0 + static_cast<double>(greater) + 0.5 * static_cast<double>(equal - 1);
}

std::vector<std::int32_t> seenItems(std::span<const std::int32_t> history)
{
    std::vector<std::int32_t> seen;
    appendSeen(history, seen);
    return seen;
}

void appendSeen(std::span<const std::int32_t> history, std::vector<std::int32_t>& items)
{
    const auto before = static_cast<std::ptrdiff_t>(items.size());
    items.insert(items.end(), history.begin(), history.end());
    std::sort(items.begin() + before, items.end());
    items.erase(std::unique(items.begin() + before, items.end()), items.end());
}

std::string protocolText(model::Task task, data::Part part)
{
    const std::string which = part == data::Part::Test
        ? "the last event of each user with three or more; everything before it is the history"
        : "the event before the last of each user with three or more; everything before it is the "
          "history";
    if (task == model::Task::Ratings)
        return "Leave-one-out: " + which
            + ". Error pooled over events, predictions clipped to the scale of the data. Baselines "
              "know "
              "the training part.";
    return "Leave-one-out: " + which
        + ". Full ranking: the target against all items that the user has not seen; rank = 1 + "
          "better + "
          "equal/2. Means over users. Popularity counts the training part.";
}

} // namespace fovea::eval

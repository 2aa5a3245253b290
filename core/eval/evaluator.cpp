#include "core/eval/evaluator_torch.h"

#include <algorithm>
#include <cmath>

namespace fovea::eval {

namespace {

constexpr std::size_t kTile = 256; // users scored at a time

void rankTile(
    const model::Model& model, const EvaluatorCall& call, const data::Batch& batch,
    std::vector<double>& out)
{
    const model::PackedBatch packed(batch);
    const auto hidden = model.forward(packed, {}).index_select(0, packed.lasts);
    const auto scores = at::mm(hidden, model.itemVectors().t()).to(at::kFloat).contiguous();
    const auto width = static_cast<std::size_t>(scores.size(1));
    const auto first = out.size();
    out.resize(first + batch.users.size());
    at::parallel_for(0, batch.size(), 16, [&](std::int64_t begin, std::int64_t end) {
        for (auto b = begin; b < end; ++b) {
            const UserIndex user{batch.users[static_cast<std::size_t>(b)]};
            const auto items = call.dataset.itemsOf(user);
            const auto before = static_cast<std::size_t>(
                data::historyLength(static_cast<std::int64_t>(items.size()), call.part));
            const std::span row(scores.data_ptr<float>() + b * scores.size(1), width);
            out[first + static_cast<std::size_t>(b)] =
                rankOf(row, items[before], seenItems(items.first(before)));
        }
    });
}

void errorTile(
    const model::Model& model, const EvaluatorCall& call, const data::Batch& batch,
    std::vector<double>& out)
{
    const model::PackedBatch packed(batch);
    const auto predicted =
        model.forward(packed, {}).index_select(0, packed.lasts).to(at::kFloat).contiguous();
    for (std::int64_t b = 0; b < batch.size(); ++b) {
        const float p = predicted.data_ptr<float>()[b];
        const float clipped =
            std::clamp(p, call.dataset.lowestValue(), call.dataset.highestValue());
        const auto last =
            static_cast<std::size_t>(batch.offsets[static_cast<std::size_t>(b) + 1] - 1);
        out.push_back((std::isnan(p) ? p : clipped) - batch.values[last]);
    }
}

} // namespace

Result<std::vector<double>> terms(const model::Model& model, const EvaluatorCall& call)
{
    const at::NoGradGuard noGrad;
    const bool ratings = model.task() == model::Task::Ratings;
    const auto users = data::usersWithTarget(call.dataset, call.part);
    const data::Batcher batcher(call.dataset, call.maxLength);
    std::vector<double> out;
    for (std::size_t at = 0; at < users.size(); at += kTile) {
        if (call.betweenTiles)
            call.betweenTiles();
        if (call.stop.stop_requested())
            return interrupted("the evaluation was stopped");
        const auto tile = std::span(users).subspan(at, std::min(kTile, users.size() - at));
        if (ratings)
            errorTile(model, call, batcher.ratingTargets(tile, call.part), out);
        else
            rankTile(model, call, batcher.nextItemHistories(tile, call.part), out);
        call.progress.report(
            {"evaluate",
             static_cast<std::int64_t>(out.size()),
             static_cast<std::int64_t>(users.size()),
             "users",
             {}});
    }
    if (std::any_of(out.begin(), out.end(), [](double x) { return !std::isfinite(x); }))
        return failure(
            "the model's scores are not numbers", {},
            "Train again with a smaller learning_rate, or with clip");
    return out;
}

Result<MetricValues> evaluate(const model::Model& model, const EvaluatorCall& call)
{
    FOVEA_ASSIGN(const auto list, terms(model, call));
    return measure(model.task(), list);
}

} // namespace fovea::eval

#include "core/train/run_config.h"

#include "core/base/text.h"
#include "core/eval/metrics.h"
#include "core/model/kinds.h"
#include "core/train/losses.h"
#include "core/train/parameters.h"

#include <algorithm>

namespace fovea::train {

namespace {

RunConfig filledIn(RunConfig c)
{
    const auto& kind = *model::findKind(c.model);
    c.layers = c.layers.value_or(kind.layers);
    c.ffnWidth = c.ffnWidth.value_or(kind.feedForward ? c.width : 0);
    c.attentionDropout = c.attentionDropout.value_or(c.dropout);
    c.hiddenDropout = c.hiddenDropout.value_or(c.dropout);
    if (c.loss == "auto")
        c.loss = kind.loss;
    if (c.metric == "auto")
        c.metric = kind.task == model::Task::Ratings ? "rmse" : "ndcg@10";
    return c;
}

// "4 or 8", or the one that there is; 0 is none.
Message either(const char* pattern, std::int64_t one, std::int64_t other)
{
    return one == 0 ? Message(other) : other == 0 ? Message(one) : say(pattern, one, other);
}

Error headsDoNotDivide(std::int64_t width, std::int64_t heads)
{
    const auto mostOf = [](const char* key) {
        return static_cast<std::int64_t>(findParameter(key)->most);
    };
    const auto divides = [&](std::int64_t n) { return width % n == 0; };
    auto fewer = heads - 1;
    while (!divides(fewer))
        --fewer; // 1 divides
    const auto most = std::min(width, mostOf("heads"));
    auto more = heads + 1;
    while (more <= most && !divides(more))
        ++more;
    const auto narrower = width - width % heads;
    const auto wider = narrower + heads;
    return wrongUse(
        say("width %1 is not divisible by %2 heads (try %3, or width %4)", width, heads,
            either("%1 or %2", fewer, more <= most ? more : 0),
            either("%1/%2", narrower, wider <= mostOf("width") ? wider : 0)));
}

} // namespace

std::vector<Misfit> misfits(const RunConfig& config)
{
    const auto c = filledIn(config);
    const auto& kind = *model::findKind(c.model);
    std::vector<Misfit> found;
    if (c.width % c.heads != 0)
        found.push_back({{"width", "heads"}, headsDoNotDivide(c.width, c.heads)});
    if (findLoss(c.loss)->task != kind.task)
        found.push_back(
            {{"model", "loss"},
             wrongUse(
                 say("loss = %1 does not fit model = %2, which predicts %3", c.loss, c.model,
                     term(model::taskName(kind.task))),
                 {}, say("Leave loss at auto to have %1", kind.loss))});
    const auto metric = eval::findMetric(c.metric);
    if (!metric || metric->metric->task != kind.task)
        found.push_back(
            {{"model", "metric"},
             wrongUse(
                 say("metric = %1 is not measured for model = %2", c.metric, c.model), {},
                 say("Leave metric at auto, or take one of %1",
                     base::join(eval::metricNamesOf(kind.task), ", ")))});
    return found;
}

Result<RunConfig> resolved(RunConfig config)
{
    if (auto wrong = misfits(config); !wrong.empty())
        return wrong.front().error;
    return filledIn(std::move(config));
}

RunConfig unresolved(const RunConfig& config)
{
    RunConfig open = config;
    open.layers = open.ffnWidth = std::nullopt;
    open.attentionDropout = open.hiddenDropout = std::nullopt;
    open.loss = open.metric = "auto";
    const auto chosen = resolved(open);
    if (!chosen)
        return config;
    const auto keep = [](auto& field, const auto& is, const auto& wouldBe) {
        if (is != wouldBe)
            field = is;
    };
    keep(open.layers, config.layers, chosen->layers);
    keep(open.ffnWidth, config.ffnWidth, chosen->ffnWidth);
    keep(open.attentionDropout, config.attentionDropout, chosen->attentionDropout);
    keep(open.hiddenDropout, config.hiddenDropout, chosen->hiddenDropout);
    keep(open.loss, config.loss, chosen->loss);
    keep(open.metric, config.metric, chosen->metric);
    return open;
}

} // namespace fovea::train

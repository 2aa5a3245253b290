#include "core/train/run_config.h"

#include "core/base/text.h"
#include "core/eval/metrics.h"
#include "core/model/kinds.h"
#include "core/train/losses.h"

namespace fovea::train {

Result<RunConfig> resolved(RunConfig c)
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
    if (c.width % c.heads != 0)
        return wrongUse(
            say("heads = %1 does not divide width = %2", c.heads, c.width), {},
            "Choose a number of heads that divides the width");
    const auto* loss = findLoss(c.loss);
    if (loss->task != kind.task)
        return wrongUse(
            say("loss = %1 does not fit model = %2, which predicts %3", c.loss, c.model,
                term(model::taskName(kind.task))),
            {}, say("Leave loss at auto to have %1", kind.loss));
    const auto metric = eval::findMetric(c.metric);
    if (!metric || metric->metric->task != kind.task)
        return wrongUse(
            say("metric = %1 is not measured for model = %2", c.metric, c.model), {},
            say("Leave metric at auto, or take one of %1",
                base::join(eval::metricNamesOf(kind.task), ", ")));
    return c;
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

#include "core/train/progression.h"

#include "core/base/text.h"
#include "core/io/fields.h"

#include <nlohmann/json.hpp>

namespace fovea::train {

namespace {

constexpr int kSchema = 1;
constexpr double kMostSeconds = 1e12;

// As the JSON object that the other files of a run are.
io::Json schemaOf(const io::TensorMetadata& metadata)
{
    const auto found = metadata.find("schema");
    const auto number = found == metadata.end() ? std::nullopt : base::parseInteger(found->second);
    return number ? io::Json{{"schema", *number}} : io::Json::object();
}

} // namespace

io::TensorMetadata metadataOf(const Progression& p)
{
    const io::Json state = {
        {"epoch", p.epoch},
        {"step_in_epoch", p.stepInEpoch},
        {"step", p.step},
        {"loss_sum", p.lossSum},
        {"loss_targets", p.lossTargets},
        {"epochs_since_best", p.epochsSinceBest},
        {"best_metric", p.bestMetric},
        {"best_epoch", p.bestEpoch},
        {"metrics_bytes", p.metricsBytes},
        {"seconds", p.seconds},
        {"updates", p.updates}};
    return {{"schema", std::to_string(kSchema)}, {"state", io::toLine(state)}};
}

Result<Progression> progressionFrom(const io::TensorMetadata& metadata, const std::string& where)
{
    const auto state = metadata.find("state");
    if (state == metadata.end())
        return badInput("this is no checkpoint: it has no state", where);
    FOVEA_TRY(io::checkSchema(schemaOf(metadata), kSchema, where));
    FOVEA_ASSIGN(const auto json, io::parseJson(state->second, where));
    io::Fields fields(json, where);
    Progression p;
    p.step = fields.integer("step", 0, io::kMostCount);
    p.epoch = fields.integer("epoch", 0, p.step);
    p.stepInEpoch = fields.integer("step_in_epoch", 0, p.step);
    p.lossSum = fields.number("loss_sum");
    p.lossTargets = fields.number("loss_targets", 0);
    p.bestEpoch = fields.integer("best_epoch", p.epoch > 0 ? 1 : 0, p.epoch);
    const auto since = p.epoch - p.bestEpoch;
    p.epochsSinceBest = fields.integer("epochs_since_best", since, since);
    p.bestMetric = fields.number("best_metric");
    p.metricsBytes = fields.integer("metrics_bytes", 0, io::kMostCount);
    p.seconds = fields.number("seconds", 0, kMostSeconds);
    p.updates = fields.has("updates") ? fields.integer("updates", 0, p.step) : p.step;
    FOVEA_TRY(fields.status());
    return p;
}

Status checkPlace(
    const Progression& p, std::int64_t stepsPerEpoch, std::int64_t epochs, const std::string& where)
{
    const bool fits = p.epoch <= epochs && p.stepInEpoch <= stepsPerEpoch
        && p.step == p.epoch * stepsPerEpoch + p.stepInEpoch;
    if (fits)
        return success();
    return badInput(
        say("the checkpoint stands at step %1, which is not step %2 of epoch %3 of this run",
            p.step, p.stepInEpoch, p.epoch + 1),
        where, "It belongs to another configuration, or is damaged");
}

} // namespace fovea::train

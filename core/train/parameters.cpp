#include "core/train/parameters.h"

#include "core/base/text.h"
#include "core/eval/metrics.h"
#include "core/model/kinds.h"
#include "core/train/losses.h"
#include "core/train/schedules.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <type_traits>

namespace fovea::train {

namespace {

template <typename Rows> std::vector<std::string> names(const Rows& rows, bool withAuto)
{
    std::vector<std::string> list;
    if (withAuto)
        list.emplace_back("auto");
    for (const auto& row : rows)
        list.emplace_back(row.name);
    return list;
}

std::vector<Parameter> makeTable()
{
    using C = RunConfig;
    return {
        {"model", "Model", true, &C::model, 0, 0, names(model::kinds(), false), "",
         "the model to train"},
        {"width",
         "Model",
         true,
         &C::width,
         1,
         4096,
         {},
         "",
         "size of an item's vector; the heads must divide it"},
        {"layers",
         "Model",
         true,
         &C::layers,
         1,
         64,
         {},
         "",
         "attention blocks, one on top of the other"},
        {"max_length",
         "Model",
         true,
         &C::maxLength,
         1,
         100000,
         {},
         "events",
         "how many of the most recent events the model sees"},
        {"ffn_width",
         "Model",
         false,
         &C::ffnWidth,
         0,
         65536,
         {},
         "",
         "hidden size of the feed-forward part of a block; 0 leaves it out"},
        {"norm",
         "Model",
         false,
         &C::norm,
         0,
         0,
         {"pre", "post", "original"},
         "",
         "where a block normalises: before each part, after each residual, or as the SASRec "
         "paper's code does"},
        {"biases",
         "Model",
         false,
         &C::biases,
         0,
         0,
         {},
         "",
         "ratings: add a bias of the user and one of the item"},
        {"heads", "Attention", true, &C::heads, 1, 256, {}, "", "attention heads of a block"},
        {"dropout",
         "Regularisation",
         true,
         &C::dropout,
         0,
         0.95,
         {},
         "",
         "share of values dropped while training; sets both dropouts below"},
        {"attention_dropout",
         "Regularisation",
         false,
         &C::attentionDropout,
         0,
         0.95,
         {},
         "",
         "share of attention weights dropped while training"},
        {"hidden_dropout",
         "Regularisation",
         false,
         &C::hiddenDropout,
         0,
         0.95,
         {},
         "",
         "share of hidden values dropped while training"},
        {"weight_decay",
         "Regularisation",
         false,
         &C::weightDecay,
         0,
         10,
         {},
         "",
         "decoupled decay of the weights, times the learning rate"},
        {"loss", "Loss", true, &C::loss, 0, 0, names(losses(), true), "",
         "what training makes small"},
        {"negatives",
         "Loss",
         false,
         &C::negatives,
         1,
         10000,
         {},
         "",
         "items drawn against each target by sampled losses"},
        {"learning_rate",
         "Optimiser",
         true,
         &C::learningRate,
         1e-8,
         10,
         {},
         "",
         "step size of Adam"},
        {"batch",
         "Optimiser",
         true,
         &C::batch,
         1,
         1000000,
         {},
         "histories",
         "histories a training step takes"},
        {"clip",
         "Optimiser",
         false,
         &C::clip,
         0,
         1e6,
         {},
         "",
         "largest norm of the whole gradient; 0 leaves it as it is"},
        {"schedule", "Schedule", false, &C::schedule, 0, 0, names(schedules(), false), "",
         "how the learning rate goes over the run"},
        {"warmup",
         "Schedule",
         false,
         &C::warmup,
         0,
         1e9,
         {},
         "steps",
         "steps in which the learning rate rises from zero"},
        {"epochs",
         "Stopping",
         true,
         &C::epochs,
         1,
         1000000,
         {},
         "",
         "most passes over the training events"},
        {"patience",
         "Stopping",
         true,
         &C::patience,
         0,
         1000000,
         {},
         "epochs",
         "stop after so many epochs without a better metric; 0 never does"},
        {"metric", "Evaluation", true, &C::metric, 0, 0, eval::metricNames(true), "",
         "the validation metric that picks the best epoch"},
        {"keep_every",
         "Stopping",
         false,
         &C::keepEvery,
         0,
         1000000,
         {},
         "epochs",
         "keep a checkpoint every so many epochs; 0 keeps the last and the best"},
        {"seed",
         "Device",
         false,
         &C::seed,
         0,
         9e15,
         {},
         "",
         "the one number that all random draws come from"},
        {"threads",
         "Device",
         false,
         &C::threads,
         0,
         1024,
         {},
         "",
         "threads that compute; 0 takes all cores"},
        {"device", "Device", false, &C::device, 0, 0, {"auto", "cpu"}, "", "where to compute"},
    };
}

template <typename T> constexpr bool isOptional = false;
template <typename T> constexpr bool isOptional<std::optional<T>> = true;

// Calls `use` with the field itself.
template <typename Config, typename Use> auto withField(Config& config, const Parameter& p, Use use)
{
    return std::visit([&](auto member) { return use(config.*member); }, p.field);
}

Error wrongValue(const Parameter& p, std::string_view value, const std::string& allowed)
{
    return wrongUse(
        "'" + std::string(value) + "' is no value for " + std::string(p.key), {}, allowed);
}

std::string rangeText(const Parameter& p)
{
    return "It takes a" + std::string(typeName(p) == "integer" ? "n integer" : " number") + " from "
        + base::toText(p.least) + " to " + base::toText(p.most);
}

template <typename T> Status setNumber(T& field, const Parameter& p, std::string_view value)
{
    const auto number = [&] {
        if constexpr (std::is_same_v<T, double>)
            return base::parseDouble(value);
        else
            return base::parseInteger(value);
    }();
    // Written so that NaN fails.
    if (!number
        || !(static_cast<double>(*number) >= p.least && static_cast<double>(*number) <= p.most))
        return wrongValue(p, value, rangeText(p));
    field = *number;
    return success();
}

Status setText(std::string& field, const Parameter& p, std::string_view value)
{
    const bool known = p.choices.empty()
        || std::find(p.choices.begin(), p.choices.end(), value) != p.choices.end();
    if (!known) {
        const auto near = base::nearest(value, p.choices);
        return wrongValue(
            p, value,
            (near.empty() ? "" : "Did you mean '" + near + "'? ") + "It takes "
                + base::join(p.choices, ", "));
    }
    field = value;
    return success();
}

Status setBool(bool& field, const Parameter& p, std::string_view value)
{
    if (value != "true" && value != "false")
        return wrongValue(p, value, "It takes true or false");
    field = value == "true";
    return success();
}

template <typename T> Status setField(T& field, const Parameter& p, std::string_view value)
{
    if constexpr (std::is_same_v<T, bool>) {
        return setBool(field, p, value);
    } else if constexpr (std::is_same_v<T, std::string>) {
        return setText(field, p, value);
    } else if constexpr (isOptional<T>) {
        if (value == "auto") {
            field.reset();
            return success();
        }
        typename T::value_type number{};
        FOVEA_TRY(setNumber(number, p, value));
        field = number;
        return success();
    } else {
        return setNumber(field, p, value);
    }
}

template <typename T> std::string fieldText(const T& field)
{
    if constexpr (std::is_same_v<T, bool>)
        return field ? "true" : "false";
    else if constexpr (std::is_same_v<T, std::string>)
        return field;
    else if constexpr (isOptional<T>)
        return field ? fieldText(*field) : "auto";
    else if constexpr (std::is_same_v<T, double>)
        return base::toText(field);
    else
        return std::to_string(field);
}

template <typename T> io::Json fieldJson(const T& field)
{
    if constexpr (isOptional<T>)
        return field ? io::Json(*field) : io::Json("auto");
    else
        return field;
}

Error unknownKey(std::string_view key)
{
    std::vector<std::string> keys;
    for (const auto& p : parameters())
        keys.emplace_back(p.key);
    const auto near = base::nearest(key, keys);
    return wrongUse(
        "no parameter '" + std::string(key) + "'", {},
        near.empty() ? "fovea parameters lists them" : "Did you mean '" + near + "'?");
}

} // namespace

std::span<const Parameter> parameters()
{
    static const std::vector<Parameter> table = makeTable();
    return table;
}

const Parameter* findParameter(std::string_view key)
{
    const auto table = parameters();
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const auto& p) { return p.key == key; });
    return found == table.end() ? nullptr : &*found;
}

std::string typeName(const Parameter& parameter)
{
    static const RunConfig config;
    return withField(config, parameter, [](const auto& field) -> std::string {
        using T = std::decay_t<decltype(field)>;
        if constexpr (std::is_same_v<T, bool>)
            return "yes or no";
        else if constexpr (std::is_same_v<T, std::string>)
            return "text";
        else if constexpr (std::is_same_v<T, double> || std::is_same_v<T, std::optional<double>>)
            return "number";
        else
            return "integer";
    });
}

std::string valueText(const RunConfig& config, const Parameter& parameter)
{
    return withField(config, parameter, [](const auto& field) { return fieldText(field); });
}

std::string defaultText(const Parameter& parameter) { return valueText(RunConfig{}, parameter); }

Status setParameter(RunConfig& config, std::string_view key, std::string_view value)
{
    const auto* parameter = findParameter(key);
    if (!parameter)
        return unknownKey(key);
    return withField(
        config, *parameter, [&](auto& field) { return setField(field, *parameter, value); });
}

io::Json toJson(const RunConfig& config)
{
    io::Json object = io::Json::object();
    for (const auto& p : parameters()) {
        object[std::string(p.key)] =
            withField(config, p, [](const auto& field) { return fieldJson(field); });
    }
    return object;
}

Result<RunConfig> fromJson(const io::Json& object, const std::string& where, RunConfig base)
{
    if (!object.is_object())
        return badInput("the configuration is not a JSON object", where);
    for (const auto& [key, value] : object.items()) {
        const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
        if (auto set = setParameter(base, key, text); !set) {
            auto error = set.error();
            error.where = where;
            return error;
        }
    }
    return base;
}

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
            "heads = " + std::to_string(c.heads)
                + " does not divide width = " + std::to_string(c.width),
            {}, "Choose a number of heads that divides the width");
    const auto* loss = findLoss(c.loss);
    if (loss->task != kind.task)
        return wrongUse(
            "loss = " + c.loss + " does not fit model = " + c.model + ", which predicts "
                + std::string(model::taskName(kind.task)),
            {}, "Leave loss at auto to have " + std::string(kind.loss));
    const auto metric = eval::findMetric(c.metric);
    if (!metric || metric->metric->task != kind.task)
        return wrongUse(
            "metric = " + c.metric + " is not measured for model = " + c.model, {},
            "Leave metric at auto, or take one of "
                + base::join(eval::metricNamesOf(kind.task), ", "));
    return c;
}

} // namespace fovea::train

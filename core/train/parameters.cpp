#include "core/train/parameters.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace fovea::train {

namespace {

template <typename T> constexpr bool isOptional = false;
template <typename T> constexpr bool isOptional<std::optional<T>> = true;

// Calls `use` with the field itself.
template <typename Config, typename Use> auto withField(Config& config, const Parameter& p, Use use)
{
    return std::visit([&](auto member) { return use(config.*member); }, p.field);
}

constexpr std::size_t kMostShown = 60; // characters of a wrong value
constexpr std::size_t kMostText = 1000; // bytes of a key or a value: longer ones are not compared

Error wrongValue(std::string_view key, std::string_view value, Message allowed)
{
    return wrongUse(
        say("'%1' is no value for %2", base::shortened(value, kMostShown), key), {},
        std::move(allowed));
}

Error outOfRange(const Parameter& p, std::string_view value)
{
    const auto shown = base::shortened(value, kMostShown);
    return wrongUse(
        typeName(p) == "integer" ? say(
            "%1 must be an integer between %2 and %3, not '%4'", p.key, limitText(p.least),
            limitText(p.most), shown)
                                 : say(
                                     "%1 must be between %2 and %3, not '%4'", p.key,
                                     limitText(p.least), limitText(p.most), shown));
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
        return outOfRange(p, value);
    field = *number;
    return success();
}

Status setText(std::string& field, const Parameter& p, std::string_view value)
{
    const bool known = p.choices.empty()
        || std::find(p.choices.begin(), p.choices.end(), value) != p.choices.end();
    if (!known) {
        const auto near =
            value.size() > kMostText ? std::string() : base::nearest(value, p.choices);
        return wrongValue(
            p.key, value,
            near.empty()
                ? say("It takes %1", base::join(p.choices, ", "))
                : say("Did you mean '%1'? It takes %2", near, base::join(p.choices, ", ")));
    }
    field = value;
    return success();
}

Status setBool(bool& field, const Parameter& p, std::string_view value)
{
    if (value != "true" && value != "false")
        return wrongValue(p.key, value, "It takes true or false");
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
    const auto near = key.size() > kMostText ? std::string() : base::nearest(key, keys);
    return wrongUse(
        say("no parameter '%1'", base::shortened(key, kMostShown)), {},
        near.empty() ? say("fovea parameters lists them") : say("Did you mean '%1'?", near));
}

// Escaped where it has control characters, which no key and no value has, so that an error may show
// it.
std::string plain(const std::string& text)
{
    const bool isPlain =
        std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < ' '; });
    return isPlain ? text : io::toLine(io::Json(text));
}

} // namespace

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

std::string limitText(double limit)
{
    return limit == std::floor(limit) ? base::toFixed(limit, 0) : base::toText(limit);
}

Status setParameter(RunConfig& config, std::string_view key, std::string_view value)
{
    const auto* parameter = findParameter(key);
    if (!parameter)
        return unknownKey(key);
    return withField(
        config, *parameter, [&](auto& field) { return setField(field, *parameter, value); });
}

Status changeParameter(RunConfig& config, std::string_view key, double value)
{
    const auto* parameter = findParameter(key);
    if (!parameter || !parameter->whilePaused) {
        std::vector<std::string> keys;
        for (const auto& p : parameters()) {
            if (p.whilePaused)
                keys.emplace_back(p.key);
        }
        return wrongUse(
            say("'%1' cannot change while a run is paused", base::shortened(key, kMostShown)), {},
            say("It takes %1", base::join(keys, ", ")));
    }
    FOVEA_TRY(setParameter(config, key, base::toText(value)));
    if (key == "dropout")
        config.attentionDropout = config.hiddenDropout = config.dropout;
    return success();
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
    for (const auto& [name, value] : object.items()) {
        const auto key = plain(name);
        const bool isPlain = value.is_string() || value.is_number() || value.is_boolean();
        const std::string text = value.is_string() ? plain(value.get<std::string>())
            : isPlain                              ? value.dump()
                                                   : std::string(value.type_name());
        auto set = isPlain ? setParameter(base, key, text)
                           : Status(wrongValue(
                               base::shortened(key, kMostShown), text,
                               "It takes a number, a text, true or false"));
        if (!set) {
            auto error = set.error();
            error.where = where;
            return error;
        }
    }
    return base;
}

} // namespace fovea::train

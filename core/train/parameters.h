// The one table of parameters: the command line's --set, the JSON file, the form in the window and
// the manual all come from it. Constant data; any thread.
#pragma once

#include "core/train/run_config.h"

#include <span>
#include <string_view>
#include <variant>
#include <vector>

namespace fovea::train {

struct Parameter {
    using Field = std::variant<
        bool RunConfig::*, std::int64_t RunConfig::*, double RunConfig::*, std::string RunConfig::*,
        std::optional<std::int64_t> RunConfig::*, std::optional<double> RunConfig::*>;

    std::string_view key;
    std::string_view label; // in a form
    std::string_view group;
    bool basic = false; // shown before "more"
    Field field;
    double least = 0; // of numbers
    double most = 0;
    std::vector<std::string> choices; // of text; empty = free
    std::string_view unit;
    std::string_view help;
    bool whilePaused = false; // may change while a run is paused
};

std::span<const Parameter> parameters();
const Parameter* findParameter(std::string_view key);

std::string typeName(const Parameter& parameter); // "integer", "number", "text", "yes or no"
std::string valueText(const RunConfig& config, const Parameter& parameter); // "auto" if left open
std::string defaultText(const Parameter& parameter);
std::string limitText(double limit); // of a range: whole numbers with all their digits

// Sets one key from text. An unknown key or value is wrong use that offers the nearest.
Status setParameter(RunConfig& config, std::string_view key, std::string_view value);
// Sets one that may change while a run is paused; another is wrong use. Dropout sets both dropouts.
Status changeParameter(RunConfig& config, std::string_view key, double value);

io::Json toJson(const RunConfig& config);
// Each value passes the table, whatever wrote it.
// Keys that are not there keep the value they have in `base`.
Result<RunConfig> fromJson(const io::Json& object, const std::string& where, RunConfig base = {});

} // namespace fovea::train

// Trained models as files that other tools load. Runs on the compute thread.
#pragma once

#include "core/train/trained_model.h"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace fovea::deploy {

// What the README's lines of code give a model, as numbers side by side that it takes: items that
// there are, in a history that is not too long.
struct Example {
    bool isRatings = false;
    std::string items; // "0, 0, 12, 7"
    std::string ratings; // as many
    std::string target;
};

struct Format {
    std::string_view name;
    std::string_view help;
    // Writes the model's own file into the folder; the rest is the same for all formats.
    Status (*write)(const train::TrainedModel& model, const std::filesystem::path& folder);
    // A section of the README: how to load it in Python and in C++.
    std::string (*loading)(const Example& example);
};

std::span<const Format> formats();
const Format* findFormat(std::string_view name);

// The folder `target` with the model file, config.json, items.csv, metrics.json and README.md;
// users.csv where the model knows users. It appears whole or not at all.
Status exportModel(
    const train::RunFolder& run, const train::TrainedModel& model, const Format& format,
    const std::filesystem::path& target, bool replace, base::Progress& progress,
    std::stop_token stop);

} // namespace fovea::deploy

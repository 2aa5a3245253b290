// Trained models as files that other tools load. Runs on the compute thread.
#pragma once

#include "core/train/trained_model.h"

#include <filesystem>
#include <span>
#include <string_view>

namespace fovea::deploy {

struct Format {
    std::string_view name;
    std::string_view help;
    // Writes the model's own file into the folder; the rest is the same for all formats.
    Status (*write)(const train::TrainedModel& model, const std::filesystem::path& folder);
    std::string_view loading; // a section of the README: how to load it in Python and in C++
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

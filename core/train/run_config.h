// Every choice that a training run depends on; its defaults are the product's. Keys, ranges and
// help texts are in parameters.h. A plain value.
#pragma once

#include "core/base/result.h"
#include "core/io/json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fovea::train {

struct RunConfig {
    std::string model = "sasrec";
    std::string norm = "pre";
    std::string engine = "packed";
    std::int64_t width = 64;
    std::int64_t heads = 2;
    std::optional<std::int64_t> layers; // the model's own where not given
    std::optional<std::int64_t> ffnWidth; // likewise; 0 = no feed-forward
    std::int64_t maxLength = 50;
    bool biases = true;

    double dropout = 0.2;
    std::optional<double> attentionDropout; // dropout where not given
    std::optional<double> hiddenDropout;
    double weightDecay = 0.0;
    std::string decayOf = "weights"; // or "all": biases, norms and the mean, too

    std::string loss = "auto";
    std::int64_t negatives = 1;

    double learningRate = 1e-3;
    double clip = 0.0; // 0 = off
    std::string schedule = "constant";
    std::int64_t warmup = 0; // steps
    std::int64_t batch = 128; // histories a step
    std::string itemUpdates = "all"; // or "touched": rows of the item table that a step updates

    std::int64_t epochs = 200;
    std::int64_t patience = 10; // epochs without improvement; 0 = never stop early
    std::string metric = "auto";
    std::int64_t keepEvery = 0; // epochs; 0 = keep only last and best
    double saveEvery = 10; // minutes; 0 = after each epoch only

    std::int64_t seed = 1;
    std::int64_t threads = 0; // 0 = all cores
    std::string device = "auto";

    bool operator==(const RunConfig&) const = default;
    // A step updates those rows of the item table alone that it read.
    bool updatesTouched() const { return itemUpdates == "touched"; }
};

// Values that are right one by one and do not go together.
struct Misfit {
    std::vector<std::string_view> keys; // of the parameters that it concerns
    Error error; // wrong use
};
// All of them: heads divide the width, the loss and the metric fit the model's task.
std::vector<Misfit> misfits(const RunConfig& config);

// Fills in what was left to the model; the error of the first misfit if there is one.
Result<RunConfig> resolved(RunConfig config);
// The other way: what the model would choose anyway is left to it again, so that it follows when
// what it depends on is changed.
RunConfig unresolved(const RunConfig& config);

} // namespace fovea::train

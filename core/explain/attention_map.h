// Attention weights of one history: what each head of each layer looks at. In evaluation mode,
// before dropout; each row sums to 1. A plain value; computing it is for the compute thread.
#pragma once

#include "core/train/trained_model.h"

#include <optional>
#include <string>
#include <vector>

namespace fovea::explain {

struct Label {
    std::string id;
    std::string title;
    std::int64_t position = 0; // of the event in the whole history, from 1; 0 = the learned start
};

// What a model of ratings says of the last event, and what it was rated.
struct LastRating {
    double predicted = 0;
    double given = 0;
};

struct AttentionMap {
    std::int64_t layers = 0;
    std::int64_t heads = 0;
    std::int64_t length = 0; // L
    std::vector<float> weights; // (layers, heads, L, L): [layer][head][query][key]
    std::vector<Label> queries; // (L) rows ask
    std::vector<Label> keys; // (L) columns answer
    std::string about; // the model, the user
    std::optional<LastRating> rating; // of a user, by a model of ratings

    float at(std::int64_t layer, std::int64_t head, std::int64_t query, std::int64_t key) const;
};

// One L x L matrix out of a map: a head, or the mean of a layer's heads.
struct HeadChoice {
    std::int64_t layer = 0; // from 0
    std::int64_t head = -1; // from 0; -1 = mean
};

struct HeadMatrix {
    std::int64_t length = 0;
    std::vector<float> weights; // (L, L)
    std::string name; // "layer 1, head 2"
};

// `user`: whose history it is, -1 = nobody's; counts for the predicted rating alone. A model
// without attention has a map without layers.
AttentionMap attentionMap(
    const train::TrainedModel& model, const train::History& history, const std::string& about,
    UserIndex user = {-1});
Result<HeadMatrix> headMatrix(const AttentionMap& map, HeadChoice choice);

// Every head of every layer.
std::vector<HeadChoice> allHeads(const AttentionMap& map);

// Long format: user, layer and head from 1 (or "mean"), positions in the whole history, items and
// titles of query and key, weight; the causal part only.
Result<std::string> toCsv(
    const AttentionMap& map, const std::string& user, const std::vector<HeadChoice>& choices);
// An object with the labels and, in "maps", one (L, L) matrix a choice.
Result<std::string> toJson(
    const AttentionMap& map, const std::string& user, const std::vector<HeadChoice>& choices);

} // namespace fovea::explain

#include "core/explain/attention_map.h"

#include "core/base/text.h"
#include "core/model/model_torch.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace fovea::explain {

namespace {

std::vector<Label> labelsOf(const data::Dataset& dataset, const data::Batch& batch)
{
    std::vector<Label> labels;
    std::int64_t position = batch.firsts.front();
    for (const auto item : batch.items) {
        const auto about = dataset.item({item});
        labels.push_back({std::string(about.id), std::string(about.title), ++position});
    }
    return labels;
}

// "1", "2", ... or "mean"
std::string headName(HeadChoice choice)
{
    return choice.head < 0 ? "mean" : std::to_string(choice.head + 1);
}

io::Json labelsJson(const std::vector<Label>& labels)
{
    io::Json array = io::Json::array();
    for (const auto& label : labels)
        array.push_back({{"id", label.id}, {"title", label.title}, {"position", label.position}});
    return array;
}

} // namespace

float AttentionMap::at(
    std::int64_t layer, std::int64_t head, std::int64_t query, std::int64_t key) const
{
    return weights[static_cast<std::size_t>(
        ((layer * heads + head) * length + query) * length + key)];
}

AttentionMap attentionMap(
    const train::TrainedModel& model, const train::History& history, const std::string& about,
    UserIndex user)
{
    const at::NoGradGuard noGrad;
    const bool ratings = model.model().task() == model::Task::Ratings;
    const auto values = ratings ? std::span<const float>(history.values) : std::span<const float>();
    auto batch = data::singleHistory(history.items, values, model.config().maxLength);
    batch.users = {user.value};
    std::vector<at::Tensor> layers;
    at::Tensor answers; // hidden states, or predicted ratings (T)
    model::Context context;
    context.maps = &layers;
    answers = model.model().forward(model::PackedBatch(batch), context);

    AttentionMap map;
    map.layers = static_cast<std::int64_t>(layers.size());
    map.heads = model.config().heads;
    map.length = batch.tokens();
    for (const auto& layer : layers) {
        const auto dense = layer.to(at::kFloat).contiguous(); // (h, L, L)
        map.weights.insert(
            map.weights.end(), dense.data_ptr<float>(), dense.data_ptr<float>() + dense.numel());
    }
    map.queries = labelsOf(model.dataset(), batch);
    map.keys = map.queries;
    if (ratings) { // key i is the event before query i, key 0 the learned start
        std::rotate(map.keys.begin(), map.keys.end() - 1, map.keys.end());
        map.keys.front() = {"", "(start)", 0};
    }
    if (ratings && user.value >= 0)
        map.rating = {
            answers.select(0, batch.tokens() - 1).item<double>(),
            static_cast<double>(batch.values.back())};
    map.about = about;
    return map;
}

Result<HeadMatrix> headMatrix(const AttentionMap& map, HeadChoice choice)
{
    if (choice.layer < 0 || choice.layer >= map.layers)
        return wrongUse(
            say("no layer %1", choice.layer + 1), {},
            say("The model has layers 1 to %1", map.layers));
    if (choice.head < -1 || choice.head >= map.heads)
        return wrongUse(
            say("no head %1", choice.head + 1), {},
            say("The model has heads 1 to %1; mean is their mean", map.heads));
    HeadMatrix matrix{map.length, {}, "layer " + std::to_string(choice.layer + 1)};
    matrix.name +=
        choice.head < 0 ? ", mean of heads" : ", head " + std::to_string(choice.head + 1);
    for (std::int64_t q = 0; q < map.length; ++q) {
        for (std::int64_t k = 0; k < map.length; ++k) {
            float sum = 0;
            for (std::int64_t h = 0; choice.head < 0 && h < map.heads; ++h)
                sum += map.at(choice.layer, h, q, k) / static_cast<float>(map.heads);
            matrix.weights.push_back(
                choice.head < 0 ? sum : map.at(choice.layer, choice.head, q, k));
        }
    }
    return matrix;
}

std::vector<HeadChoice> allHeads(const AttentionMap& map)
{
    std::vector<HeadChoice> choices;
    for (std::int64_t layer = 0; layer < map.layers; ++layer) {
        for (std::int64_t head = 0; head < map.heads; ++head)
            choices.push_back({layer, head});
    }
    return choices;
}

Result<std::string> toCsv(
    const AttentionMap& map, const std::string& user, const std::vector<HeadChoice>& choices)
{
    std::string csv = "user,layer,head,query_position,key_position,query_item,key_item,query_title,"
                      "key_title,weight\n";
    for (const auto& choice : choices) {
        FOVEA_ASSIGN(const auto matrix, headMatrix(map, choice));
        const auto start = base::csvField(user) + ',' + std::to_string(choice.layer + 1) + ','
            + headName(choice) + ',';
        for (std::int64_t q = 0; q < map.length; ++q) {
            const auto& query = map.queries[static_cast<std::size_t>(q)];
            for (std::int64_t k = 0; k <= q; ++k) {
                const auto& key = map.keys[static_cast<std::size_t>(k)];
                csv += start + std::to_string(query.position) + ',' + std::to_string(key.position)
                    + ',' + base::csvField(query.id) + ',' + base::csvField(key.id) + ','
                    + base::csvField(query.title) + ',' + base::csvField(key.title) + ','
                    + base::toText(matrix.weights[static_cast<std::size_t>(q * map.length + k)])
                    + '\n';
            }
        }
    }
    return csv;
}

Result<std::string> toJson(
    const AttentionMap& map, const std::string& user, const std::vector<HeadChoice>& choices)
{
    io::Json maps = io::Json::array();
    for (const auto& choice : choices) {
        FOVEA_ASSIGN(const auto matrix, headMatrix(map, choice));
        io::Json rows = io::Json::array();
        for (auto at = matrix.weights.begin(); at != matrix.weights.end(); at += map.length)
            rows.push_back(std::vector<float>(at, at + map.length));
        maps.push_back(
            {{"layer", choice.layer + 1}, {"head", headName(choice)}, {"weights", rows}});
    }
    io::Json json = {{"about", map.about},          {"user", user},
                     {"layers", map.layers},        {"heads", map.heads},
                     {"length", map.length},        {"queries", labelsJson(map.queries)},
                     {"keys", labelsJson(map.keys)}};
    if (map.rating)
        json["rating"] = {{"predicted", map.rating->predicted}, {"given", map.rating->given}};
    json["maps"] = maps;
    return io::toLine(json) + "\n";
}

} // namespace fovea::explain

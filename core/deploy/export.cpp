#include "core/deploy/export.h"

#include "core/base/text.h"
#include "core/io/file.h"
#include "core/model/model_torch.h"
#include "core/train/parameters.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <functional>

namespace fovea::deploy {

// One file each.
extern const Format kSafetensors;
extern const Format kTorchScript;

std::span<const Format> formats()
{
    static const std::array<Format, 2> table = {kSafetensors, kTorchScript};
    return table;
}

const Format* findFormat(std::string_view name)
{
    const auto table = formats();
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const auto& f) { return f.name == name; });
    return found == table.end() ? nullptr : &*found;
}

namespace {

io::Json configOf(const train::RunFolder& run, const train::TrainedModel& model)
{
    const auto& dataset = model.dataset();
    const auto shape = model::shapeOf(dataset);
    return {
        {"format", "fovea"},
        {"schema", 1},
        {"fovea", FOVEA_VERSION},
        {"model", model.config().model},
        {"task", model::taskName(model.model().task())},
        {"items", dataset.itemCount()},
        {"users", dataset.userCount()},
        {"mean_value", shape.meanValue},
        {"lowest_value", shape.lowestValue},
        {"highest_value", shape.highestValue},
        {"parameters", train::toJson(model.config())},
        {"data_fingerprint", run.record().dataFingerprint}};
}

io::Json metricsOf(const train::RunFolder& run, const train::TrainedModel& model)
{
    return {
        {"split", "validation"},
        {"epoch", run.record().best.epoch},
        {"metrics", run.record().best.metrics},
        {"protocol", eval::protocolText(model.model().task(), data::Part::Valid)},
        {"seed", model.config().seed},
        {"fovea", FOVEA_VERSION}};
}

std::string usersCsv(const data::Dataset& dataset)
{
    std::string csv = "row,id\n0,\n"; // row 0 stands for a user that is not known
    for (std::int32_t u = 0; u < dataset.userCount(); ++u)
        csv += std::to_string(u + 1) + ',' + base::csvField(dataset.userId({u})) + '\n';
    return csv;
}

Example exampleFor(const train::TrainedModel& model)
{
    const auto item = [&](std::int32_t wanted) {
        return std::to_string(std::min(wanted, model.dataset().itemCount()));
    };
    const bool isRatings = model.model().task() == model::Task::Ratings;
    std::vector<std::string> items = {"0", "0", item(12), item(7)};
    std::vector<std::string> ratings = {"0.0", "0.0", "4.0", "5.0"};
    const auto length = std::min(std::ssize(items), std::ptrdiff_t{model.config().maxLength});
    items.erase(items.begin(), items.end() - length);
    ratings.erase(ratings.begin(), ratings.end() - length);
    return {isRatings, base::join(items, ", "), base::join(ratings, ", "), item(3)};
}

std::string nextItemText(const std::string& maxLength)
{
    return "Input: int64 [B, L], item indices in time order, padded with 0 on the left, any L from "
           "1 to "
        + maxLength
        + "; a row holds at least one item. Output: float [B, items + 1], one score an item; "
          "column 0 is -infinity. Items of the history are scored too: leave them out "
          "yourself.\n\n";
}

std::string ratingsText(const std::string& maxLength, bool knowsUsers)
{
    return "Input: `items` int64 [B, L], `ratings` float [B, L], `target` int64 [B]; histories in "
           "time order, padded with 0 on the left, any L from 1 to "
        + maxLength
        + " (all zeros for an empty history); of the longest the first event does not count, "
          "since the target takes a place. Output: float [B], the predicted rating, not clipped."
        + (knowsUsers ? " An optional fourth input `user` int64 [B] takes rows of `users.csv` and "
                        "adds the user's bias."
                      : "")
        + "\n\n";
}

bool knowsUsers(const train::TrainedModel& model)
{
    return model.model().parameters().find("user_bias").defined();
}

std::string readme(const train::TrainedModel& model, const Format& format)
{
    std::string text = "# A model trained with Fovea\n\nModel `" + model.config().model
        + "`, which predicts " + std::string(model::taskName(model.model().task())) + ".\n\n";
    text += "- `config.json`: its parameters and sizes\n- `items.csv`: index, id, title and "
            "category of each item; "
            "index 0 is PAD\n- `metrics.json`: what it reached on validation, and by which "
            "protocol\n";
    if (knowsUsers(model))
        text += "- `users.csv`: the row of each user's bias; row 0 is a user that is not known\n";
    const auto maxLength = std::to_string(model.config().maxLength);
    const bool isRatings = model.model().task() == model::Task::Ratings;
    text +=
        "\n" + (isRatings ? ratingsText(maxLength, knowsUsers(model)) : nextItemText(maxLength));
    return text + format.loading(exampleFor(model));
}

} // namespace

Status exportModel(
    const train::RunFolder& run, const train::TrainedModel& model, const Format& format,
    const std::filesystem::path& target, bool replace, base::Progress& progress,
    std::stop_token stop)
{
    FOVEA_ASSIGN(auto staged, io::StagedFolder::create(target, replace ? "config.json" : ""));
    const auto& folder = staged.path();
    std::vector<std::function<Status()>> files = {
        [&] { return format.write(model, folder); },
        [&] { return io::writeJson(folder / "config.json", configOf(run, model)); },
        [&] { return io::replaceFile(folder / "items.csv", data::itemsCsv(model.dataset())); },
        [&] { return io::writeJson(folder / "metrics.json", metricsOf(run, model)); },
        [&] { return io::replaceFile(folder / "README.md", readme(model, format)); }};
    if (knowsUsers(model))
        files.emplace_back(
            [&] { return io::replaceFile(folder / "users.csv", usersCsv(model.dataset())); });
    const auto count = static_cast<std::int64_t>(files.size());
    for (std::int64_t i = 0; i < count; ++i) {
        if (stop.stop_requested())
            return interrupted("the export was stopped");
        FOVEA_TRY(files[static_cast<std::size_t>(i)]());
        progress.report({"export", i + 1, count, "files", {}});
    }
    return staged.publish();
}

} // namespace fovea::deploy

#include "core/train/checkpoint_torch.h"

#include "core/base/text.h"
#include "core/device/tensor_view_torch.h"
#include "core/io/json.h"

#include <nlohmann/json.hpp>

#include <cstring>

namespace fovea::train {

namespace {

constexpr int kSchema = 1;

io::Json toJson(const Progression& p)
{
    return {
        {"epoch", p.epoch},
        {"step_in_epoch", p.stepInEpoch},
        {"step", p.step},
        {"loss_sum", p.lossSum},
        {"loss_targets", p.lossTargets},
        {"epochs_since_best", p.epochsSinceBest},
        {"best_metric", p.bestMetric},
        {"best_epoch", p.bestEpoch},
        {"metrics_bytes", p.metricsBytes},
        {"seconds", p.seconds}};
}

Progression progressionOf(const io::Json& j)
{
    return {j.at("epoch"),       j.at("step_in_epoch"), j.at("step"),
            j.at("loss_sum"),    j.at("loss_targets"),  j.at("epochs_since_best"),
            j.at("best_metric"), j.at("best_epoch"),    j.at("metrics_bytes"),
            j.at("seconds")};
}

// As the JSON object that the other files of a run are.
io::Json schemaOf(const io::TensorFile& tensors)
{
    const auto found = tensors.metadata().find("schema");
    const auto number =
        found == tensors.metadata().end() ? std::nullopt : base::parseInteger(found->second);
    return number ? io::Json{{"schema", *number}} : io::Json::object();
}

Error mismatch(const std::string& name, const std::filesystem::path& file)
{
    return badInput(
        say("the checkpoint has no '%1' of the model's shape", name), file.string(),
        "It belongs to another configuration, or is damaged");
}

// Copies the tensor of that name in the file into `target`, which has the right shape already.
Status copyInto(
    const io::TensorFile& tensors, const std::string& name, const at::Tensor& target,
    const std::filesystem::path& file)
{
    const auto* found = tensors.find(name);
    const auto wanted = device::viewOf(name, target);
    if (!found || found->type != wanted.type || found->shape != wanted.shape)
        return mismatch(name, file);
    std::memcpy(target.data_ptr(), found->bytes.data(), found->bytes.size());
    return success();
}

} // namespace

std::string checkpointBytes(
    const model::Model& model, const Optimiser* optimiser, const Progression& progression)
{
    std::vector<io::TensorView> views;
    const auto& parameters = model.parameters().all();
    for (const auto& [name, tensor] : parameters)
        views.push_back(device::viewOf("model/" + name, tensor));
    for (std::size_t i = 0; optimiser && i < parameters.size(); ++i) {
        views.push_back(
            device::viewOf("adam_m/" + parameters[i].first, optimiser->firstMoments()[i]));
        views.push_back(
            device::viewOf("adam_v/" + parameters[i].first, optimiser->secondMoments()[i]));
    }
    return io::tensorBytes(
        views, {{"schema", std::to_string(kSchema)}, {"state", io::toLine(toJson(progression))}});
}

Result<Progression> loadCheckpoint(
    const std::filesystem::path& file, const model::Model& model, Optimiser* optimiser)
{
    const at::NoGradGuard noGrad;
    FOVEA_ASSIGN(const auto tensors, io::TensorFile::read(file));
    FOVEA_TRY(tensors.needChecksum());
    const auto state = tensors.metadata().find("state");
    if (state == tensors.metadata().end())
        return badInput("this is no checkpoint: it has no state", file.string());
    FOVEA_TRY(io::checkSchema(schemaOf(tensors), kSchema, file.string()));
    FOVEA_ASSIGN(const auto json, io::parseJson(state->second, file.string()));
    const auto& parameters = model.parameters().all();
    for (const auto& [name, tensor] : parameters)
        FOVEA_TRY(copyInto(tensors, "model/" + name, tensor, file));
    try {
        const auto progression = progressionOf(json);
        if (!optimiser)
            return progression;
        std::vector<at::Tensor> first;
        std::vector<at::Tensor> second;
        for (const auto& [name, tensor] : parameters) {
            first.push_back(at::zeros_like(tensor));
            second.push_back(at::zeros_like(tensor));
            FOVEA_TRY(copyInto(tensors, "adam_m/" + name, first.back(), file));
            FOVEA_TRY(copyInto(tensors, "adam_v/" + name, second.back(), file));
        }
        optimiser->restore(std::move(first), std::move(second), progression.step);
        return progression;
    } catch (const io::Json::exception&) {
        return badInput("the checkpoint's state lacks a field", file.string());
    }
}

} // namespace fovea::train

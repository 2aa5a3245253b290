#include "core/train/checkpoint_torch.h"

#include "core/device/tensor_view_torch.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace fovea::train {

namespace {

constexpr const char* kDamaged = "It belongs to another configuration, or is damaged";

// A tensor of a checkpoint, and where its numbers go.
struct Slot {
    std::string name;
    at::Tensor tensor;
    bool mayBeNegative = true;
};

struct Slots {
    std::vector<Slot> wanted;
    std::vector<std::string> allowed; // what a checkpoint may have besides
};

Slots slotsOf(
    const model::ParameterSet& parameters, const std::vector<at::Tensor>& first,
    const std::vector<at::Tensor>& second)
{
    Slots slots;
    const auto& all = parameters.all();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& [name, tensor] = all[i];
        slots.wanted.push_back({"model/" + name, tensor});
        if (first.empty()) {
            slots.allowed.push_back("adam_m/" + name);
            slots.allowed.push_back("adam_v/" + name);
        } else {
            slots.wanted.push_back({"adam_m/" + name, first[i]});
            slots.wanted.push_back({"adam_v/" + name, second[i], false});
        }
    }
    return slots;
}

Status checkNames(
    const io::TensorFile& tensors, const Slots& slots, const std::filesystem::path& file)
{
    const auto isKnown = [&](const std::string& name) {
        return std::any_of(
                   slots.wanted.begin(), slots.wanted.end(),
                   [&](const auto& slot) { return slot.name == name; })
            || std::find(slots.allowed.begin(), slots.allowed.end(), name) != slots.allowed.end();
    };
    for (const auto& tensor : tensors.tensors()) {
        if (!isKnown(tensor.name))
            return badInput(
                say("the checkpoint has '%1', which the model has not", tensor.name), file.string(),
                kDamaged);
    }
    return success();
}

template <typename T> bool areRight(const Slot& slot)
{
    const auto* numbers = slot.tensor.const_data_ptr<T>();
    return std::all_of(numbers, numbers + slot.tensor.numel(), [&](T x) {
        return std::isfinite(x) && (slot.mayBeNegative || x >= 0);
    });
}

// Copies the tensor of that name in the file to where it goes, which has the right shape already.
Status fill(const Slot& slot, const io::TensorFile& tensors, const std::filesystem::path& file)
{
    const auto* found = tensors.find(slot.name);
    const auto wanted = device::viewOf(slot.name, slot.tensor);
    if (!found || found->type != wanted.type || found->shape != wanted.shape)
        return badInput(
            say("the checkpoint has no '%1' of the model's shape", slot.name), file.string(),
            kDamaged);
    std::memcpy(slot.tensor.data_ptr(), found->bytes.data(), found->bytes.size());
    const bool right =
        slot.tensor.scalar_type() == at::kDouble ? areRight<double>(slot) : areRight<float>(slot);
    if (right)
        return success();
    return badInput(
        say("'%1' in the checkpoint has numbers that it cannot have", slot.name), file.string(),
        "Weights are finite, and squares not negative. Take an earlier checkpoint");
}

} // namespace

Status checkSize(const std::filesystem::path& file, std::int64_t parameters)
{
    std::error_code code;
    const auto bytes = std::filesystem::file_size(file, code);
    const auto weights = static_cast<std::uintmax_t>(parameters) * sizeof(float);
    constexpr std::uintmax_t kHeader = 16 << 20; // names, shapes and metadata at most
    const bool fits = bytes <= 6 * weights + kHeader && weights <= 2 * bytes + kHeader;
    if (code || fits)
        return success(); // reading says what is wrong with one that is not there
    return badInput(
        say("the checkpoint has %1 bytes, and the model of this run %2 numbers", bytes, parameters),
        file.string(), kDamaged);
}

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
    return io::tensorBytes(views, metadataOf(progression));
}

Result<Progression> loadCheckpoint(
    const std::filesystem::path& file, const model::Model& model, Optimiser* optimiser)
{
    const at::NoGradGuard noGrad;
    FOVEA_TRY(checkSize(file, model.parameters().count()));
    FOVEA_ASSIGN(const auto tensors, io::TensorFile::read(file));
    FOVEA_TRY(tensors.needChecksum());
    FOVEA_ASSIGN(const auto progression, progressionFrom(tensors.metadata(), file.string()));
    std::vector<at::Tensor> first;
    std::vector<at::Tensor> second;
    for (std::size_t i = 0; optimiser && i < model.parameters().all().size(); ++i) {
        first.push_back(at::empty_like(model.parameters().all()[i].second));
        second.push_back(at::empty_like(first.back()));
    }
    const auto slots = slotsOf(model.parameters(), first, second);
    FOVEA_TRY(checkNames(tensors, slots, file));
    for (const auto& slot : slots.wanted)
        FOVEA_TRY(fill(slot, tensors, file));
    if (optimiser)
        optimiser->restore(std::move(first), std::move(second), progression.updates);
    return progression;
}

} // namespace fovea::train

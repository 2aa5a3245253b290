#include "core/deploy/export.h"
#include "core/io/safetensors.h"
#include "core/model/model_torch.h"

namespace fovea::deploy {

namespace {

Status write(const train::TrainedModel& model, const std::filesystem::path& folder)
{
    std::vector<io::TensorView> views;
    for (const auto& [name, tensor] : model.model().parameters().all()) {
        const auto bytes = static_cast<std::size_t>(tensor.numel()) * tensor.element_size();
        views.push_back(
            {name,
             io::ElementType::F32,
             tensor.sizes().vec(),
             {static_cast<const char*>(tensor.data_ptr()), bytes}});
    }
    return io::writeTensors(folder / "model.safetensors", views, {{"format", "pt"}});
}

constexpr std::string_view kLoading = R"(## Loading

`model.safetensors` holds the weights alone; `config.json` says how they are put together.

Python:

    from safetensors.torch import load_file
    weights = load_file("model.safetensors")      # {"items.weight": tensor, ...}

C++: the file is a little-endian 64-bit length, that many bytes of JSON that name each tensor with its type,
shape and offsets, then the numbers. Any safetensors reader loads it.
)";

} // namespace

extern const Format kSafetensors;
const Format kSafetensors = {
    "safetensors", "the weights as safetensors, with their configuration", write, kLoading};

} // namespace fovea::deploy

#include "core/deploy/export.h"
#include "core/device/tensor_view_torch.h"
#include "core/model/model_torch.h"

namespace fovea::deploy {

namespace {

Status write(const train::TrainedModel& model, const std::filesystem::path& folder)
{
    std::vector<io::TensorView> views;
    for (const auto& [name, tensor] : model.model().parameters().all())
        views.push_back(device::viewOf(name, tensor));
    return io::writeTensors(folder / "model.safetensors", views, {{"format", "pt"}});
}

constexpr std::string_view kLoading = R"(## Loading

`model.safetensors` holds the weights alone; `config.json` says how they are put together.

Python:

    from safetensors.torch import load_file
    weights = load_file("model.safetensors")      # {"items.weight": tensor, ...}

C++, with LibTorch and any reader of JSON:

    std::ifstream file("model.safetensors", std::ios::binary);
    std::uint64_t size;                            // of the header, little-endian
    file.read(reinterpret_cast<char*>(&size), 8);
    std::string header(size, ' ');
    file.read(header.data(), size);                // {"items.weight": {"dtype": "F32", "shape": [..],
    std::string numbers(std::istreambuf_iterator<char>(file), {});   //  "data_offsets": [begin, end]}, ..}
    auto weight = torch::from_blob(numbers.data() + begin, shape, torch::kFloat32).clone();
)";

} // namespace

extern const Format kSafetensors;
const Format kSafetensors = {
    "safetensors", "the weights as safetensors, with their configuration", write, kLoading};

} // namespace fovea::deploy

#include "core/deploy/export.h"
#include "core/deploy/python_model.h"
#include "core/device/tensor_view_torch.h"
#include "core/io/file.h"
#include "core/model/model_torch.h"

namespace fovea::deploy {

namespace {

Status write(const train::TrainedModel& model, const std::filesystem::path& folder)
{
    std::vector<io::TensorView> views;
    for (const auto& [name, tensor] : model.model().parameters().all())
        views.push_back(device::viewOf(name, tensor));
    FOVEA_TRY(io::replaceFile(folder / "model.py", kPythonModel));
    return io::writeTensors(folder / "model.safetensors", views, {{"format", "pt"}});
}

constexpr std::string_view kLoading = R"(## Loading

`model.safetensors` holds the weights; `model.py` says in PyTorch how they are put together, and computes the
scores.

Python, with torch and safetensors:

    import model
    m = model.load(".")
    scores = m.next_item([12, 7])                        # next item: the indices of items.csv
    rating = m.rating([12, 7], [4.0, 5.0], 3, user=0)    # ratings

The weights alone: `safetensors.torch.load_file("model.safetensors")`.

C++, with LibTorch and a reader of JSON (here nlohmann's), the weights by name; what is computed with them stands
in model.py, and the export `torchscript` computes it by itself:

    std::ifstream file("model.safetensors", std::ios::binary);
    std::uint64_t size;                                  // of the header, little-endian
    file.read(reinterpret_cast<char*>(&size), 8);
    std::string header(size, ' ');
    file.read(header.data(), size);
    std::string numbers(std::istreambuf_iterator<char>(file), {});
    std::map<std::string, torch::Tensor> weights;
    for (const auto& [name, about] : nlohmann::json::parse(header).items()) {
        if (name == "__metadata__")
            continue;
        const auto shape = about["shape"].get<std::vector<int64_t>>();
        char* begin = numbers.data() + about["data_offsets"][0].get<size_t>();
        weights[name] = torch::from_blob(begin, shape, torch::kFloat32).clone();
    }
)";

} // namespace

extern const Format kSafetensors;
const Format kSafetensors = {
    "safetensors", "the weights as safetensors, with their configuration", write, kLoading};

} // namespace fovea::deploy

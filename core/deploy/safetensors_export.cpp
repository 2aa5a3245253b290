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

std::string loading(const Example& example)
{
    const std::string call = example.isRatings
        ? "rating = m.rating(torch.tensor([[" + example.items + "]]), torch.tensor([["
            + example.ratings + "]]), torch.tensor([" + example.target + "]))"
        : "scores = m.next_item(torch.tensor([[" + example.items + "]]))";
    return R"(## Loading

`model.safetensors` holds the weights; `model.py` says in PyTorch how they are put together, and computes the
scores.

Python, with torch and safetensors:

    import torch
    import model
    m = model.load(".")
    )" + call
        + R"(

The weights alone:

    from safetensors.torch import load_file
    weights = load_file("model.safetensors")

C++, with LibTorch and a reader of JSON (here nlohmann's), the weights by name; what is computed with them stands
in model.py, and the export `torchscript` computes it by itself:

    #include <fstream>
    #include <iterator>
    #include <map>
    #include <nlohmann/json.hpp>
    #include <torch/torch.h>

    std::map<std::string, torch::Tensor> weightsOf(const std::string& name)
    {
        std::ifstream file(name, std::ios::binary);
        std::uint64_t size = 0; // of the header, little-endian
        file.read(reinterpret_cast<char*>(&size), 8);
        std::string header(size, ' ');
        file.read(header.data(), static_cast<std::streamsize>(size));
        std::string numbers(std::istreambuf_iterator<char>(file), {});
        const nlohmann::json entries = nlohmann::json::parse(header); // outlives the loop
        std::map<std::string, torch::Tensor> weights;
        for (const auto& [key, about] : entries.items()) {
            if (key == "__metadata__")
                continue;
            const auto shape = about["shape"].get<std::vector<int64_t>>();
            char* const begin = numbers.data() + about["data_offsets"][0].get<std::size_t>();
            weights[key] = torch::from_blob(begin, shape, torch::kFloat32).clone();
        }
        return weights;
    }
)";
}

} // namespace

extern const Format kSafetensors;
const Format kSafetensors = {
    "safetensors", "the weights as safetensors, with their configuration", write, loading};

} // namespace fovea::deploy

#include "core/deploy/export.h"
#include "core/io/file.h"
#include "core/model/model_torch.h"

#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/export.h>

#include <algorithm>
#include <sstream>

namespace fovea::deploy {

namespace {

// Attributes of a script module have no dots.
std::string attributeName(std::string name)
{
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

Status write(const train::TrainedModel& model, const std::filesystem::path& folder)
{
    try {
        torch::jit::Module module("FoveaModel");
        for (const auto& [name, tensor] : model.model().parameters().all())
            module.register_parameter(
                attributeName(name), tensor.detach().clone(), /*is_buffer=*/false);
        module.define(model.model().script().source);
        module.eval();
        std::ostringstream bytes;
        module.save(bytes);
        return io::replaceFile(folder / "model.pt", bytes.str());
    } catch (const std::exception& error) {
        return failure(
            say("LibTorch could not write the script module: %1", std::string(error.what())));
    }
}

constexpr std::string_view kLoading = R"(## Loading

`model.pt` is a TorchScript module; it needs nothing of Fovea.

Python:

    import torch
    model = torch.jit.load("model.pt")
    scores = model(torch.tensor([[0, 0, 12, 7]]))     # next item: the indices of items.csv
    rating = model(torch.tensor([[12, 7]]), torch.tensor([[4.0, 5.0]]), torch.tensor([3]))    # ratings

C++:

    #include <torch/script.h>
    auto model = torch::jit::load("model.pt");
    auto scores = model.forward({torch::tensor({{0, 0, 12, 7}}, torch::kLong)}).toTensor();
    auto rating = model.forward({torch::tensor({{12, 7}}, torch::kLong), torch::tensor({{4.0f, 5.0f}}),
                                 torch::tensor({3}, torch::kLong)}).toTensor();
)";

} // namespace

extern const Format kTorchScript;
const Format kTorchScript = {
    "torchscript", "a TorchScript module that computes the scores by itself", write, kLoading};

} // namespace fovea::deploy

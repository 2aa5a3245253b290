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

std::string pythonCall(const Example& example)
{
    const auto items = "torch.tensor([[" + example.items + "]])";
    if (!example.isRatings)
        return "scores = model(" + items + ")\n";
    return "rating = model(" + items + ", torch.tensor([[" + example.ratings + "]]), torch.tensor(["
        + example.target + "]))\n";
}

std::string cppCall(const Example& example)
{
    std::string text = "const auto items = torch::tensor(std::vector<int64_t>{" + example.items
        + "}).view({1, -1});\n";
    if (!example.isRatings)
        return text + "    const auto scores = model.forward({items}).toTensor();\n";
    text += "    const auto ratings = torch::tensor(std::vector<float>{" + example.ratings
        + "}).view({1, -1});\n    const auto target = torch::tensor(std::vector<int64_t>{"
        + example.target + "});\n";
    return text + "    const auto rating = model.forward({items, ratings, target}).toTensor();\n";
}

std::string loading(const Example& example)
{
    return R"(## Loading

`model.pt` is a TorchScript module; it needs nothing of Fovea.

Python:

    import torch
    model = torch.jit.load("model.pt")
    )" + pythonCall(example)
        + R"(
C++:

    #include <torch/script.h>

    torch::jit::Module model = torch::jit::load("model.pt");
    )" + cppCall(example);
}

} // namespace

extern const Format kTorchScript;
const Format kTorchScript = {
    "torchscript", "a TorchScript module that computes the scores by itself", write, loading};

} // namespace fovea::deploy

// Loads an export in a process of its own and compares its scores with those of the app:
//   check_export FOLDER CASES.json      prints the largest difference
// A case of next item: {"items": [...], "length": L, "scores": [items + 1, PAD as null]}; of
// ratings:
// {"items", "ratings", "length", "target", "user", "score"}. `length` is L with the zeros on the
// left, `user` a row of users.csv, 0 for nobody.
#include "core/io/json.h"
#include "core/io/safetensors.h"
#include "core/model/model_torch.h"
#include "core/train/parameters.h"

#include <nlohmann/json.hpp>
#include <torch/script.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <iostream>

namespace {

using namespace fovea;

using Scorer = std::function<std::vector<double>(const io::Json& oneCase)>;

std::vector<double> numbers(const at::Tensor& tensor)
{
    const auto values = tensor.detach().to(at::kDouble).contiguous().view({-1});
    return {values.data_ptr<double>(), values.data_ptr<double>() + values.numel()};
}

Scorer scriptScorer(const std::string& file)
{
    return [module = torch::jit::load(file)](const io::Json& c) mutable {
        const auto items = c.at("items").get<std::vector<std::int64_t>>();
        const auto length = c.at("length").get<std::int64_t>();
        const auto begin = length - static_cast<std::int64_t>(items.size());
        auto padded = at::zeros({1, length}, at::kLong);
        for (std::size_t i = 0; i < items.size(); ++i)
            padded[0][begin + static_cast<std::int64_t>(i)] = items[i];
        if (!c.contains("target"))
            return numbers(module.forward({padded}).toTensor());
        const auto ratings = c.at("ratings").get<std::vector<float>>();
        auto given = at::zeros({1, length});
        for (std::size_t i = 0; i < items.size(); ++i)
            given[0][begin + static_cast<std::int64_t>(i)] = ratings[i];
        const auto target = at::tensor({c.at("target").get<std::int64_t>()}, at::kLong);
        const auto user = at::tensor({c.at("user").get<std::int64_t>()}, at::kLong);
        return numbers(module.forward({padded, given, target, user}).toTensor());
    };
}

// The model put together from config.json alone, its weights from the file.
std::shared_ptr<model::Model> rebuilt(const std::string& folder, const io::Json& config)
{
    const auto parameters = train::fromJson(config.at("parameters"), "config.json");
    const model::Shape shape{
        config.at("items"), config.at("users"), config.at("mean_value"), config.at("lowest_value"),
        config.at("highest_value")};
    std::shared_ptr<model::Model> model = model::makeModel(*train::resolved(*parameters), shape);
    const auto weights = io::TensorFile::read(folder + "/model.safetensors");
    for (const auto& [name, tensor] : model->parameters().all()) {
        const auto* stored = weights->find(name);
        if (!stored || stored->shape != tensor.sizes().vec())
            throw std::runtime_error("no '" + name + "' of the right shape");
        std::memcpy(tensor.data_ptr(), stored->bytes.data(), stored->bytes.size());
    }
    return model;
}

Scorer weightsScorer(const std::string& folder, const io::Json& config)
{
    const auto maxLength = config.at("parameters").at("max_length").get<std::int64_t>();
    return [model = rebuilt(folder, config), maxLength](const io::Json& c) {
        auto items = c.at("items").get<std::vector<std::int32_t>>();
        std::vector<float> ratings;
        if (c.contains("target")) {
            ratings = c.at("ratings").get<std::vector<float>>();
            items.push_back(c.at("target"));
            ratings.push_back(0);
        }
        auto batch = data::singleHistory(items, ratings, maxLength);
        if (c.contains("user"))
            batch.users = {c.at("user").get<std::int32_t>() - 1};
        const model::PackedBatch packed(batch);
        const auto last = model->forward(packed, {}).index_select(0, packed.lasts);
        return numbers(ratings.empty() ? at::mm(last, model->itemVectors().t()) : last);
    };
}

double largestDifference(const Scorer& scores, const io::Json& cases, bool isScript)
{
    double worst = 0;
    for (const auto& c : cases) {
        const auto found = scores(c);
        if (c.contains("score")) {
            worst = std::max(worst, std::abs(found.at(0) - c.at("score").get<double>()));
            continue;
        }
        const auto& expected = c.at("scores");
        if (found.size() != expected.size())
            throw std::runtime_error("another number of scores");
        if (isScript && found[0] != -INFINITY)
            throw std::runtime_error("PAD can be recommended");
        for (std::size_t i = 1; i < found.size(); ++i) // 0 is PAD
            worst = std::max(worst, std::abs(found[i] - expected[i].get<double>()));
    }
    return worst;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        const std::string folder = argc > 2 ? argv[1] : throw std::runtime_error("FOLDER CASES");
        const at::NoGradGuard noGrad;
        const auto config = io::readJson(folder + "/config.json").take();
        const auto cases = io::readJson(argv[2]).take();
        const bool isScript = std::filesystem::exists(folder + "/model.pt");
        const auto scores =
            isScript ? scriptScorer(folder + "/model.pt") : weightsScorer(folder, config);
        std::cout << largestDifference(scores, cases, isScript) << '\n';
        return 0;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}

// The seam behind which every model stands. All of it lives on the compute thread.
#pragma once

#include "core/base/random.h"
#include "core/data/batch.h"
#include "core/device/tensor_torch.h"
#include "core/model/kinds.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace fovea::train {
struct RunConfig;
}

namespace fovea::model {

// What the random draws of one pass are keyed by; with user and position from the batch.
struct Draws {
    std::uint64_t seed = 0;
    std::uint32_t epoch = 0;
};

// What the parameters that are drawn begin with.
enum class Beginning {
    Drawn,
    Unset, // whatever the memory holds, for those that are read from a file next
};

// Named tensors in the order in which they were made; the optimiser and files go by it.
class ParameterSet {
public:
    ParameterSet(std::uint64_t seed, const at::TensorOptions& options, Beginning beginning)
        : m_seed(seed)
        , m_options(options)
        , m_beginning(beginning)
    { }

    // Normal draws with this standard deviation, from a stream of the name's own.
    at::Tensor normal(const std::string& name, at::IntArrayRef shape, double deviation);
    // Glorot and Bengio 2010: deviation sqrt(2 / (rows + columns)).
    at::Tensor glorot(const std::string& name, std::int64_t rows, std::int64_t columns);
    at::Tensor filled(const std::string& name, at::IntArrayRef shape, double value);

    const std::vector<std::pair<std::string, at::Tensor>>& all() const { return m_all; }
    std::vector<at::Tensor> tensors() const;
    std::int64_t count() const; // numbers in all of them
    at::Tensor find(const std::string& name) const;

private:
    at::Tensor add(const std::string& name, at::Tensor tensor);
    std::uint64_t m_seed;
    at::TensorOptions m_options;
    Beginning m_beginning;
    std::vector<std::pair<std::string, at::Tensor>> m_all;
};

// A batch as tensors, with what is derived from it once.
struct PackedBatch {
    explicit PackedBatch(const data::Batch& batch);

    const data::Batch& host;
    std::shared_ptr<const std::vector<std::int64_t>> offsets; // (B + 1)
    std::shared_ptr<const std::vector<std::int32_t>> places; // (T) index in the user's history
    at::Tensor items; // (T) int64
    at::Tensor recency; // (T) int64, 0 = last of its sequence
    at::Tensor users; // (T) int64, -1 = nobody
    at::Tensor lasts; // (B) int64, the last position of each sequence
};

struct Context {
    bool training = false;
    double attentionDropout = 0;
    double hiddenDropout = 0;
    Draws draws;
    // Where to put the attention weights of each layer, (heads, L, L) of a single sequence; then
    // the plain path runs. Null = not wanted.
    std::vector<at::Tensor>* maps = nullptr;
    // Multiplies the output of each head of each layer, (layers, heads); undefined = all ones.
    at::Tensor headGates;
};

// How the same numbers are computed: by our own kernels, or by LibTorch's plain operations, so that
// anybody can check a result.
enum class Engine { Packed, Reference };
Engine engineOf(const train::RunConfig& config);

// What a model is made for.
struct Shape {
    std::int64_t items = 0; // without PAD
    std::int64_t users = 0;
    double meanValue = 0; // ratings of the training part
    float lowestValue = 0;
    float highestValue = 0;

    // Half the scale, by which ratings are made small.
    double halfScale() const
    {
        return std::max(1.0, 0.5 * (static_cast<double>(highestValue) - lowestValue));
    }
};

// The source of a TorchScript module: methods over the model's parameters, which are attributes
// with dots turned into underscores.
struct Script {
    std::string source;
};

class Model {
public:
    virtual ~Model() = default;

    virtual Task task() const = 0;
    // Next item: hidden states (T, d), to be scored against itemVectors(). Ratings: predictions
    // (T).
    virtual at::Tensor forward(const PackedBatch& batch, const Context& context) const = 0;
    // What forward() gives at the last position of each sequence, (B, d) or (B), without training:
    // what recommendations and evaluations go by.
    virtual at::Tensor lasts(const PackedBatch& batch) const;
    // (items + 1, d); row 0 is PAD and is never scored. Undefined for ratings.
    virtual at::Tensor itemVectors() const = 0;
    virtual Script script() const = 0;

    const ParameterSet& parameters() const { return m_parameters; }

protected:
    explicit Model(ParameterSet parameters)
        : m_parameters(std::move(parameters))
    { }
    ParameterSet m_parameters;
};

// `config` is resolved. Parameters are float32 unless `options` say otherwise (gradient checks). On
// the device at::kMeta they are shapes without numbers and cost no memory.
std::unique_ptr<Model> makeModel(
    const train::RunConfig& config, const Shape& shape,
    const at::TensorOptions& options = at::kFloat, Beginning beginning = Beginning::Drawn);

Shape shapeOf(const data::Dataset& dataset);

} // namespace fovea::model

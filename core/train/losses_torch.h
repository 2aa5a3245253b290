// What losses compute, on the compute thread.
#pragma once

#include "core/model/model_torch.h"
#include "core/train/losses.h"

namespace fovea::train {

// Items that each user trained on, for negatives that must not be among them.
class TrainedItems {
public:
    explicit TrainedItems(const data::Dataset& dataset);
    bool contains(std::int32_t user, std::int32_t item) const;

private:
    std::vector<std::vector<std::int32_t>> m_sorted;
};

struct LossInput {
    const at::Tensor& output; // of the model's forward
    const at::Tensor& itemVectors; // (items + 1, d)
    const model::PackedBatch& batch;
    model::Draws draws;
    std::int64_t negatives = 1;
    const TrainedItems& trained;
    model::Engine engine = model::Engine::Packed;
};

struct LossFunction {
    at::Tensor (*mean)(const LossInput& input); // scalar, the mean over the batch's targets
};

} // namespace fovea::train

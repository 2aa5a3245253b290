// What losses compute, on the compute thread.
#pragma once

#include "core/model/model_torch.h"
#include "core/train/losses.h"

#include <algorithm>

namespace fovea::train {

// Items that each user trained on, for negatives that must not be among them: four bytes an event.
class TrainedItems {
public:
    TrainedItems() = default; // of nobody
    explicit TrainedItems(const data::Dataset& dataset);
    bool contains(std::int32_t user, std::int32_t item) const;

private:
    std::vector<std::int32_t> m_items; // sorted for each user
    std::vector<std::int64_t> m_offsets; // (users + 1)
};

struct LossInput {
    const at::Tensor& output; // of the model's forward
    const at::Tensor& itemVectors; // (items + 1, d)
    const model::PackedBatch& batch;
    model::Draws draws;
    std::int64_t negatives = 1;
    const TrainedItems& trained;
    model::Engine engine = model::Engine::Packed;
    bool touched = false; // the gradient of itemVectors is a sparse tensor of the rows that were
                          // read, where a loss does not read all
};

// Targets whose scores of all items the softmax holds at a time: with fewer the gradient of the
// items goes through memory too often, with more their scores do. 288 are equal pieces for 1, 2, 4
// and 8 threads.
inline std::int64_t softmaxRows(std::int64_t items)
{
    constexpr std::int64_t kNumbers = 8 << 20;
    return std::clamp<std::int64_t>(kNumbers / std::max<std::int64_t>(items, 1), 64, 288);
}

// A loss whose gradients are made beside it.
struct LossAndGradients {
    double loss = 0; // the weighted mean over the targets
    at::Tensor hidden; // (T, d)
    at::Tensor table; // (items + 1, d), or sparse; undefined where the loss has none
};
// The loss as a scalar with these gradients of the tensors that it was made of.
at::Tensor withGradients(
    const at::Tensor& hidden, const at::Tensor& table, const LossAndGradients& made);

// What each target counts in the mean: equal parts, or as its event weighs. They add up to 1, or
// are all 0 where no event of the batch weighs anything.
std::vector<double> sharesOf(const data::Batch& batch, std::size_t targets);
// Throws where a target is none of so many items: they come from files.
void needTargets(const data::Batch& batch, std::int64_t items);
at::Tensor meanOf(const at::Tensor& losses, const data::Batch& batch); // (T) to a scalar

struct LossFunction {
    at::Tensor (*mean)(
        const LossInput& input); // scalar, the weighted mean over the batch's targets
    bool draws = false; // negatives, for which it looks at what users trained on
};

} // namespace fovea::train

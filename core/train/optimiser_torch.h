// Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019) over all
// parameters in one fused pass, and clipping of the whole gradient's norm. Where a gradient is a
// sparse tensor of rows, the step is of those rows alone: the others keep weights and moments as
// they are, where Adam would let the moments decay and move the weights by what is left of them.
// Weight decay is of weights: matrices and tables of vectors, of a sparse gradient's rows when they
// are stepped. Compute thread.
#pragma once

#include "core/device/tensor_torch.h"

#include <optional>
#include <vector>

namespace fovea::train {

// What weight decay shrinks: weights alone, or biases, norms and means, too, which have one
// dimension.
enum class Decay { Weights, All };

class Optimiser {
public:
    explicit Optimiser(std::vector<at::Tensor> parameters, Decay decay = Decay::Weights);

    // Steps with the gradients that backward left, clipped to `clip` unless it is 0, and clears
    // them. Returns the gradient's norm before clipping. Nothing, and nothing is changed, where the
    // norm is not finite or the gradient's squares would be too large for the second moments.
    std::optional<double> step(double learningRate, double weightDecay, double clip);

    // The state, for checkpoints: first and second moments beside each parameter.
    const std::vector<at::Tensor>& firstMoments() const { return m_first; }
    const std::vector<at::Tensor>& secondMoments() const { return m_second; }
    std::int64_t steps() const { return m_steps; }
    void restore(std::vector<at::Tensor> first, std::vector<at::Tensor> second, std::int64_t steps);

private:
    // Of a parameter and its moments, what a thread goes through at a time.
    struct Pieces {
        std::vector<at::Tensor> weights, firsts, seconds;
    };

    bool decays(const at::Tensor& parameter) const;
    void cut();

    std::vector<at::Tensor> m_parameters;
    Decay m_decay;
    std::vector<at::Tensor> m_first;
    std::vector<at::Tensor> m_second;
    std::vector<Pieces> m_pieces;
    std::int64_t m_steps = 0;
};

} // namespace fovea::train

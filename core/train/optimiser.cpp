#include "core/train/optimiser_torch.h"

#include <cmath>

namespace fovea::train {

namespace {

constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.999;
constexpr double kEpsilon = 1e-8;

std::vector<at::Tensor> zerosLike(const std::vector<at::Tensor>& tensors)
{
    std::vector<at::Tensor> zeros;
    for (const auto& tensor : tensors)
        zeros.push_back(at::zeros_like(tensor));
    return zeros;
}

double normOf(const std::vector<at::Tensor>& gradients)
{
    double squares = 0;
    for (const auto& gradient : gradients)
        squares += std::pow(at::norm(gradient).item<double>(), 2);
    return std::sqrt(squares);
}

} // namespace

Optimiser::Optimiser(std::vector<at::Tensor> parameters)
    : m_parameters(std::move(parameters))
    , m_first(zerosLike(m_parameters))
    , m_second(zerosLike(m_parameters))
{ }

double Optimiser::step(double learningRate, double weightDecay, double clip)
{
    const at::NoGradGuard noGrad;
    std::vector<at::Tensor> gradients;
    std::vector<at::Tensor> counts;
    ++m_steps; // the fused step expects the count of the step it is doing
    for (auto& parameter : m_parameters) {
        if (!parameter.grad().defined())
            parameter.mutable_grad() = at::zeros_like(parameter);
        gradients.push_back(parameter.grad());
        counts.push_back(at::full({}, static_cast<double>(m_steps), at::kFloat));
    }
    const double norm = normOf(gradients);
    if (clip > 0 && norm > clip) {
        for (auto& gradient : gradients)
            gradient.mul_(clip / norm);
    }
    at::_fused_adamw_(
        m_parameters, gradients, m_first, m_second, {}, counts, learningRate, kBeta1, kBeta2,
        weightDecay, kEpsilon, /*amsgrad=*/false, /*maximize=*/false);
    for (auto& parameter : m_parameters)
        parameter.mutable_grad() = at::Tensor();
    return norm;
}

void Optimiser::restore(
    std::vector<at::Tensor> first, std::vector<at::Tensor> second, std::int64_t steps)
{
    m_first = std::move(first);
    m_second = std::move(second);
    m_steps = steps;
}

} // namespace fovea::train

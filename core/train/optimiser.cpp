#include "core/train/optimiser_torch.h"

#include "core/device/parallel_torch.h"

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

// What a gradient's numbers are in: for a sparse one, of its rows.
at::Tensor numbersOf(const at::Tensor& gradient)
{
    return gradient.is_sparse() ? gradient._values() : gradient;
}

double normOf(const std::vector<at::Tensor>& gradients)
{
    double squares = 0;
    for (const auto& gradient : gradients)
        squares += std::pow(at::norm(numbersOf(gradient)).item<double>(), 2);
    return std::sqrt(squares);
}

// What a step does to a row.
template <typename T> struct RowStep {
    T decay; // of the weight
    T size; // learning rate, corrected for the first moment's bias
    T deviation; // by which the second moment's root is corrected

    void operator()(T* weight, T* first, T* second, const T* gradient, std::int64_t width) const
    {
        constexpr auto kFirst = static_cast<T>(1 - kBeta1);
        constexpr auto kSecond = static_cast<T>(1 - kBeta2);
#pragma omp simd
        for (std::int64_t c = 0; c < width; ++c) {
            const T g = gradient[c];
            first[c] += kFirst * (g - first[c]);
            second[c] = static_cast<T>(kBeta2) * second[c] + kSecond * g * g;
            weight[c] = weight[c] * decay
                - size * first[c] / (std::sqrt(second[c]) / deviation + static_cast<T>(kEpsilon));
        }
    }
};

// Of the rows that a coalesced gradient has.
void stepRows(
    const at::Tensor& parameter, const at::Tensor& first, const at::Tensor& second,
    const at::Tensor& gradient, std::int64_t steps, double learningRate, double weightDecay)
{
    const auto rows = gradient._indices().contiguous();
    const auto values = gradient._values().contiguous();
    const auto width = parameter.size(1);
    const auto count = static_cast<double>(steps);
    AT_DISPATCH_FLOATING_TYPES(parameter.scalar_type(), "stepRows", [&] {
        const RowStep<scalar_t> step = {
            static_cast<scalar_t>(1 - learningRate * weightDecay),
            static_cast<scalar_t>(learningRate / (1 - std::pow(kBeta1, count))),
            static_cast<scalar_t>(std::sqrt(1 - std::pow(kBeta2, count)))};
        const auto* index = rows.const_data_ptr<std::int64_t>();
        const auto* from = values.const_data_ptr<scalar_t>();
        auto* weights = parameter.data_ptr<scalar_t>();
        auto* firsts = first.data_ptr<scalar_t>();
        auto* seconds = second.data_ptr<scalar_t>();
        device::parallelFor(0, values.size(0), 256, [&](std::int64_t begin, std::int64_t end) {
            for (auto i = begin; i < end; ++i) {
                const auto at = index[i] * width;
                step(weights + at, firsts + at, seconds + at, from + i * width, width);
            }
        });
    });
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
    ++m_steps; // the fused step expects the count of the step it is doing
    for (const auto& parameter : m_parameters) {
        const auto& gradient = parameter.grad();
        gradients.push_back(
            !gradient.defined()        ? at::zeros_like(parameter)
                : gradient.is_sparse() ? gradient.coalesce()
                                       : gradient);
    }
    const double norm = normOf(gradients);
    if (clip > 0 && norm > clip) {
        for (const auto& gradient : gradients)
            numbersOf(gradient).mul_(clip / norm);
    }
    std::vector<at::Tensor> dense[4]; // parameters, gradients, first and second moments
    std::vector<at::Tensor> counts;
    for (std::size_t i = 0; i < gradients.size(); ++i) {
        if (gradients[i].is_sparse()) {
            stepRows(
                m_parameters[i], m_first[i], m_second[i], gradients[i], m_steps, learningRate,
                weightDecay);
            continue;
        }
        dense[0].push_back(m_parameters[i]);
        dense[1].push_back(gradients[i]);
        dense[2].push_back(m_first[i]);
        dense[3].push_back(m_second[i]);
        counts.push_back(at::full({}, static_cast<double>(m_steps), at::kFloat));
    }
    if (!dense[0].empty())
        at::_fused_adamw_(
            dense[0], dense[1], dense[2], dense[3], {}, counts, learningRate, kBeta1, kBeta2,
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

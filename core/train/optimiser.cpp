#include "core/train/optimiser_torch.h"

#include "core/device/loops.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fovea::train {

namespace {

constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.999;
constexpr double kEpsilon = 1e-8;
constexpr double kLargestNorm = 1e18; // of a step: its squares are finite as floats

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

// So many numbers of a tensor that a thread goes through at a time: whole vectors, so that its
// bits are those of the whole.
constexpr std::int64_t kPiece = 1 << 16;

// A tensor's pieces, in their order.
std::vector<at::Tensor> piecesOf(const at::Tensor& tensor)
{
    const at::AutoDispatchBelowADInplaceOrView plain; // nothing follows what is cut out of it
    const auto numbers = tensor.view(-1);
    std::vector<at::Tensor> pieces;
    for (std::int64_t first = 0; first < numbers.size(0); first += kPiece)
        pieces.push_back(numbers.narrow(0, first, std::min(kPiece, numbers.size(0) - first)));
    return pieces;
}

void append(std::vector<at::Tensor>& to, const std::vector<at::Tensor>& more)
{
    to.insert(to.end(), more.begin(), more.end());
}

double normOf(const std::vector<at::Tensor>& pieces)
{
    std::vector<double> squares(pieces.size());
    device::parallelFor(0, std::ssize(pieces), 1, [&](std::int64_t first, std::int64_t last) {
        const at::NoGradGuard noGrad;
        for (auto i = static_cast<std::size_t>(first); i < static_cast<std::size_t>(last); ++i) {
            auto norm = at::norm(pieces[i]).item<double>();
            if (std::isinf(norm)) // the squares of floats may be too large for a float
                norm = at::norm(pieces[i].to(at::kDouble)).item<double>();
            squares[i] = std::pow(norm, 2);
        }
    });
    return std::sqrt(std::accumulate(squares.begin(), squares.end(), 0.0));
}

// AdamW of pieces.
struct DenseStep {
    std::vector<at::Tensor> weights, gradients, firsts, seconds;

    void run(std::int64_t steps, double learningRate, double weightDecay) const
    {
        const auto count = at::full({}, static_cast<double>(steps), at::kFloat);
        device::parallelFor(0, std::ssize(weights), 1, [&](std::int64_t begin, std::int64_t end) {
            const at::NoGradGuard noGrad;
            const auto size = static_cast<std::size_t>(end - begin);
            const auto from = [&](const std::vector<at::Tensor>& all) {
                return at::TensorList(all).slice(static_cast<std::size_t>(begin), size);
            };
            const std::vector<at::Tensor> counts(size, count);
            at::_fused_adamw_(
                from(weights), from(gradients), from(firsts), from(seconds), {}, counts,
                learningRate, kBeta1, kBeta2, weightDecay, kEpsilon, /*amsgrad=*/false,
                /*maximize=*/false);
        });
    }
};

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

Optimiser::Optimiser(std::vector<at::Tensor> parameters, Decay decay)
    : m_parameters(std::move(parameters))
    , m_decay(decay)
    , m_first(zerosLike(m_parameters))
    , m_second(zerosLike(m_parameters))
{
    cut();
}

std::optional<double> Optimiser::step(double learningRate, double weightDecay, double clip)
{
    const at::NoGradGuard noGrad;
    std::vector<at::Tensor> gradients;
    std::vector<std::vector<at::Tensor>> pieces; // of each
    std::vector<at::Tensor> all;
    for (const auto& parameter : m_parameters) {
        const auto& gradient = parameter.grad();
        gradients.push_back(
            !gradient.defined()        ? at::zeros_like(parameter)
                : gradient.is_sparse() ? gradient.coalesce()
                                       : gradient.contiguous());
        pieces.push_back(piecesOf(numbersOf(gradients.back()).contiguous()));
        append(all, pieces.back());
    }
    const double norm = normOf(all);
    const double applied = clip > 0 ? std::min(norm, clip) : norm;
    if (!std::isfinite(norm) || applied > kLargestNorm)
        return std::nullopt;
    ++m_steps; // the fused step expects the count of the step it is doing
    if (clip > 0 && norm > clip) {
        for (const auto& gradient : gradients)
            numbersOf(gradient).mul_(clip / norm);
    }
    DenseStep decaying;
    DenseStep others;
    for (std::size_t i = 0; i < gradients.size(); ++i) {
        const bool shrinks = decays(m_parameters[i]);
        if (gradients[i].is_sparse()) {
            stepRows(
                m_parameters[i], m_first[i], m_second[i], gradients[i], m_steps, learningRate,
                shrinks ? weightDecay : 0);
        } else {
            auto& step = shrinks ? decaying : others;
            append(step.weights, m_pieces[i].weights);
            append(step.gradients, pieces[i]);
            append(step.firsts, m_pieces[i].firsts);
            append(step.seconds, m_pieces[i].seconds);
        }
    }
    decaying.run(m_steps, learningRate, weightDecay);
    others.run(m_steps, learningRate, 0);
    for (auto& parameter : m_parameters)
        parameter.mutable_grad() = at::Tensor();
    return norm;
}

bool Optimiser::decays(const at::Tensor& parameter) const
{
    return m_decay == Decay::All || parameter.dim() > 1;
}

void Optimiser::restore(
    std::vector<at::Tensor> first, std::vector<at::Tensor> second, std::int64_t steps)
{
    m_first = std::move(first);
    m_second = std::move(second);
    m_steps = steps;
    cut();
}

void Optimiser::cut()
{
    m_pieces.clear();
    for (std::size_t i = 0; i < m_parameters.size(); ++i)
        m_pieces.push_back(
            {piecesOf(m_parameters[i].detach()), piecesOf(m_first[i]), piecesOf(m_second[i])});
}

} // namespace fovea::train

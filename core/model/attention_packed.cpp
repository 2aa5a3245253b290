#include "core/model/attention_torch.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fovea::model {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// One head of one sequence: rows of length dh, `stride` apart.
template <typename T> struct HeadView {
    T* rows;
    std::int64_t stride;
    T* row(std::int64_t i) const { return rows + i * stride; }
};

template <typename T> T dot(const T* a, const T* b, std::int64_t n)
{
    T sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t c = 0; c < n; ++c)
        sum += a[c] * b[c];
    return sum;
}

template <typename T> void addScaled(T* to, const T* from, T factor, std::int64_t n)
{
#pragma omp simd
    for (std::int64_t c = 0; c < n; ++c)
        to[c] += factor * from[c];
}

// What weight (query i, key j) is multiplied by: 0 or 1 / (1 - p).
struct Drop {
    const AttentionCall& call;
    std::uint32_t threshold;
    double scale;
    std::int64_t begin; // of the sequence
    std::uint32_t head;

    double operator()(std::uint64_t rowKey, std::int64_t j) const
    {
        const auto place =
            static_cast<std::uint32_t>((*call.places)[static_cast<std::size_t>(begin + j)]);
        return base::hashColumn(rowKey, (head << 24) ^ place) < threshold ? 0.0 : scale;
    }
    std::uint64_t rowKey(std::int64_t i) const
    {
        return siteKey((*call.keys)[static_cast<std::size_t>(begin + i)], call.site);
    }
};

template <typename T> class Kernel {
public:
    Kernel(const AttentionCall& call, std::int64_t width)
        : m_call(call)
        , m_head(width / call.heads)
        , m_width(width)
        , m_scale(static_cast<T>(1.0 / std::sqrt(static_cast<double>(m_head))))
    { }

    void forward(const T* q, const T* k, const T* v, T* out, T* logSums) const
    {
        forEachHead([&](std::int64_t begin, std::int64_t length, std::int64_t head) {
            const auto view = [&](const T* x) {
                return HeadView<const T>{at(x, begin, head), m_width};
            };
            const auto drop = dropOf(begin, head);
            std::vector<T> weights(static_cast<std::size_t>(length));
            for (std::int64_t i = 0; i < length; ++i) {
                const T logSum = softmaxRow(view(q).row(i), view(k), i, weights.data());
                logSums[(begin + i) * m_call.heads + head] = logSum;
                T* to = out + (begin + i) * m_width + head * m_head;
                std::fill_n(to, m_head, T{0});
                if (m_call.dropout > 0)
                    applyDrop(drop, i, weights.data());
                for (std::int64_t j = 0; j <= i; ++j)
                    addScaled(to, view(v).row(j), weights[static_cast<std::size_t>(j)], m_head);
            }
        });
    }

    // Gradients of q, k and v, which come in as zeros. With P the weights and G = dOut V^T (dropped
    // as in the forward pass): dS = P * (G - sum_j P G), dQ = dS K / sqrt(dh), dK = dS^T Q /
    // sqrt(dh).
    void backward(
        const T* q, const T* k, const T* v, const T* gradOut, const T* logSums, T* dq, T* dk,
        T* dv) const
    {
        forEachHead([&](std::int64_t begin, std::int64_t length, std::int64_t head) {
            const auto drop = dropOf(begin, head);
            std::vector<T> weights(static_cast<std::size_t>(length));
            std::vector<T> grads(static_cast<std::size_t>(length));
            for (std::int64_t i = 0; i < length; ++i) {
                const auto row = begin + i;
                const T* qi = at(q, row, head);
                const T* go = at(gradOut, row, head);
                const T logSum = logSums[row * m_call.heads + head];
                const auto key = m_call.dropout > 0 ? drop.rowKey(i) : 0;
                T mean = 0;
                for (std::int64_t j = 0; j <= i; ++j) {
                    const auto n = static_cast<std::size_t>(j);
                    weights[n] =
                        std::exp(m_scale * dot(qi, at(k, begin + j, head), m_head) - logSum);
                    const T kept = m_call.dropout > 0 ? static_cast<T>(drop(key, j)) : T{1};
                    grads[n] = kept * dot(go, at(v, begin + j, head), m_head);
                    mean += weights[n] * grads[n];
                    addScaled(at(dv, begin + j, head), go, kept * weights[n], m_head);
                }
                for (std::int64_t j = 0; j <= i; ++j) {
                    const auto n = static_cast<std::size_t>(j);
                    const T ds = m_scale * weights[n] * (grads[n] - mean);
                    addScaled(at(dq, row, head), at(k, begin + j, head), ds, m_head);
                    addScaled(at(dk, begin + j, head), qi, ds, m_head);
                }
            }
        });
    }

private:
    template <typename P> P* at(P* x, std::int64_t row, std::int64_t head) const
    {
        return x + row * m_width + head * m_head;
    }

    Drop dropOf(std::int64_t begin, std::int64_t head) const
    {
        return {
            m_call, base::dropThreshold(m_call.dropout), 1.0 / (1.0 - m_call.dropout), begin,
            static_cast<std::uint32_t>(head)};
    }

    // Sequences and heads share nothing, so any split over threads gives the same bits.
    template <typename Work> void forEachHead(Work work) const
    {
        const auto& offsets = *m_call.offsets;
        const auto sequences = static_cast<std::int64_t>(offsets.size()) - 1;
        at::parallel_for(0, sequences, 4, [&](std::int64_t first, std::int64_t last) {
            for (auto s = first; s < last; ++s) {
                const auto begin = offsets[static_cast<std::size_t>(s)];
                const auto length = offsets[static_cast<std::size_t>(s) + 1] - begin;
                for (std::int64_t head = 0; head < m_call.heads; ++head)
                    work(begin, length, head);
            }
        });
    }

    // Weights of query i over keys 0 to i; returns the logarithm of the sum of exponentials.
    T softmaxRow(const T* qi, HeadView<const T> k, std::int64_t i, T* weights) const
    {
        T highest = -std::numeric_limits<T>::infinity();
        for (std::int64_t j = 0; j <= i; ++j) {
            weights[j] = m_scale * dot(qi, k.row(j), m_head);
            highest = std::max(highest, weights[j]);
        }
        T sum = 0;
        for (std::int64_t j = 0; j <= i; ++j) {
            weights[j] = std::exp(weights[j] - highest);
            sum += weights[j];
        }
        for (std::int64_t j = 0; j <= i; ++j)
            weights[j] /= sum;
        return highest + std::log(sum);
    }

    void applyDrop(const Drop& drop, std::int64_t i, T* weights) const
    {
        const auto key = drop.rowKey(i);
        for (std::int64_t j = 0; j <= i; ++j)
            weights[j] *= static_cast<T>(drop(key, j));
    }

    const AttentionCall& m_call;
    std::int64_t m_head;
    std::int64_t m_width;
    T m_scale;
};

// AutogradContext carries tensors and plain values only; the call rides along as a custom holder.
struct CallHolder : torch::CustomClassHolder {
    AttentionCall call;
};

struct PackedAttention : torch::autograd::Function<PackedAttention> {
    static at::Tensor forward(
        AutogradContext* context, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
        const c10::intrusive_ptr<CallHolder>& holder)
    {
        const auto& call = holder->call;
        auto out = at::empty_like(q);
        auto logSums = at::empty({q.size(0), call.heads}, q.options());
        AT_DISPATCH_FLOATING_TYPES(q.scalar_type(), "packedAttention", [&] {
            Kernel<scalar_t>(call, q.size(1))
                .forward(
                    q.data_ptr<scalar_t>(), k.data_ptr<scalar_t>(), v.data_ptr<scalar_t>(),
                    out.data_ptr<scalar_t>(), logSums.data_ptr<scalar_t>());
        });
        context->save_for_backward({q, k, v, logSums});
        context->saved_data["call"] = c10::IValue::make_capsule(holder);
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list grads)
    {
        const auto saved = context->get_saved_variables();
        const auto holder =
            c10::static_intrusive_pointer_cast<CallHolder>(context->saved_data["call"].toCapsule());
        const auto gradOut = grads[0].contiguous();
        auto dq = at::zeros_like(saved[0]);
        auto dk = at::zeros_like(saved[0]);
        auto dv = at::zeros_like(saved[0]);
        AT_DISPATCH_FLOATING_TYPES(gradOut.scalar_type(), "packedAttention", [&] {
            Kernel<scalar_t>(holder->call, gradOut.size(1))
                .backward(
                    saved[0].data_ptr<scalar_t>(), saved[1].data_ptr<scalar_t>(),
                    saved[2].data_ptr<scalar_t>(), gradOut.data_ptr<scalar_t>(),
                    saved[3].data_ptr<scalar_t>(), dq.data_ptr<scalar_t>(), dk.data_ptr<scalar_t>(),
                    dv.data_ptr<scalar_t>());
        });
        return {dq, dk, dv, at::Tensor()};
    }
};

} // namespace

at::Tensor packedAttention(
    const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const AttentionCall& call)
{
    auto holder = c10::make_intrusive<CallHolder>();
    holder->call = call;
    return PackedAttention::apply(q.contiguous(), k.contiguous(), v.contiguous(), holder);
}

} // namespace fovea::model

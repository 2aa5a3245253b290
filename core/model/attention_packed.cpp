#include "core/model/attention_calls_torch.h"
#include "core/model/row_calls_torch.h"

namespace fovea::model {

namespace {

constexpr std::int64_t kLeastSequences = 16; // that are worth a thread

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

template <typename T>
void useBias(kernels::AttentionShape<T>& shape, const CallHolder& holder, const at::Tensor& bias)
{
    if (bias.numel() == 0)
        return;
    shape.bias = bias.data_ptr<T>();
    shape.biasCount = bias.size(1);
    shape.biasIndex = holder.call.biasIndex.get();
}

struct Forward {
    at::Tensor out;
    at::Tensor logSums;
};

struct Projected {
    at::Tensor q, k, v;
};

Forward runForward(const CallHolder& holder, const Projected& in, const at::Tensor& bias)
{
    const auto& q = in.q;
    Forward result = {
        at::empty({q.size(0), q.size(1)}, q.options()),
        at::empty({q.size(0), holder.call.heads}, q.options())};
    AT_DISPATCH_FLOATING_TYPES(q.scalar_type(), "packedAttention", [&] {
        auto shape = shapeOf<scalar_t>(holder, q);
        useBias(shape, holder, bias);
        forEachPart(holder, [&](std::int64_t, std::int64_t first, std::int64_t last) {
            kernels::attentionForward<scalar_t>(
                shape, rowsOf<const scalar_t>(in.q), rowsOf<const scalar_t>(in.k),
                rowsOf<const scalar_t>(in.v), rowsOf<scalar_t>(result.out),
                result.logSums.data_ptr<scalar_t>(), first, last);
        });
    });
    return result;
}

// Writes dq, dk and dv; returns the bias's, undefined without one.
at::Tensor runBackward(
    const CallHolder& holder, const Projected& in, const at::Tensor& bias, const Forward& forward,
    const at::Tensor& gradOut, const at::Tensor& dq, const at::Tensor& dk, const at::Tensor& dv)
{
    const auto& q = in.q;
    // One a part, added in their order.
    const auto parts = static_cast<std::int64_t>(holder.parts.size()) - 1;
    at::Tensor biasParts;
    if (bias.numel() > 0)
        biasParts = at::zeros({parts, bias.size(0), bias.size(1)}, bias.options());
    AT_DISPATCH_FLOATING_TYPES(q.scalar_type(), "packedAttention", [&] {
        auto shape = shapeOf<scalar_t>(holder, q);
        useBias(shape, holder, bias);
        forEachPart(holder, [&](std::int64_t part, std::int64_t first, std::int64_t last) {
            const kernels::AttentionGrads<scalar_t> to = {
                rowsOf<scalar_t>(dq), rowsOf<scalar_t>(dk), rowsOf<scalar_t>(dv),
                biasParts.defined()
                    ? biasParts.data_ptr<scalar_t>() + part * bias.size(0) * bias.size(1)
                    : nullptr};
            kernels::attentionBackward<scalar_t>(
                shape, rowsOf<const scalar_t>(in.q), rowsOf<const scalar_t>(in.k),
                rowsOf<const scalar_t>(in.v), rowsOf<const scalar_t>(forward.out),
                rowsOf<const scalar_t>(gradOut), forward.logSums.data_ptr<scalar_t>(), to, first,
                last);
        });
    });
    return biasParts.defined() ? sumOfParts(biasParts) : at::Tensor();
}

// Rows may lie apart, as in one part of queries, keys and values side by side.
at::Tensor withRows(const at::Tensor& x) { return x.stride(1) == 1 ? x : x.contiguous(); }

at::Tensor biasOf(const AttentionCall& call, const at::Tensor& like)
{
    return orNone(contiguous(call.bias), like);
}

struct PackedAttention : torch::autograd::Function<PackedAttention> {
    static at::Tensor forward(
        AutogradContext* context, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
        const at::Tensor& bias, const Holder& holder)
    {
        const auto result = runForward(*holder, {q, k, v}, bias);
        context->save_for_backward({q, k, v, bias, result.out, result.logSums});
        context->saved_data["call"] = c10::IValue::make_capsule(holder);
        return result.out;
    }

    static variable_list backward(AutogradContext* context, variable_list grads)
    {
        const auto saved = context->get_saved_variables();
        const auto gradOut = withRows(grads[0]);
        auto dq = at::empty({gradOut.size(0), gradOut.size(1)}, gradOut.options());
        auto dk = at::empty_like(dq);
        auto dv = at::empty_like(dq);
        const auto dBias = runBackward(
            *holderIn(context), {saved[0], saved[1], saved[2]}, saved[3], {saved[4], saved[5]},
            gradOut, dq, dk, dv);
        return {dq, dk, dv, dBias, at::Tensor()};
    }
};

} // namespace

at::Tensor packedAttention(
    const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const AttentionCall& call)
{
    return PackedAttention::apply(
        withRows(q), withRows(k), withRows(v), biasOf(call, q), holderOf(call));
}

at::Tensor attentionOverRows(
    const at::Tensor& q, const at::Tensor& x, const std::vector<std::int64_t>& offsets)
{
    const auto queries = q.contiguous();
    const auto rows = x.contiguous();
    auto out = at::zeros_like(queries);
    AT_DISPATCH_FLOATING_TYPES(q.scalar_type(), "attentionOverRows", [&] {
        device::parallelFor(
            0, q.size(0), kLeastSequences, [&](std::int64_t first, std::int64_t last) {
                kernels::attentionOverRows<scalar_t>(
                    {offsets.data(), q.size(1), q.size(2), queries.const_data_ptr<scalar_t>(),
                     rows.const_data_ptr<scalar_t>(), out.data_ptr<scalar_t>()},
                    first, last);
            });
    });
    return out;
}

} // namespace fovea::model

#include "core/device/parallel_torch.h"
#include "core/model/attention_torch.h"
#include "core/model/kernels/attention.h"

#include <cmath>

namespace fovea::model {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// AutogradContext carries tensors and plain values only; the call rides along as a custom holder.
struct CallHolder : torch::CustomClassHolder {
    AttentionCall call;
    std::vector<std::uint64_t> rowKeys; // (T), with the site
    std::vector<std::uint32_t> columns; // (T)
    std::vector<std::int64_t> parts; // the first sequence of each part, and the end
};

// Sequences in so many parts that cost about the same, whatever the number of threads.
std::vector<std::int64_t> partsOf(const std::vector<std::int64_t>& offsets)
{
    constexpr int kParts = 32;
    const auto sequences = offsets.size() - 1;
    const auto costOf = [&](std::size_t s) {
        const auto length = static_cast<double>(offsets[s + 1] - offsets[s]);
        return length * (length + 64); // pairs, and what a position costs by itself
    };
    double total = 0;
    for (std::size_t s = 0; s < sequences; ++s)
        total += costOf(s);
    std::vector<std::int64_t> parts = {0};
    double cost = 0;
    for (std::size_t s = 0; s < sequences; ++s) {
        cost += costOf(s);
        if (cost * kParts >= total * static_cast<double>(parts.size()))
            parts.push_back(static_cast<std::int64_t>(s) + 1);
    }
    if (parts.back() != static_cast<std::int64_t>(sequences))
        parts.push_back(static_cast<std::int64_t>(sequences));
    return parts;
}

c10::intrusive_ptr<CallHolder> holderOf(const AttentionCall& call)
{
    auto holder = c10::make_intrusive<CallHolder>();
    holder->call = call;
    holder->parts = partsOf(*call.offsets);
    if (call.dropout > 0) {
        holder->columns.assign(call.places->begin(), call.places->end());
        holder->rowKeys = siteKeys(call.keys, call.site);
    }
    return holder;
}

template <typename T>
kernels::AttentionShape<T> shapeOf(const CallHolder& holder, const at::Tensor& q)
{
    const auto& call = holder.call;
    kernels::AttentionShape<T> shape;
    shape.heads = call.heads;
    shape.headWidth = q.size(1) / call.heads;
    shape.offsets = call.offsets->data();
    shape.causal = call.causal;
    if (call.dropout > 0) {
        shape.dropThreshold = base::dropThreshold(call.dropout);
        shape.keptScale = static_cast<T>(1.0 / (1.0 - call.dropout));
        shape.rowKeys = holder.rowKeys.data();
        shape.columns = holder.columns.data();
    }
    return shape;
}

template <typename T> kernels::Rows<T> rowsOf(const at::Tensor& x)
{
    return {x.data_ptr<std::remove_const_t<T>>(), x.stride(0)};
}

// Parts share nothing but the bias, so any split over threads gives the same bits.
template <typename Work> void forEachPart(const CallHolder& holder, const Work& work)
{
    const auto parts = static_cast<std::int64_t>(holder.parts.size()) - 1;
    device::parallelFor(0, parts, 1, [&](std::int64_t begin, std::int64_t end) {
        for (auto part = begin; part < end; ++part)
            work(
                part, holder.parts[static_cast<std::size_t>(part)],
                holder.parts[static_cast<std::size_t>(part) + 1]);
    });
}

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

// (3 * h * dh) to queries, keys and values.
template <typename T> void useShift(kernels::AttentionShape<T>& shape, const at::Tensor& shift)
{
    if (shift.numel() == 0)
        return;
    const auto width = shift.size(0) / 3;
    shape.qShift = shift.const_data_ptr<T>();
    shape.kShift = shape.qShift + width;
    shape.vShift = shape.kShift + width;
}

// The queries, keys and values as they are read, and what is added to them.
struct Projected {
    at::Tensor q, k, v;
    at::Tensor shift; // no numbers = nothing
};

Forward runForward(const CallHolder& holder, const Projected& in, const at::Tensor& bias)
{
    const auto& [q, k, v, shift] = in;
    Forward result = {
        at::empty({q.size(0), q.size(1)}, q.options()),
        at::empty({q.size(0), holder.call.heads}, q.options())};
    AT_DISPATCH_FLOATING_TYPES(q.scalar_type(), "packedAttention", [&] {
        auto shape = shapeOf<scalar_t>(holder, q);
        useBias(shape, holder, bias);
        useShift(shape, in.shift);
        forEachPart(holder, [&](std::int64_t, std::int64_t first, std::int64_t last) {
            kernels::attentionForward<scalar_t>(
                shape, rowsOf<const scalar_t>(in.q), rowsOf<const scalar_t>(in.k),
                rowsOf<const scalar_t>(in.v), rowsOf<scalar_t>(result.out),
                result.logSums.data_ptr<scalar_t>(), first, last);
        });
    });
    return result;
}

struct TableGrads {
    at::Tensor bias; // undefined without one, like the shift's
    at::Tensor shift;
};

// Writes dq, dk and dv.
TableGrads runBackward(
    const CallHolder& holder, const Projected& in, const at::Tensor& bias, const Forward& forward,
    const at::Tensor& gradOut, const at::Tensor& dq, const at::Tensor& dk, const at::Tensor& dv)
{
    const auto& q = in.q;
    // One a part, added in their order.
    const auto parts = static_cast<std::int64_t>(holder.parts.size()) - 1;
    at::Tensor biasParts;
    at::Tensor shiftParts;
    if (bias.numel() > 0)
        biasParts = at::zeros({parts, bias.size(0), bias.size(1)}, bias.options());
    if (in.shift.numel() > 0)
        shiftParts = at::zeros({parts, in.shift.size(0)}, in.shift.options());
    AT_DISPATCH_FLOATING_TYPES(q.scalar_type(), "packedAttention", [&] {
        auto shape = shapeOf<scalar_t>(holder, q);
        useBias(shape, holder, bias);
        useShift(shape, in.shift);
        forEachPart(holder, [&](std::int64_t part, std::int64_t first, std::int64_t last) {
            kernels::AttentionGrads<scalar_t> to = {
                rowsOf<scalar_t>(dq), rowsOf<scalar_t>(dk), rowsOf<scalar_t>(dv),
                biasParts.defined()
                    ? biasParts.data_ptr<scalar_t>() + part * bias.size(0) * bias.size(1)
                    : nullptr};
            if (shiftParts.defined()) {
                const auto width = in.shift.size(0) / 3;
                to.qShift = shiftParts.data_ptr<scalar_t>() + part * 3 * width;
                to.kShift = to.qShift + width;
                to.vShift = to.kShift + width;
            }
            kernels::attentionBackward<scalar_t>(
                shape, rowsOf<const scalar_t>(in.q), rowsOf<const scalar_t>(in.k),
                rowsOf<const scalar_t>(in.v), rowsOf<const scalar_t>(forward.out),
                rowsOf<const scalar_t>(gradOut), forward.logSums.data_ptr<scalar_t>(), to, first,
                last);
        });
    });
    return {
        biasParts.defined() ? biasParts.sum(0) : at::Tensor(),
        shiftParts.defined() ? shiftParts.sum(0) : at::Tensor()};
}

using Holder = c10::intrusive_ptr<CallHolder>;

Holder holderIn(AutogradContext* context)
{
    return c10::static_intrusive_pointer_cast<CallHolder>(context->saved_data["call"].toCapsule());
}

// Rows may lie apart, as in one part of queries, keys and values side by side.
at::Tensor withRows(const at::Tensor& x) { return x.stride(1) == 1 ? x : x.contiguous(); }

// Autograd takes no undefined tensor.
at::Tensor nothing(const at::Tensor& like) { return at::empty({0}, like.options()); }

at::Tensor biasOf(const AttentionCall& call, const at::Tensor& like)
{
    return call.bias.defined() ? call.bias.contiguous() : nothing(like);
}

struct PackedAttention : torch::autograd::Function<PackedAttention> {
    static at::Tensor forward(
        AutogradContext* context, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v,
        const at::Tensor& bias, const Holder& holder)
    {
        const auto result = runForward(*holder, {q, k, v, nothing(q)}, bias);
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
        const auto d = runBackward(
            *holderIn(context), {saved[0], saved[1], saved[2], nothing(saved[0])}, saved[3],
            {saved[4], saved[5]}, gradOut, dq, dk, dv);
        return {dq, dk, dv, d.bias, at::Tensor()};
    }
};

struct PackedSelfAttention : torch::autograd::Function<PackedSelfAttention> {
    static at::Tensor forward(
        AutogradContext* context, const at::Tensor& qkv, const at::Tensor& shift,
        const at::Tensor& bias, const Holder& holder)
    {
        const auto result = runForward(*holder, partsOf(qkv, shift), bias);
        context->save_for_backward({qkv, shift, bias, result.out, result.logSums});
        context->saved_data["call"] = c10::IValue::make_capsule(holder);
        return result.out;
    }

    static variable_list backward(AutogradContext* context, variable_list grads)
    {
        const auto saved = context->get_saved_variables();
        const auto& qkv = saved[0];
        auto d = at::empty_like(qkv);
        const auto tables = runBackward(
            *holderIn(context), partsOf(qkv, saved[1]), saved[2], {saved[3], saved[4]},
            withRows(grads[0]), part(d, 0), part(d, 1), part(d, 2));
        return {d, tables.shift, tables.bias, at::Tensor()};
    }

private:
    static Projected partsOf(const at::Tensor& qkv, const at::Tensor& shift)
    {
        return {part(qkv, 0), part(qkv, 1), part(qkv, 2), shift};
    }
    static at::Tensor part(const at::Tensor& qkv, std::int64_t i)
    {
        const auto width = qkv.size(1) / 3;
        return qkv.narrow(1, i * width, width);
    }
};

} // namespace

at::Tensor packedAttention(
    const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const AttentionCall& call)
{
    return PackedAttention::apply(
        withRows(q), withRows(k), withRows(v), biasOf(call, q), holderOf(call));
}

at::Tensor packedAttention(
    const at::Tensor& qkv, const at::Tensor& shift, const AttentionCall& call)
{
    return PackedSelfAttention::apply(
        qkv.contiguous(), shift.contiguous(), biasOf(call, qkv), holderOf(call));
}

at::Tensor packedAttentionOfLasts(
    const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const AttentionCall& call)
{
    const auto holder = holderOf(call);
    const auto queries = withRows(q);
    const auto keys = withRows(k);
    const auto values = withRows(v);
    const auto bias = biasOf(call, q);
    auto out = at::empty({q.size(0), q.size(1)}, q.options());
    AT_DISPATCH_FLOATING_TYPES(q.scalar_type(), "packedAttentionOfLasts", [&] {
        auto shape = shapeOf<scalar_t>(*holder, queries);
        useBias(shape, *holder, bias);
        forEachPart(*holder, [&](std::int64_t, std::int64_t first, std::int64_t last) {
            kernels::attentionOfLasts<scalar_t>(
                shape, rowsOf<const scalar_t>(queries), rowsOf<const scalar_t>(keys),
                rowsOf<const scalar_t>(values), rowsOf<scalar_t>(out), first, last);
        });
    });
    return out;
}

} // namespace fovea::model

// What the functions of attention (attention_packed.cpp, sublayers.cpp) share: a call as autograd
// carries it, and the parts in which sequences are gone through. Compute thread.
#pragma once

#include "core/device/loops.h"
#include "core/model/attention_torch.h"

namespace fovea::model {

// AutogradContext carries tensors and plain values only; the call rides along as a custom holder.
struct CallHolder : torch::CustomClassHolder {
    AttentionCall call;
    std::vector<std::uint64_t> rowKeys; // (T), with the site
    std::vector<std::uint32_t> columns; // (T)
    std::vector<std::int64_t> parts; // the first sequence of each part, and the end
};

// Sequences in so many parts or fewer that cost about the same, whatever the number of threads.
inline std::vector<std::int64_t> partsOf(const std::vector<std::int64_t>& offsets, int count)
{
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
        if (total > 0 && cost * count >= total * static_cast<double>(parts.size()))
            parts.push_back(static_cast<std::int64_t>(s) + 1);
    }
    if (parts.back() != static_cast<std::int64_t>(sequences))
        parts.push_back(static_cast<std::int64_t>(sequences));
    return parts;
}

using Holder = c10::intrusive_ptr<CallHolder>;

inline Holder holderOf(const AttentionCall& call, int parts = 32)
{
    auto holder = c10::make_intrusive<CallHolder>();
    holder->call = call;
    holder->parts = partsOf(*call.offsets, parts);
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

inline Holder holderIn(torch::autograd::AutogradContext* context)
{
    return c10::static_intrusive_pointer_cast<CallHolder>(context->saved_data["call"].toCapsule());
}

} // namespace fovea::model

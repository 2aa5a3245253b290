// What the functions on rows (rows.cpp, sublayers.cpp) share: dropout as autograd carries it, and
// the parts in which rows are gone through. Compute thread.
#pragma once

#include "core/device/loops.h"
#include "core/model/kernels/rows.h"
#include "core/model/rows_torch.h"

namespace fovea::model {

// Sums over rows are made in so many parts and added in their order, and of a table that is added
// to each part has its own rows.
inline constexpr std::int64_t kParts = 16;
inline constexpr std::int64_t kSmallPart = 64; // rows

// AutogradContext carries tensors and plain values only.
struct DropHolder : torch::CustomClassHolder {
    double p = 0;
    std::vector<std::uint64_t> keys; // (T), with the site
};
using Drop = c10::intrusive_ptr<DropHolder>;

inline Drop holderOf(const RowDropout& drop)
{
    auto holder = c10::make_intrusive<DropHolder>();
    if (drop.p > 0 && drop.keys) {
        holder->p = drop.p;
        holder->keys = siteKeys(drop.keys, drop.site);
    }
    return holder;
}

inline Drop dropIn(torch::autograd::AutogradContext* context, const char* name = "drop")
{
    return c10::static_intrusive_pointer_cast<DropHolder>(context->saved_data[name].toCapsule());
}

template <typename T> T keptOf(const DropHolder& drop)
{
    return static_cast<T>(1.0 / (1.0 - drop.p));
}

// For rows that are counted from `first`.
template <typename T> kernels::RowDrop<T> dropOf(const DropHolder& drop, std::int64_t first = 0)
{
    const auto* keys = drop.keys.empty() ? nullptr : drop.keys.data() + first;
    return {base::dropThreshold(drop.p), keptOf<T>(drop), keys};
}

inline std::int64_t rowsOfAPart(std::int64_t rows)
{
    return std::max(kSmallPart, (rows + kParts - 1) / kParts);
}

inline std::int64_t partsOfRows(std::int64_t rows)
{
    const auto size = rowsOfAPart(rows);
    return (rows + size - 1) / size;
}

// The parts of all rows, each a call of work(part, range).
template <typename Work> void overParts(const at::Tensor& x, const Work& work)
{
    const auto rows = x.size(0);
    const auto size = rowsOfAPart(rows);
    device::parallelFor(0, partsOfRows(rows), 1, [&](std::int64_t begin, std::int64_t end) {
        for (auto part = begin; part < end; ++part)
            work(
                part, kernels::RowRange{x.size(1), part * size, std::min(rows, (part + 1) * size)});
    });
}

template <typename T> void addTo(T* to, const T* more, std::int64_t count)
{
#pragma omp simd
    for (std::int64_t i = 0; i < count; ++i)
        to[i] += more[i];
}

// (parts, ...) to (...), added in their order.
at::Tensor sumOfParts(const at::Tensor& parts);

template <typename T> const T* read(const at::Tensor& x)
{
    return x.defined() ? x.const_data_ptr<T>() : nullptr;
}

template <typename T> T* write(const at::Tensor& x)
{
    return x.defined() ? x.data_ptr<T>() : nullptr;
}

// Autograd takes no undefined tensor.
inline at::Tensor orNone(const at::Tensor& x, const at::Tensor& like)
{
    return x.defined() ? x : at::empty({0}, like.options());
}

inline at::Tensor contiguous(const at::Tensor& x) { return x.defined() ? x.contiguous() : x; }

} // namespace fovea::model

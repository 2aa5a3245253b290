#include "core/model/rows_torch.h"

#include "core/model/row_calls_torch.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>
#include <stdexcept>

namespace fovea::model {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct AddDrop : torch::autograd::Function<AddDrop> {
    // bias may be empty
    static at::Tensor forward(
        AutogradContext* context, const at::Tensor& y, const at::Tensor& bias,
        const at::Tensor& residual, const Drop& drop)
    {
        auto sum = at::empty_like(y);
        AT_DISPATCH_FLOATING_TYPES(y.scalar_type(), "addDrop", [&] {
            overParts(y, [&](std::int64_t, kernels::RowRange range) {
                kernels::addDrop<scalar_t>(
                    read<scalar_t>(y), bias.numel() > 0 ? read<scalar_t>(bias) : nullptr,
                    read<scalar_t>(residual), dropOf<scalar_t>(*drop), write<scalar_t>(sum), range);
            });
        });
        context->saved_data["drop"] = c10::IValue::make_capsule(drop);
        context->saved_data["bias"] = bias.numel() > 0;
        return sum;
    }

    static variable_list backward(AutogradContext* context, variable_list grads)
    {
        const auto drop = dropIn(context);
        const auto gradient = grads[0].contiguous();
        auto y = at::empty_like(gradient);
        auto bias = at::zeros({kParts, y.size(1)}, y.options());
        AT_DISPATCH_FLOATING_TYPES(y.scalar_type(), "addDrop", [&] {
            overParts(y, [&](std::int64_t part, kernels::RowRange range) {
                kernels::addDropBackward<scalar_t>(
                    read<scalar_t>(gradient), dropOf<scalar_t>(*drop), write<scalar_t>(y),
                    write<scalar_t>(bias) + part * y.size(1), range);
            });
        });
        return {
            y, context->saved_data["bias"].toBool() ? sumOfParts(bias) : at::Tensor(), gradient,
            at::Tensor()};
    }
};

struct Normed : torch::autograd::Function<Normed> {
    static at::Tensor forward(
        AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
        const at::Tensor& shift)
    {
        auto out = at::empty_like(x);
        auto statistics = at::empty({x.size(0), 2}, x.options());
        AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "norm", [&] {
            overParts(x, [&](std::int64_t, kernels::RowRange range) {
                kernels::norm<scalar_t>(
                    read<scalar_t>(x), read<scalar_t>(weight), read<scalar_t>(shift),
                    write<scalar_t>(out), write<scalar_t>(statistics), range);
            });
        });
        context->save_for_backward({x, statistics, weight});
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list grads)
    {
        const auto saved = context->get_saved_variables();
        const auto gradOut = grads[0].contiguous();
        auto x = at::empty_like(gradOut);
        auto sums = at::zeros({kParts, 2, x.size(1)}, x.options()); // weight, shift
        AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "norm", [&] {
            overParts(x, [&](std::int64_t part, kernels::RowRange range) {
                auto* const own = sums.data_ptr<scalar_t>() + part * 2 * x.size(1);
                kernels::normBackward<scalar_t>(
                    {.gradOut = read<scalar_t>(gradOut),
                     .x = read<scalar_t>(saved[0]),
                     .statistics = read<scalar_t>(saved[1]),
                     .weight = read<scalar_t>(saved[2]),
                     .gradMore = nullptr,
                     .gradX = write<scalar_t>(x),
                     .gradWeight = own,
                     .gradShift = own + x.size(1)},
                    range);
            });
        });
        const auto totals = sumOfParts(sums);
        return {x, totals[0], totals[1]};
    }
};

struct ReluDrop : torch::autograd::Function<ReluDrop> {
    static at::Tensor forward(
        AutogradContext* context, const at::Tensor& y, const at::Tensor& bias, const Drop& drop)
    {
        auto out = at::empty_like(y);
        AT_DISPATCH_FLOATING_TYPES(y.scalar_type(), "reluDrop", [&] {
            overParts(y, [&](std::int64_t, kernels::RowRange range) {
                kernels::reluDrop<scalar_t>(
                    read<scalar_t>(y), read<scalar_t>(bias), dropOf<scalar_t>(*drop),
                    write<scalar_t>(out), range);
            });
        });
        context->saved_data["drop"] = c10::IValue::make_capsule(drop);
        context->save_for_backward({out});
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list grads)
    {
        const auto out = context->get_saved_variables()[0];
        const auto gradOut = grads[0].contiguous();
        auto y = at::empty_like(gradOut);
        auto bias = at::zeros({kParts, out.size(1)}, out.options());
        const auto drop = dropIn(context);
        AT_DISPATCH_FLOATING_TYPES(out.scalar_type(), "reluDrop", [&] {
            overParts(out, [&](std::int64_t part, kernels::RowRange range) {
                kernels::reluDropBackward<scalar_t>(
                    read<scalar_t>(out), read<scalar_t>(gradOut), keptOf<scalar_t>(*drop),
                    write<scalar_t>(y), write<scalar_t>(bias) + part * out.size(1), range);
            });
        });
        return {y, sumOfParts(bias), at::Tensor()};
    }
};

// (rows, d): row i is the sum of the rows t of x with index[t] = i, in their order.
at::Tensor scatterRows(const at::Tensor& x, const at::Tensor& index, std::int64_t rows)
{
    auto sums = at::zeros({rows, x.size(1)}, x.options());
    AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "scatterRows", [&] {
        addToTable<scalar_t, std::int64_t>(
            {index.const_data_ptr<std::int64_t>(), x.size(0), nullptr, 1, read<scalar_t>(x),
             x.size(1)},
            write<scalar_t>(sums));
    });
    return sums;
}

// The gradient of a table of which rows were taken, from theirs.
class TableGradient {
public:
    TableGradient(AutogradContext* context, const char* name)
        : m_context(context)
        , m_name(name)
    { }
    void keep(const TableRows& taken) const
    {
        m_context->saved_data[m_name + "rows"] = taken.table.size(0);
        m_context->saved_data[m_name + "sparse"] = taken.sparse;
    }
    at::Tensor of(const at::Tensor& x, const at::Tensor& index) const
    {
        const auto rows = m_context->saved_data[m_name + "rows"].toInt();
        if (m_context->saved_data[m_name + "sparse"].toBool())
            return at::_sparse_coo_tensor_unsafe(index.unsqueeze(0), x, {rows, x.size(1)});
        return scatterRows(x, index, rows);
    }

private:
    AutogradContext* m_context;
    std::string m_name;
};

template <typename T> kernels::TakenRows<T> takenOf(const TableRows& taken)
{
    return {read<T>(taken.table), taken.index.const_data_ptr<std::int64_t>()};
}

struct AddTakenDrop : torch::autograd::Function<AddTakenDrop> {
    static at::Tensor forward(
        AutogradContext* context, const at::Tensor& tableA, const at::Tensor& indexA, bool sparseA,
        const at::Tensor& tableB, const at::Tensor& indexB, bool sparseB, const Drop& drop)
    {
        const TableRows a{tableA, indexA, sparseA};
        const TableRows b{tableB, indexB, sparseB};
        auto out = at::empty({indexA.size(0), tableA.size(1)}, tableA.options());
        AT_DISPATCH_FLOATING_TYPES(out.scalar_type(), "addTakenDrop", [&] {
            overParts(out, [&](std::int64_t, kernels::RowRange range) {
                kernels::addTakenDrop<scalar_t>(
                    takenOf<scalar_t>(a), takenOf<scalar_t>(b), dropOf<scalar_t>(*drop),
                    write<scalar_t>(out), range);
            });
        });
        context->saved_data["drop"] = c10::IValue::make_capsule(drop);
        TableGradient(context, "a").keep(a);
        TableGradient(context, "b").keep(b);
        context->save_for_backward({indexA, indexB});
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list grads)
    {
        const auto saved = context->get_saved_variables();
        const auto drop = dropIn(context);
        auto x = grads[0].contiguous();
        if (drop->p > 0) {
            const auto gradOut = x;
            x = at::empty_like(gradOut);
            AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "addTakenDrop", [&] {
                overParts(x, [&](std::int64_t, kernels::RowRange range) {
                    kernels::dropRows<scalar_t>(
                        read<scalar_t>(gradOut), dropOf<scalar_t>(*drop), write<scalar_t>(x),
                        range);
                });
            });
        }
        return {
            TableGradient(context, "a").of(x, saved[0]),
            {},
            {},
            TableGradient(context, "b").of(x, saved[1]),
            {},
            {},
            {}};
    }
};

struct TakeRows : torch::autograd::Function<TakeRows> {
    static at::Tensor forward(
        AutogradContext* context, const at::Tensor& table, const at::Tensor& index, bool sparse)
    {
        TableGradient(context, "").keep({table, index, sparse});
        context->save_for_backward({index});
        return at::index_select(table, 0, index);
    }

    static variable_list backward(AutogradContext* context, variable_list grads)
    {
        const auto index = context->get_saved_variables()[0];
        return {
            TableGradient(context, "").of(grads[0].contiguous(), index), at::Tensor(),
            at::Tensor()};
    }
};

// Items come from files: a row that is not there is read in no build, with assertions or without.
void needWithin(const TableRows& rows)
{
    const auto* const first = rows.index.const_data_ptr<std::int64_t>();
    const auto isWithin = [count = rows.table.size(0)](std::int64_t i) {
        return i >= 0 && i < count;
    };
    if (!std::all_of(first, first + rows.index.numel(), isWithin))
        throw std::out_of_range("a row of a table that it has not");
}

} // namespace

at::Tensor sumOfParts(const at::Tensor& parts)
{
    const auto sum = at::empty(parts.sizes().slice(1), parts.options());
    const auto count = sum.numel();
    AT_DISPATCH_FLOATING_TYPES(parts.scalar_type(), "sumOfParts", [&] {
        device::parallelFor(0, count, 1 << 14, [&](std::int64_t first, std::int64_t last) {
            const auto* const from = read<scalar_t>(parts) + first;
            auto* const to = write<scalar_t>(sum) + first;
            std::copy_n(from, last - first, to);
            for (std::int64_t part = 1; part < parts.size(0); ++part)
                addTo(to, from + part * count, last - first);
        });
    });
    return sum;
}

at::Tensor addDrop(
    const at::Tensor& y, const at::Tensor& bias, const at::Tensor& residual, const RowDropout& drop)
{
    return AddDrop::apply(y.contiguous(), orNone(bias, y), residual.contiguous(), holderOf(drop));
}

at::Tensor norm(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& shift)
{
    return Normed::apply(x.contiguous(), weight, shift);
}

at::Tensor reluDrop(const at::Tensor& y, const at::Tensor& bias, const RowDropout& drop)
{
    return ReluDrop::apply(y.contiguous(), bias, holderOf(drop));
}

at::Tensor takeRows(const TableRows& rows)
{
    return TakeRows::apply(rows.table, rows.index, rows.sparse);
}

at::Tensor addTakenDrop(const TableRows& a, const TableRows& b, const RowDropout& drop)
{
    assert(a.table.is_contiguous() && a.index.is_contiguous());
    assert(b.table.is_contiguous() && b.index.is_contiguous());
    assert(a.index.size(0) == b.index.size(0) && a.table.size(1) == b.table.size(1));
    needWithin(a);
    needWithin(b);
    return AddTakenDrop::apply(
        a.table, a.index, a.sparse, b.table, b.index, b.sparse, holderOf(drop));
}

template <typename T, typename Index>
void addToTable(const TableAddition<T, Index>& addition, T* table)
{
    constexpr std::int64_t kAtOnce = 1 << 18;
    std::vector<kernels::RowAddition<T>> sorted(
        static_cast<std::size_t>(std::min(addition.count, kAtOnce)));
    for (std::int64_t from = 0; from < addition.count; from += kAtOnce) {
        const auto behind = std::min(from + kAtOnce, addition.count);
        // Each part owns every kParts-th row of the table, so no two touch the same.
        const auto partOf = [&](std::int64_t i) {
            return static_cast<std::size_t>(addition.to[i] % kParts);
        };
        std::array<std::int64_t, kParts + 1> begins{};
        for (auto i = from; i < behind; ++i)
            ++begins[partOf(i) + 1];
        std::partial_sum(begins.begin(), begins.end(), begins.begin());
        const auto first = from / addition.each; // of the rows
        auto next = begins;
        for (auto i = from, row = first, left = (first + 1) * addition.each; i < behind; ++i) {
            if (i == left) {
                ++row;
                left += addition.each;
            }
            sorted[static_cast<std::size_t>(next[partOf(i)]++)] = {
                static_cast<std::int32_t>(addition.to[i]), static_cast<std::int32_t>(row - first),
                addition.factors ? addition.factors[i] : T{1}};
        }
        device::parallelFor(0, kParts, 1, [&](std::int64_t part, std::int64_t last) {
            const auto begin = begins[static_cast<std::size_t>(part)];
            kernels::addRows<T>(
                sorted.data() + begin, begins[static_cast<std::size_t>(last)] - begin,
                addition.rows + first * addition.width, addition.width, table);
        });
    }
}

template void addToTable(const TableAddition<float, std::int32_t>&, float*);
template void addToTable(const TableAddition<double, std::int32_t>&, double*);
template void addToTable(const TableAddition<float, std::int64_t>&, float*);
template void addToTable(const TableAddition<double, std::int64_t>&, double*);

} // namespace fovea::model

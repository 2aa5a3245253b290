#include "core/model/sublayers_torch.h"

#include "core/model/attention_calls_torch.h"
#include "core/model/kernels/products.h"
#include "core/model/row_calls_torch.h"

#include <numeric>

namespace fovea::model {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t kChunk = 256; // rows at a time

template <typename T> T* rowsAt(T* x, std::int64_t row, std::int64_t width)
{
    return x ? x + row * width : nullptr;
}

std::size_t size(std::int64_t n) { return static_cast<std::size_t>(n); }

// y (rows, out) = x (rows, in) times the transposed weights (in, out)
template <typename T>
void multiplyRows(
    const T* x, std::int64_t rows, std::int64_t in, const T* weights, std::int64_t out, T* y)
{
    kernels::multiply<T>(
        {x, size(in), 1, weights, size(out), y, size(out), size(rows), size(in), size(out)});
}

// weights (out, in) += gradientsᵀ (out, rows) x (rows, in)
template <typename T>
void addOuter(
    const T* gradients, std::int64_t rows, std::int64_t out, const T* x, std::int64_t in, T* weights)
{
    kernels::addProduct<T>(
        {gradients, 1, size(out), x, size(in), weights, size(in), size(out), size(rows), size(in)});
}

// residual + drop(y + bias) and its norm, of the rows first to last - 1, forward and backward.
struct EndOfHalf {
    at::Tensor bias;
    at::Tensor residual;
    at::Tensor weight; // no numbers = no norm
    at::Tensor shift;
    Drop drop;
    at::Tensor sum; // first y
    at::Tensor out;
    at::Tensor statistics;

    bool norms() const { return weight.numel() > 0; }

    template <typename T> void forward(std::int64_t first, std::int64_t last) const
    {
        const auto width = sum.size(1);
        T* const y = rowsAt(write<T>(sum), first, width);
        kernels::addNorm<T>(
            {.y = y,
             .bias = read<T>(bias),
             .residual = rowsAt(read<T>(residual), first, width),
             .drop = dropOf<T>(*drop, first),
             .weight = norms() ? read<T>(weight) : nullptr,
             .shift = norms() ? read<T>(shift) : nullptr,
             .sum = y,
             .out = rowsAt(write<T>(out), first, width),
             .statistics = rowsAt(write<T>(statistics), first, 2)},
            {width, 0, last - first});
    }
};

// The same backward: from the gradients of sum and norm those of residual, in its tensor, and y;
// those of bias, weight and shift, (d) each, are added to what `sums` has.
struct EndGradients {
    at::Tensor gradSum;
    at::Tensor gradOut;
    at::Tensor sum;
    at::Tensor statistics;
    at::Tensor weight;
    Drop drop;
    at::Tensor residual;

    template <typename T>
    void backward(std::int64_t first, std::int64_t last, T* y, T* sums) const
    {
        const auto width = sum.size(1);
        const bool norms = weight.numel() > 0;
        kernels::addNormBackward<T>(
            {.gradSum = rowsAt(read<T>(gradSum), first, width),
             .gradOut = norms ? rowsAt(read<T>(gradOut), first, width) : nullptr,
             .sum = rowsAt(read<T>(sum), first, width),
             .statistics = rowsAt(read<T>(statistics), first, 2),
             .weight = norms ? read<T>(weight) : nullptr,
             .drop = dropOf<T>(*drop, first),
             .residual = rowsAt(write<T>(residual), first, width),
             .y = y,
             .bias = sums,
             .gradWeight = sums + width,
             .gradShift = sums + 2 * width},
            {width, 0, last - first});
    }
};

// Sums of gradients of several tables, made by parts and added in their order.
class TableSums {
public:
    TableSums(std::int64_t parts, std::vector<std::vector<std::int64_t>> shapes, const at::Tensor& like)
        : m_shapes(std::move(shapes))
    {
        for (const auto& shape : m_shapes)
            m_sizes.push_back(std::accumulate(
                shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>()));
        m_sums = at::zeros(
            {parts, std::accumulate(m_sizes.begin(), m_sizes.end(), std::int64_t{0})},
            like.options());
    }

    // Where the table's own begins in a part.
    template <typename T> T* at(std::int64_t part, std::size_t table) const
    {
        return write<T>(m_sums) + part * m_sums.size(1)
            + std::accumulate(
                   m_sizes.begin(), m_sizes.begin() + static_cast<std::ptrdiff_t>(table),
                   std::int64_t{0});
    }

    std::vector<at::Tensor> totals() const
    {
        auto tables = m_sums.sum(0).split_with_sizes(m_sizes);
        for (std::size_t i = 0; i < tables.size(); ++i)
            tables[i] = tables[i].view(m_shapes[i]);
        return tables;
    }

private:
    std::vector<std::vector<std::int64_t>> m_shapes;
    std::vector<std::int64_t> m_sizes;
    at::Tensor m_sums;
};

EndOfHalf endOf(
    const at::Tensor& x, const at::Tensor& residual, const at::Tensor& bias,
    const at::Tensor& weight, const at::Tensor& shift, const Drop& drop)
{
    const bool norms = weight.numel() > 0;
    return {
        bias,
        residual,
        weight,
        shift,
        drop,
        at::empty_like(x),
        norms ? at::empty_like(x) : at::empty({0}, x.options()),
        norms ? at::empty({x.size(0), 2}, x.options()) : at::empty({0}, x.options())};
}

EndGradients gradientsOf(
    const variable_list& grads, const at::Tensor& sum, const at::Tensor& statistics,
    const at::Tensor& weight, const Drop& drop)
{
    return {
        contiguous(grads[0]),
        contiguous(grads[1]),
        sum,
        statistics,
        weight,
        drop,
        at::empty_like(sum)};
}

struct FeedForward : torch::autograd::Function<FeedForward> {
    static variable_list forward(
        AutogradContext* context, const at::Tensor& x, const at::Tensor& residual,
        const at::Tensor& up, const at::Tensor& upBias, const at::Tensor& down,
        const at::Tensor& downBias, const at::Tensor& weight, const at::Tensor& shift,
        const Drop& inner, const Drop& outer)
    {
        const auto width = x.size(1);
        const auto wide = up.size(0);
        const auto upColumns = up.t().contiguous();
        const auto downColumns = down.t().contiguous();
        const auto hidden = at::empty({x.size(0), wide}, x.options());
        const auto end = endOf(x, residual, downBias, weight, shift, outer);
        AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "feedForward", [&] {
            using T = scalar_t;
            overParts(x, [&](std::int64_t, kernels::RowRange range) {
                for (auto first = range.first; first < range.last; first += kChunk) {
                    const auto last = std::min(first + kChunk, range.last);
                    const auto rows = last - first;
                    T* const h = rowsAt(write<T>(hidden), first, wide);
                    multiplyRows(
                        rowsAt(read<T>(x), first, width), rows, width, read<T>(upColumns), wide, h);
                    kernels::reluDrop<T>(
                        h, read<T>(upBias), dropOf<T>(*inner, first), h, {wide, 0, rows});
                    multiplyRows<T>(
                        h, rows, wide, read<T>(downColumns), width,
                        rowsAt(write<T>(end.sum), first, width));
                    end.forward<T>(first, last);
                }
            });
        });
        context->set_materialize_grads(false);
        context->saved_data["inner"] = c10::IValue::make_capsule(inner);
        context->saved_data["outer"] = c10::IValue::make_capsule(outer);
        context->save_for_backward({x, hidden, up, down, end.sum, end.statistics, weight});
        return {end.sum, end.out};
    }

    static variable_list backward(AutogradContext* context, variable_list grads)
    {
        const auto saved = context->get_saved_variables();
        const auto& x = saved[0];
        const auto& hidden = saved[1];
        const auto& up = saved[2];
        const auto& down = saved[3];
        const auto inner = dropIn(context, "inner");
        const auto width = x.size(1);
        const auto wide = up.size(0);
        const auto dx = at::empty_like(x);
        const auto end =
            gradientsOf(grads, saved[4], saved[5], saved[6], dropIn(context, "outer"));
        const TableSums sums(
            kParts, {{wide, width}, {wide}, {width, wide}, {width}, {width}, {width}}, x);
        AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "feedForward", [&] {
            using T = scalar_t;
            overParts(x, [&](std::int64_t part, kernels::RowRange range) {
                std::vector<T> dy(size(kChunk * width));
                std::vector<T> dh(size(kChunk * wide));
                for (auto first = range.first; first < range.last; first += kChunk) {
                    const auto last = std::min(first + kChunk, range.last);
                    const auto rows = last - first;
                    const T* const h = rowsAt(read<T>(hidden), first, wide);
                    end.backward(first, last, dy.data(), sums.at<T>(part, 3));
                    multiplyRows(dy.data(), rows, width, read<T>(down), wide, dh.data());
                    addOuter(dy.data(), rows, width, h, wide, sums.at<T>(part, 2));
                    kernels::reluDropBackward<T>(
                        h, dh.data(), keptOf<T>(*inner), dh.data(), sums.at<T>(part, 1),
                        {wide, 0, rows});
                    multiplyRows<T>(
                        dh.data(), rows, wide, read<T>(up), width,
                        rowsAt(write<T>(dx), first, width));
                    addOuter(
                        dh.data(), rows, wide, rowsAt(read<T>(x), first, width), width,
                        sums.at<T>(part, 0));
                }
            });
        });
        const auto t = sums.totals();
        const bool norms = end.weight.numel() > 0;
        return {
            dx,
            end.residual,
            t[0],
            t[1],
            t[2],
            t[3],
            norms ? t[4] : at::Tensor(),
            norms ? t[5] : at::Tensor(),
            at::Tensor(),
            at::Tensor()};
    }
};

// So many sequences of a part at a time that they have about kChunk rows: work(first, last).
template <typename Work>
void overGroups(
    const std::int64_t* offsets, std::int64_t first, std::int64_t last, const Work& work)
{
    while (first < last) {
        auto behind = first + 1;
        while (behind < last && offsets[behind + 1] - offsets[first] <= kChunk)
            ++behind;
        work(first, behind);
        first = behind;
    }
}

struct SelfAttention : torch::autograd::Function<SelfAttention> {
    static variable_list forward(
        AutogradContext* context, const at::Tensor& x, const at::Tensor& residual,
        const at::Tensor& weights, const at::Tensor& shift, const at::Tensor& out,
        const at::Tensor& outBias, const at::Tensor& weight, const at::Tensor& normShift,
        const Holder& holder, const Drop& drop)
    {
        const auto width = x.size(1);
        const auto columns = weights.t().contiguous();
        const auto outColumns = out.t().contiguous();
        const auto qkv = at::empty({x.size(0), 3 * width}, x.options());
        const auto values = at::empty_like(x);
        const auto logSums = at::empty({x.size(0), holder->call.heads}, x.options());
        const auto end = endOf(x, residual, outBias, weight, normShift, drop);
        AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "selfAttention", [&] {
            using T = scalar_t;
            auto shape = shapeOf<T>(*holder, x);
            useShift(shape, shift);
            const auto part = [&](std::int64_t i) {
                return kernels::Rows<const T>{read<T>(qkv) + i * width, 3 * width};
            };
            const auto group = [&](std::int64_t begin, std::int64_t behind) {
                const auto first = shape.offsets[begin];
                const auto last = shape.offsets[behind];
                const auto rows = last - first;
                multiplyRows(
                    rowsAt(read<T>(x), first, width), rows, width, read<T>(columns), 3 * width,
                    rowsAt(write<T>(qkv), first, 3 * width));
                kernels::attentionForward<T>(
                    shape, part(0), part(1), part(2), rowsOf<T>(values), write<T>(logSums), begin,
                    behind);
                multiplyRows(
                    rowsAt(read<T>(values), first, width), rows, width, read<T>(outColumns), width,
                    rowsAt(write<T>(end.sum), first, width));
                end.forward<T>(first, last);
            };
            forEachPart(*holder, [&](std::int64_t, std::int64_t first, std::int64_t last) {
                overGroups(shape.offsets, first, last, group);
            });
        });
        context->set_materialize_grads(false);
        context->saved_data["call"] = c10::IValue::make_capsule(holder);
        context->saved_data["drop"] = c10::IValue::make_capsule(drop);
        context->save_for_backward(
            {x, qkv, shift, values, logSums, weights, out, end.sum, end.statistics, weight});
        return {end.sum, end.out};
    }

    static variable_list backward(AutogradContext* context, variable_list grads)
    {
        const auto saved = context->get_saved_variables();
        const auto& x = saved[0];
        const auto& qkv = saved[1];
        const auto& shift = saved[2];
        const auto& values = saved[3];
        const auto& logSums = saved[4];
        const auto& weights = saved[5];
        const auto& out = saved[6];
        const auto holder = holderIn(context);
        const auto width = x.size(1);
        const auto dx = at::empty_like(x);
        const auto end = gradientsOf(grads, saved[7], saved[8], saved[9], dropIn(context));
        const TableSums sums(
            static_cast<std::int64_t>(holder->parts.size()) - 1,
            {{3 * width, width}, {3 * width}, {width, width}, {width}, {width}, {width}}, x);
        AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "selfAttention", [&] {
            using T = scalar_t;
            auto shape = shapeOf<T>(*holder, x);
            useShift(shape, shift);
            forEachPart(*holder, [&](std::int64_t part, std::int64_t first, std::int64_t last) {
                GroupOf<T> own;
                overGroups(
                    shape.offsets, first, last, [&](std::int64_t begin, std::int64_t behind) {
                        const auto row = shape.offsets[begin];
                        const auto rows = shape.offsets[behind] - row;
                        own.open(shape, begin, behind, width);
                        end.backward(row, row + rows, own.dy.data(), sums.at<T>(part, 3));
                        multiplyRows(
                            own.dy.data(), rows, width, read<T>(out), width, own.dValues.data());
                        addOuter(
                            own.dy.data(), rows, width, rowsAt(read<T>(values), row, width), width,
                            sums.at<T>(part, 2));
                        const auto of = [&](std::int64_t i) {
                            return kernels::Rows<const T>{
                                rowsAt(read<T>(qkv), row, 3 * width) + i * width, 3 * width};
                        };
                        const auto gradients = [&](std::int64_t i) {
                            return kernels::Rows<T>{own.dqkv.data() + i * width, 3 * width};
                        };
                        T* const shifts = sums.at<T>(part, 1);
                        kernels::attentionBackward<T>(
                            own.shape, of(0), of(1), of(2),
                            {rowsAt(read<T>(values), row, width), width}, {own.dValues.data(), width},
                            rowsAt(read<T>(logSums), row, shape.heads),
                            {gradients(0), gradients(1), gradients(2), nullptr, shifts,
                             shifts + width, shifts + 2 * width},
                            0, behind - begin);
                        multiplyRows<T>(
                            own.dqkv.data(), rows, 3 * width, read<T>(weights), width,
                            rowsAt(write<T>(dx), row, width));
                        addOuter(
                            own.dqkv.data(), rows, 3 * width, rowsAt(read<T>(x), row, width), width,
                            sums.at<T>(part, 0));
                    });
            });
        });
        const auto t = sums.totals();
        const bool norms = end.weight.numel() > 0;
        return {
            dx,
            end.residual,
            t[0],
            t[1],
            t[2],
            t[3],
            norms ? t[4] : at::Tensor(),
            norms ? t[5] : at::Tensor(),
            at::Tensor(),
            at::Tensor()};
    }

private:
    // Some sequences as if they were all: the gradients of their rows alone are held.
    template <typename T> struct GroupOf {
        kernels::AttentionShape<T> shape;
        std::vector<std::int64_t> offsets;
        std::vector<T> dy, dValues, dqkv;

        void open(
            const kernels::AttentionShape<T>& all, std::int64_t begin, std::int64_t behind,
            std::int64_t width)
        {
            const auto first = all.offsets[begin];
            offsets.assign(all.offsets + begin, all.offsets + behind + 1);
            for (auto& offset : offsets)
                offset -= first;
            shape = all;
            shape.offsets = offsets.data();
            if (shape.dropThreshold > 0) {
                shape.rowKeys += first;
                shape.columns += first;
            }
            const auto rows = offsets.back();
            dy.resize(size(rows * width));
            dValues.resize(size(rows * width));
            dqkv.resize(size(3 * rows * width));
        }
    };
};

} // namespace

bool fitSublayers(const at::Tensor& x, std::int64_t innerWidth)
{
    const auto fits = [&](std::int64_t width) {
        return x.scalar_type() == at::kFloat ? kernels::fitsVectors<float>(size(width))
                                             : kernels::fitsVectors<double>(size(width));
    };
    return fits(x.size(1)) && fits(innerWidth);
}

SumAndNorm feedForward(
    const at::Tensor& x, const LinearWeights& up, const RowDropout& inner,
    const LinearWeights& down, const Ending& ending)
{
    const auto both = FeedForward::apply(
        x.contiguous(), ending.residual.contiguous(), up.weight, up.bias, down.weight, down.bias,
        orNone(ending.normWeight, x), orNone(ending.normShift, x), holderOf(inner),
        holderOf(ending.drop));
    return {both[0], ending.normWeight.defined() ? both[1] : at::Tensor()};
}

SumAndNorm selfAttention(
    const at::Tensor& x, const LinearWeights& qkv, const AttentionCall& call,
    const LinearWeights& out, const Ending& ending)
{
    // Each part has sums of its own of all weights: few parts where there is little else to do.
    const auto parts = 8 * std::clamp<std::int64_t>(x.size(0) / 2048, 1, 4);
    const auto both = SelfAttention::apply(
        x.contiguous(), ending.residual.contiguous(), qkv.weight, qkv.bias, out.weight, out.bias,
        orNone(ending.normWeight, x), orNone(ending.normShift, x),
        holderOf(call, static_cast<int>(parts)), holderOf(ending.drop));
    return {both[0], ending.normWeight.defined() ? both[1] : at::Tensor()};
}

} // namespace fovea::model

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
constexpr std::int64_t kMostWeights = std::int64_t{256} * 256; // of a table

std::size_t size(std::int64_t n) { return static_cast<std::size_t>(n); }

template <typename T> T* rowsAt(T* x, std::int64_t row, std::int64_t width)
{
    return x + row * width;
}

// A few rows of x times weights (in, out).
template <bool kAdd, typename T>
void timesWeights(const T* x, std::int64_t rows, std::int64_t in, const at::Tensor& weights, T* y)
{
    const auto out = weights.size(1);
    const kernels::MatrixProduct<T> call{x, size(in),  1,          read<T>(weights), size(out),
                                         y, size(out), size(rows), size(in),         size(out)};
    if constexpr (kAdd)
        kernels::addProduct<T>(call);
    else
        kernels::multiply<T>(call);
}

// gradients (out, in) += the gradients of y, transposed, times x
template <typename T>
void addOuter(
    const T* y, std::int64_t rows, std::int64_t out, const T* x, std::int64_t in, T* gradients)
{
    kernels::addProduct<T>(
        {y, 1, size(out), x, size(in), gradients, size(in), size(out), size(rows), size(in)});
}

// Numbers for a while, which nobody has set.
template <typename T> class Space {
public:
    T* of(std::int64_t numbers)
    {
        if (size(numbers) > m_size) {
            m_size = size(numbers);
            m_numbers = std::make_unique_for_overwrite<T[]>(m_size);
        }
        return m_numbers.get();
    }
    const T* data() const { return m_numbers.get(); }

private:
    std::unique_ptr<T[]> m_numbers;
    std::size_t m_size = 0;
};

// Where a few rows are made: in a tensor, for the backward pass, or, where that is undefined, in a
// space that the next rows are made in as well.
template <typename T> class MadeRows {
public:
    MadeRows(const at::Tensor& kept, std::int64_t width)
        : m_kept(write<T>(kept))
        , m_width(width)
    { }

    T* at(std::int64_t first, std::int64_t rows)
    {
        return m_kept ? rowsAt(m_kept, first, m_width) : m_space.of(rows * m_width);
    }

private:
    T* m_kept;
    std::int64_t m_width;
    Space<T> m_space;
};

// What both halves begin and end with, of the rows from `first` on.
struct Frame {
    at::Tensor x;
    at::Tensor weight; // no numbers = no norm
    at::Tensor shift;
    bool addsNormed = false;
    Drop drop;

    bool norms() const { return weight.numel() > 0; }
    std::int64_t width() const { return x.size(1); }

    // What the backward pass needs beside the tensors x, weight and shift, which are saved first.
    void keep(AutogradContext* context) const
    {
        context->saved_data["drop"] = c10::IValue::make_capsule(drop);
        context->saved_data["adds_normed"] = addsNormed;
    }
    static Frame in(AutogradContext* context, const variable_list& saved)
    {
        return {
            saved[0], saved[1], saved[2], context->saved_data["adds_normed"].toBool(),
            dropIn(context)};
    }

    // What f is of: x itself or its norm, which is made in `space`.
    template <typename T>
    const T* begin(std::int64_t first, std::int64_t rows, Space<T>& space) const
    {
        const T* const own = rowsAt(read<T>(x), first, width());
        if (!norms())
            return own;
        T* const normed = space.of(rows * (width() + 2));
        kernels::norm<T>(
            own, read<T>(weight), read<T>(shift), normed, normed + rows * width(),
            {width(), 0, rows});
        return normed;
    }

    // y = residual + drop(y + bias)
    template <typename T>
    void end(
        std::int64_t first, std::int64_t rows, const T* begun, const at::Tensor& bias, T* y) const
    {
        const T* const residual = addsNormed ? begun : rowsAt(read<T>(x), first, width());
        kernels::addDrop<T>(
            y, read<T>(bias), residual, dropOf<T>(*drop, first), y, {width(), 0, rows});
    }

    // The gradient of f from that of the sum; that of its bias is added to.
    template <typename T>
    void endBackward(std::int64_t first, std::int64_t rows, const T* gradient, T* f, T* bias) const
    {
        kernels::addDropBackward<T>(gradient, dropOf<T>(*drop, first), f, bias, {width(), 0, rows});
    }

    // The gradient of x, dx, from that of the sum and from inner (rows, in), whose product with
    // weights is what f's input gets. `begun` is what begin() left in its space; of the norm's
    // weight and shift, (2, d), is added to.
    template <typename T>
    void beginBackward(
        std::int64_t first, std::int64_t rows, const T* gradient, const Space<T>& begun,
        const T* inner, const at::Tensor& weights, Space<T>& space, T* dx, T* sums) const
    {
        const auto count = size(rows * width());
        const auto in = weights.size(0);
        if (!norms()) {
            std::copy_n(gradient, count, dx);
            timesWeights<true>(inner, rows, in, weights, dx);
            return;
        }
        T* const gradNormed = space.of(rows * width());
        if (addsNormed) {
            std::copy_n(gradient, count, gradNormed);
            timesWeights<true>(inner, rows, in, weights, gradNormed);
        } else {
            timesWeights<false>(inner, rows, in, weights, gradNormed);
        }
        kernels::normBackward<T>(
            {.gradOut = gradNormed,
             .x = rowsAt(read<T>(x), first, width()),
             .statistics = begun.data() + count,
             .weight = read<T>(weight),
             .gradMore = addsNormed ? nullptr : gradient,
             .gradX = dx,
             .gradWeight = sums,
             .gradShift = sums + width()},
            {width(), 0, rows});
    }
};

// Gradients of several tables, made by parts and added in their order.
class TableSums {
public:
    TableSums(
        std::int64_t parts, std::vector<std::vector<std::int64_t>> shapes, const at::Tensor& like)
        : m_shapes(std::move(shapes))
    {
        for (const auto& shape : m_shapes) {
            m_begins.push_back(m_size);
            m_size +=
                std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
        }
        m_sums = at::empty({parts, m_size}, like.options());
    }

    // Before anything is added to a part's.
    template <typename T> void begin(std::int64_t part) const
    {
        std::fill_n(write<T>(m_sums) + part * m_size, m_size, T{0});
    }

    template <typename T> T* of(std::int64_t part, std::size_t table) const
    {
        return write<T>(m_sums) + part * m_size + m_begins[table];
    }

    variable_list totals() const
    {
        const auto all = sumOfParts(m_sums);
        variable_list tables;
        for (std::size_t i = 0; i < m_shapes.size(); ++i) {
            const auto end = i + 1 < m_shapes.size() ? m_begins[i + 1] : m_size;
            tables.push_back(all.narrow(0, m_begins[i], end - m_begins[i]).view(m_shapes[i]));
        }
        return tables;
    }

private:
    std::vector<std::vector<std::int64_t>> m_shapes;
    std::vector<std::int64_t> m_begins;
    std::int64_t m_size = 0;
    at::Tensor m_sums; // (parts, size)
};

// The gradients of the inputs of both halves: x, the norm's, and the four tables.
variable_list gradientsOf(const at::Tensor& dx, const Frame& frame, const TableSums& sums)
{
    const at::AutoDispatchBelowADInplaceOrView plain; // nothing follows what is cut out of them
    const auto t = sums.totals(); // of the tables, and the norm's
    const auto norm = [&](std::int64_t i) { return frame.norms() ? t[4][i] : at::Tensor(); };
    return {dx, norm(0), norm(1), t[0], t[1], t[2], t[3], {}, {}, {}, {}};
}

struct FeedForward : torch::autograd::Function<FeedForward> {
    static at::Tensor forward(
        AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
        const at::Tensor& shift, const at::Tensor& up, const at::Tensor& upBias,
        const at::Tensor& down, const at::Tensor& downBias, bool addsNormed, const Drop& outer,
        const Drop& inner, bool learns)
    {
        const Frame frame{x, weight, shift, addsNormed, outer};
        const auto width = frame.width();
        const auto wide = up.size(0);
        const auto upColumns = up.t().contiguous();
        const auto downColumns = down.t().contiguous();
        const auto hidden = learns ? at::empty({x.size(0), wide}, x.options()) : at::Tensor();
        const auto y = at::empty_like(x);
        AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "feedForward", [&] {
            using T = scalar_t;
            overParts(x, [&](std::int64_t, kernels::RowRange range) {
                Space<T> space;
                MadeRows<T> made(hidden, wide);
                for (auto first = range.first; first < range.last; first += kChunk) {
                    const auto rows = std::min(kChunk, range.last - first);
                    const T* const n = frame.begin(first, rows, space);
                    T* const h = made.at(first, rows);
                    T* const to = rowsAt(write<T>(y), first, width);
                    timesWeights<false>(n, rows, width, upColumns, h);
                    kernels::reluDrop<T>(
                        h, read<T>(upBias), dropOf<T>(*inner, first), h, {wide, 0, rows});
                    timesWeights<false, T>(h, rows, wide, downColumns, to);
                    frame.end(first, rows, n, downBias, to);
                }
            });
        });
        if (!learns)
            return y;
        frame.keep(context);
        context->saved_data["inner"] = c10::IValue::make_capsule(inner);
        context->save_for_backward({x, weight, shift, hidden, up, down});
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list grads)
    {
        const auto saved = context->get_saved_variables();
        const auto frame = Frame::in(context, saved);
        const auto& hidden = saved[3];
        const auto& up = saved[4];
        const auto& down = saved[5];
        const auto inner = dropIn(context, "inner");
        const auto width = frame.width();
        const auto wide = up.size(0);
        const auto gradient = grads[0].contiguous();
        const auto dx = at::empty_like(gradient);
        const TableSums sums(
            partsOfRows(dx.size(0)), {{wide, width}, {wide}, {width, wide}, {width}, {2, width}},
            dx);
        AT_DISPATCH_FLOATING_TYPES(dx.scalar_type(), "feedForward", [&] {
            using T = scalar_t;
            overParts(dx, [&](std::int64_t part, kernels::RowRange range) {
                sums.begin<T>(part);
                Space<T> begun;
                Space<T> space;
                Space<T> spaceOfF;
                Space<T> spaceOfInner;
                T* const f = spaceOfF.of(kChunk * width);
                T* const dh = spaceOfInner.of(kChunk * wide);
                for (auto first = range.first; first < range.last; first += kChunk) {
                    const auto rows = std::min(kChunk, range.last - first);
                    const T* const g = rowsAt(read<T>(gradient), first, width);
                    const T* const h = rowsAt(read<T>(hidden), first, wide);
                    frame.endBackward(first, rows, g, f, sums.of<T>(part, 3));
                    timesWeights<false>(f, rows, width, down, dh);
                    addOuter(f, rows, width, h, wide, sums.of<T>(part, 2));
                    kernels::reluDropBackward<T>(
                        h, dh, keptOf<T>(*inner), dh, sums.of<T>(part, 1), {wide, 0, rows});
                    const T* const n = frame.begin(first, rows, begun);
                    addOuter(dh, rows, wide, n, width, sums.of<T>(part, 0));
                    frame.beginBackward(
                        first, rows, g, begun, dh, up, space, rowsAt(write<T>(dx), first, width),
                        sums.of<T>(part, 4));
                }
            });
        });
        return gradientsOf(dx, frame, sums);
    }
};

// So many sequences at a time that they have about kChunk rows: work(first, behind).
template <typename Work>
void overGroups(
    const std::int64_t* offsets, std::int64_t first, std::int64_t last, const Work& work)
{
    while (first < last) {
        auto behind = first + 1;
        while (behind < last && offsets[behind + 1] - offsets[first] <= kChunk)
            ++behind;
        if (offsets[behind] > offsets[first])
            work(first, behind);
        first = behind;
    }
}

// Queries, keys and values side by side.
template <typename T> kernels::Rows<T> third(T* qkv, std::int64_t i, std::int64_t width)
{
    return {qkv + i * width, 3 * width};
}

// (3 * h * dh) to queries, keys and values.
template <typename T> void useShift(kernels::AttentionShape<T>& shape, const at::Tensor& shift)
{
    const auto width = shift.size(0) / 3;
    shape.qShift = read<T>(shift);
    shape.kShift = shape.qShift + width;
    shape.vShift = shape.kShift + width;
}

// The shape of attention of some sequences as if there were no others.
template <typename T> struct Group {
    kernels::AttentionShape<T> shape;
    std::vector<std::int64_t> offsets;

    void open(const kernels::AttentionShape<T>& all, std::int64_t begin, std::int64_t behind)
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
    }
};

struct SelfAttention : torch::autograd::Function<SelfAttention> {
    static at::Tensor forward(
        AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
        const at::Tensor& shift, const at::Tensor& in, const at::Tensor& inBias,
        const at::Tensor& out, const at::Tensor& outBias, bool addsNormed, const Drop& drop,
        const Holder& holder, bool learns)
    {
        const Frame frame{x, weight, shift, addsNormed, drop};
        const auto width = frame.width();
        const auto inColumns = in.t().contiguous();
        const auto outColumns = out.t().contiguous();
        const auto kept = [&](std::int64_t columns) {
            return learns ? at::empty({x.size(0), columns}, x.options()) : at::Tensor();
        };
        const auto qkv = kept(3 * width);
        const auto values = kept(width);
        const auto logSums = kept(holder->call.heads);
        const auto y = at::empty_like(x);
        AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "selfAttention", [&] {
            using T = scalar_t;
            auto shape = shapeOf<T>(*holder, x);
            useShift(shape, inBias);
            forEachPart(*holder, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
                Group<T> group;
                Space<T> space;
                MadeRows<T> madeQkv(qkv, 3 * width);
                MadeRows<T> madeValues(values, width);
                overGroups(shape.offsets, begin, end, [&](std::int64_t s, std::int64_t behind) {
                    const auto first = shape.offsets[s];
                    const auto rows = shape.offsets[behind] - first;
                    group.open(shape, s, behind);
                    const T* const n = frame.begin(first, rows, space);
                    T* const own = madeQkv.at(first, rows);
                    T* const v = madeValues.at(first, rows);
                    T* const to = rowsAt(write<T>(y), first, width);
                    timesWeights<false>(n, rows, width, inColumns, own);
                    kernels::attentionForward<T>(
                        group.shape, third<const T>(own, 0, width), third<const T>(own, 1, width),
                        third<const T>(own, 2, width), {v, width},
                        learns ? rowsAt(write<T>(logSums), first, shape.heads) : nullptr, 0,
                        behind - s);
                    timesWeights<false, T>(v, rows, width, outColumns, to);
                    frame.end(first, rows, n, outBias, to);
                });
            });
        });
        if (!learns)
            return y;
        frame.keep(context);
        context->saved_data["call"] = c10::IValue::make_capsule(holder);
        context->save_for_backward({x, weight, shift, in, inBias, out, qkv, values, logSums});
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list grads)
    {
        const auto saved = context->get_saved_variables();
        const auto frame = Frame::in(context, saved);
        const auto& in = saved[3];
        const auto& inBias = saved[4];
        const auto& out = saved[5];
        const auto& qkv = saved[6];
        const auto& values = saved[7];
        const auto& logSums = saved[8];
        const auto holder = holderIn(context);
        const auto width = frame.width();
        const auto gradient = grads[0].contiguous();
        const auto dx = at::empty_like(gradient);
        const TableSums sums(
            static_cast<std::int64_t>(holder->parts.size()) - 1,
            {{3 * width, width}, {3 * width}, {width, width}, {width}, {2, width}}, dx);
        AT_DISPATCH_FLOATING_TYPES(dx.scalar_type(), "selfAttention", [&] {
            using T = scalar_t;
            auto shape = shapeOf<T>(*holder, dx);
            useShift(shape, inBias);
            forEachPart(*holder, [&](std::int64_t part, std::int64_t begin, std::int64_t end) {
                sums.begin<T>(part);
                Group<T> group;
                Space<T> spaceOfF;
                Space<T> spaceOfValues;
                Space<T> spaceOfQkv;
                Space<T> begun;
                Space<T> space;
                overGroups(shape.offsets, begin, end, [&](std::int64_t s, std::int64_t behind) {
                    const auto first = shape.offsets[s];
                    const auto rows = shape.offsets[behind] - first;
                    group.open(shape, s, behind);
                    T* const f = spaceOfF.of(rows * width);
                    T* const dValues = spaceOfValues.of(rows * width);
                    T* const dQkv = spaceOfQkv.of(3 * rows * width);
                    const T* const g = rowsAt(read<T>(gradient), first, width);
                    const T* const v = rowsAt(read<T>(values), first, width);
                    const T* const own = rowsAt(read<T>(qkv), first, 3 * width);
                    frame.endBackward(first, rows, g, f, sums.of<T>(part, 3));
                    timesWeights<false>(f, rows, width, out, dValues);
                    addOuter(f, rows, width, v, width, sums.of<T>(part, 2));
                    T* const biases = sums.of<T>(part, 1);
                    kernels::attentionBackward<T>(
                        group.shape, third(own, 0, width), third(own, 1, width),
                        third(own, 2, width), {v, width}, {dValues, width},
                        rowsAt(read<T>(logSums), first, shape.heads),
                        {third(dQkv, 0, width), third(dQkv, 1, width), third(dQkv, 2, width),
                         nullptr, biases, biases + width, biases + 2 * width},
                        0, behind - s);
                    const T* const n = frame.begin(first, rows, begun);
                    addOuter(dQkv, rows, 3 * width, n, width, sums.of<T>(part, 0));
                    frame.beginBackward(
                        first, rows, g, begun, dQkv, in, space, rowsAt(write<T>(dx), first, width),
                        sums.of<T>(part, 4));
                });
            });
        });
        return gradientsOf(dx, frame, sums);
    }
};

} // namespace

bool fitsHalf(const at::Tensor& x, std::int64_t innerWidth)
{
    const auto fits = [&](std::int64_t width) {
        return x.scalar_type() == at::kFloat ? kernels::fitsVectors<float>(size(width))
                                             : kernels::fitsVectors<double>(size(width));
    };
    // Each part has sums of its own for all weights: for wide layers, whose products LibTorch does
    // well, that would be too much memory.
    return fits(x.size(1)) && fits(innerWidth) && x.size(1) * innerWidth <= kMostWeights;
}

at::Tensor feedForward(
    const Half& half, const LinearWeights& up, const RowDropout& inner, const LinearWeights& down)
{
    const auto& x = half.x;
    return FeedForward::apply(
        x.contiguous(), orNone(half.normWeight, x), orNone(half.normShift, x), up.weight, up.bias,
        down.weight, down.bias, half.addsNormed, holderOf(half.drop), holderOf(inner),
        at::GradMode::is_enabled());
}

at::Tensor selfAttention(
    const Half& half, const LinearWeights& qkv, const AttentionCall& call, const LinearWeights& out)
{
    const auto& x = half.x;
    // Each part has its own sums of all weights: few parts where there is little else to do.
    const auto parts = 8 * std::clamp<std::int64_t>(x.size(0) / 2048, 1, 4);
    return SelfAttention::apply(
        x.contiguous(), orNone(half.normWeight, x), orNone(half.normShift, x), qkv.weight, qkv.bias,
        out.weight, out.bias, half.addsNormed, holderOf(half.drop),
        holderOf(call, static_cast<int>(parts)), at::GradMode::is_enabled());
}

} // namespace fovea::model

#include "core/model/linear_torch.h"

#include "core/model/kernels/products.h"
#include "core/model/row_calls_torch.h"

namespace fovea::model {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t kRows = 192; // of a product at a time
constexpr std::int64_t kBlock = 96; // rows of a gradient at a time
constexpr std::int64_t kMostSums = 1 << 20; // numbers that the parts of a gradient hold

std::size_t size(std::int64_t n) { return static_cast<std::size_t>(n); }
std::int64_t over(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

// B of products, packed on all threads.
template <typename T> class PackedColumns {
public:
    PackedColumns(kernels::Matrix<T> b, std::int64_t depth, std::int64_t columns)
        : m_numbers(
            std::make_unique_for_overwrite<T[]>(kernels::packedSize(size(depth), size(columns))))
    {
        constexpr auto kTogether = static_cast<std::int64_t>(kernels::kPackedTogether);
        device::parallelFor(
            0, over(columns, kTogether), 1, [&](std::int64_t begin, std::int64_t end) {
                const auto first = begin * kTogether;
                kernels::packColumns<T>(
                    {b.data + size(first) * b.column, b.row, b.column}, size(depth),
                    size(std::min(columns, end * kTogether) - first),
                    m_numbers.get() + first * depth);
            });
    }
    const T* data() const { return m_numbers.get(); }

private:
    std::unique_ptr<T[]> m_numbers;
};

// C = A B, where the call is of all rows; finish(first, last) after some of them.
template <typename T, typename Finish>
void overAllRows(const kernels::PackedProduct<T>& all, const Finish& finish)
{
    const auto rows = static_cast<std::int64_t>(all.rows);
    device::parallelFor(0, over(rows, kRows), 1, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = begin; i < end; ++i) {
            const auto first = i * kRows;
            const auto last = std::min(rows, first + kRows);
            auto some = all;
            some.a.data += size(first) * some.a.row;
            some.c += size(first) * some.cRow;
            some.rows = size(last - first);
            kernels::multiplyPacked<T>(some);
            finish(first, last);
        }
    });
}

template <typename T> void overAllRows(const kernels::PackedProduct<T>& all)
{
    overAllRows(all, [](std::int64_t, std::int64_t) {});
}

// The gradients of weight (out, in) and bias (out) from those of the output, in parts of rows that
// are added in their order: as many as there is memory for.
template <typename T> class WeightGradients {
public:
    WeightGradients(const at::Tensor& gradient, const at::Tensor& x)
        : m_gradient(read<T>(gradient))
        , m_x(read<T>(x))
        , m_rows(x.size(0))
        , m_out(gradient.size(1))
        , m_in(x.size(1))
        , m_parts(std::clamp<std::int64_t>(
              kMostSums / (m_out * m_in), 1, std::max<std::int64_t>(1, partsOfRows(m_rows))))
        , m_sums(at::zeros({m_parts, m_out * (m_in + 1)}, x.options()))
    { }

    variable_list make() // weight, bias
    {
        const auto blocks = over(m_out, kBlock);
        device::parallelFor(0, m_parts * blocks, 1, [&](std::int64_t begin, std::int64_t end) {
            std::vector<T> packed(kernels::packedSize(kRows, size(m_in)));
            for (auto i = begin; i < end; ++i)
                addBlock(i / blocks, i % blocks * kBlock, packed);
        });
        const auto total = m_parts == 1 ? m_sums.view(-1) : sumOfParts(m_sums);
        return {
            total.narrow(0, 0, m_out * m_in).view({m_out, m_in}),
            total.narrow(0, m_out * m_in, m_out)};
    }

private:
    // Of some rows of the weight: a part's sum over its positions.
    void addBlock(std::int64_t part, std::int64_t row, std::vector<T>& packed)
    {
        const auto rows = std::min(kBlock, m_out - row);
        const auto positions = over(m_rows, m_parts);
        const auto end = std::min(m_rows, (part + 1) * positions);
        T* const sums = write<T>(m_sums) + part * m_out * (m_in + 1);
        for (auto first = part * positions; first < end; first += kRows) {
            const auto count = std::min(kRows, end - first);
            const T* const gradient = m_gradient + first * m_out + row;
            kernels::packColumns<T>(
                {m_x + first * m_in, size(m_in), 1}, size(count), size(m_in), packed.data());
            kernels::addPacked<T>(
                {{gradient, 1, size(m_out)},
                 packed.data(),
                 sums + row * m_in,
                 size(m_in),
                 size(rows),
                 size(count),
                 size(m_in)});
            for (std::int64_t t = 0; t < count; ++t)
                addTo(sums + m_out * m_in + row, gradient + t * m_out, rows);
        }
    }

    const T* m_gradient; // (T, out)
    const T* m_x; // (T, in)
    std::int64_t m_rows;
    std::int64_t m_out;
    std::int64_t m_in;
    std::int64_t m_parts;
    at::Tensor m_sums; // (parts, out * in + out)
};

struct LinearLayer : torch::autograd::Function<LinearLayer> {
    // bias may be empty
    static at::Tensor forward(
        AutogradContext* context, const at::Tensor& x, const at::Tensor& weight,
        const at::Tensor& bias)
    {
        const auto in = weight.size(1);
        const auto out = weight.size(0);
        auto y = at::empty({x.size(0), out}, x.options());
        AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "linear", [&] {
            using T = scalar_t;
            const PackedColumns<T> columns({read<T>(weight), 1, size(in)}, in, out);
            overAllRows<T>(
                {{read<T>(x), size(in), 1},
                 columns.data(),
                 write<T>(y),
                 size(out),
                 size(x.size(0)),
                 size(in),
                 size(out)},
                [&](std::int64_t first, std::int64_t last) {
                    for (auto t = first; bias.numel() > 0 && t < last; ++t)
                        addTo(write<T>(y) + t * out, read<T>(bias), out);
                });
        });
        context->save_for_backward({x, weight});
        context->saved_data["bias"] = bias.numel() > 0;
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list grads)
    {
        const auto saved = context->get_saved_variables();
        const auto& x = saved[0];
        const auto& weight = saved[1];
        const auto gradient = grads[0].contiguous();
        const auto in = weight.size(1);
        const auto out = weight.size(0);
        variable_list result(3);
        AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "linear", [&] {
            using T = scalar_t;
            if (context->needs_input_grad(0)) {
                result[0] = at::empty_like(x);
                const PackedColumns<T> columns({read<T>(weight), size(in), 1}, out, in);
                overAllRows<T>(
                    {{read<T>(gradient), size(out), 1},
                     columns.data(),
                     write<T>(result[0]),
                     size(in),
                     size(x.size(0)),
                     size(out),
                     size(in)});
            }
            auto made = WeightGradients<T>(gradient, x).make();
            result[1] = made[0];
            if (context->saved_data["bias"].toBool())
                result[2] = made[1];
        });
        return result;
    }
};

} // namespace

at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias)
{
    return LinearLayer::apply(x.contiguous(), weight.contiguous(), orNone(bias, x));
}

at::Tensor intoHeads(const at::Tensor& x, const at::Tensor& weight, std::int64_t heads)
{
    const auto rows = x.contiguous();
    const auto width = rows.size(1);
    const auto own = width / heads;
    auto out = at::empty({rows.size(0), heads, width}, rows.options());
    AT_DISPATCH_FLOATING_TYPES(rows.scalar_type(), "intoHeads", [&] {
        using T = scalar_t;
        for (std::int64_t h = 0; h < heads; ++h) {
            const PackedColumns<T> columns(
                {read<T>(weight) + h * own * width, size(width), 1}, own, width);
            overAllRows<T>(
                {{read<T>(rows) + h * own, size(width), 1},
                 columns.data(),
                 write<T>(out) + h * width,
                 size(heads * width),
                 size(rows.size(0)),
                 size(own),
                 size(width)});
        }
    });
    return out;
}

at::Tensor outOfHeads(const at::Tensor& x, const at::Tensor& weight)
{
    const auto rows = x.contiguous();
    const auto heads = rows.size(1);
    const auto width = rows.size(2);
    const auto own = width / heads;
    auto out = at::empty({rows.size(0), width}, rows.options());
    AT_DISPATCH_FLOATING_TYPES(rows.scalar_type(), "outOfHeads", [&] {
        using T = scalar_t;
        for (std::int64_t h = 0; h < heads; ++h) {
            const PackedColumns<T> columns(
                {read<T>(weight) + h * own * width, 1, size(width)}, width, own);
            overAllRows<T>(
                {{read<T>(rows) + h * width, size(heads * width), 1},
                 columns.data(),
                 write<T>(out) + h * own,
                 size(width),
                 size(rows.size(0)),
                 size(width),
                 size(own)});
        }
    });
    return out;
}

} // namespace fovea::model

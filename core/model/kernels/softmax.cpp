#include "core/model/kernels/softmax.h"

#include <algorithm>
#include <cmath>
#include <limits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/model/kernels/softmax.cpp"
#include <hwy/foreach_target.h> // compiles what follows once for each instruction set

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace fovea::model::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

template <typename T> T highestOf(const T* row, std::int64_t columns)
{
    const hn::ScalableTag<T> d;
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
    auto a = hn::Set(d, -std::numeric_limits<T>::infinity());
    auto b = a;
    std::int64_t c = 0;
    for (; c + 2 * lanes <= columns; c += 2 * lanes) {
        a = hn::Max(a, hn::LoadU(d, row + c));
        b = hn::Max(b, hn::LoadU(d, row + c + lanes));
    }
    T highest = hn::GetLane(hn::MaxOfLanes(d, hn::Max(a, b)));
    for (; c < columns; ++c)
        highest = std::max(highest, row[c]);
    return highest;
}

template <typename T> T exponentialsOf(T* row, std::int64_t columns, T highest)
{
    const hn::ScalableTag<T> d;
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
    const auto top = hn::Set(d, highest);
    auto sumA = hn::Zero(d);
    auto sumB = sumA;
    std::int64_t c = 0;
    for (; c + 2 * lanes <= columns; c += 2 * lanes) {
        const auto a = hn::Exp(d, hn::Sub(hn::LoadU(d, row + c), top));
        const auto b = hn::Exp(d, hn::Sub(hn::LoadU(d, row + c + lanes), top));
        hn::StoreU(a, d, row + c);
        hn::StoreU(b, d, row + c + lanes);
        sumA = hn::Add(sumA, a);
        sumB = hn::Add(sumB, b);
    }
    T sum = hn::GetLane(hn::SumOfLanes(d, hn::Add(sumA, sumB)));
    for (; c < columns; ++c) {
        row[c] = std::exp(row[c] - highest);
        sum += row[c];
    }
    return sum;
}

template <typename T>
void rowsOf(T* scores, std::int64_t rows, std::int64_t columns, T* highest, T* sum)
{
    for (std::int64_t i = 0; i < rows; ++i) {
        T* row = scores + i * columns;
        highest[i] = highestOf(row, columns);
        sum[i] = exponentialsOf(row, columns, highest[i]);
    }
}

void exponentialsFloat(
    float* scores, std::int64_t rows, std::int64_t columns, float* highest, float* sum)
{
    rowsOf(scores, rows, columns, highest, sum);
}

void exponentialsDouble(
    double* scores, std::int64_t rows, std::int64_t columns, double* highest, double* sum)
{
    rowsOf(scores, rows, columns, highest, sum);
}

} // namespace fovea::model::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace fovea::model::kernels {

HWY_EXPORT(exponentialsFloat);
HWY_EXPORT(exponentialsDouble);

template <>
void exponentials<float>(
    float* scores, std::int64_t rows, std::int64_t columns, float* highest, float* sum)
{
    HWY_DYNAMIC_DISPATCH(exponentialsFloat)(scores, rows, columns, highest, sum);
}

template <>
void exponentials<double>(
    double* scores, std::int64_t rows, std::int64_t columns, double* highest, double* sum)
{
    HWY_DYNAMIC_DISPATCH(exponentialsDouble)(scores, rows, columns, highest, sum);
}

} // namespace fovea::model::kernels
#endif

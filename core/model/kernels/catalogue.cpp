#include "core/model/kernels/catalogue.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/model/kernels/catalogue.cpp"
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h> // compiles what follows once for each instruction set

#include "core/model/kernels/exp-inl.h"
#include "core/model/kernels/tile-inl.h"

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace fovea::model::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Of the rows of a strip that were just written, while they are at hand.
template <class D, typename T>
HWY_INLINE void finishStrip(
    D d, const Scores<T>& call, std::size_t row, std::size_t rows, std::size_t column)
{
    const std::size_t lanes = hn::Lanes(d);
    const std::size_t left = call.count - column;
    for (std::size_t r = row; r < row + rows; ++r) {
        T* at = call.tile + r * kTileStride + column;
        auto a = hn::LoadU(d, at);
        auto b = hn::LoadU(d, at + lanes);
        const auto isA = hn::FirstN(d, left);
        const auto isB = hn::FirstN(d, left > lanes ? left - lanes : 0);
        if (!call.sums) {
            const auto none = hn::Set(d, call.highest[r]);
            a = hn::IfThenElse(isA, a, none);
            b = hn::IfThenElse(isB, b, none);
            call.highest[r] = hn::GetLane(hn::MaxOfLanes(d, hn::Max(a, b)));
            continue;
        }
        a = boundedExp(d, a);
        b = boundedExp(d, b);
        if (left < 2 * lanes) {
            a = hn::IfThenElseZero(isA, a);
            b = hn::IfThenElseZero(isB, b);
        }
        hn::StoreU(a, d, at);
        hn::StoreU(b, d, at + lanes);
        T* const sums = call.sums + r * kTileWidth;
        hn::StoreU(hn::Add(hn::LoadU(d, sums), hn::Add(a, b)), d, sums);
    }
}

template <typename T> void scoresOf(const Scores<T>& call)
{
    constexpr std::size_t kLine = 64 / sizeof(T);
    const hn::ScalableTag<T> d;
    const std::size_t strip = stripOf(d);
    const std::size_t size = strip * call.width;
    for (std::size_t column = 0; column < call.count; column += strip) {
        const T* const next = call.packed + column * call.width + size;
        std::size_t asked = 0; // of the next strip, so that it is there
        const Product<T> product{
            call.states, call.width,         1,           call.packed + column * call.width,
            strip,       call.tile + column, kTileStride, call.width};
        for (std::size_t row = 0; row < call.rows; row += kTileRows) {
            const auto rows = std::min(kTileRows, call.rows - row);
            for (; asked * call.rows < (row + rows) * size; asked += kLine)
                hwy::Prefetch(next + asked);
            multiply<false>(d, product, row, rows, strip);
            finishStrip(d, call, row, rows, column);
        }
    }
}

template <typename T>
void exponentialsOf(T* tile, std::size_t rows, std::size_t count, const T* highest, T* sums)
{
    const hn::ScalableTag<T> d;
    const std::size_t lanes = hn::Lanes(d);
    for (std::size_t r = 0; r < rows; ++r) {
        const auto top = hn::Set(d, highest[r]);
        T* row = tile + r * kTileStride;
        auto sum = hn::Zero(d);
        for (std::size_t c = 0; c < count; c += lanes) {
            const auto e = hn::IfThenElseZero(
                hn::FirstN(d, count - c), hn::Exp(d, hn::Sub(hn::LoadU(d, row + c), top)));
            hn::StoreU(e, d, row + c);
            sum = hn::Add(sum, e);
        }
        hn::StoreU(hn::Add(hn::LoadU(d, sums + r * kTileWidth), sum), d, sums + r * kTileWidth);
    }
}

template <typename T>
void addToStatesOf(
    const T* tile, std::size_t rows, const T* items, std::size_t count, std::size_t width, T* grad)
{
    multiplyDeep<true, T>({tile, kTileStride, 1, items, width, grad, width, count}, rows, width);
}

template <typename T>
void addToItemsOf(
    const T* tile, std::size_t rows, const T* states, std::size_t count, std::size_t width, T* grad)
{
    multiplyDeep<true, T>({tile, 1, kTileStride, states, width, grad, width, rows}, count, width);
}

#define FOVEA_OF_TYPE(TYPE, NAME)                                                                  \
    void pack##NAME(const TYPE* items, std::size_t count, std::size_t width, TYPE* packed)         \
    {                                                                                              \
        packStrips(items, count, width, packed);                                                   \
    }                                                                                              \
    void scores##NAME(const Scores<TYPE>& call) { scoresOf(call); }                                \
    void exponentials##NAME(                                                                       \
        TYPE* tile, std::size_t rows, std::size_t count, const TYPE* highest, TYPE* sums)          \
    {                                                                                              \
        exponentialsOf(tile, rows, count, highest, sums);                                          \
    }                                                                                              \
    void addToStates##NAME(                                                                        \
        const TYPE* tile, std::size_t rows, const TYPE* items, std::size_t count,                  \
        std::size_t width, TYPE* grad)                                                             \
    {                                                                                              \
        addToStatesOf(tile, rows, items, count, width, grad);                                      \
    }                                                                                              \
    void addToItems##NAME(                                                                         \
        const TYPE* tile, std::size_t rows, const TYPE* states, std::size_t count,                 \
        std::size_t width, TYPE* grad)                                                             \
    {                                                                                              \
        addToItemsOf(tile, rows, states, count, width, grad);                                      \
    }
FOVEA_OF_TYPE(float, Float)
FOVEA_OF_TYPE(double, Double)
#undef FOVEA_OF_TYPE

} // namespace fovea::model::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace fovea::model::kernels {

#define FOVEA_OF_TYPE(TYPE, NAME)                                                                  \
    HWY_EXPORT(pack##NAME);                                                                        \
    HWY_EXPORT(scores##NAME);                                                                      \
    HWY_EXPORT(exponentials##NAME);                                                                \
    HWY_EXPORT(addToStates##NAME);                                                                 \
    HWY_EXPORT(addToItems##NAME);                                                                  \
    template <>                                                                                    \
    void packTile<TYPE>(const TYPE* items, std::size_t count, std::size_t width, TYPE* packed)     \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(pack##NAME)(items, count, width, packed);                             \
    }                                                                                              \
    template <> void scores<TYPE>(const Scores<TYPE>& call)                                        \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(scores##NAME)(call);                                                  \
    }                                                                                              \
    template <>                                                                                    \
    void exponentials<TYPE>(                                                                       \
        TYPE * tile, std::size_t rows, std::size_t count, const TYPE* highest, TYPE* sums)         \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(exponentials##NAME)(tile, rows, count, highest, sums);                \
    }                                                                                              \
    template <>                                                                                    \
    void addToStates<TYPE>(                                                                        \
        const TYPE* tile, std::size_t rows, const TYPE* items, std::size_t count,                  \
        std::size_t width, TYPE* grad)                                                             \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(addToStates##NAME)(tile, rows, items, count, width, grad);            \
    }                                                                                              \
    template <>                                                                                    \
    void addToItems<TYPE>(                                                                         \
        const TYPE* tile, std::size_t rows, const TYPE* states, std::size_t count,                 \
        std::size_t width, TYPE* grad)                                                             \
    {                                                                                              \
        HWY_DYNAMIC_DISPATCH(addToItems##NAME)(tile, rows, states, count, width, grad);            \
    }
FOVEA_OF_TYPE(float, Float)
FOVEA_OF_TYPE(double, Double)
#undef FOVEA_OF_TYPE

} // namespace fovea::model::kernels
#endif

// Exponentials in vectors, faster than Highway's, which looks after numbers that softmax does not
// have. Included once for each instruction set (Highway's foreach_target), hence no pragma once.
#if defined(FOVEA_EXP_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef FOVEA_EXP_INL
#undef FOVEA_EXP_INL
#else
#define FOVEA_EXP_INL
#endif

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace fovea::model::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// exp of what lies between -80 and 80, within two units in the last place: 2^n times a polynomial
// around zero. Its coefficients make the largest relative error least (3e-9, by least squares
// weighted anew until the errors' peaks were level). n is rounded, and made an integer, by adding a
// number so large that its last bit is worth one. Highway's own looks after the rest of the
// numbers, too, and takes three times as long.
template <class D, class V = hn::VFromD<D>> HWY_INLINE V boundedExp(D d, V x)
{
    using T = hn::TFromD<D>;
    if constexpr (sizeof(T) == 8) {
        return hn::Exp(d, x);
    } else {
        const hn::RebindToSigned<D> di;
        const auto large = hn::Set(d, T(3 << 22));
        const auto shifted = hn::MulAdd(x, hn::Set(d, T(1.44269504088896341)), large);
        const auto n = hn::Sub(shifted, large);
        auto r = hn::NegMulAdd(n, hn::Set(d, T(0.693359375)), x); // ln 2, first its highest bits
        r = hn::NegMulAdd(n, hn::Set(d, T(-2.12194440e-4)), r);
        auto p = hn::Set(d, T(0.00138145986));
        for (const double c : {0.00836871688, 0.0416683880, 0.166665206, 0.499999934, 1.0, 1.0})
            p = hn::MulAdd(p, r, hn::Set(d, T(c)));
        const auto power = hn::ShiftLeft<23>(hn::BitCast(di, shifted));
        return hn::BitCast(d, hn::Add(hn::BitCast(di, p), power));
    }
}

// exp of what is not positive: of less than -80 it is that of -80, 2e-35.
template <class D, class V = hn::VFromD<D>> HWY_INLINE V expOfNegative(D d, V x)
{
    using T = hn::TFromD<D>;
    return boundedExp(d, sizeof(T) == 8 ? x : hn::Max(hn::Set(d, T(-80)), x));
}

} // namespace fovea::model::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif

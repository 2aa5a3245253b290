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
// around zero, whose coefficients are those of Taylor's series. Highway's own looks after the rest
// of the numbers, too, and takes three times as long.
template <class D, class V = hn::VFromD<D>> HWY_INLINE V boundedExp(D d, V x)
{
    using T = hn::TFromD<D>;
    if constexpr (sizeof(T) == 8) {
        return hn::Exp(d, x);
    } else {
        const hn::RebindToSigned<D> di;
        const auto n = hn::Round(hn::Mul(x, hn::Set(d, T(1.44269504088896341))));
        auto r = hn::NegMulAdd(n, hn::Set(d, T(0.693359375)), x); // ln 2, first its highest bits
        r = hn::NegMulAdd(n, hn::Set(d, T(-2.12194440e-4)), r);
        auto p = hn::Set(d, T(1.0 / 5040));
        for (const double c : {1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1.0, 1.0})
            p = hn::MulAdd(p, r, hn::Set(d, T(c)));
        const auto power = hn::ShiftLeft<23>(hn::ConvertTo(di, n));
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

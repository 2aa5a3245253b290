// Dropout's draws in vectors. Included once for each instruction set (Highway's foreach_target),
// hence no pragma once.
#if defined(FOVEA_DROP_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef FOVEA_DROP_INL
#undef FOVEA_DROP_INL
#else
#define FOVEA_DROP_INL
#endif

#include <hwy/highway.h>

#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace fovea::model::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// Which of `columns` are dropped in the row of this key: base::hashColumn(key, column) < threshold,
// for vectors of 32 bits. The mask is of the signed type.
template <class DU, class V = hn::Vec<DU>>
HWY_INLINE auto isDropped(DU du, V columns, std::uint64_t key, std::uint32_t threshold)
{
    const hn::RebindToSigned<DU> di;
    const auto sign = hn::Set(du, 0x8000'0000u);
    auto x = hn::Mul(columns, hn::Set(du, 0x9E3779B9u));
    x = hn::Add(x, hn::Set(du, static_cast<std::uint32_t>(key)));
    x = hn::Xor(x, hn::ShiftRight<16>(x));
    x = hn::Mul(x, hn::Set(du, 0x7FEB352Du));
    x = hn::Xor(x, hn::Set(du, static_cast<std::uint32_t>(key >> 32)));
    x = hn::Xor(x, hn::ShiftRight<15>(x));
    x = hn::Mul(x, hn::Set(du, 0x846CA68Bu));
    x = hn::Xor(x, hn::ShiftRight<16>(x));
    // Processors compare signed numbers.
    return hn::Lt(
        hn::BitCast(di, hn::Xor(x, sign)), hn::BitCast(di, hn::Xor(hn::Set(du, threshold), sign)));
}

} // namespace fovea::model::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif

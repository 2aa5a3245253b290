// Dropout's draws in vectors. Included once for each instruction set (Highway's foreach_target),
// hence no pragma once.
#if defined(FOVEA_DROP_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef FOVEA_DROP_INL
#undef FOVEA_DROP_INL
#else
#define FOVEA_DROP_INL
#endif

#include "core/base/random.h"

#include <hwy/highway.h>

#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace fovea::model::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// The steps of the columns 0, 1, ... of a vector. Highway's Iota would go through memory in parts,
// which a processor that reads them as a whole waits for.
template <class DU> HWY_INLINE hn::Vec<DU> firstSteps(DU du)
{
    struct Steps {
        std::uint32_t of[HWY_MAX_BYTES / sizeof(std::uint32_t)];
    };
    static constexpr Steps kSteps = [] {
        Steps steps{};
        std::uint32_t step = 0;
        for (auto& one : steps.of) {
            one = step;
            step += base::kColumnStep;
        }
        return steps;
    }();
    return hn::LoadU(du, kSteps.of);
}

// Which columns are dropped in the row of this key: base::hashColumn(key, column) < threshold, for
// vectors of 32 bits, from the columns' steps (column * base::kColumnStep). The mask is of the
// signed type.
template <class DU, class V = hn::Vec<DU>>
HWY_INLINE auto isDropped(DU du, V steps, std::uint64_t key, std::uint32_t threshold)
{
    const hn::RebindToSigned<DU> di;
    const auto sign = hn::Set(du, 0x8000'0000u);
    auto x = hn::Add(steps, hn::Set(du, static_cast<std::uint32_t>(key)));
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

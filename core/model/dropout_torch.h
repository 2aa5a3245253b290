// Dropout whose draws are keyed by (seed, epoch, user, position, site, column): nothing is
// remembered and the split of users over batches changes nothing. Compute thread.
#pragma once

#include "core/model/model_torch.h"

namespace fovea::model {

// One 64-bit key a position, from the batch's users and places.
using RowKeys = std::shared_ptr<const std::vector<std::uint64_t>>;
RowKeys rowKeys(const PackedBatch& batch, const Draws& draws, base::Purpose purpose);

// The key of a row at one of the places in a model where it drops.
constexpr std::uint64_t siteKey(std::uint64_t rowKey, std::uint32_t site)
{
    std::uint64_t x = rowKey ^ (0x9E3779B97F4A7C15u * (site + 1));
    x = (x ^ (x >> 29)) * 0xBF58476D1CE4E5B9u;
    return x ^ (x >> 32);
}

// (T)
std::vector<std::uint64_t> siteKeys(const RowKeys& keys, std::uint32_t site);

// x (T, d) with each value dropped with probability p and the rest scaled by 1 / (1 - p).
at::Tensor dropout(const at::Tensor& x, double p, const RowKeys& keys, std::uint32_t site);

} // namespace fovea::model

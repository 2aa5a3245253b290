#include "core/model/dropout_torch.h"

#include "core/device/loops.h"

namespace fovea::model {

RowKeys rowKeys(const PackedBatch& batch, const Draws& draws, base::Purpose purpose)
{
    auto keys = std::make_shared<std::vector<std::uint64_t>>(batch.places->size());
    const auto& host = batch.host;
    device::parallelFor(0, host.size(), 16, [&](std::int64_t first, std::int64_t last) {
        for (auto b = static_cast<std::size_t>(first); b < static_cast<std::size_t>(last); ++b) {
            const auto user = static_cast<std::uint32_t>(host.users[b]);
            for (auto t = host.offsets[b]; t < host.offsets[b + 1]; ++t) {
                const auto at = static_cast<std::size_t>(t);
                const auto place = static_cast<std::uint32_t>((*batch.places)[at]);
                (*keys)[at] =
                    base::Stream(draws.seed, purpose, {draws.epoch, user, place}).next64();
            }
        }
    });
    return keys;
}

std::vector<std::uint64_t> siteKeys(const RowKeys& keys, std::uint32_t site)
{
    std::vector<std::uint64_t> own(keys->size());
    const auto count = static_cast<std::int64_t>(own.size());
    device::parallelFor(0, count, 4096, [&](std::int64_t first, std::int64_t last) {
        for (auto t = static_cast<std::size_t>(first); t < static_cast<std::size_t>(last); ++t)
            own[t] = siteKey((*keys)[t], site);
    });
    return own;
}

at::Tensor dropout(const at::Tensor& x, double p, const RowKeys& keys, std::uint32_t site)
{
    if (p <= 0)
        return x;
    const auto width = x.size(1);
    auto mask = at::empty({x.size(0), width}, x.scalar_type());
    const auto threshold = base::dropThreshold(p);
    AT_DISPATCH_FLOATING_TYPES(x.scalar_type(), "dropout", [&] {
        auto* values = mask.data_ptr<scalar_t>();
        const auto scale = static_cast<scalar_t>(1.0 / (1.0 - p));
        device::parallelFor(0, x.size(0), 64, [&](std::int64_t begin, std::int64_t end) {
            for (auto t = begin; t < end; ++t) {
                const auto key = siteKey((*keys)[static_cast<std::size_t>(t)], site);
                auto* row = values + t * width;
                for (std::int64_t c = 0; c < width; ++c)
                    row[c] = base::hashColumn(key, static_cast<std::uint32_t>(c)) < threshold
                        ? scalar_t{0}
                        : scale;
            }
        });
    });
    return x * mask;
}

} // namespace fovea::model

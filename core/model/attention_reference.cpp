#include "core/model/attention_torch.h"

#include <cmath>
#include <limits>

namespace fovea::model {

namespace {

// (h, L, L) of 0 and 1 / (1 - p), drawn as packedAttention draws.
at::Tensor dropMask(const AttentionCall& call, std::int64_t begin, std::int64_t length)
{
    auto mask = at::empty({call.heads, length, length}, at::kDouble);
    auto values = mask.accessor<double, 3>();
    const auto threshold = base::dropThreshold(call.dropout);
    for (std::int64_t h = 0; h < call.heads; ++h) {
        for (std::int64_t i = 0; i < length; ++i) {
            const auto key = siteKey((*call.keys)[static_cast<std::size_t>(begin + i)], call.site);
            for (std::int64_t j = 0; j < length; ++j) {
                const auto place =
                    static_cast<std::uint32_t>((*call.places)[static_cast<std::size_t>(begin + j)]);
                const auto column = (static_cast<std::uint32_t>(h) << 24) ^ place;
                values[h][i][j] =
                    base::hashColumn(key, column) < threshold ? 0.0 : 1.0 / (1.0 - call.dropout);
            }
        }
    }
    return mask;
}

// (h, L, L)
at::Tensor biasOf(const AttentionCall& call, std::int64_t begin, std::int64_t length)
{
    auto index = at::zeros({length, length}, at::kInt);
    for (std::int64_t i = 0; i < length; ++i)
        call.biasIndex->fill(
            begin, i, call.causal ? i + 1 : length, index.data_ptr<std::int32_t>() + i * length);
    return call.bias.index_select(1, index.view(-1)).view({call.heads, length, length});
}

} // namespace

at::Tensor referenceAttention(
    const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const AttentionCall& call,
    at::Tensor* weights)
{
    const auto& offsets = *call.offsets;
    const auto head = q.size(1) / call.heads;
    std::vector<at::Tensor> parts;
    for (std::size_t s = 0; s + 1 < offsets.size(); ++s) {
        const auto length = offsets[s + 1] - offsets[s];
        if (length == 0)
            continue;
        const auto split = [&](const at::Tensor& x) { // (L, h * dh) to (h, L, dh)
            return x.narrow(0, offsets[s], length).view({length, call.heads, head}).transpose(0, 1);
        };
        auto scores =
            at::matmul(split(q), split(k).transpose(1, 2)) / std::sqrt(static_cast<double>(head));
        if (call.bias.defined())
            scores = scores + biasOf(call, offsets[s], length);
        if (call.causal)
            scores = scores.masked_fill(
                at::ones({length, length}, at::kBool).triu(1),
                -std::numeric_limits<double>::infinity());
        auto soft = at::softmax(scores, -1);
        if (weights)
            *weights = soft;
        if (call.dropout > 0)
            soft = soft * dropMask(call, offsets[s], length).to(soft.scalar_type());
        parts.push_back(at::matmul(soft, split(v)).transpose(0, 1).reshape({length, q.size(1)}));
    }
    return parts.empty() ? at::zeros_like(q) : at::cat(parts);
}

} // namespace fovea::model

#include "core/model/model_torch.h"

#include "core/base/hash.h"
#include "core/base/long_pass.h"
#include "core/device/loops.h"
#include "core/train/run_config.h"

#include <algorithm>
#include <cmath>

namespace fovea::model {

namespace {

constexpr std::int64_t kDraws = 1 << 14; // that are worth a thread

} // namespace

at::Tensor ParameterSet::add(const std::string& name, at::Tensor tensor)
{
    tensor.requires_grad_(true);
    m_all.emplace_back(name, tensor);
    return tensor;
}

at::Tensor ParameterSet::normal(const std::string& name, at::IntArrayRef shape, double deviation)
{
    if (m_options.device().is_meta() || m_beginning == Beginning::Unset)
        return add(name, at::empty(shape, m_options));
    const auto key =
        static_cast<std::uint32_t>(std::stoul(base::fingerprint(name).substr(0, 8), nullptr, 16));
    auto tensor = at::empty(shape, m_options.device(at::kCPU));
    AT_DISPATCH_FLOATING_TYPES(tensor.scalar_type(), "normal", [&] {
        auto* const values = tensor.data_ptr<scalar_t>();
        device::parallelFor(0, tensor.numel(), kDraws, [&](std::int64_t first, std::int64_t last) {
            base::Stream draw(m_seed, base::Purpose::Initialisation, {key, 0, 0});
            draw.seekNormal(static_cast<std::uint32_t>(first));
            for (auto i = first; i < last; ++i)
                values[i] = static_cast<scalar_t>(deviation * draw.normal());
        });
    });
    return add(name, tensor.to(m_options));
}

at::Tensor ParameterSet::glorot(const std::string& name, std::int64_t rows, std::int64_t columns)
{
    return normal(name, {rows, columns}, std::sqrt(2.0 / static_cast<double>(rows + columns)));
}

at::Tensor ParameterSet::filled(const std::string& name, at::IntArrayRef shape, double value)
{
    return add(name, at::full(shape, value, m_options));
}

std::vector<at::Tensor> ParameterSet::tensors() const
{
    std::vector<at::Tensor> list;
    for (const auto& [name, tensor] : m_all)
        list.push_back(tensor);
    return list;
}

std::int64_t ParameterSet::count() const
{
    std::int64_t sum = 0;
    for (const auto& [name, tensor] : m_all)
        sum += tensor.numel();
    return sum;
}

at::Tensor ParameterSet::find(const std::string& name) const
{
    for (const auto& [key, tensor] : m_all) {
        if (key == name)
            return tensor;
    }
    return {};
}

Engine engineOf(const train::RunConfig& config)
{
    return config.engine == "reference" ? Engine::Reference : Engine::Packed;
}

PackedBatch::PackedBatch(const data::Batch& batch)
    : host(batch)
    , offsets(std::make_shared<const std::vector<std::int64_t>>(batch.offsets))
{
    const auto tokens = batch.tokens();
    auto places_ = std::make_shared<std::vector<std::int32_t>>(static_cast<std::size_t>(tokens));
    items = at::empty({tokens}, at::kLong);
    recency = at::empty({tokens}, at::kLong);
    users = at::empty({tokens}, at::kLong);
    lasts = at::empty({batch.size()}, at::kLong);
    auto* const item = items.data_ptr<std::int64_t>();
    auto* const ago = recency.data_ptr<std::int64_t>();
    auto* const user = users.data_ptr<std::int64_t>();
    auto* const last = lasts.data_ptr<std::int64_t>();
    for (std::size_t b = 0; b < batch.users.size(); ++b) {
        const auto begin = batch.offsets[b];
        const auto end = batch.offsets[b + 1];
        last[b] = end - 1;
        for (auto t = begin; t < end; ++t) {
            const auto at = static_cast<std::size_t>(t);
            item[t] = batch.items[at];
            ago[t] = end - 1 - t;
            user[t] = batch.users[b];
            (*places_)[at] = batch.firsts[b] + static_cast<std::int32_t>(t - begin);
        }
    }
    places = std::move(places_);
}

at::Tensor Model::lasts(const PackedBatch& batch) const
{
    return forward(batch, {}).index_select(0, batch.lasts);
}

Shape shapeOf(const data::Dataset& dataset)
{
    const base::LongPass pass(
        "the shape of a model", dataset.hasValues() ? dataset.eventCount() : 0);
    Shape shape{
        dataset.itemCount(), dataset.userCount(), 0, dataset.lowestValue(), dataset.highestValue()};
    double sum = 0;
    std::int64_t count = 0;
    for (std::int32_t u = 0; dataset.hasValues() && u < dataset.userCount(); ++u) {
        const auto values = dataset.valuesOf({u});
        const auto train =
            data::historyLength(static_cast<std::int64_t>(values.size()), data::Part::Train);
        for (std::int64_t i = 0; i < train; ++i)
            sum += values[static_cast<std::size_t>(i)];
        count += train;
    }
    shape.meanValue = count > 0 ? sum / static_cast<double>(count) : 0;
    return shape;
}

} // namespace fovea::model

#include "core/train/trained_model.h"

#include "core/device/loops.h"
#include "core/eval/evaluator_torch.h"
#include "core/io/file.h"
#include "core/model/kernels/ranking.h"
#include "core/train/checkpoint_torch.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>

namespace fovea::train {

namespace {

// The last ones where the run was stopped within its first epoch.
std::filesystem::path weightsOf(const RunFolder& folder)
{
    const auto best = folder.checkpoint("best");
    return io::exists(best) ? best : folder.checkpoint("last");
}

} // namespace

bool hasModel(const RunFolder& folder) { return io::exists(weightsOf(folder)); }

Result<std::unique_ptr<TrainedModel>> TrainedModel::open(
    const RunFolder& folder, std::shared_ptr<const data::Dataset> dataset)
{
    if (!hasModel(folder))
        return badInput(
            "the run has learnt nothing yet", folder.path().string(),
            "Resume the run, then try again");
    const auto& config = folder.record().config;
    const auto sketch = model::makeModel(
        config, model::shapeOf(*dataset), at::TensorOptions(at::kFloat).device(at::kMeta),
        model::Beginning::Unset);
    FOVEA_TRY(checkSize(weightsOf(folder), sketch->parameters().count()));
    std::shared_ptr<model::Model> model =
        model::makeModel(config, model::shapeOf(*dataset), at::kFloat, model::Beginning::Unset);
    FOVEA_ASSIGN(const auto p, loadCheckpoint(weightsOf(folder), *model, nullptr));
    return std::make_unique<TrainedModel>(
        config, std::move(dataset), std::move(model), Moment{p.epoch, p.step});
}

TrainedModel::TrainedModel(
    RunConfig config, std::shared_ptr<const data::Dataset> dataset,
    std::shared_ptr<const model::Model> model, Moment moment)
    : m_config(std::move(config))
    , m_dataset(std::move(dataset))
    , m_model(std::move(model))
    , m_moment(moment)
{ }

TrainedModel::~TrainedModel() = default;

namespace {

// One sequence an item: the history with that item as the event to be rated.
data::Batch candidates(
    const History& history, UserIndex user, std::int32_t first, std::int32_t last,
    std::int64_t maxLength)
{
    data::Batch batch;
    for (auto item = first; item <= last; ++item) {
        auto items = history.items;
        auto values = history.values;
        items.push_back(item);
        values.push_back(0); // never looked at
        const auto one = data::singleHistory(items, values, maxLength);
        batch.users.push_back(user.value);
        batch.firsts.push_back(one.firsts.front());
        batch.items.insert(batch.items.end(), one.items.begin(), one.items.end());
        batch.values.insert(batch.values.end(), one.values.begin(), one.values.end());
        batch.offsets.push_back(batch.tokens());
    }
    return batch;
}

// As evaluations score: the same bits, of a hidden state (1, d) and a table (items + 1, d).
void scoreAll(const at::Tensor& hidden, const at::Tensor& table, std::vector<float>& out)
{
    const model::kernels::ItemVectors vectors = {
        table.const_data_ptr<float>(), table.size(0) - 1, table.size(1)};
    device::parallelFor(1, table.size(0), 4096, [&](std::int64_t first, std::int64_t last) {
        std::vector<std::int32_t> items(static_cast<std::size_t>(last - first));
        std::iota(items.begin(), items.end(), static_cast<std::int32_t>(first));
        const std::vector<std::size_t> offsets = {0, items.size()};
        model::kernels::scoresOf(
            vectors, hidden.const_data_ptr<float>(), {items, offsets}, out.data() + first);
    });
}

} // namespace

std::vector<float> TrainedModel::scores(const History& history, UserIndex user) const
{
    const at::NoGradGuard noGrad;
    std::vector<float> out(static_cast<std::size_t>(m_dataset->itemCount()) + 1);
    if (m_model->task() == model::Task::NextItem) {
        const auto batch = data::singleHistory(history.items, {}, m_config.maxLength);
        const model::PackedBatch packed(batch);
        const auto hidden = m_model->lasts(packed);
        const auto table = m_model->itemVectors().to(at::kFloat).contiguous();
        scoreAll(hidden.to(at::kFloat).contiguous(), table, out);
    } else {
        constexpr std::int32_t kTile = 256;
        for (std::int32_t first = 1; first <= m_dataset->itemCount(); first += kTile) {
            const auto last = std::min(first + kTile - 1, m_dataset->itemCount());
            const auto batch = candidates(history, user, first, last, m_config.maxLength);
            const model::PackedBatch packed(batch);
            const auto predicted = m_model->lasts(packed).to(at::kFloat).contiguous();
            std::copy_n(predicted.data_ptr<float>(), last - first + 1, out.begin() + first);
        }
    }
    out[0] = -std::numeric_limits<float>::infinity();
    return out;
}

std::vector<ScoredItem> TrainedModel::topK(
    const History& history, std::size_t k, UserIndex user) const
{
    const auto all = scores(history, user);
    const auto seen = eval::seenItems(history.items);
    std::vector<ScoredItem> list;
    for (std::int32_t i = 1; i <= m_dataset->itemCount(); ++i) {
        if (!std::binary_search(seen.begin(), seen.end(), i))
            list.push_back({{i}, all[static_cast<std::size_t>(i)]});
    }
    const auto middle = list.begin() + static_cast<std::ptrdiff_t>(std::min(k, list.size()));
    std::partial_sort(list.begin(), middle, list.end(), [](const auto& a, const auto& b) {
        return a.score != b.score ? a.score > b.score : a.item < b.item;
    });
    list.erase(middle, list.end());
    return list;
}

Result<std::vector<UserIndex>> TrainedModel::mostWrong(data::Part part, std::stop_token stop) const
{
    base::Silent silent;
    FOVEA_ASSIGN(
        const auto terms,
        eval::terms(*m_model, {*m_dataset, part, m_config.maxLength, silent, stop, {}}));
    const auto users = data::usersWithTarget(*m_dataset, part);
    std::vector<std::size_t> order(users.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    // Ranks are positive, errors of ratings count either way.
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) {
        return std::abs(terms[a]) > std::abs(terms[b]);
    });
    std::vector<UserIndex> sorted;
    for (const auto i : order)
        sorted.push_back(users[i]);
    return sorted;
}

Result<eval::Evaluation> TrainedModel::evaluate(
    data::Part part, base::Progress& progress, std::stop_token stop) const
{
    const auto start = std::chrono::steady_clock::now();
    FOVEA_ASSIGN(
        auto values,
        eval::evaluate(*m_model, {*m_dataset, part, m_config.maxLength, progress, stop, {}}));
    eval::Evaluation result;
    result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    result.model = {m_config.model, std::move(values)};
    if (m_model->task() == model::Task::Ratings)
        result.baselines = eval::ratingBaselines(*m_dataset, part);
    else
        result.baselines = {eval::popularityBaseline(*m_dataset, part)};
    result.users = static_cast<std::int64_t>(data::usersWithTarget(*m_dataset, part).size());
    result.items = m_dataset->itemCount();
    result.protocol = eval::protocolText(m_model->task(), part);
    return result;
}

History historyOf(const data::Dataset& dataset, UserIndex user)
{
    const auto items = dataset.itemsOf(user);
    const auto values = dataset.valuesOf(user);
    return {{items.begin(), items.end()}, {values.begin(), values.end()}};
}

} // namespace fovea::train

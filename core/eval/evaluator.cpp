#include "core/eval/evaluator_torch.h"

#include "core/device/loops.h"
#include "core/model/kernels/ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fovea::eval {

namespace {

using model::kernels::ItemVectors;
using model::kernels::ScoreCounts;

constexpr std::size_t kTileUsers = 128; // of a tile at most
constexpr std::size_t kGroup = 4096; // users who are ranked together: their states stay in a cache
                                     // and the items are turned into columns once for all of them
constexpr std::int64_t kItems = 2048; // that they are counted against in one unit of work
constexpr std::int64_t kLeast = 32; // users that are worth a thread

class Evaluator {
public:
    Evaluator(const model::Model& model, const EvaluatorCall& call)
        : m_model(model)
        , m_call(call)
        , m_users(data::usersWithTarget(call.dataset, call.part))
        , m_batcher(call.dataset, call.maxLength)
    { }

    Result<std::vector<double>> terms()
    {
        const bool ratings = m_model.task() == model::Task::Ratings;
        const std::span<const UserIndex> users = m_users;
        for (std::size_t at = 0; at < users.size();) {
            const auto group = ratings ? tileFrom(users.subspan(at))
                                       : users.subspan(at, std::min(kGroup, users.size() - at));
            if (!(ratings ? errors(group) : ranks(group)))
                return interrupted("the evaluation was stopped");
            at += group.size();
        }
        if (std::any_of(m_terms.begin(), m_terms.end(), [](double x) { return !std::isfinite(x); }))
            return failure(
                "the model's scores are not numbers", {},
                "Train again with a smaller learning_rate, or with clip");
        return std::move(m_terms);
    }

private:
    // Lets others have the thread; false = stop.
    bool goesOn() const
    {
        if (m_call.betweenTiles)
            m_call.betweenTiles();
        return !m_call.stop.stop_requested();
    }

    void report(std::size_t done) const
    {
        m_call.progress.report(
            {"evaluate",
             static_cast<std::int64_t>(done),
             static_cast<std::int64_t>(m_users.size()),
             "users",
             {}});
    }

    // The first of them, whose histories pass through the model at a time.
    std::span<const UserIndex> tileFrom(std::span<const UserIndex> users) const
    {
        std::int64_t tokens = 0;
        std::size_t count = 0;
        while (count < std::min(users.size(), kTileUsers)) {
            const auto length = std::ssize(m_call.dataset.itemsOf(users[count]));
            tokens += std::min<std::int64_t>(length, m_call.maxLength);
            if (count > 0 && tokens > kTileTokens)
                break;
            ++count;
        }
        return users.first(count);
    }

    bool errors(std::span<const UserIndex> users)
    {
        if (!goesOn())
            return false;
        const auto& dataset = m_call.dataset;
        const auto batch = m_batcher.ratingTargets(users, m_call.part);
        const auto predicted = m_model.lasts(model::PackedBatch(batch)).to(at::kFloat).contiguous();
        for (std::size_t b = 0; b < users.size(); ++b) {
            const float p = predicted.const_data_ptr<float>()[b];
            const float clipped = std::clamp(p, dataset.lowestValue(), dataset.highestValue());
            const auto last = static_cast<std::size_t>(batch.offsets[b + 1] - 1);
            m_terms.push_back((std::isnan(p) ? p : clipped) - batch.values[last]);
        }
        report(m_terms.size());
        return true;
    }

    bool ranks(std::span<const UserIndex> users)
    {
        const auto table = m_model.itemVectors().to(at::kFloat).contiguous();
        const ItemVectors vectors = {
            table.const_data_ptr<float>(), table.size(0) - 1, table.size(1)};
        std::vector<float> states(users.size() * static_cast<std::size_t>(vectors.width));
        std::vector<float> own(users.size()); // the targets' scores
        std::vector<Compared> seen(users.size());
        const auto stateOf = [&](std::size_t user) {
            return states.data() + user * static_cast<std::size_t>(vectors.width);
        };
        // Half of the progress is that of the histories, half that of the items.
        const auto done = [&](double share) {
            report(
                m_terms.size()
                + static_cast<std::size_t>(share * static_cast<double>(users.size())));
        };
        for (std::size_t at = 0; at < users.size();) {
            if (!goesOn())
                return false;
            const auto tile = tileFrom(users.subspan(at));
            const auto batch = m_batcher.nextItemHistories(tile, m_call.part);
            const auto made = m_model.lasts(model::PackedBatch(batch)).to(at::kFloat).contiguous();
            std::copy_n(made.const_data_ptr<float>(), made.numel(), stateOf(at));
            overUsers(tile.size(), [&](std::size_t begin, std::size_t end) {
                compareSeen(
                    tile.subspan(begin, end - begin), vectors, stateOf(at + begin),
                    own.data() + at + begin, seen.data() + at + begin);
            });
            at += tile.size();
            done(0.5 * static_cast<double>(at) / static_cast<double>(users.size()));
        }
        std::vector<ScoreCounts> counts(users.size());
        for (std::int64_t item = 1; item <= vectors.items; item += kItems) {
            if (!goesOn())
                return false;
            const auto behind = std::min(item + kItems, vectors.items + 1);
            overUsers(users.size(), [&](std::size_t begin, std::size_t end) {
                model::kernels::countScores(
                    vectors, item, behind, stateOf(begin),
                    std::span(own).subspan(begin, end - begin), counts.data() + begin);
            });
            done(0.5 + 0.5 * static_cast<double>(behind - 1) / static_cast<double>(vectors.items));
        }
        for (std::size_t u = 0; u < users.size(); ++u)
            m_terms.push_back(rankAmong(counts[u], vectors.items, seen[u]));
        return true;
    }

    template <class Work> static void overUsers(std::size_t count, const Work& work)
    {
        // Each piece packs the items anew.
        const auto users = static_cast<std::int64_t>(count);
        const auto grain = std::max(kLeast, device::fewPieces(users));
        device::parallelFor(0, users, grain, [&](std::int64_t begin, std::int64_t end) {
            work(static_cast<std::size_t>(begin), static_cast<std::size_t>(end));
        });
    }

    // For each user with one of the states: the score of the target, and how those of the items
    // seen compare with it.
    void compareSeen(
        std::span<const UserIndex> users, const ItemVectors& vectors, const float* states,
        float* own, Compared* seen) const
    {
        std::vector<std::int32_t> items; // each user's target, then those seen
        std::vector<std::size_t> offsets = {0};
        for (const auto user : users) {
            const auto all = m_call.dataset.itemsOf(user);
            const auto before = static_cast<std::size_t>(
                data::historyLength(static_cast<std::int64_t>(all.size()), m_call.part));
            items.push_back(all[before]);
            appendSeen(all.first(before), items);
            offsets.push_back(items.size());
        }
        std::vector<float> scores(items.size());
        model::kernels::scoresOf(vectors, states, {items, offsets}, scores.data());
        for (std::size_t u = 0; u < users.size(); ++u) {
            const auto first = offsets[u];
            const auto count = offsets[u + 1] - first - 1;
            own[u] = scores[first];
            seen[u] = comparedSeen(
                {items[first], own[u]}, std::span(items).subspan(first + 1, count),
                std::span(scores).subspan(first + 1, count));
        }
    }

    static double rankAmong(const ScoreCounts& counts, std::int64_t items, const Compared& seen)
    {
        if (counts.greater + counts.equal + counts.less != items) // some comparison failed: a NaN
            return std::numeric_limits<double>::quiet_NaN();
        return rankOf(counts.greater - seen.greater, counts.equal - seen.equal);
    }

    const model::Model& m_model;
    const EvaluatorCall& m_call;
    std::vector<UserIndex> m_users;
    data::Batcher m_batcher;
    std::vector<double> m_terms; // as terms() has them
};

} // namespace

Result<std::vector<double>> terms(const model::Model& model, const EvaluatorCall& call)
{
    const at::NoGradGuard noGrad;
    return Evaluator(model, call).terms();
}

Result<MetricValues> evaluate(const model::Model& model, const EvaluatorCall& call)
{
    FOVEA_ASSIGN(const auto list, terms(model, call));
    return measure(model.task(), list);
}

} // namespace fovea::eval

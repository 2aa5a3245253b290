#include "core/eval/evaluate.h"

#include "core/base/long_pass.h"

#include <algorithm>
#include <cmath>

namespace fovea::eval {

namespace {

struct Rated {
    std::int32_t user;
    std::int32_t item;
    double value;
};

std::vector<Rated> trainingRatings(const data::Dataset& dataset)
{
    const base::LongPass pass("the ratings for training", dataset.eventCount());
    std::vector<Rated> rated;
    for (std::int32_t u = 0; u < dataset.userCount(); ++u) {
        const auto items = dataset.itemsOf({u});
        const auto values = dataset.valuesOf({u});
        const auto count =
            data::historyLength(static_cast<std::int64_t>(items.size()), data::Part::Train);
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
            rated.push_back({u, items[i], values[i]});
    }
    return rated;
}

double meanOf(const std::vector<Rated>& rated)
{
    double sum = 0;
    for (const auto& r : rated)
        sum += r.value;
    return rated.empty() ? 0 : sum / static_cast<double>(rated.size());
}

struct Biases {
    std::vector<double> user;
    std::vector<double> item;
};

// One side's biases given the other's: sum of residuals / (regularisation + count).
void fitSide(
    std::vector<double>& side, const std::vector<double>& other, const std::vector<Rated>& rated,
    double mean, double regularisation, bool users)
{
    std::vector<double> counts(side.size(), regularisation);
    std::fill(side.begin(), side.end(), 0.0);
    for (const auto& r : rated) {
        const auto own = static_cast<std::size_t>(users ? r.user : r.item);
        side[own] += r.value - mean - other[static_cast<std::size_t>(users ? r.item : r.user)];
        counts[own] += 1;
    }
    for (std::size_t i = 0; i < side.size(); ++i)
        side[i] = counts[i] > 0 ? side[i] / counts[i] : 0.0;
}

// Alternating least squares as Surprise's BaselineOnly does by default (Koren, "Factor in the
// neighbors", 2010): 10 rounds, items with regularisation 10, then users with 15.
Biases regularisedBiases(const data::Dataset& dataset, const std::vector<Rated>& rated, double mean)
{
    Biases biases{
        std::vector<double>(static_cast<std::size_t>(dataset.userCount())),
        std::vector<double>(static_cast<std::size_t>(dataset.itemCount()) + 1)};
    for (int round = 0; round < 10; ++round) {
        fitSide(biases.item, biases.user, rated, mean, 10, false);
        fitSide(biases.user, biases.item, rated, mean, 15, true);
    }
    return biases;
}

} // namespace

Measured popularityBaseline(const data::Dataset& dataset, data::Part part)
{
    const base::LongPass pass("the most popular items", dataset.eventCount());
    std::vector<float> counts(static_cast<std::size_t>(dataset.itemCount()) + 1);
    for (std::int32_t u = 0; u < dataset.userCount(); ++u) {
        const auto items = dataset.itemsOf({u});
        const auto train =
            data::historyLength(static_cast<std::int64_t>(items.size()), data::Part::Train);
        for (const auto item : items.first(static_cast<std::size_t>(train)))
            counts[static_cast<std::size_t>(item)] += 1;
    }
    auto sorted = std::vector<float>(counts.begin() + 1, counts.end());
    std::sort(sorted.begin(), sorted.end());
    std::vector<double> ranks;
    for (const auto user : data::usersWithTarget(dataset, part)) {
        const auto items = dataset.itemsOf(user);
        const auto before = static_cast<std::size_t>(
            data::historyLength(static_cast<std::int64_t>(items.size()), part));
        const Target target = {items[before], counts[static_cast<std::size_t>(items[before])]};
        const auto [equals, above] = std::equal_range(sorted.begin(), sorted.end(), target.score);
        const auto seen = seenItems(items.first(before));
        std::vector<float> seenCounts;
        for (const auto item : seen)
            seenCounts.push_back(counts[static_cast<std::size_t>(item)]);
        const auto known = comparedSeen(target, seen, seenCounts);
        ranks.push_back(rankOf(sorted.end() - above - known.greater, above - equals - known.equal));
    }
    return {"popularity", measure(model::Task::NextItem, ranks)};
}

std::vector<Measured> ratingBaselines(const data::Dataset& dataset, data::Part part)
{
    const auto rated = trainingRatings(dataset);
    const double mean = meanOf(rated);
    const auto biases = regularisedBiases(dataset, rated, mean);
    Biases none{std::vector<double>(biases.user.size()), std::vector<double>(biases.item.size())};
    Biases means = none;
    fitSide(means.user, none.item, rated, mean, 0, true);
    fitSide(means.item, none.user, rated, mean, 0, false);
    const auto errors = [&](const std::vector<double>& user, const std::vector<double>& item) {
        std::vector<double> list;
        for (const auto u : data::usersWithTarget(dataset, part)) {
            const auto items = dataset.itemsOf(u);
            const auto target = static_cast<std::size_t>(
                data::historyLength(static_cast<std::int64_t>(items.size()), part));
            const double p = mean + user[static_cast<std::size_t>(u.value)]
                + item[static_cast<std::size_t>(items[target])];
            const double clipped = std::clamp(
                p, static_cast<double>(dataset.lowestValue()),
                static_cast<double>(dataset.highestValue()));
            list.push_back(clipped - dataset.valuesOf(u)[target]);
        }
        return measure(model::Task::Ratings, list);
    };
    return {
        {"global mean", errors(none.user, none.item)},
        {"user mean", errors(means.user, none.item)},
        {"item mean", errors(none.user, means.item)},
        {"biases", errors(biases.user, biases.item)}};
}

} // namespace fovea::eval

#include "core/data/statistics.h"

#include "core/base/long_pass.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace fovea::data {

namespace {

constexpr std::size_t kBins = 40;

std::size_t binOf(const std::vector<double>& edges, double value)
{
    const auto above = std::upper_bound(edges.begin(), edges.end(), value);
    const auto bin = std::max<std::ptrdiff_t>(above - edges.begin() - 1, 0);
    return std::min(static_cast<std::size_t>(bin), edges.size() - 2);
}

template <typename Values> Histogram counted(std::vector<double> edges, const Values& values)
{
    Histogram histogram{std::move(edges), {}};
    histogram.counts.resize(histogram.edges.size() - 1);
    for (const auto value : values)
        ++histogram.counts[binOf(histogram.edges, static_cast<double>(value))];
    return histogram;
}

// Whole numbers: bins one wide while they are small, then growing by the same factor.
std::vector<double> growingEdges(std::int64_t lowest, std::int64_t highest)
{
    std::vector<double> edges = {static_cast<double>(lowest)};
    const double factor =
        std::max(1.0, std::pow(static_cast<double>(highest), 1.0 / static_cast<double>(kBins)));
    while (edges.back() <= static_cast<double>(highest))
        edges.push_back(std::max(edges.back() + 1, std::ceil(edges.back() * factor)));
    edges.back() = static_cast<double>(highest + 1);
    return edges;
}

Histogram growing(const std::vector<std::int64_t>& values)
{
    if (values.empty())
        return {};
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    return counted(growingEdges(*low, std::max<std::int64_t>(*high, 1)), values);
}

std::vector<double> evenEdges(double low, double high)
{
    std::vector<double> edges;
    for (std::size_t i = 0; i <= kBins; ++i)
        edges.push_back(low + (high - low) * static_cast<double>(i) / static_cast<double>(kBins));
    return edges;
}

Histogram valueHistogram(std::span<const float> values, float low, float high)
{
    std::map<float, std::int64_t> byValue;
    for (const float v : values) {
        ++byValue[v];
        if (byValue.size() > kBins)
            return counted(evenEdges(low, std::max<double>(high, low + 1e-6)), values);
    }
    Histogram histogram;
    for (const auto& [value, count] : byValue) {
        histogram.edges.push_back(value);
        histogram.counts.push_back(count);
    }
    const double step = byValue.size() > 1 ? histogram.edges[1] - histogram.edges[0] : 1;
    if (!histogram.edges.empty())
        histogram.edges.push_back(histogram.edges.back() + step);
    return histogram;
}

SplitCounts splitOf(const Dataset& dataset)
{
    SplitCounts split;
    std::vector<char> isTrained(static_cast<std::size_t>(dataset.itemCount()) + 1);
    for (std::int32_t u = 0; u < dataset.userCount(); ++u) {
        const auto items = dataset.itemsOf({u});
        const auto kept = historyLength(static_cast<std::int64_t>(items.size()), Part::Valid);
        const auto training = kept < 0 ? items.size() : static_cast<std::size_t>(kept);
        split.trainEvents += static_cast<std::int64_t>(training);
        split.trainOnlyUsers += kept < 0;
        for (const auto item : items.first(training))
            isTrained[static_cast<std::size_t>(item)] = 1;
    }
    for (std::int32_t u = 0; u < dataset.userCount(); ++u) {
        const auto items = dataset.itemsOf({u});
        if (items.size() < 3)
            continue;
        ++split.validUsers;
        ++split.testUsers;
        split.unseenValidItems += !isTrained[static_cast<std::size_t>(items[items.size() - 2])];
        split.unseenTestItems += !isTrained[static_cast<std::size_t>(items[items.size() - 1])];
    }
    return split;
}

// Of the test targets, those with a training event of somebody after them.
double futureShareOf(const Dataset& dataset)
{
    auto lastTraining = std::numeric_limits<std::int64_t>::min();
    for (std::int32_t u = 0; u < dataset.userCount(); ++u) {
        const auto times = dataset.timesOf({u});
        const auto kept = historyLength(static_cast<std::int64_t>(times.size()), Part::Valid);
        const auto training = kept < 0 ? times.size() : static_cast<std::size_t>(kept);
        if (training > 0)
            lastTraining = std::max(lastTraining, times[training - 1]);
    }
    std::int64_t before = 0;
    std::int64_t targets = 0;
    for (std::int32_t u = 0; u < dataset.userCount(); ++u) {
        const auto times = dataset.timesOf({u});
        if (times.size() < 3)
            continue;
        ++targets;
        before += times.back() < lastTraining;
    }
    return targets > 0 ? static_cast<double>(before) / static_cast<double>(targets) : 0;
}

} // namespace

std::vector<std::int64_t> itemCounts(const Dataset& dataset)
{
    const base::LongPass pass("events of each item", dataset.eventCount());
    std::vector<std::int64_t> counts(static_cast<std::size_t>(dataset.itemCount()) + 1);
    for (const auto item : dataset.columns().items)
        ++counts[static_cast<std::size_t>(item)];
    return counts;
}

Statistics statisticsOf(const Dataset& dataset)
{
    const base::LongPass pass("statistics", dataset.eventCount());
    Statistics s;
    s.report = reportOf(dataset);
    const auto& columns = dataset.columns();
    std::vector<std::int64_t> lengths;
    for (std::int32_t u = 0; u < dataset.userCount(); ++u)
        lengths.push_back(static_cast<std::int64_t>(dataset.itemsOf({u}).size()));
    auto counts = itemCounts(dataset);
    s.itemEvents = std::make_shared<const std::vector<std::int64_t>>(counts);
    counts.erase(counts.begin());
    s.lengths = growing(lengths);
    s.popularity = growing(counts);
    const auto users = std::max<double>(1, dataset.userCount());
    s.meanLength = static_cast<double>(dataset.eventCount()) / users;
    if (!lengths.empty()) {
        const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
        std::nth_element(lengths.begin(), middle, lengths.end());
        s.medianLength = *middle;
        s.longest = *std::max_element(lengths.begin(), lengths.end());
    }
    s.split = splitOf(dataset);
    if (dataset.hasTimes()) {
        const auto first = static_cast<double>(s.report.firstTime);
        const auto last = static_cast<double>(s.report.lastTime);
        s.times = counted(evenEdges(first, std::max(last, first + 1)), columns.times);
        s.futureShare = futureShareOf(dataset);
    }
    if (dataset.hasValues())
        s.values = valueHistogram(columns.values, dataset.lowestValue(), dataset.highestValue());
    return s;
}

} // namespace fovea::data

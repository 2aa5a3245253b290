#include "core/eval/metrics.h"

#include "core/base/text.h"

#include <array>

namespace fovea::eval {

// One file each, in metrics/.
extern const Metric kHr;
extern const Metric kNdcg;
extern const Metric kMrr;
extern const Metric kRmse;
extern const Metric kMae;

namespace {

constexpr std::array<int, 4> kCuts = {1, 5, 10, 20};

std::string nameAt(const Metric& metric, int cut)
{
    return std::string(metric.name) + (metric.hasCut ? "@" + std::to_string(cut) : "");
}

// Calls use(metric, cut) for every metric and each of its cuts.
template <typename Use> void forEach(Use use)
{
    for (const auto& metric : metrics()) {
        for (const int cut : kCuts) {
            use(metric, metric.hasCut ? cut : 0);
            if (!metric.hasCut)
                break;
        }
    }
}

} // namespace

std::span<const Metric> metrics()
{
    static const std::array<Metric, 5> table = {kHr, kNdcg, kMrr, kRmse, kMae};
    return table;
}

std::optional<MetricAtCut> findMetric(std::string_view name)
{
    std::optional<MetricAtCut> found;
    forEach([&](const Metric& metric, int cut) {
        if (nameAt(metric, cut) == name)
            found = {&metric, cut};
    });
    return found;
}

std::vector<std::string> metricNames()
{
    std::vector<std::string> names;
    forEach([&](const Metric& metric, int cut) { names.push_back(nameAt(metric, cut)); });
    return names;
}

std::vector<std::string> metricNamesOf(model::Task task)
{
    std::vector<std::string> names;
    forEach([&](const Metric& metric, int cut) {
        if (metric.task == task)
            names.push_back(nameAt(metric, cut));
    });
    return names;
}

MetricValues measure(model::Task task, std::span<const double> terms)
{
    MetricValues values;
    forEach([&](const Metric& metric, int cut) {
        if (metric.task != task)
            return;
        double sum = 0;
        for (const double x : terms)
            sum += metric.term(x, cut);
        values[nameAt(metric, cut)] =
            terms.empty() ? 0.0 : metric.finish(sum / static_cast<double>(terms.size()));
    });
    return values;
}

} // namespace fovea::eval

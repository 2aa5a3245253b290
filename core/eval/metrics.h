// The table of metrics. A metric is a mean over users or events of one term: of the target's rank,
// or of prediction minus truth. Constant data; any thread.
#pragma once

#include "core/model/kinds.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fovea::eval {

struct Metric {
    std::string_view name;
    model::Task task;
    bool higherIsBetter;
    bool hasCut; // name@k
    double (*term)(double x, int k); // x: rank from 1 (ties count half), or prediction - truth
    double (*finish)(double mean); // what makes the mean the metric
    std::string_view help;
};

std::span<const Metric> metrics();

struct MetricAtCut {
    const Metric* metric;
    int cut; // 0 where there is none
};
// "ndcg@10", "mrr", "rmse"
std::optional<MetricAtCut> findMetric(std::string_view name);
std::vector<std::string> metricNames();
std::vector<std::string> metricNamesOf(model::Task task);

using MetricValues = std::map<std::string, double>;
// All metrics of a task over ranks or errors.
MetricValues measure(model::Task task, std::span<const double> terms);

} // namespace fovea::eval

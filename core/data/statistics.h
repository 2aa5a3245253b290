// What the Data page shows of a data set: counts, histograms, what the split leaves where, and what
// to be careful about. Pure; one pass each; any thread.
#pragma once

#include "core/data/report.h"
#include "core/data/split.h"

#include <memory>
#include <string>
#include <vector>

namespace fovea::data {

// Counts in bins; bin i holds values from edges[i] up to, not including, edges[i + 1] (the last bin
// includes its end).
struct Histogram {
    std::vector<double> edges; // bins + 1, rising
    std::vector<std::int64_t> counts;
};

struct SplitCounts {
    std::int64_t trainEvents = 0;
    std::int64_t validUsers = 0; // with a target
    std::int64_t testUsers = 0;
    std::int64_t trainOnlyUsers = 0; // fewer than three events
    std::int64_t unseenValidItems = 0; // targets that no training event shows
    std::int64_t unseenTestItems = 0;
};

struct Statistics {
    double meanLength = 0; // events a user
    std::int64_t medianLength = 0;
    std::int64_t longest = 0;
    Histogram lengths; // users by events, bins of growing width
    Histogram popularity; // items by events, likewise
    Histogram times; // events by time, even bins; empty without times
    Histogram values; // events by value, one bin a value; empty without values
    SplitCounts split;
    Report report;
    std::shared_ptr<const std::vector<std::int64_t>> itemEvents; // of each item, as itemCounts()
    double futureShare = 0; // of test targets, those with a training event of somebody after them
};

Statistics statisticsOf(const Dataset& dataset);

// Events of each item, by its index; PAD has none.
std::vector<std::int64_t> itemCounts(const Dataset& dataset);

} // namespace fovea::data

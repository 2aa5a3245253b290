// Points on their way from the run to whoever draws them: the worker adds, the drawer takes all at
// once. Bounded: a series that nobody takes is thinned by keeping the smallest and the largest of
// each four neighbours, so that peaks stay; the full record is metrics.jsonl. Any thread.
#pragma once

#include "core/train/observer.h"

#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace fovea::train {

struct SeriesPoints {
    std::string name;
    std::vector<std::pair<double, double>> points; // (step, value), steps rising
};

class PointBuffer {
public:
    explicit PointBuffer(std::size_t capacity = 1 << 16); // points a series may hold
    void add(const Point& point);
    // Everything since the last time, in the order in which the series first came.
    std::vector<SeriesPoints> take();

private:
    std::size_t m_capacity;
    std::mutex m_mutex;
    std::vector<SeriesPoints> m_series;
};

// The smallest and the largest of each four neighbours, in their order.
void thin(std::vector<std::pair<double, double>>& points);

} // namespace fovea::train

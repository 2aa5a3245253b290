#include "core/train/point_buffer.h"

#include <algorithm>

namespace fovea::train {

void thin(std::vector<std::pair<double, double>>& points)
{
    const auto lower = [](const auto& a, const auto& b) { return a.second < b.second; };
    auto to = points.begin();
    for (auto from = points.begin(); from != points.end();) {
        const auto next = from + std::min<std::ptrdiff_t>(4, points.end() - from);
        auto [low, high] = std::minmax_element(from, next, lower);
        if (high < low)
            std::swap(low, high);
        const auto first = *low;
        const auto second = *high;
        const bool isOne = low == high;
        *to++ = first;
        if (!isOne)
            *to++ = second;
        from = next;
    }
    points.erase(to, points.end());
}

PointBuffer::PointBuffer(std::size_t capacity)
    : m_capacity(std::max<std::size_t>(capacity, 8))
{ }

void PointBuffer::add(const Point& point)
{
    const std::scoped_lock lock(m_mutex);
    auto found = std::find_if(
        m_series.begin(), m_series.end(), [&](const auto& s) { return s.name == point.name; });
    if (found == m_series.end())
        found = m_series.insert(found, {std::string(point.name), {}});
    if (found->points.size() >= m_capacity)
        thin(found->points);
    found->points.emplace_back(static_cast<double>(point.step), point.value);
}

std::vector<SeriesPoints> PointBuffer::take()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_series, {});
}

} // namespace fovea::train

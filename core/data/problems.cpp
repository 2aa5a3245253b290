#include "core/data/problems.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace fovea::data {

void Problems::add(
    const std::string& kind, const std::string& effect, std::int64_t line, std::int64_t column,
    std::string_view example, std::int64_t count)
{
    if (count == 0)
        return;
    const auto same = std::find_if(m_list.begin(), m_list.end(), [&](const Problem& p) {
        return p.kind == kind && p.firstColumn == column && p.effect == effect;
    });
    if (same != m_list.end()) {
        same->count += count;
        return;
    }
    m_list.push_back({kind, effect, count, line, column, base::shortened(example, 60)});
}

void Problems::append(const Problems& others, std::int64_t lines)
{
    for (const auto& p : others.m_list) {
        const auto known = m_list.size();
        add(p.kind, p.effect, p.firstLine > 0 ? p.firstLine + lines : 0, p.firstColumn, p.example,
            p.count);
        if (m_list.size() > known)
            m_list.back().file = p.file;
    }
}

void Problems::tellFiles(const std::vector<std::string>& names, std::int64_t linesAFile)
{
    for (auto& p : m_list) {
        if (p.firstLine <= 0)
            continue;
        p.file = names[static_cast<std::size_t>(p.firstLine / linesAFile)];
        p.firstLine %= linesAFile;
    }
}

Problems Problems::under(const std::string& prefix) const
{
    auto all = *this;
    for (auto& p : all.m_list)
        p.kind.insert(0, prefix);
    return all;
}

std::int64_t Problems::leftOut() const
{
    std::int64_t sum = 0;
    for (const auto& problem : m_list)
        sum += problem.effect.find("left out") != std::string::npos ? problem.count : 0;
    return sum;
}

io::Json Problems::toJson() const
{
    io::Json list = io::Json::array();
    for (const auto& p : m_list) {
        io::Json one = {
            {"kind", p.kind},
            {"effect", p.effect},
            {"count", p.count},
            {"first_line", p.firstLine},
            {"first_column", p.firstColumn},
            {"example", p.example}};
        if (!p.file.empty())
            one["file"] = p.file;
        list.push_back(one);
    }
    return list;
}

} // namespace fovea::data

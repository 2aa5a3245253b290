#include "core/data/problems.h"

#include "core/base/text.h"
#include "core/data/about.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
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

Result<Problems> Problems::fromJson(const io::Json& list, const std::string& where)
{
    constexpr std::size_t kMostProblems = 100'000;
    const auto damaged = [&](Message what, const std::string& place) {
        return badInput(std::move(what), place, "The data set is damaged; import it again");
    };
    if (!list.is_array() || list.size() > kMostProblems)
        return damaged(say("expected a list of at most %1 problems", kMostProblems), where);
    Problems problems;
    for (const auto& p : list) {
        const auto place = where + "/" + std::to_string(problems.m_list.size());
        const auto text = [&](const char* key) {
            const auto found = p.is_object() ? p.find(key) : p.end();
            return p.is_object() && found != p.end() && found->is_string()
                ? std::optional(found->get<std::string>())
                : std::nullopt;
        };
        const auto number = [&](const char* key) {
            const auto read = io::wholeNumber(p.value(key, io::Json()));
            return read && *read >= 0 && *read <= kMostRows ? *read : -1;
        };
        const auto kind = text("kind");
        const auto effect = text("effect");
        const auto example = text("example");
        if (!kind || !effect || !example || (p.contains("file") && !text("file")))
            return damaged("a problem has a kind, an effect and an example, all texts", place);
        const Problem read{
            *kind,
            *effect,
            number("count"),
            number("first_line"),
            number("first_column"),
            *example,
            text("file").value_or("")};
        if (read.count < 0 || read.firstLine < 0 || read.firstColumn < 0)
            return damaged(
                "a problem has a count, a first_line and a first_column, all whole numbers from 0",
                place);
        problems.m_list.push_back(read);
    }
    return problems;
}

} // namespace fovea::data

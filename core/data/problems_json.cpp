// Reading problems from JSON, apart from the rest: the module of Apache Arrow has that alone.
#include "core/data/about.h"
#include "core/data/problems.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <utility>

namespace fovea::data {

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

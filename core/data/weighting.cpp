#include "core/data/weighting.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>

namespace fovea::data {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

} // namespace

bool isSameType(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return lower(x) == lower(y);
    });
}

// FNV-1a, 32 bits (Fowler, Noll and Vo): types are a handful.
std::uint32_t kindOfType(std::string_view type)
{
    std::uint32_t hash = 2166136261U;
    for (const char c : type)
        hash = (hash ^ static_cast<unsigned char>(lower(c))) * 16777619U;
    return hash == kUnknownKind ? 1 : hash;
}

float Weighting::ofType(std::string_view type) const
{
    const auto found = std::find_if(types.begin(), types.end(), [&](const auto& known) {
        return isSameType(known.first, type);
    });
    return found == types.end() ? 1.0f : found->second;
}

Result<Weighting> weightingFrom(std::string_view text)
{
    text = base::trim(text);
    Weighting weighting;
    if (text.empty() || text == "none")
        return weighting;
    if (text == "value" || text == "log") {
        weighting.by = text == "log" ? Weighting::By::LogValue : Weighting::By::Value;
        return weighting;
    }
    weighting.by = Weighting::By::Type;
    for (const auto part : base::split(text, ",")) {
        const auto equals = part.rfind('=');
        const auto type = base::trim(part.substr(0, std::min(equals, part.size())));
        const auto weight = equals == std::string_view::npos
            ? std::nullopt
            : base::parseDouble(base::trim(part.substr(equals + 1)));
        const auto narrow = static_cast<float>(weight.value_or(-1));
        const bool isKnown =
            std::any_of(weighting.types.begin(), weighting.types.end(), [&](const auto& known) {
                return isSameType(known.first, type);
            });
        if (type.empty() || type.find('=') != std::string_view::npos || isKnown || !(narrow >= 0)
            || !std::isfinite(narrow))
            return wrongUse(
                say("'%1' is no weight of events", base::trim(part)), {},
                "Give value, log, or types with their weights, as view=1, cart=3, buy=5");
        weighting.types.emplace_back(type, narrow);
    }
    return weighting;
}

} // namespace fovea::data

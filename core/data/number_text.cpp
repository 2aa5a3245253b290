#include "core/data/number_text.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace fovea::data {

namespace {

// "2,676.00" and "2.676,00": points and commas, of which the last alone is the decimal one and the
// others stand before three digits each.
std::optional<double> withThousands(std::string_view text)
{
    const auto decimal = text.find_last_of(".,");
    const char between = text[decimal] == '.' ? ',' : '.';
    const auto whole = text.substr(0, decimal);
    if (whole.find(text[decimal]) != whole.npos)
        return std::nullopt;
    std::string plain;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        if (whole[i] != between)
            plain += whole[i];
        else if (i == 0 || (whole.size() - i) % 4 != 0)
            return std::nullopt;
    }
    return base::parseDouble(plain + '.' + std::string(text.substr(decimal + 1)));
}

} // namespace

std::optional<double> numberOf(std::string_view text)
{
    if (const auto number = base::parseDouble(text))
        return number;
    if (text.find(',') != text.npos && text.find('.') != text.npos)
        return withThousands(text);
    const auto comma = text.find(',');
    if (comma == std::string_view::npos || comma == 0 || comma + 1 == text.size())
        return std::nullopt;
    const auto whole = text.substr(text.front() == '-' ? 1 : 0);
    const auto behind = text.substr(comma + 1);
    const bool areDigits = behind.find_first_not_of("0123456789") == std::string_view::npos;
    const bool isOfThousands = behind.size() == 3 && whole.front() != '0';
    if (!areDigits || isOfThousands)
        return std::nullopt;
    std::string pointed(text);
    pointed[comma] = '.';
    return base::parseDouble(pointed);
}

std::optional<float> finiteFloat(std::string_view text)
{
    const auto number = base::parseDouble(text);
    const auto value = static_cast<float>(number.value_or(0));
    return number && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

bool saysNothing(std::string_view text)
{
    constexpr std::array<std::string_view, 7> kNothing = {"",    "null", "nan", "na",
                                                          "n/a", "none", "\\n"};
    return text.size() <= 4
        && std::find(kNothing.begin(), kNothing.end(), base::lower(text)) != kNothing.end();
}

bool isNull(std::string_view text)
{
    constexpr std::array<std::string_view, 12> kNulls = {
        "\\N", "NULL", "null",      "NaN",       "nan",       "None",
        "N/A", "n/a",  "(not set)", "undefined", "<unknown>", "(null)"};
    // Most ids are numbers.
    return text.size() >= 2 && text.size() <= 9 && (text[0] < '0' || text[0] > '9')
        && std::find(kNulls.begin(), kNulls.end(), text) != kNulls.end();
}

} // namespace fovea::data

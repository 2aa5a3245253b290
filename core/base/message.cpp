#include "core/base/message.h"

namespace fovea {

std::string Message::english() const
{
    if (values.empty())
        return pattern;
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const auto number = pattern[i] == '%' && i + 1 < pattern.size()
            ? static_cast<std::size_t>(pattern[i + 1] - '1')
            : values.size();
        if (number < values.size()) {
            text += values[number].english();
            ++i;
        } else {
            text += pattern[i];
        }
    }
    return text;
}

} // namespace fovea

#include "core/base/message.h"

namespace fovea {

std::string Message::english() const
{
    return told([](const std::string& english) { return english; });
}

std::string Message::told(const Translate& translate) const
{
    if (isData)
        return pattern;
    const auto sentence = translate(pattern);
    std::string text;
    for (std::size_t i = 0; i < sentence.size(); ++i) {
        const auto number = sentence[i] == '%' && i + 1 < sentence.size()
            ? static_cast<std::size_t>(sentence[i + 1] - '1')
            : values.size();
        if (number < values.size()) {
            text += values[number].told(translate);
            ++i;
        } else {
            text += sentence[i];
        }
    }
    return text;
}

} // namespace fovea

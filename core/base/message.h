// A text for people that can be told in another language: an English pattern with %1, %2, … and
// what stands there. The command line tells it in English; the window looks the pattern up among
// its translations. A plain value.
#pragma once

#include "core/base/text.h"

#include <concepts>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fovea {

struct Message {
    std::string pattern;
    std::vector<Message> values; // of %1, %2, …, nine at most
    bool isData = false; // a name, a number, a path: the same in every language

    Message() = default;
    Message(const char* english)
        : pattern(english)
    { }
    Message(std::string data)
        : pattern(std::move(data))
        , isData(true)
    { }
    Message(std::string_view data)
        : Message(std::string(data))
    { }
    template <std::integral Number>
    Message(Number number)
        : Message(std::to_string(number))
    { }
    Message(double number)
        : Message(base::toText(number))
    { }

    bool empty() const { return pattern.empty(); }
    std::string english() const;
    // The same with every text in another language; data stay as they are. UTF-8.
    using Translate = std::function<std::string(const std::string& english)>;
    std::string told(const Translate& translate) const;
};

// A text of the core's tables, which is English and may be translated.
inline Message term(std::string_view english) { return {std::string(english).c_str()}; }

// say("no column '%1' in %2", name, file)
template <typename... Values> Message say(const char* pattern, const Values&... values)
{
    Message message(pattern);
    (message.values.push_back(Message(values)), ...);
    return message;
}

} // namespace fovea

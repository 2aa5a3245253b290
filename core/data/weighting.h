// What an event counts in the loss of a training: the same as any other, as much as its value says,
// or what its type weighs. Pure; any thread.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fovea::data {

// Upper and lower case of ASCII are the same in types of events.
bool isSameType(std::string_view a, std::string_view b);
// A number that tells types apart; kUnknownKind is no type's.
std::uint32_t kindOfType(std::string_view type);
inline constexpr std::uint32_t kUnknownKind = 0;

struct Weighting {
    enum class By { Nothing, Value, LogValue, Type };
    By by = By::Nothing;
    std::vector<std::pair<std::string, float>> types; // those that are not named weigh 1
    float ofType(std::string_view type) const;
};

// Of text: nothing, "value", "log" (of one more than the value), or types with their weights, as
// "view=1, cart=3, buy=5". A type of weight 0 is history, and nothing that is to be foretold.
Result<Weighting> weightingFrom(std::string_view text);

} // namespace fovea::data

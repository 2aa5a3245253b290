// Numbers as tables write them: with a decimal point or with a decimal comma. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

namespace fovea::data {

// "3.5" and "3,5". "1,234" is none: nobody knows whether its comma is one of thousands.
std::optional<double> numberOf(std::string_view text);

} // namespace fovea::data

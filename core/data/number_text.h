// Cells as tables write them: numbers with a decimal point or a decimal comma, and words for
// nothing. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

namespace fovea::data {

// "3.5" and "3,5", "1,234.5" and "1.234,5". "1,234" is none: nobody knows whether its comma is one
// of thousands.
std::optional<double> numberOf(std::string_view text);
// "0.5"; nothing where a float32 cannot be as large.
std::optional<float> finiteFloat(std::string_view text);

// What stands where there is no number: NULL, NaN, NA, N/A, None, \N, in any case, or nothing.
bool saysNothing(std::string_view text);

// What databases and programs, and no person, write for nothing, wherever it stands: \N, NULL,
// null, NaN, nan, None.
bool isNull(std::string_view text);

} // namespace fovea::data

// Text helpers that ignore the locale of the process. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fovea::base {

// Whole-string numbers; nothing else may stand around them. "1e3" is a double, not an integer, but
// parseInteger takes a double notation whose value is a whole number ("8.8e+08", "12.0").
std::optional<double> parseDouble(std::string_view text);
std::optional<std::int64_t> parseInteger(std::string_view text);

// The shortest text that reads back to the same value; "." as decimal point.
std::string toText(double value);
std::string toText(float value);
// A fixed number of digits after the point.
std::string toFixed(double value, int digits);
// 12,345,678
std::string grouped(std::int64_t value);
// 1.5 GiB
std::string bytesText(std::int64_t bytes);
// 1:02:03 or 4.2 s
std::string durationText(double seconds);

std::vector<std::string_view> split(std::string_view text, std::string_view separator);
std::string_view trim(std::string_view text);
std::string lower(std::string_view text); // ASCII letters only
std::string join(const std::vector<std::string>& parts, std::string_view separator);

// The candidate with the smallest edit distance, or empty if nothing is near.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

// A CSV field: quoted where it holds a comma, a quote or a line break.
std::string csvField(std::string_view text);

bool isUtf8(std::string_view bytes);
// Windows code page 1252 to UTF-8; the five undefined bytes become U+FFFD.
std::string fromCp1252(std::string_view bytes);
// At most `width` code points, an ellipsis for what was cut.
std::string shortened(std::string_view utf8, std::size_t width);

// Cells that UTF-8 text takes on a terminal: East Asian wide characters take two, marks none.
std::size_t displayWidth(std::string_view text);

} // namespace fovea::base

// How files write a moment: counts since 1970 in four units, and dates in the notations that data
// sets use. What names no zone is UTC; the machine's own is never asked. Pure functions, any
// thread.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fovea::data {

constexpr std::int64_t kMicroseconds = 1'000'000; // of a second
// Seconds since 1970, both ways, that microseconds of 64 bits hold: 292,000 years.
constexpr std::int64_t kLastSecond = std::numeric_limits<std::int64_t>::max() / kMicroseconds;
// 1980 and 2100 in seconds: what lies between is taken for a time of an event.
constexpr std::int64_t kOurTimesFrom = 315'532'800;
constexpr std::int64_t kOurTimesTo = 4'102'444'800;

struct TimeFormat {
    std::string_view name;
    std::string_view help;
    // Microseconds since 1970; nothing where the text is no such moment. No space around it.
    std::optional<std::int64_t> (*read)(std::string_view text);
};

// "2015-03-31 23:59:59", UTC.
std::string isoText(std::int64_t seconds);

// Microseconds since 1970 of what a person writes: "2015-03-31", with a time and a zone if need be.
Result<std::int64_t> momentFrom(std::string_view text);

// "8:36", "08:36:57.25+02:00", "8:36 p.m.", without a date.
bool isTimeOfDay(std::string_view text);

std::span<const TimeFormat> timeFormats();
const TimeFormat* findTimeFormat(std::string_view name);

struct TimeGuess {
    const TimeFormat* format;
    Message why;
    bool isOurTime = true; // most fall between 1980 and 2100
    bool isDayOrderOpen = false; // both orders of day and month read them
};

// The format that reads most of the samples that are not empty, half at least; nothing where none
// does. Whole numbers are
// taken for the unit in which they fall between 1980 and 2100; small ones for seconds.
std::optional<TimeGuess> guessTimeFormat(std::span<const std::string_view> samples);

} // namespace fovea::data

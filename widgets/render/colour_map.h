// From a number in [0, 1] to a colour, dark for much: each path reads the same to colour-blind eyes
// and in grey. Any thread.
#pragma once

#include <array>

namespace fovea::render {

using Rgb = std::array<int, 3>; // 0 to 255

// Paths whose lightness falls evenly: pale yellow over teal to dark blue, pale rose over red to
// dark brown, white to black.
enum class ColourMap { Sea, Ember, Grey };

// Interpolated in Oklab (Björn Ottosson, "A perceptual color space for image processing", 2020).
// NaN is grey.
Rgb colourOf(double value, ColourMap map = ColourMap::Sea);

// Black or white, whichever reads better on a colour.
Rgb inkOn(const Rgb& colour);

} // namespace fovea::render

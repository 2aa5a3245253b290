// From a number in [0, 1] to a colour. One hue path whose lightness falls evenly, so that it reads
// the same to colour-blind eyes and in grey. Any thread.
#pragma once

#include <array>

namespace fovea::render {

using Rgb = std::array<int, 3>; // 0 to 255

// Pale yellow over teal to dark blue, interpolated in Oklab (Björn Ottosson, "A perceptual color
// space for image processing", 2020). NaN is grey.
Rgb colourOf(double value);

// Black or white, whichever reads better on a colour.
Rgb inkOn(const Rgb& colour);

} // namespace fovea::render

// How the weights of a map become colours, the same on screen and in a file. Any thread.
#pragma once

#include "widgets/render/colour_map.h"

namespace fovea::render {

// What the strongest colour stands for: the largest weight of the map, of each row, or of the map
// on a logarithmic scale of four decades.
enum class Scale { Map, Row, Logarithm };

constexpr double kDecades = 4; // of the logarithmic scale

struct Look {
    Scale scale = Scale::Map;
    ColourMap colours = ColourMap::Sea;
    bool operator==(const Look&) const = default;
};

// Where a weight lies between nothing (0) and `highest` (1).
double shareOf(double weight, double highest, Scale scale);

} // namespace fovea::render

#include "widgets/render/colour_map.h"

#include <algorithm>
#include <cmath>

namespace fovea::render {

namespace {

using Lab = std::array<double, 3>;

struct Path {
    Lab low;
    Lab middle;
    Lab high;
};

// Lightness falls in even steps between the three anchors. In the order of ColourMap.
constexpr std::array<Path, 3> kPaths = {
    {{{0.985, -0.010, 0.030}, {0.635, -0.080, -0.030}, {0.285, 0.015, -0.115}},
     {{0.985, 0.008, 0.015}, {0.635, 0.150, 0.090}, {0.285, 0.070, 0.040}},
     {{0.995, 0, 0}, {0.595, 0, 0}, {0.195, 0, 0}}}};

int channel(double linear)
{
    const double v = std::clamp(linear, 0.0, 1.0);
    const double encoded = v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1.0 / 2.4) - 0.055;
    return static_cast<int>(std::lround(255.0 * encoded));
}

Rgb toRgb(const Lab& lab)
{
    const auto cube = [](double x) { return x * x * x; };
    const double l = cube(lab[0] + 0.3963377774 * lab[1] + 0.2158037573 * lab[2]);
    const double m = cube(lab[0] - 0.1055613458 * lab[1] - 0.0638541728 * lab[2]);
    const double s = cube(lab[0] - 0.0894841775 * lab[1] - 1.2914855480 * lab[2]);
    return {
        channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
        channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
        channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)};
}

Lab between(const Lab& a, const Lab& b, double t)
{
    return {a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])};
}

} // namespace

Rgb colourOf(double value, ColourMap map)
{
    if (std::isnan(value))
        return {128, 128, 128};
    const double v = std::clamp(value, 0.0, 1.0);
    const auto& [low, middle, high] = kPaths[static_cast<std::size_t>(map)];
    return toRgb(v < 0.5 ? between(low, middle, 2 * v) : between(middle, high, 2 * v - 1));
}

Rgb inkOn(const Rgb& colour)
{
    const double light = 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2];
    return light > 140 ? Rgb{0, 0, 0} : Rgb{255, 255, 255};
}

} // namespace fovea::render

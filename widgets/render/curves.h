// Curves of a run as a figure: one panel a group of series, one above the other.
#pragma once

#include "widgets/render/figure.h"

#include <utility>

namespace fovea::render {

struct Curve {
    std::string name;
    std::vector<std::pair<double, double>> points; // x rising
};

struct CurveMark { // a vertical line with a few words
    double x;
    std::string text;
};

struct Panel {
    std::string title;
    std::vector<Curve> curves;
    std::string xName = {}; // of the axis; the title names the other one
    std::vector<CurveMark> marks = {};
};

Figure curvesFigure(const std::string& title, const std::vector<Panel>& panels);

// A step that reads well: 1, 2 or 5 times a power of ten, about `count` of them over the range.
double tickStep(double range, int count);

} // namespace fovea::render

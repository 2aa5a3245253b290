// A matrix of weights as a figure: rows ask, columns answer, titles on both axes, a scale beside
// it.
#pragma once

#include "widgets/render/figure.h"
#include "widgets/render/look.h"

namespace fovea::render {

struct HeatMap {
    std::string title;
    std::string subtitle;
    std::vector<std::string> rows; // titles
    std::vector<std::string> columns;
    std::vector<float> values; // rows x columns
    bool causal = true; // cells right of the diagonal are left out
    Look look;
};

Figure heatMapFigure(const HeatMap& map);

} // namespace fovea::render

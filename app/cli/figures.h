// Figures for the command line; in a build without Qt each answers wrong use and says why.
#pragma once

#include "core/explain/attention_map.h"

#include <filesystem>

namespace fovea::cli {

bool isFigure(const std::filesystem::path& file); // by its ending
bool canDraw();
struct Drawing {
    double width = 0; // pixels, 0 = the figure's own (widgets/render/figure.h)
    std::string scale = "map"; // row, log
    std::string colours = "sea"; // ember, grey
};
Status drawAttention(
    const explain::AttentionMap& map, const explain::HeadMatrix& matrix,
    const std::filesystem::path& file, const Drawing& drawing);
// The run's metrics.jsonl as curves.
Status drawCurves(const std::filesystem::path& run, const std::filesystem::path& file);

} // namespace fovea::cli

#include "widgets/render/run_figures.h"

#include "widgets/render/curves.h"
#include "widgets/render/heat_map.h"

namespace fovea::render {

Figure attentionFigure(
    const explain::AttentionMap& map, const explain::HeadMatrix& matrix, Look look)
{
    HeatMap figure;
    figure.look = look;
    figure.title = map.about + ": " + matrix.name;
    figure.subtitle = "Rows ask, columns answer. Attention is not by itself an explanation.";
    for (const auto& label : map.queries)
        figure.rows.push_back(label.title);
    for (const auto& label : map.keys)
        figure.columns.push_back(label.title);
    figure.values = matrix.weights;
    return heatMapFigure(figure);
}

Figure trainingFigure(const std::string& title, const std::vector<train::Series>& series)
{
    Panel loss{"Loss by step", {}};
    Panel valid{"Validation by step", {}};
    Panel rate{"Learning rate", {}};
    Panel norm{"Gradient norm", {}};
    Panel speed{"Targets a second", {}};
    for (const auto& s : series) {
        if (s.name == "loss")
            loss.curves.insert(loss.curves.begin(), {"each step", s.points});
        if (s.name == "train/loss")
            loss.curves.push_back({"mean of the epoch", s.points});
        const bool otherCut =
            s.name.find('@') != std::string::npos && s.name.find("@10") == std::string::npos;
        if (s.name.rfind("valid/", 0) == 0 && !otherCut)
            valid.curves.push_back({s.name.substr(6), s.points});
        if (s.name == "learning_rate")
            rate.curves.push_back({{}, s.points});
        if (s.name == "gradient_norm")
            norm.curves.push_back({{}, s.points});
        if (s.name == "targets_per_second")
            speed.curves.push_back({{}, s.points});
    }
    return curvesFigure(title, {loss, valid, rate, norm, speed});
}

} // namespace fovea::render

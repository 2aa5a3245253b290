#include "widgets/render/run_figures.h"

#include "core/base/text.h"
#include "core/train/parameters.h"
#include "widgets/render/curves.h"
#include "widgets/render/heat_map.h"

#include <algorithm>

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

namespace {

using Points = std::vector<std::pair<double, double>>;

Points byEpoch(Points points, double stepsPerEpoch)
{
    for (auto& point : points)
        point.first /= stepsPerEpoch;
    return points;
}

std::vector<CurveMark> marksOf(
    const train::Best& best, const std::vector<train::Change>& changes, double stepsPerEpoch)
{
    std::vector<CurveMark> marks;
    if (best.epoch > 0)
        marks.push_back({static_cast<double>(best.epoch) * stepsPerEpoch, "best"});
    for (const auto& change : changes) {
        const auto* parameter = train::findParameter(change.key);
        const auto label = parameter ? std::string(parameter->label) : change.key;
        marks.push_back(
            {static_cast<double>(change.step), label + ' ' + base::toText(change.value)});
    }
    return marks;
}

} // namespace

Figure trainingFigure(
    const std::string& title, const std::vector<train::Series>& series, const train::Best& best,
    const std::vector<train::Change>& changes)
{
    const auto perEpoch = static_cast<double>(std::max<std::int64_t>(stepsPerEpoch(series), 1));
    Panel loss{"Loss", {}, "step", marksOf(best, changes, perEpoch)};
    Panel valid{"Validation", {}, "epoch", loss.marks};
    for (auto& mark : valid.marks)
        mark.x /= perEpoch;
    Panel rate{"Learning rate", {}, "step"};
    Panel norm{"Gradient norm", {}, "step"};
    Panel speed{"Throughput (targets/s)", {}, "step"};
    for (const auto& s : series) {
        if (s.name == "loss")
            loss.curves.insert(loss.curves.begin(), {"each step", s.points});
        if (s.name == "train/loss")
            loss.curves.push_back({"mean of the epoch", s.points});
        const bool otherCut =
            s.name.find('@') != std::string::npos && s.name.find("@10") == std::string::npos;
        if (s.name.rfind("valid/", 0) == 0 && !otherCut)
            valid.curves.push_back({s.name.substr(6), byEpoch(s.points, perEpoch)});
        if (s.name == "learning_rate")
            rate.curves.push_back({{}, s.points});
        if (s.name == "gradient_norm")
            norm.curves.push_back({{}, s.points});
        if (s.name == "targets_per_second")
            speed.curves.push_back({{}, s.points});
    }
    return curvesFigure(title, {loss, valid, rate, norm, speed});
}

Result<Figure> trainingFigure(const train::RunFolder& run)
{
    FOVEA_ASSIGN(const auto series, train::readSeries(run.metricsFile()));
    return trainingFigure(
        run.path().filename().string(), series, run.record().best, run.record().changes);
}

} // namespace fovea::render

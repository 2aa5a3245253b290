#include "app/cli/figures.h"

#include "core/train/metrics_log.h"

#include <nlohmann/json.hpp>

#ifdef FOVEA_WITH_QT
#include "widgets/render/curves.h"
#include "widgets/render/heat_map.h"
#endif

#include <algorithm>

namespace fovea::cli {

bool isFigure(const std::filesystem::path& file)
{
    const auto ending = file.extension();
    return ending == ".png" || ending == ".svg" || ending == ".pdf";
}

#ifdef FOVEA_WITH_QT

bool canDraw() { return true; }

Status drawAttention(
    const explain::AttentionMap& map, const explain::HeadMatrix& matrix,
    const std::filesystem::path& file)
{
    render::HeatMap figure;
    figure.title = map.about + ": " + matrix.name;
    figure.subtitle = "Rows ask, columns answer. Attention is not by itself an explanation.";
    for (const auto& label : map.queries)
        figure.rows.push_back(label.title);
    for (const auto& label : map.keys)
        figure.columns.push_back(label.title);
    figure.values = matrix.weights;
    return render::writeFigure(render::heatMapFigure(figure), file);
}

Status drawCurves(const std::filesystem::path& run, const std::filesystem::path& file)
{
    FOVEA_ASSIGN(const auto series, train::readSeries(run / "metrics.jsonl"));
    render::Panel loss{"Loss by step", {}};
    render::Panel valid{"Validation by step", {}};
    for (const auto& s : series) {
        if (s.name == "loss")
            loss.curves.insert(loss.curves.begin(), {"a step", s.points});
        if (s.name == "train/loss")
            loss.curves.push_back({"mean of an epoch", s.points});
        const bool otherCut =
            s.name.find('@') != std::string::npos && s.name.find("@10") == std::string::npos;
        if (s.name.rfind("valid/", 0) == 0 && !otherCut)
            valid.curves.push_back({s.name.substr(6), s.points});
    }
    const auto title = run.filename().string();
    return render::writeFigure(render::curvesFigure(title, {loss, valid}), file);
}

#else

namespace {

Status cannotDraw(const std::filesystem::path& file)
{
    return wrongUse(
        "this Fovea was built without Qt and cannot draw", file.string(),
        "Write .csv or .json instead, or build with Qt");
}

} // namespace

bool canDraw() { return false; }
Status drawAttention(
    const explain::AttentionMap&, const explain::HeadMatrix&, const std::filesystem::path& file)
{
    return cannotDraw(file);
}
Status drawCurves(const std::filesystem::path&, const std::filesystem::path& file)
{
    return cannotDraw(file);
}

#endif

} // namespace fovea::cli

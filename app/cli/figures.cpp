#include "app/cli/figures.h"

#include "core/train/run_folder.h"

#include <nlohmann/json.hpp>

#ifdef FOVEA_WITH_QT
#include "widgets/render/run_figures.h"
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
    const std::filesystem::path& file, const Drawing& drawing)
{
    const render::Look look{
        drawing.scale == "row"       ? render::Scale::Row
            : drawing.scale == "log" ? render::Scale::Logarithm
                                     : render::Scale::Map,
        drawing.colours == "ember"      ? render::ColourMap::Ember
            : drawing.colours == "grey" ? render::ColourMap::Grey
                                        : render::ColourMap::Sea};
    return render::writeFigure(render::attentionFigure(map, matrix, look), file, drawing.width);
}

Status drawCurves(const std::filesystem::path& run, const std::filesystem::path& file)
{
    FOVEA_ASSIGN(const auto folder, train::RunFolder::open(run));
    FOVEA_ASSIGN(const auto figure, render::trainingFigure(folder));
    return render::writeFigure(figure, file);
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
    const explain::AttentionMap&, const explain::HeadMatrix&, const std::filesystem::path& file,
    const Drawing&)
{
    return cannotDraw(file);
}
Status drawCurves(const std::filesystem::path&, const std::filesystem::path& file)
{
    return cannotDraw(file);
}

#endif

} // namespace fovea::cli

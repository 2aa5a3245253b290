#include "app/gui/exports.h"

#include "core/deploy/export.h"
#include "core/io/file.h"
#include "core/train/metrics_log.h"
#include "widgets/parts/ask.h"
#include "widgets/render/run_figures.h"

#include <QFileInfo>

namespace fovea::gui {

Status saveMap(
    const explain::AttentionMap& map, explain::HeadChoice head, const QString& user,
    const QString& file, double scale)
{
    const std::filesystem::path path = file.toStdString();
    const auto ending = QFileInfo(file).suffix();
    if (ending == QLatin1String("csv") || ending == QLatin1String("json")) {
        const auto all = explain::allHeads(map);
        FOVEA_ASSIGN(
            const auto text,
            ending == QLatin1String("csv") ? explain::toCsv(map, user.toStdString(), all)
                                           : explain::toJson(map, user.toStdString(), all));
        return io::replaceFile(path, text);
    }
    FOVEA_ASSIGN(const auto matrix, explain::headMatrix(map, head));
    return render::writeFigure(render::attentionFigure(map, matrix), path, scale);
}

Status saveCurves(const std::filesystem::path& run, const QString& file, double scale)
{
    const std::filesystem::path path = file.toStdString();
    FOVEA_ASSIGN(const auto series, train::readSeries(run / "metrics.jsonl"));
    if (QFileInfo(file).suffix() == QLatin1String("csv"))
        return io::replaceFile(path, train::seriesCsv(series));
    return render::writeFigure(
        render::trainingFigure(run.filename().string(), series), path, scale);
}

void saveModel(
    Workbench& workbench, const QString& format, const QString& folder, QObject* receiver,
    std::function<void(const Status&)> done)
{
    const auto run = workbench.run();
    const auto* row = deploy::findFormat(format.toStdString());
    widgets::ask<Done>(
        workbench.desk(), receiver,
        [run, row, folder](const train::TrainedModel& model) -> Status {
            FOVEA_ASSIGN(const auto opened, train::RunFolder::open(run));
            base::Silent silent;
            return deploy::exportModel(
                opened, model, *row, folder.toStdString(), false, silent, {});
        },
        std::move(done));
}

} // namespace fovea::gui

#include "app/gui/exports.h"

#include "app/gui/export_dialog.h"
#include "core/base/os.h"
#include "core/deploy/export.h"
#include "core/device/thrown.h"
#include "core/io/file.h"
#include "core/train/metrics_log.h"
#include "widgets/render/run_figures.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

#include <future>

namespace fovea::gui {

Status saveMap(
    const explain::AttentionMap& map, explain::HeadChoice head, render::Look look,
    const QString& user, const QString& file, double width)
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
    return render::writeFigure(render::attentionFigure(map, matrix, look), path, width);
}

Status saveCurves(const std::filesystem::path& run, const QString& file, double width)
{
    const std::filesystem::path path = file.toStdString();
    const auto ending = QFileInfo(file).suffix();
    if (ending == QLatin1String("csv") || ending == QLatin1String("json"))
        return train::saveSeries(run, path);
    FOVEA_ASSIGN(const auto folder, train::RunFolder::open(run));
    FOVEA_ASSIGN(const auto figure, render::trainingFigure(folder));
    return render::writeFigure(figure, path, width);
}

Status saveModel(Workbench& workbench, const QString& format, const QString& folder)
{
    const auto* row = deploy::findFormat(format.toStdString());
    const auto work = [&](base::Progress& progress, const std::stop_token& stop) {
        std::promise<Status> done;
        workbench.desk().ask([&](const Result<const train::TrainedModel*>& model) {
            const auto save = [&]() -> Status {
                if (!model)
                    return model.error();
                FOVEA_ASSIGN(const auto run, train::RunFolder::open(workbench.run()));
                return deploy::exportModel(
                    run, **model, *row, folder.toStdString(), false, progress, stop);
            };
            try {
                done.set_value(save());
            } catch (...) {
                done.set_value(device::thrown());
            }
        });
        return done.get_future().get();
    };
    return workbench.doAside(Exports::tr("Saving the model"), work);
}

namespace {

QStringList allFormats()
{
    return {
        QStringLiteral("png"), QStringLiteral("svg"), QStringLiteral("pdf"), QStringLiteral("csv"),
        QStringLiteral("json")};
}

} // namespace

Exports::Exports(Workbench& workbench, widgets::MapSource& source, QWidget* parent)
    : QObject(parent)
    , m_workbench(workbench)
    , m_source(source)
    , m_parent(parent)
{ }

void Exports::tell(const Status& status, const QString& path)
{
    if (status)
        Q_EMIT saved(path);
    else if (status.error().kind != ErrorKind::Interrupted) // a person cancelled
        Q_EMIT failed(status.error());
}

// A large picture takes seconds and much memory.
void Exports::ask(ExportDialog& dialog, const std::function<Status()>& save)
{
    if (dialog.exec() != QDialog::Accepted)
        return;
    const auto work = [&](base::Progress&, const std::stop_token&) { return save(); };
    tell(m_workbench.doAside(dialog.windowTitle(), work), dialog.file());
    base::returnFreedMemory();
}

void Exports::again()
{
    if (m_last)
        m_last();
}

void Exports::map()
{
    m_last = [this] { map(); };
    const auto map = m_source.map(); // as it is now, whatever is trained meanwhile
    if (!map)
        return;
    const auto matrix = explain::headMatrix(*map, m_source.head());
    if (!matrix) {
        Q_EMIT failed(matrix.error());
        return;
    }
    const auto user = m_source.mapUser();
    ExportDialog dialog(
        tr("Save the attention map"), user, allFormats(),
        render::attentionFigure(*map, *matrix).size, m_parent);
    const auto head = m_source.head();
    const auto look = m_source.look();
    ask(dialog, [&] { return saveMap(*map, head, look, user, dialog.file(), dialog.pixels()); });
}

void Exports::curves()
{
    m_last = [this] { curves(); };
    const auto run = m_workbench.run();
    if (run.empty())
        return;
    ExportDialog dialog(
        tr("Save the curves"), QString::fromStdString(run.filename().string()), allFormats(),
        render::trainingFigure({}, {}).size, m_parent);
    ask(dialog, [&] { return saveCurves(run, dialog.file(), dialog.pixels()); });
}

void Exports::model(const QString& format)
{
    m_last = [this, format] { model(format); };
    const auto run = QString::fromStdString(m_workbench.run().filename().string());
    const auto folder = QFileDialog::getSaveFileName(
        m_parent, tr("Save the model as a new folder"),
        QDir(lastExportFolder()).filePath(run + QLatin1Char('-') + format), {}, nullptr,
        QFileDialog::ShowDirsOnly);
    if (folder.isEmpty())
        return;
    rememberExportFolder(QFileInfo(folder).absolutePath());
    tell(saveModel(m_workbench, format, folder), folder);
}

} // namespace fovea::gui

// The files that a person saves from the window: the same functions of core and widgets/render that
// the command line calls, and the dialogs that ask where to. The window's thread; the model is
// written on the compute thread.
#pragma once

#include "app/gui/workbench.h"
#include "core/explain/attention_map.h"
#include "widgets/attention/map_source.h"

#include <QString>

#include <functional>

namespace fovea::gui {

class ExportDialog;

// By the file's ending: png, svg, pdf of one head, csv or json of all. `user` is the raw id;
// `width` in pixels, 0 = the picture's own.
Status saveMap(
    const explain::AttentionMap& map, explain::HeadChoice head, render::Look look,
    const QString& user, const QString& file, double width);

// png, svg, pdf; csv or json with every point.
Status saveCurves(const std::filesystem::path& run, const QString& file, double width);

// The model at hand into a new folder, beside the window, where a person may cancel it.
Status saveModel(Workbench& workbench, const QString& format, const QString& folder);

// Ask, then save. What came of it is told by `saved` or `failed`; nothing where a person cancels.
class Exports final : public QObject {
    Q_OBJECT

public:
    Exports(Workbench& workbench, widgets::MapSource& source, QWidget* parent);
    void map();
    void curves();
    void model(const QString& format);
    void again(); // asks once more for what was saved last

Q_SIGNALS:
    void saved(const QString& path);
    void failed(const fovea::Error& error);

private:
    void ask(ExportDialog& dialog, const std::function<Status()>& save);
    void tell(const Status& status, const QString& path);

    Workbench& m_workbench;
    widgets::MapSource& m_source;
    QWidget* m_parent;
    std::function<void()> m_last;
};

} // namespace fovea::gui

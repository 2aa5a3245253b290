// The files that a person saves from the window: the same functions of core and widgets/render that
// the command line calls. The window's thread; the model is written on the compute thread.
#pragma once

#include "app/gui/workbench.h"
#include "core/explain/attention_map.h"

#include <QString>

#include <functional>

namespace fovea::gui {

// By the file's ending: png, svg, pdf of one head, csv or json of all. `user` is the raw id;
// `scale` pixels of a PNG for each logical one.
Status saveMap(
    const explain::AttentionMap& map, explain::HeadChoice head, const QString& user,
    const QString& file, double scale);

// png, svg, pdf, or csv with every point.
Status saveCurves(const std::filesystem::path& run, const QString& file, double scale);

// The model at hand into a new folder; `done` is called on the receiver's thread.
void saveModel(
    Workbench& workbench, const QString& format, const QString& folder, QObject* receiver,
    std::function<void(const Status&)> done);

} // namespace fovea::gui

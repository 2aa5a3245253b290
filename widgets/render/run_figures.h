// The figures of a run, the same from the window and from the command line: one map of a history's
// attention, and the curves of the training.
#pragma once

#include "core/explain/attention_map.h"
#include "core/train/metrics_log.h"
#include "core/train/run_folder.h"
#include "widgets/render/figure.h"
#include "widgets/render/look.h"

namespace fovea::render {

Figure attentionFigure(
    const explain::AttentionMap& map, const explain::HeadMatrix& matrix, Look look = {});

// Loss by step, and the validation metrics at their usual cut by epoch, with the best epoch and the
// settings that were changed on the way marked.
Figure trainingFigure(
    const std::string& title, const std::vector<train::Series>& series,
    const train::Best& best = {}, const std::vector<train::Change>& changes = {});
// Of a run on the disk.
Result<Figure> trainingFigure(const train::RunFolder& run);

} // namespace fovea::render

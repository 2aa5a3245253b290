// What a data set holds and what was found in its file, for people and for programs.
#pragma once

#include "core/data/report.h"
#include "core/eval/evaluate.h"

#include <nlohmann/json.hpp>

namespace fovea::cli {

// How a file was understood, in one line, from dataset.json's "source".
std::string sourceText(const io::Json& source);
// `source` of dataset.json, where the data came from a file.
std::string reportText(
    const data::Report& report, const data::Problems& problems, const io::Json& source = {});
io::Json reportJson(const data::Report& report, const data::Problems& problems);
std::string evaluationText(const eval::Evaluation& evaluation);

// Rows of cells as aligned columns, two spaces between; the first column left, the rest right.
std::string tableText(const std::vector<std::vector<std::string>>& rows);

} // namespace fovea::cli

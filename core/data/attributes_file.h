// Attributes as they are written into a data set's folder, piece by piece. Any thread; blocks on
// the disk.
#pragma once

#include "core/base/pieces.h"
#include "core/data/attributes.h"

namespace fovea::data {

// Nothing where there are none.
Status saveAttributes(
    const Attributes& attributes, const std::filesystem::path& folder,
    const base::BetweenPieces& between);
std::size_t byteCount(const Attributes& attributes); // that are saved, about

} // namespace fovea::data

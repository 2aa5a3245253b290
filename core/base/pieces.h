// Files that are written piece by piece, so that a writer who is to stop waits for no long sync.
// Any thread; blocks on the disk.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <functional>
#include <span>
#include <string_view>

namespace fovea::base {

// Called before each piece, with the bytes of the file that were written. An error ends the
// writing.
using BetweenPieces = std::function<Status(std::size_t written)>;

// As writeDurably() of os.h. What the disk takes in about 40 ms makes a piece.
Status writeDurably(
    const std::filesystem::path& file, std::span<const std::string_view> parts,
    const BetweenPieces& between);

} // namespace fovea::base

// What replaces whole files, piece by piece: `between` is called before each piece, and where it
// returns an error, the old file is still there and nothing else. Any thread; blocks on the disk.
#pragma once

#include "core/base/pieces.h"
#include "core/io/safetensors.h"

namespace fovea::io {

Status replaceFile(
    const std::filesystem::path& file, std::span<const std::string_view> parts,
    const base::BetweenPieces& between);
// While the checksum is made, `between` is called with 0.
Status writeTensors(
    const std::filesystem::path& file, const std::vector<TensorView>& tensors,
    TensorMetadata metadata, const base::BetweenPieces& between);

std::size_t byteCount(const std::vector<TensorView>& tensors); // of all their elements

} // namespace fovea::io

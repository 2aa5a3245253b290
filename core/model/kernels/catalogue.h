// The softmax over a catalogue and its gradients, tile by tile of items: what would be one matrix
// of scores is made, used and forgotten in pieces that lie in the cache. LibTorch's products pack
// their operands each time, which for rows of 64 numbers costs as much as they compute; here the
// items are packed once. Plain pointers, borrowed; one thread a call; float and double.
#pragma once

#include <cstddef>
#include <cstdint>

namespace fovea::model::kernels {

inline constexpr std::size_t kTileItems = 256;
// From one row of a tile to the next: a power of two would fall on few lines of the cache.
inline constexpr std::size_t kTileStride = kTileItems + 16;
// Rows of items and states hold a multiple of so many numbers.
inline constexpr std::int64_t kTileWidth = 16;

// `count` items (count, width), kTileItems at most, as scores() reads them: width * kTileItems
// numbers.
template <typename T>
void packTile(const T* items, std::size_t count, std::size_t width, T* packed);

// Scores of states (rows, width) against a packed tile into (rows, kTileStride). With `sums`
// (rows, kTileWidth) they become their exponentials, of which each row's are added to its sums;
// they are to lie between -80 and 80. Without, `highest` (rows) is raised to them.
template <typename T> struct Scores {
    const T* states;
    std::size_t rows;
    std::size_t width;
    const T* packed;
    std::size_t count; // of items
    T* tile;
    T* sums;
    T* highest;
};
template <typename T> void scores(const Scores<T>& call);

// Scores in a tile become exp(score - highest of its row), added to its sums.
template <typename T>
void exponentials(T* tile, std::size_t rows, std::size_t count, const T* highest, T* sums);

// grad (rows, width) += tile items.
template <typename T>
void addToStates(
    const T* tile, std::size_t rows, const T* items, std::size_t count, std::size_t width, T* grad);

// grad (count, width) += the tile's transpose times states.
template <typename T>
void addToItems(
    const T* tile, std::size_t rows, const T* states, std::size_t count, std::size_t width,
    T* grad);

} // namespace fovea::model::kernels

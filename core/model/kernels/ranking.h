// Scores of all items for many users, counted where they are made: nothing of the size users x
// items is ever held. A score is the product of a hidden state and an item's vector, added up in
// one order, so that the same two give the same bits wherever they stand. One thread a call.
#pragma once

#include <cstdint>
#include <span>

namespace fovea::model::kernels {

struct ItemVectors {
    const float* rows; // (items + 1, width); row 0 is PAD and is never scored
    std::int64_t items;
    std::int64_t width;
};

// A list of items for each of some states, one behind the other.
struct ItemLists {
    std::span<const std::int32_t> items;
    std::span<const std::size_t> offsets; // (states + 1)
};
// out[i] = the score of lists.items[i] for the state (width) that it belongs to.
void scoresOf(const ItemVectors& vectors, const float* states, ItemLists lists, float* out);

// How items compare with one score. They do not add up to their number where a score is not one.
struct ScoreCounts {
    std::int64_t greater = 0;
    std::int64_t equal = 0;
    std::int64_t less = 0;
};

// For each of the states (own.size(), width): how the items first to last - 1 compare with own[i];
// adds to counts[i].
void countScores(
    const ItemVectors& vectors, std::int64_t first, std::int64_t last, const float* states,
    std::span<const float> own, ScoreCounts* counts);

} // namespace fovea::model::kernels

// Sequences back to back, never padded: what models are given. Plain values; any thread.
#pragma once

#include "core/data/split.h"

#include <cstdint>
#include <vector>

namespace fovea::data {

// T positions of B sequences. For the next item, items are inputs and targets what follows each.
// For ratings, items are the rated events and values their ratings; the model looks only at earlier
// ones.
struct Batch {
    std::vector<std::int32_t> users; // (B), -1 for a history that belongs to nobody
    std::vector<std::int32_t> items; // (T)
    std::vector<std::int64_t> offsets{0}; // (B + 1)
    std::vector<std::int32_t> targets; // (T), or empty when only scores are wanted
    std::vector<float> values; // (T), or empty
    std::vector<float> weights; // (T) of what each position is to foretell, or empty
    std::vector<std::int32_t> firsts; // (B) index in the user's history of the first position

    std::int64_t size() const { return static_cast<std::int64_t>(users.size()); }
    std::int64_t tokens() const { return static_cast<std::int64_t>(items.size()); }
};

// Makes batches out of one data set; keeps only the most recent `maxLength` inputs of a user.
class Batcher {
public:
    Batcher(const Dataset& dataset, std::int64_t maxLength)
        : m_dataset(dataset)
        , m_maxLength(maxLength)
    { }

    // Every training position of the users.
    Batch nextItemTraining(std::span<const UserIndex> users) const;
    Batch ratingTraining(std::span<const UserIndex> users) const;
    // Histories before the target of `part`; the last position of each sequence answers.
    Batch nextItemHistories(std::span<const UserIndex> users, Part part) const;
    // Histories with the target event as last position.
    Batch ratingTargets(std::span<const UserIndex> users, Part part) const;

    // Training targets of one user.
    std::int64_t trainingTargets(UserIndex user, bool ratings) const;

private:
    void append(Batch& batch, UserIndex user, std::size_t begin, std::size_t end) const;
    // The weights of the last user's events, from `shift` events behind the first position on.
    void appendWeights(Batch& batch, UserIndex user, std::size_t shift) const;

    const Dataset& m_dataset;
    std::int64_t m_maxLength;
};

// A history that is in no data set: item indices and, for ratings, their values.
Batch singleHistory(
    std::span<const std::int32_t> items, std::span<const float> values, std::int64_t maxLength);

} // namespace fovea::data

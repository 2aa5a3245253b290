// Which histories a run trains on, and in which order an epoch takes them. Pure functions.
#pragma once

#include "core/data/batch.h"

namespace fovea::train {

// Users with something to train on.
std::vector<UserIndex> trainingUsers(
    const data::Dataset& dataset, const data::Batcher& batcher, bool ratings);

// The users in an order of the epoch's own (from 1); the same for the same seed and epoch.
std::vector<UserIndex> epochOrder(
    std::vector<UserIndex> users, std::uint64_t seed, std::int64_t epoch);

} // namespace fovea::train

// Leave-one-out: of each user's events the last is the test target, the one before it the
// validation target, the rest is for training. Users with fewer than three events only train. Pure
// views into the data set; any thread.
#pragma once

#include "core/data/dataset.h"

#include <span>
#include <string_view>

namespace fovea::data {

enum class Part { Train, Valid, Test };

// How many of a user's `events` come before the target of `part`; for Train, how many train.
// -1 if the user has no target there.
std::int64_t historyLength(std::int64_t events, Part part);

// Users that have a target in `part`, in order.
std::vector<UserIndex> usersWithTarget(const Dataset& dataset, Part part);

} // namespace fovea::data

#include "core/train/epoch_order.h"

#include "core/base/long_pass.h"
#include "core/base/random.h"

#include <algorithm>

namespace fovea::train {

std::vector<UserIndex> trainingUsers(
    const data::Dataset& dataset, const data::Batcher& batcher, bool ratings)
{
    const base::LongPass pass("the users to train on", dataset.userCount());
    std::vector<UserIndex> users;
    for (std::int32_t u = 0; u < dataset.userCount(); ++u) {
        if (batcher.trainingTargets({u}, ratings) > 0)
            users.push_back({u});
    }
    return users;
}

std::vector<UserIndex> epochOrder(
    std::vector<UserIndex> users, std::uint64_t seed, std::int64_t epoch)
{
    const base::LongPass pass("an epoch's order", std::ssize(users));
    std::vector<std::pair<std::uint64_t, UserIndex>> keyed;
    keyed.reserve(users.size());
    for (const auto user : users) {
        base::Stream draw(
            seed, base::Purpose::Shuffle,
            {static_cast<std::uint32_t>(epoch), static_cast<std::uint32_t>(user.value), 0});
        keyed.emplace_back(draw.next64(), user);
    }
    std::sort(keyed.begin(), keyed.end());
    std::transform(
        keyed.begin(), keyed.end(), users.begin(), [](const auto& pair) { return pair.second; });
    return users;
}

} // namespace fovea::train

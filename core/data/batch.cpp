#include "core/data/batch.h"

#include <algorithm>

namespace fovea::data {

namespace {

std::size_t eventsBefore(const Dataset& dataset, UserIndex user, Part part)
{
    const auto events = static_cast<std::int64_t>(dataset.itemsOf(user).size());
    return static_cast<std::size_t>(std::max<std::int64_t>(0, historyLength(events, part)));
}

} // namespace

// Positions begin (inclusive) to end of the user's events, the most recent maxLength of them.
void Batcher::append(Batch& batch, UserIndex user, std::size_t begin, std::size_t end) const
{
    const auto limit = static_cast<std::size_t>(m_maxLength);
    begin = end - begin > limit ? end - limit : begin;
    const auto items = m_dataset.itemsOf(user);
    const auto values = m_dataset.valuesOf(user);
    batch.users.push_back(user.value);
    batch.firsts.push_back(static_cast<std::int32_t>(begin));
    batch.items.insert(batch.items.end(), items.begin() + begin, items.begin() + end);
    if (!values.empty())
        batch.values.insert(batch.values.end(), values.begin() + begin, values.begin() + end);
    batch.offsets.push_back(batch.tokens());
}

void Batcher::appendWeights(Batch& batch, UserIndex user, std::size_t shift) const
{
    const auto weights = m_dataset.weightsOf(user);
    if (weights.empty())
        return;
    const auto first = static_cast<std::size_t>(batch.firsts.back()) + shift;
    const auto end = batch.offsets.end();
    batch.weights.insert(
        batch.weights.end(), weights.begin() + first,
        weights.begin() + first + (*(end - 1) - *(end - 2)));
}

Batch Batcher::nextItemTraining(std::span<const UserIndex> users) const
{
    Batch batch;
    for (const auto user : users) {
        const auto inputs = eventsBefore(m_dataset, user, Part::Train) - 1;
        append(batch, user, 0, inputs);
        const auto first = static_cast<std::size_t>(batch.firsts.back());
        const auto items = m_dataset.itemsOf(user);
        batch.targets.insert(
            batch.targets.end(), items.begin() + first + 1, items.begin() + inputs + 1);
        appendWeights(batch, user, 1);
    }
    return batch;
}

Batch Batcher::ratingTraining(std::span<const UserIndex> users) const
{
    Batch batch;
    for (const auto user : users) {
        append(batch, user, 0, eventsBefore(m_dataset, user, Part::Train));
        appendWeights(batch, user, 0);
    }
    return batch;
}

Batch Batcher::nextItemHistories(std::span<const UserIndex> users, Part part) const
{
    Batch batch;
    for (const auto user : users)
        append(batch, user, 0, eventsBefore(m_dataset, user, part));
    return batch;
}

Batch Batcher::ratingTargets(std::span<const UserIndex> users, Part part) const
{
    Batch batch;
    for (const auto user : users)
        append(batch, user, 0, eventsBefore(m_dataset, user, part) + 1);
    return batch;
}

std::int64_t Batcher::trainingTargets(UserIndex user, bool ratings) const
{
    const auto events = static_cast<std::int64_t>(eventsBefore(m_dataset, user, Part::Train));
    return std::clamp<std::int64_t>(ratings ? events : events - 1, 0, m_maxLength);
}

Batch singleHistory(
    std::span<const std::int32_t> items, std::span<const float> values, std::int64_t maxLength)
{
    const auto limit = static_cast<std::size_t>(maxLength);
    const auto first = items.size() > limit ? items.size() - limit : 0;
    Batch batch;
    batch.users = {-1};
    batch.firsts = {static_cast<std::int32_t>(first)};
    batch.items.assign(items.begin() + first, items.end());
    if (!values.empty())
        batch.values.assign(values.begin() + first, values.end());
    batch.offsets = {0, batch.tokens()};
    return batch;
}

} // namespace fovea::data

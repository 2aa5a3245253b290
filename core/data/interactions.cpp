#include "core/data/interactions.h"

#include "core/data/time_formats.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace fovea::data {

namespace {

// Renumbers by first appearance among the events that are left.
std::vector<std::string> renumber(
    std::vector<std::int32_t>& numbers, const std::vector<std::string>& ids)
{
    std::vector<std::int32_t> fresh(ids.size(), -1);
    std::vector<std::string> kept;
    for (auto& number : numbers) {
        auto& target = fresh[static_cast<std::size_t>(number)];
        if (target < 0) {
            target = static_cast<std::int32_t>(kept.size());
            kept.push_back(ids[static_cast<std::size_t>(number)]);
        }
        number = target;
    }
    return kept;
}

std::vector<std::int64_t> countsOf(const std::vector<std::int32_t>& numbers, std::size_t size)
{
    std::vector<std::int64_t> counts(size);
    for (const auto number : numbers)
        ++counts[static_cast<std::size_t>(number)];
    return counts;
}

template <typename T> void keepWhere(std::vector<T>& values, const std::vector<char>& keep)
{
    std::size_t to = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (keep[i])
            values[to++] = values[i];
    }
    values.resize(to);
}

void keepEvents(Interactions& all, const std::vector<char>& keep)
{
    for (auto* numbers : {&all.users, &all.items})
        keepWhere(*numbers, keep);
    if (!all.times.empty())
        keepWhere(all.times, keep);
    if (!all.values.empty())
        keepWhere(all.values, keep);
    keepWhere(all.lines, keep);
}

// The line of the first event that is not kept; 0 if all are.
std::int64_t firstLeftOut(const Interactions& all, const std::vector<char>& keep)
{
    const auto found = std::find(keep.begin(), keep.end(), 0);
    return found == keep.end() ? 0 : all.lines[static_cast<std::size_t>(found - keep.begin())];
}

std::int64_t wholeSeconds(std::int64_t microseconds)
{
    const auto seconds = microseconds / kMicroseconds;
    return seconds - (microseconds % kMicroseconds < 0 ? 1 : 0);
}

// The events sorted by user and time, ties in file order.
std::vector<std::size_t> orderOf(const Interactions& all)
{
    std::vector<std::size_t> order(all.users.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (all.users[a] != all.users[b])
            return all.users[a] < all.users[b];
        return !all.times.empty() && all.times[a] < all.times[b];
    });
    return order;
}

std::int64_t markDuplicates(
    const Interactions& all, const std::vector<std::size_t>& order, std::vector<char>& keep)
{
    if (all.times.empty())
        return 0;
    const auto key = [&](std::size_t e) {
        return std::tuple(
            all.users[e], all.times[e], all.items[e], all.values.empty() ? 0.0f : all.values[e]);
    };
    auto sorted = order;
    std::stable_sort(sorted.begin(), sorted.end(), [&](std::size_t a, std::size_t b) {
        return key(a) < key(b);
    });
    std::int64_t found = 0;
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        if (key(sorted[i]) == key(sorted[i - 1])) {
            keep[sorted[i]] = 0;
            ++found;
        }
    }
    return found;
}

} // namespace

void dropDuplicates(Interactions& all, Problems& problems)
{
    std::vector<char> keep(all.users.size(), 1);
    const auto found = markDuplicates(all, orderOf(all), keep);
    problems.add("exact duplicate", "event left out", firstLeftOut(all, keep), 0, {}, found);
    if (found > 0)
        keepEvents(all, keep);
}

Interactions filtered(Interactions all, int minUserEvents, int minItemEvents, Problems& problems)
{
    const auto before = static_cast<std::int64_t>(all.users.size());
    std::int64_t firstLine = 0;
    while (minUserEvents > 1 || minItemEvents > 1) {
        const auto users = countsOf(all.users, all.userIds.size());
        const auto items = countsOf(all.items, all.itemIds.size());
        std::vector<char> keep(all.users.size());
        for (std::size_t e = 0; e < keep.size(); ++e) {
            keep[e] = users[static_cast<std::size_t>(all.users[e])] >= minUserEvents
                && items[static_cast<std::size_t>(all.items[e])] >= minItemEvents;
        }
        if (std::all_of(keep.begin(), keep.end(), [](char k) { return k != 0; }))
            break;
        const auto line = firstLeftOut(all, keep);
        firstLine = firstLine == 0 ? line : std::min(firstLine, line);
        keepEvents(all, keep);
    }
    problems.add(
        "user or item with too few events", "event left out", firstLine, 0,
        "at least " + std::to_string(minUserEvents) + " a user, " + std::to_string(minItemEvents)
            + " an item",
        before - static_cast<std::int64_t>(all.users.size()));
    all.userIds = renumber(all.users, all.userIds);
    all.itemIds = renumber(all.items, all.itemIds);
    return all;
}

std::shared_ptr<const Dataset> toDataset(
    const Interactions& all, const std::vector<Item>& items, Problems& problems)
{
    Events events;
    events.offsets.assign(all.userIds.size() + 1, 0);
    std::int64_t ties = 0;
    std::int64_t firstTie = 0;
    const auto order = orderOf(all);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto e = order[i];
        events.items.push_back(all.items[e] + 1);
        ++events.offsets[static_cast<std::size_t>(all.users[e]) + 1];
        if (!all.times.empty())
            events.times.push_back(wholeSeconds(all.times[e]));
        if (!all.values.empty())
            events.values.push_back(all.values[e]);
        const bool isTie = i > 0 && !all.times.empty() && all.users[order[i - 1]] == all.users[e]
            && all.times[order[i - 1]] == all.times[e];
        ties += isTie;
        if (isTie && (firstTie == 0 || all.lines[e] < firstTie))
            firstTie = all.lines[e];
    }
    std::partial_sum(events.offsets.begin(), events.offsets.end(), events.offsets.begin());
    problems.add(
        "same user and time as the event before", "kept, in the order of the file", firstTie, 0, {},
        ties);
    return std::make_shared<const Dataset>(all.userIds, items, std::move(events));
}

} // namespace fovea::data

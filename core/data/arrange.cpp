#include "core/data/arrange.h"

#include "core/base/pages.h"
#include "core/base/threads.h"
#include "core/data/report.h"
#include "core/data/stoppable_sort.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

namespace fovea::data {

namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kLook = 1 << 20; // events between two looks at a stop

std::size_t at(std::int32_t number) { return static_cast<std::size_t>(number); }

// All events by user. A user's own are first in file order, then in time order.
class Table {
public:
    Table(const ReadEvents& read, const ArrangeCall& call, std::stop_token stop)
        : m_read(read)
        , m_blocks(*read.blocks)
        , m_call(call)
        , m_threads(std::max(1, call.threads))
        , m_stop(std::move(stop))
        , m_isWide(
              m_blocks.hasTimes()
              && m_blocks.lastSecond() - m_blocks.firstSecond()
                  > std::numeric_limits<std::uint32_t>::max())
    { }

    Status scatter();
    // Bytes beside the columns: the events of the longest histories, a thread each, once more.
    std::int64_t memoryToSort() const;
    Status sort(); // and mark duplicates
    Status filter();
    Status compact();
    Status keepEvents(const std::vector<std::int32_t>& fresh);
    void tell(Problems& problems);
    Status stopped() const { return m_stop.stop_requested() ? interrupted("stopped") : success(); }
    // Once in a while, of the event of that number.
    template <typename Number> bool isStopped(Number event) const
    {
        return static_cast<std::size_t>(event) % kLook == 0 && m_stop.stop_requested();
    }
    Arranged take();

private:
    Status makeRoom();
    // Calls work(first user, user behind the last) on each thread, with about as many events.
    void byUsers(const std::function<void(std::size_t, std::size_t)>& work) const;
    // Calls visit(block, event, user, item) in file order until it returns false, or is to stop.
    template <typename Visit> void inFileOrder(const Visit& visit) const;
    // The line of the event in the file that is, of a user's, the one of that number.
    std::int64_t firstLine(const std::vector<std::uint32_t>& events) const;

    struct Scratch {
        std::vector<std::uint64_t> keys;
        std::vector<std::uint32_t> order; // of a user's events, their numbers in file order
        std::vector<std::uint32_t> same;
        std::vector<std::int32_t> items;
        std::vector<std::uint32_t> narrow;
        std::vector<std::int64_t> wide;
        std::vector<float> numbers;
    };
    void putEarlier(std::size_t user);
    void sortUser(std::size_t user, Scratch& scratch);
    std::int64_t markDuplicates(std::size_t user, Scratch& scratch); // how many
    std::int64_t markRepeats(std::size_t user, Scratch& scratch); // likewise
    void dropBots();
    Ties tieCount(std::vector<char>& hasTies) const;
    std::int64_t firstTieLine(const std::vector<char>& hasTies) const;
    template <typename T>
    void reorder(
        std::vector<T>& column, std::size_t begin, const std::vector<std::uint32_t>& order,
        std::vector<T>& scratch) const;
    bool sameMoment(std::size_t a, std::size_t b) const
    {
        return (m_isWide ? m_wide[a] == m_wide[b] : m_since[a] == m_since[b])
            && (m_micros.empty() || m_micros[a] == m_micros[b]);
    }

    const ReadEvents& m_read;
    const EventBlocks& m_blocks;
    const ArrangeCall& m_call;
    int m_threads;
    std::stop_token m_stop;
    bool m_isWide; // times of more than 136 years
    std::vector<std::int64_t> m_offsets; // users + 1
    std::vector<std::int32_t> m_items; // from 0; those of duplicates as ~item
    std::vector<std::uint32_t> m_since; // seconds since the first; one of the two
    std::vector<std::int64_t> m_wide;
    std::vector<std::uint32_t> m_micros; // of the second; empty where all are whole
    std::vector<float> m_values;
    std::vector<float> m_weights;
    std::vector<std::uint32_t> m_kinds; // until duplicates are marked
    std::vector<std::uint32_t> m_firstDuplicates; // of each user, by its number in file order
    std::vector<std::uint32_t> m_firstRepeats;
    std::vector<char> m_keepsUser;
    std::vector<char> m_keepsItem;
    std::int64_t m_duplicates = 0;
    std::int64_t m_repeats = 0; // that go
    std::int64_t m_bots = 0; // events of such users
    std::string m_bot; // one of them
    std::int64_t m_filtered = 0;
    Ties m_ties; // of those that are left
    std::vector<std::int32_t> m_users; // who is left, in their new order
    std::vector<std::int32_t> m_itemsLeft;
};

void Table::byUsers(const std::function<void(std::size_t, std::size_t)>& work) const
{
    const auto users = m_offsets.size() - 1;
    const auto bound = [&](int t) {
        const auto events = m_offsets.back() * t / m_threads;
        const auto found = std::lower_bound(m_offsets.begin(), m_offsets.end(), events);
        return t == m_threads ? users : static_cast<std::size_t>(found - m_offsets.begin());
    };
    base::onThreads(m_threads, [&](int t) { work(bound(t), bound(t + 1)); });
}

template <typename Visit> void Table::inFileOrder(const Visit& visit) const
{
    for (const auto& block : m_blocks.list()) {
        if (m_stop.stop_requested())
            return;
        const auto& users = m_read.users.numbers[block.table];
        const auto& items = m_read.items.numbers[block.table];
        for (std::size_t e = 0; e < block.users.size(); ++e) {
            if (!visit(block, e, at(users[at(block.users[e])]), at(items[at(block.items[e])])))
                return;
        }
        base::giveBackPages(block.mapped);
    }
}

Status Table::scatter()
{
    const auto users = m_read.users.ids.size();
    m_offsets.assign(users + 1, 0);
    for (const auto& block : m_blocks.list()) {
        FOVEA_TRY(stopped());
        const auto& numbers = m_read.users.numbers[block.table];
        for (const auto user : block.users)
            ++m_offsets[at(numbers[at(user)]) + 1];
        base::giveBackPages(block.mapped);
    }
    std::partial_sum(m_offsets.begin(), m_offsets.end(), m_offsets.begin());
    FOVEA_TRY(makeRoom());
    const auto first = m_blocks.firstSecond();
    byUsers([&](std::size_t begin, std::size_t end) {
        std::vector<std::int64_t> next(
            m_offsets.begin() + static_cast<std::ptrdiff_t>(begin),
            m_offsets.begin() + static_cast<std::ptrdiff_t>(end));
        for (const auto& block : m_blocks.list()) {
            if (m_stop.stop_requested())
                return;
            const auto& userNumbers = m_read.users.numbers[block.table];
            const auto& itemNumbers = m_read.items.numbers[block.table];
            for (std::size_t e = 0; e < block.users.size(); ++e) {
                const auto user = at(userNumbers[at(block.users[e])]) - begin;
                if (user >= end - begin)
                    continue;
                const auto to = static_cast<std::size_t>(next[user]++);
                m_items[to] = itemNumbers[at(block.items[e])];
                if (!m_since.empty())
                    m_since[to] = static_cast<std::uint32_t>(block.seconds[e] - first);
                else if (!m_wide.empty())
                    m_wide[to] = block.seconds[e];
                if (!block.micros.empty())
                    m_micros[to] = block.micros[e];
                if (!block.values.empty())
                    m_values[to] = block.values[e];
                if (!block.weights.empty())
                    m_weights[to] = block.weights[e];
                if (!block.kinds.empty())
                    m_kinds[to] = block.kinds[e];
            }
            base::giveBackPages(block.mapped);
        }
    });
    return stopped();
}

// Pages that are new take their time.
Status Table::makeRoom()
{
    const auto count = m_blocks.eventCount();
    const auto make = [&](auto& column, bool isThere) {
        while (isThere && column.size() < count && !m_stop.stop_requested()) {
            column.reserve(count);
            column.resize(std::min(count, column.size() + 16 * kLook));
        }
    };
    make(m_items, true);
    make(m_wide, m_blocks.hasTimes() && m_isWide);
    make(m_since, m_blocks.hasTimes() && !m_isWide);
    make(m_micros, m_blocks.hasMicros());
    make(m_values, m_blocks.hasValues());
    make(m_weights, m_blocks.hasWeights());
    make(m_kinds, m_blocks.hasKinds());
    return stopped();
}

std::int64_t Table::memoryToSort() const
{
    constexpr std::int64_t kOfEvent = 32; // a key, orders, a column, what is left out
    std::vector<std::int64_t> lengths;
    for (std::size_t u = 0; u + 1 < m_offsets.size(); ++u)
        lengths.push_back(m_offsets[u + 1] - m_offsets[u]);
    const auto most = std::min<std::size_t>(lengths.size(), static_cast<std::size_t>(m_threads));
    std::partial_sort(
        lengths.begin(), lengths.begin() + static_cast<std::ptrdiff_t>(most), lengths.end(),
        std::greater<>());
    return kOfEvent
        * std::accumulate(
               lengths.begin(), lengths.begin() + static_cast<std::ptrdiff_t>(most),
               std::int64_t{0});
}

template <typename T>
void Table::reorder(
    std::vector<T>& column, std::size_t begin, const std::vector<std::uint32_t>& order,
    std::vector<T>& scratch) const
{
    if (column.empty())
        return;
    scratch.assign(
        column.begin() + static_cast<std::ptrdiff_t>(begin),
        column.begin() + static_cast<std::ptrdiff_t>(begin + order.size()));
    for (std::size_t i = 0; i < order.size() && !isStopped(i); ++i)
        column[begin + i] = scratch[order[i]];
}

// What is known to have been before all else takes the user's first time. Of events of before
// nothing is known.
void Table::putEarlier(std::size_t user)
{
    const auto begin = static_cast<std::size_t>(m_offsets[user]);
    const auto end = static_cast<std::size_t>(m_offsets[user + 1]);
    const auto isEarlier = [&](std::size_t a, std::size_t b) {
        return m_isWide ? m_wide[a] < m_wide[b] : m_since[a] < m_since[b];
    };
    std::size_t first = end;
    for (auto e = begin; e < end; ++e) {
        if (m_kinds[e] != kUnknownKind && (first == end || isEarlier(e, first)))
            first = e;
    }
    for (auto e = begin; e < end; ++e) {
        if (m_kinds[e] != m_call.earlierKind)
            continue;
        if (m_isWide)
            m_wide[e] = m_wide[first];
        else
            m_since[e] = m_since[first];
    }
}

void Table::sortUser(std::size_t user, Scratch& scratch)
{
    const bool isFirst =
        m_call.earlierKind != kUnknownKind && !m_kinds.empty() && m_blocks.hasTimes();
    if (isFirst)
        putEarlier(user);
    const auto begin = static_cast<std::size_t>(m_offsets[user]);
    const auto count = static_cast<std::size_t>(m_offsets[user + 1]) - begin;
    auto& order = scratch.order;
    order.resize(count);
    std::iota(order.begin(), order.end(), 0u);
    const auto keyOf = [&](std::size_t e) {
        return std::tuple(
            m_isWide ? m_wide[e] : std::int64_t{m_since[e]}, m_micros.empty() ? 0 : m_micros[e],
            !isFirst || m_kinds[e] != m_call.earlierKind);
    };
    bool isSorted = !m_blocks.hasTimes();
    for (std::size_t i = 1; !isSorted && i <= count; ++i) {
        if (isStopped(i))
            return;
        if (i == count)
            isSorted = true;
        else if (keyOf(begin + i) < keyOf(begin + i - 1))
            break;
    }
    if (!isSorted && count > 1) {
        if (m_isWide || !m_micros.empty() || isFirst) {
            const auto isLess = [&](std::uint32_t a, std::uint32_t b) {
                return keyOf(begin + a) < keyOf(begin + b);
            };
            if (!stableSortUntilStopped(order.begin(), order.end(), isLess, m_stop))
                return;
        } else { // one number each: the second, then the place in the file
            auto& keys = scratch.keys;
            keys.resize(count);
            for (std::size_t i = 0; i < count && !isStopped(i); ++i)
                keys[i] = std::uint64_t{m_since[begin + i]} << 32 | i;
            if (!sortUntilStopped(keys.begin(), keys.end(), std::less<>(), m_stop))
                return;
            for (std::size_t i = 0; i < count && !isStopped(i); ++i)
                order[i] = static_cast<std::uint32_t>(keys[i]);
        }
        reorder(m_items, begin, order, scratch.items);
        reorder(m_since, begin, order, scratch.narrow);
        reorder(m_wide, begin, order, scratch.wide);
        reorder(m_micros, begin, order, scratch.narrow);
        reorder(m_values, begin, order, scratch.numbers);
        reorder(m_weights, begin, order, scratch.numbers);
        reorder(m_kinds, begin, order, scratch.narrow);
    }
}

// Among the events of one moment, later copies of the same item, value, weight and type. A data set
// does not keep types: those of its events are unknown and come first, and what has the rest in
// common with one of them is its copy.
std::int64_t Table::markDuplicates(std::size_t user, Scratch& scratch)
{
    std::int64_t count = 0;
    const auto begin = static_cast<std::size_t>(m_offsets[user]);
    const auto end = static_cast<std::size_t>(m_offsets[user + 1]);
    for (auto from = begin; from < end;) {
        auto to = from + 1;
        while (to < end && sameMoment(from, to))
            ++to;
        const auto start = std::exchange(from, to);
        if (to - start < 2)
            continue;
        auto& same = scratch.same;
        same.resize(to - start);
        std::iota(same.begin(), same.end(), 0u);
        const auto keyAt = [&](std::uint32_t i) {
            const auto e = start + i;
            return std::tuple(
                m_items[e], m_values.empty() ? 0.0f : m_values[e],
                m_weights.empty() ? 0.0f : m_weights[e],
                m_kinds.empty() ? kUnknownKind : m_kinds[e], i);
        };
        const auto isLess = [&](std::uint32_t a, std::uint32_t b) { return keyAt(a) < keyAt(b); };
        if (!sortUntilStopped(same.begin(), same.end(), isLess, m_stop))
            return count;
        std::uint32_t original = same[0];
        std::vector<std::uint32_t> copies;
        for (std::size_t i = 1; i < same.size() && !isStopped(i); ++i) {
            const auto [item, value, weight, kind, place] = keyAt(same[i]);
            const auto [item0, value0, weight0, kind0, place0] = keyAt(original);
            const bool isSameKind =
                m_kinds.empty() || (kind0 == kUnknownKind ? kind != kUnknownKind : kind == kind0);
            if (item == item0 && value == value0 && weight == weight0 && isSameKind)
                copies.push_back(same[i]);
            else
                original = same[i];
        }
        count += static_cast<std::int64_t>(copies.size());
        for (std::size_t c = 0; c < copies.size() && !isStopped(c); ++c) {
            const auto copy = copies[c];
            auto& first = m_firstDuplicates[user];
            first = std::min(first, scratch.order[start + copy - begin]);
            m_items[start + copy] = ~m_items[start + copy];
        }
    }
    return count;
}

// Of a user's events with the same item, the first or the last stays.
std::int64_t Table::markRepeats(std::size_t user, Scratch& scratch)
{
    std::int64_t count = 0;
    const auto begin = static_cast<std::size_t>(m_offsets[user]);
    auto& same = scratch.same;
    same.clear();
    for (auto e = begin; e < static_cast<std::size_t>(m_offsets[user + 1]); ++e) {
        if (m_items[e] >= 0)
            same.push_back(static_cast<std::uint32_t>(e - begin));
    }
    const auto isLess = [&](std::uint32_t a, std::uint32_t b) {
        return m_items[begin + a] < m_items[begin + b];
    };
    if (!stableSortUntilStopped(same.begin(), same.end(), isLess, m_stop))
        return count;
    const bool keepsFirst = m_call.deals.repeats == "first";
    auto& first = m_firstRepeats[user];
    for (std::size_t i = 1; i < same.size() && !isStopped(i); ++i) {
        const auto goes = keepsFirst ? same[i] : same[i - 1];
        const auto item = m_items[begin + same[i]];
        auto before = m_items[begin + same[i - 1]];
        before = before < 0 ? ~before : before; // marked a moment ago
        if (item != before)
            continue;
        first = std::min(first, scratch.order[goes]);
        m_items[begin + goes] = ~item;
        ++count;
    }
    return count;
}

Status Table::sort()
{
    m_firstDuplicates.assign(m_offsets.size() - 1, kNone);
    m_firstRepeats.assign(m_offsets.size() - 1, kNone);
    const bool dropsCopies = m_blocks.hasTimes() && m_call.deals.duplicates != "keep";
    const bool dropsRepeats = m_call.deals.repeats != "keep";
    std::atomic<std::int64_t> copies = 0;
    std::atomic<std::int64_t> repeats = 0;
    byUsers([&](std::size_t begin, std::size_t end) {
        Scratch scratch;
        for (auto user = begin; user < end && !m_stop.stop_requested(); ++user) {
            sortUser(user, scratch);
            if (dropsCopies)
                copies += markDuplicates(user, scratch);
            if (dropsRepeats)
                repeats += markRepeats(user, scratch);
        }
    });
    m_kinds = {};
    m_duplicates = copies;
    m_repeats = repeats;
    return stopped();
}

// Users with more events than a person has.
void Table::dropBots()
{
    std::vector<std::int64_t> lengths;
    for (std::size_t u = 0; u + 1 < m_offsets.size(); ++u)
        lengths.push_back(m_offsets[u + 1] - m_offsets[u]);
    const auto most = mostOfAPerson(lengths);
    for (std::size_t u = 0; u < lengths.size(); ++u) {
        if (lengths[u] <= most)
            continue;
        m_keepsUser[u] = 0;
        m_bots += std::count_if(
            m_items.begin() + m_offsets[u], m_items.begin() + m_offsets[u + 1],
            [](auto item) { return item >= 0; });
        if (m_bot.empty())
            m_bot = m_read.users.ids[u];
    }
}

Status Table::filter()
{
    const auto users = m_offsets.size() - 1;
    m_keepsUser.assign(users, 1);
    m_keepsItem.assign(m_read.items.ids.size(), 1);
    if (m_call.deals.bots == "drop")
        dropBots();
    std::vector<std::int64_t> ofUser(users);
    std::vector<std::int64_t> ofItem(m_keepsItem.size());
    std::int64_t left = 0;
    bool isChanged = true;
    while (isChanged) {
        FOVEA_TRY(stopped());
        ofUser.assign(ofUser.size(), 0);
        ofItem.assign(ofItem.size(), 0);
        left = 0;
        for (std::size_t u = 0; u < users && !m_stop.stop_requested(); ++u) {
            if (!m_keepsUser[u])
                continue;
            const auto begin = ofUser[u];
            for (auto e = m_offsets[u]; e < m_offsets[u + 1]; ++e) {
                const auto item = m_items[static_cast<std::size_t>(e)];
                if (isStopped(e))
                    break;
                if (item < 0 || !m_keepsItem[at(item)])
                    continue;
                ++ofUser[u];
                ++ofItem[at(item)];
            }
            left += ofUser[u] - begin;
        }
        isChanged = false;
        const auto drop = [&](std::vector<char>& keeps, const std::vector<std::int64_t>& counts,
                              int least) {
            for (std::size_t i = 0; i < keeps.size(); ++i) {
                if (keeps[i] && counts[i] < least) {
                    keeps[i] = 0;
                    isChanged = true;
                }
            }
        };
        drop(m_keepsUser, ofUser, m_call.minUserEvents);
        drop(m_keepsItem, ofItem, m_call.minItemEvents);
    }
    m_filtered = static_cast<std::int64_t>(m_items.size()) - m_duplicates - m_repeats - left;
    return success();
}

// Leaves out duplicates and what the filter took, and numbers users and items anew.
Status Table::compact()
{
    const auto items = m_read.items.ids.size();
    std::vector<std::int32_t> fresh(items, -1);
    if (m_filtered == 0) {
        m_users.resize(m_offsets.size() - 1);
        m_itemsLeft.resize(items);
        std::iota(m_users.begin(), m_users.end(), 0);
        std::iota(m_itemsLeft.begin(), m_itemsLeft.end(), 0);
        fresh = m_itemsLeft;
        if (m_duplicates == 0 && m_repeats == 0)
            return success();
        return keepEvents(fresh);
    }
    std::vector<char> isSeen(m_offsets.size() - 1);
    inFileOrder([&](const EventBlock&, std::size_t, std::size_t user, std::size_t item) {
        if (!m_keepsUser[user] || !m_keepsItem[item])
            return true;
        if (!std::exchange(isSeen[user], 1))
            m_users.push_back(static_cast<std::int32_t>(user));
        if (fresh[item] < 0) {
            fresh[item] = static_cast<std::int32_t>(m_itemsLeft.size());
            m_itemsLeft.push_back(static_cast<std::int32_t>(item));
        }
        return true;
    });
    FOVEA_TRY(stopped());
    return keepEvents(fresh);
}

// The events that are left of the users that are left, their items under new numbers.
Status Table::keepEvents(const std::vector<std::int32_t>& fresh)
{
    const auto isKept = [&](std::size_t e) {
        return m_items[e] >= 0 && m_keepsItem[at(m_items[e])] != 0;
    };
    std::vector<std::int64_t> offsets = {0};
    for (const auto user : m_users) {
        auto count = offsets.back();
        for (auto e = m_offsets[at(user)]; e < m_offsets[at(user) + 1] && !isStopped(e); ++e)
            count += isKept(static_cast<std::size_t>(e));
        offsets.push_back(count);
    }
    FOVEA_TRY(stopped());
    // Where the users' order stays, nothing moves behind where it was.
    const bool isInPlace = std::is_sorted(m_users.begin(), m_users.end());
    const auto keep = [&](auto& column, const auto& valueOf) {
        if (column.empty() || m_stop.stop_requested())
            return;
        std::remove_reference_t<decltype(column)> other;
        auto& kept = isInPlace ? column : other;
        kept.resize(std::max(kept.size(), static_cast<std::size_t>(offsets.back())));
        std::size_t to = 0;
        for (const auto user : m_users) {
            for (auto e = m_offsets[at(user)]; e < m_offsets[at(user) + 1] && !isStopped(e); ++e) {
                if (isKept(static_cast<std::size_t>(e)))
                    kept[to++] = valueOf(column[static_cast<std::size_t>(e)]);
            }
        }
        kept.resize(to);
        if (!isInPlace)
            column = std::move(kept);
    };
    const auto same = [](auto value) { return value; };
    keep(m_since, same);
    keep(m_wide, same);
    keep(m_micros, same);
    keep(m_values, same);
    keep(m_weights, same);
    keep(m_items, [&](std::int32_t item) { return fresh[at(item)]; });
    m_offsets = std::move(offsets);
    return stopped();
}

std::int64_t Table::firstLine(const std::vector<std::uint32_t>& events) const
{
    std::vector<std::uint32_t> seen(events.size());
    std::int64_t line = 0;
    inFileOrder([&](const EventBlock& block, std::size_t e, std::size_t user, std::size_t) {
        if (seen[user]++ != events[user])
            return true;
        line = block.lineOf(e);
        return false;
    });
    return line;
}

void Table::tell(Problems& problems)
{
    if (m_duplicates > 0)
        problems.add(
            kDuplicate, "event left out", firstLine(m_firstDuplicates), 0, {}, m_duplicates);
    if (m_repeats > 0)
        problems.add(
            "same user and item again", "event left out, as chosen", firstLine(m_firstRepeats), 0,
            {}, m_repeats);
    if (m_bots > 0)
        problems.add(
            "user with very many events", "events left out, as chosen", 0, 0, m_bot, m_bots);
    if (m_filtered > m_bots) {
        std::int64_t line = 0;
        inFileOrder(
            [&](const EventBlock& block, std::size_t e, std::size_t user, std::size_t item) {
                if (m_keepsUser[user] && m_keepsItem[item])
                    return true;
                line = block.lineOf(e);
                return false;
            });
        problems.add(
            "user or item with too few events", "event left out", line, 0,
            "at least " + std::to_string(m_call.minUserEvents) + " a user, "
                + std::to_string(m_call.minItemEvents) + " an item",
            m_filtered - m_bots);
    }
    if (!m_blocks.hasTimes())
        return;
    std::vector<char> hasTies;
    m_ties = tieCount(hasTies);
    if (m_ties.events > 0)
        problems.add(
            "same user and time as the event before", "kept, in the order of the file",
            firstTieLine(hasTies), 0, {}, m_ties.events);
}

Ties Table::tieCount(std::vector<char>& hasTies) const
{
    hasTies.assign(m_users.size(), 0);
    Ties ties;
    for (std::size_t u = 0; u < m_users.size() && !m_stop.stop_requested(); ++u) {
        const auto before = ties.events;
        for (auto e = m_offsets[u] + 1; e < m_offsets[u + 1] && !isStopped(e); ++e)
            ties.events += sameMoment(static_cast<std::size_t>(e - 1), static_cast<std::size_t>(e));
        hasTies[u] = ties.events > before;
        ties.users += hasTies[u];
    }
    return ties;
}

// The first event in the file that shares its user and moment with one before it, a copy of that
// one not counted.
std::int64_t Table::firstTieLine(const std::vector<char>& hasTies) const
{
    std::vector<std::int32_t> places(m_read.users.ids.size(), -1);
    for (std::size_t u = 0; u < m_users.size(); ++u) {
        if (hasTies[u])
            places[at(m_users[u])] = static_cast<std::int32_t>(u);
    }
    using Moment = std::pair<std::int64_t, std::uint32_t>; // seconds, microseconds
    using Event = std::tuple<std::size_t, float, float, std::uint32_t>; // item, value, weight, type
    std::map<std::pair<std::size_t, Moment>, Event> seen;
    std::int64_t line = 0;
    inFileOrder([&](const EventBlock& block, std::size_t e, std::size_t user, std::size_t item) {
        if (places[user] < 0 || !m_keepsItem[item])
            return true;
        const auto u = at(places[user]);
        const Moment moment{block.seconds[e], block.micros.empty() ? 0 : block.micros[e]};
        const auto momentOf = [&](std::int64_t i) {
            const auto here = static_cast<std::size_t>(i);
            return Moment{
                m_isWide ? m_wide[here] : m_blocks.firstSecond() + m_since[here],
                m_micros.empty() ? 0 : m_micros[here]};
        };
        auto low = m_offsets[u];
        for (auto high = m_offsets[u + 1]; low < high;) {
            const auto middle = low + (high - low) / 2;
            if (momentOf(middle) < moment)
                low = middle + 1;
            else
                high = middle;
        }
        if (low + 1 >= m_offsets[u + 1] || momentOf(low + 1) != moment)
            return true;
        constexpr std::size_t kMost = 1 << 20; // of a file that hides the first: no line is told
        if (seen.size() == kMost)
            return false;
        const Event event(
            item, block.values.empty() ? 0 : block.values[e],
            block.weights.empty() ? 0 : block.weights[e],
            block.kinds.empty() ? kUnknownKind : block.kinds[e]);
        const auto [first, isNew] = seen.try_emplace({u, moment}, event);
        if (isNew || first->second == event)
            return true;
        line = block.lineOf(e);
        return false;
    });
    return line;
}

Arranged Table::take()
{
    Arranged result;
    for (const auto user : m_users)
        result.users.emplace_back(m_read.users.ids[at(user)]);
    for (const auto item : m_itemsLeft)
        result.items.emplace_back(m_read.items.ids[at(item)]);
    for (auto& item : m_items)
        ++item; // PAD is 0
    auto& events = result.events;
    events.offsets = std::move(m_offsets);
    events.items = std::move(m_items);
    events.values = std::move(m_values);
    events.weights = std::move(m_weights);
    if (m_blocks.hasMicros())
        events.finerTies = m_ties;
    events.times = std::move(m_wide);
    events.since = std::move(m_since);
    if (!events.since.empty()) { // the filter may have taken the first
        const auto least = *std::min_element(events.since.begin(), events.since.end());
        for (auto& time : events.since)
            time -= least;
        events.firstTime = m_blocks.firstSecond() + least;
    }
    return result;
}

} // namespace

Result<Arranged> arrange(
    const ReadEvents& read, const ArrangeCall& call, MemoryBudget& memory, Problems& problems,
    base::Progress& progress, std::stop_token stop)
{
    Table table(read, call, std::move(stop));
    constexpr std::int64_t kSteps = 5;
    std::int64_t done = 0;
    const auto next = [&] { progress.report({"sort", done++, kSteps, "steps", {}}); };
    next();
    FOVEA_TRY(table.scatter());
    next();
    const auto toSort = table.memoryToSort();
    FOVEA_TRY(memory.take(toSort));
    FOVEA_TRY(table.sort());
    memory.giveBack(toSort);
    next();
    FOVEA_TRY(table.filter());
    next();
    FOVEA_TRY(table.compact());
    next();
    table.tell(problems);
    FOVEA_TRY(table.stopped());
    next();
    return table.take();
}

} // namespace fovea::data

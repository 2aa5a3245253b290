#include "core/data/report.h"

#include "core/base/long_pass.h"
#include "core/base/text.h"
#include "core/data/formats.h"
#include "core/data/statistics.h"
#include "core/data/time_formats.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace fovea::data {

namespace {

constexpr std::int64_t kSessionPause = 1800; // seconds
constexpr std::int64_t kBotFactor = 10;
constexpr std::int64_t kFewTested = 100; // a hit rate over fewer is good to a tenth at best
constexpr std::int64_t kFewItems = 10; // as long as the lists that are judged

// Scales of ratings that sites use, the narrow ones first.
struct Scale {
    float from, to, step;
};
constexpr std::array<Scale, 5> kScales = {
    {{1, 5, 1}, {0.5, 5, 0.5}, {0, 5, 0.5}, {1, 10, 1}, {0, 10, 0.5}}};

bool isOn(const Scale& scale, float value)
{
    const float steps = (value - scale.from) / scale.step;
    return value >= scale.from && value <= scale.to && steps == std::round(steps);
}

// What some write for no rating; on none of the scales.
constexpr float kUnrated = -1;

// How many are not on the scale, unrated ones aside; more than `most` of them are not counted on.
std::int64_t countOff(std::span<const float> values, const Scale& scale, std::int64_t most)
{
    std::int64_t off = 0;
    for (std::size_t i = 0; i < values.size() && off <= most; ++i)
        off += values[i] != kUnrated && !isOn(scale, values[i]);
    return off;
}

// The first scale that nearly all values are on; where all are on none, that most of them are on.
void findScale(std::span<const float> values, Report& report)
{
    const auto unrated = std::count(values.begin(), values.end(), kUnrated);
    if (2 * unrated > std::ssize(values))
        return;
    const auto few = std::ssize(values) / 100;
    for (const auto& scale : kScales) {
        const auto off = countOff(values, scale, 2 * few);
        const bool isOnAnother = off > few && off <= 2 * few
            && std::any_of(kScales.begin(), kScales.end(),
                           [&](const Scale& other) { return countOff(values, other, 0) == 0; });
        if (off > 2 * few || isOnAnother)
            continue;
        report.scaleFrom = scale.from;
        report.scaleTo = scale.to;
        report.offScale = off + unrated;
        return;
    }
}

// "4.00639E+12", as a spreadsheet writes a number of many digits.
bool isShortened(std::string_view id)
{
    const auto e = id.find("E+");
    return e != id.npos && e > 0 && e + 2 < id.size()
        && id.substr(0, e).find_first_not_of("0123456789.") == id.npos
        && id.substr(e + 2).find_first_not_of("0123456789") == id.npos;
}

void countTimes(const Dataset& dataset, Report& report, const std::stop_token& stop)
{
    report.firstTime = dataset.columns().times[0];
    report.lastTime = report.firstTime;
    for (std::int32_t u = 0; u < dataset.userCount() && !stop.stop_requested(); ++u) {
        const auto times = dataset.timesOf({u});
        const auto tiesBefore = report.ties;
        for (std::size_t i = 0; i < times.size(); ++i) {
            const auto time = times[i];
            report.outOfRange += time < kOurTimesFrom || time >= kOurTimesTo;
            report.firstTime = std::min(report.firstTime, time);
            report.lastTime = std::max(report.lastTime, time);
            report.ties += i > 0 && time == times[i - 1];
            report.sessions += i == 0 || time - times[i - 1] > kSessionPause;
        }
        report.usersWithTies += report.ties > tiesBefore;
    }
    if (const auto& finer = dataset.finerTies()) {
        report.ties = finer->events;
        report.usersWithTies = finer->users;
    }
}

void countRepeats(const Dataset& dataset, Report& report, const std::stop_token& stop)
{
    std::vector<std::int32_t> lastUser(static_cast<std::size_t>(dataset.itemCount()) + 1, -1);
    for (std::int32_t u = 0; u < dataset.userCount() && !stop.stop_requested(); ++u) {
        for (const auto item : dataset.itemsOf({u})) {
            auto& last = lastUser[static_cast<std::size_t>(item)];
            report.repeats += last == u;
            last = u;
        }
    }
}

void findBots(const Dataset& dataset, Report& report)
{
    std::vector<std::int64_t> lengths;
    for (std::int32_t u = 0; u < dataset.userCount(); ++u)
        lengths.push_back(static_cast<std::int64_t>(dataset.itemsOf({u}).size()));
    const auto most = mostOfAPerson(lengths);
    report.typicalMost = most / kBotFactor;
    std::int64_t largest = 0;
    for (std::size_t u = 0; u < lengths.size(); ++u) {
        report.usersUnderThree += lengths[u] < 3;
        if (lengths[u] <= most)
            continue;
        ++report.bots;
        report.botEvents += lengths[u];
        if (lengths[u] > largest) {
            largest = lengths[u];
            report.largestBot = dataset.userId({static_cast<std::int32_t>(u)});
        }
    }
}

// Amazon's numbers of articles, which its users' never begin like, in nearly all of the users' ids
// and few of the items'.
bool looksSwapped(const Dataset& dataset)
{
    const auto isArticle = [](std::string_view id) {
        return isAsin(id) && (id.front() == 'B' || (id.front() >= '0' && id.front() <= '9'));
    };
    constexpr std::int32_t kLooked = 1000;
    const auto users = std::min(dataset.userCount(), kLooked);
    const auto items = std::min(dataset.itemCount(), kLooked);
    std::int32_t ofUsers = 0;
    std::int32_t ofItems = 0;
    for (std::int32_t u = 0; u < users; ++u)
        ofUsers += isArticle(dataset.userId({u}));
    for (std::int32_t i = 1; i <= items; ++i)
        ofItems += isArticle(dataset.item({i}).id);
    return 10 * ofUsers >= 9 * users && 2 * ofItems < items;
}

std::string share(std::int64_t part, std::int64_t all)
{
    return base::toFixed(100 * static_cast<double>(part) / static_cast<double>(all), 1);
}

} // namespace

Report reportOf(const Dataset& dataset, const std::stop_token& stop)
{
    const base::LongPass pass("the report", dataset.eventCount());
    Report report;
    report.events = dataset.eventCount();
    report.users = dataset.userCount();
    report.items = dataset.itemCount();
    report.fingerprint = dataset.fingerprint();
    if (report.events == 0)
        return report;
    const auto counts = itemCounts(dataset);
    report.itemsOnce = std::count(counts.begin() + 1, counts.end(), 1);
    for (std::int32_t i = 1; i <= report.items; ++i) {
        const auto item = dataset.item({i});
        report.itemsTitled += item.title != item.id;
        report.shortenedIds += isShortened(item.id);
    }
    for (std::int32_t u = 0; u < report.users; ++u)
        report.shortenedIds += isShortened(dataset.userId({u}));
    findBots(dataset, report);
    countRepeats(dataset, report, stop);
    report.pairs = report.events - report.repeats;
    report.density = static_cast<double>(report.pairs) / static_cast<double>(report.users)
        / static_cast<double>(report.items);
    report.hasTimes = dataset.hasTimes();
    if (report.hasTimes)
        countTimes(dataset, report, stop);
    report.hasValues = dataset.hasValues();
    if (report.hasValues) {
        report.lowest = dataset.lowestValue();
        report.highest = dataset.highestValue();
        findScale(dataset.columns().values, report);
    }
    report.hasWeights = dataset.hasWeights();
    if (report.hasWeights) {
        const auto weights = dataset.columns().weights;
        const auto [least, most] = std::minmax_element(weights.begin(), weights.end());
        report.lightest = *least;
        report.heaviest = *most;
    }
    report.looksSwapped = looksSwapped(dataset);
    for (const auto& column : dataset.attributes().users())
        report.attributes.push_back({false, column.name, column.kind, column.width, column.told()});
    for (const auto& column : dataset.attributes().items())
        report.attributes.push_back({true, column.name, column.kind, column.width, column.told()});
    return report;
}

std::string countText(std::int64_t count, std::string_view one)
{
    return base::grouped(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

std::int64_t mostOfAPerson(std::vector<std::int64_t> lengths)
{
    if (lengths.empty())
        return 0;
    const auto at99 =
        lengths.begin() + static_cast<std::ptrdiff_t>((lengths.size() - 1) * 99 / 100);
    std::nth_element(lengths.begin(), at99, lengths.end());
    return kBotFactor * *at99;
}

std::vector<Warning> warningsOf(const Report& r)
{
    std::vector<Warning> list;
    const auto warn = [&](Message text, Message remedy = {}) {
        list.push_back({std::move(text), std::move(remedy)});
    };
    const auto n = [](std::int64_t count) { return base::grouped(count); };
    if (r.looksSwapped)
        warn(
            say("the users' ids look like those of articles: are the columns of user and item "
                "swapped?"),
            say("Choose the columns the other way round"));
    if (!r.hasTimes && !r.hasValues && r.users == r.events && r.items == r.events)
        warn(
            say("every user and every item occurs once, without a time or a value: is this a table "
                "of items or users?"),
            say("Give such a file beside one of events, as that of the items or users"));
    if (r.shortenedIds > 0)
        warn(
            say("ids that a spreadsheet has shortened, as 4.00639E+12: %1. Different ones may have "
                "become one",
                n(r.shortenedIds)),
            say("Give the file as it was before the spreadsheet saved it"));
    if (r.outOfRange > 0)
        warn(
            say("times before 1980 or after 2100: %1", n(r.outOfRange)),
            say("Choose another notation of the time"));
    if (r.bots > 0)
        warn(
            say("users with over ten times the events of the 99th percentile (%1): %2, with %3 "
                "events in all, the most by '%4'",
                n(r.typicalMost), n(r.bots), n(r.botEvents), r.largestBot),
            say("Leave them out if they are no people"));
    if (r.offScale > 0)
        warn(
            say("values off the scale of the others, %1 to %2: %3", base::toText(r.scaleFrom),
                base::toText(r.scaleTo), n(r.offScale)),
            say("Give the lowest and the highest value"));
    if (r.hasWeights && r.heaviest <= 0)
        warn(say("no event weighs anything: nothing is learned"), say("Weigh events otherwise"));
    if (20 * r.ties > r.events)
        warn(
            say("%1 % of the events share their user and time with the one before (users with such "
                "events: %2): their order is that of the file",
                share(r.ties, r.events), n(r.usersWithTies)),
            say("What is learned from their order is learned from the file"));
    if (r.usersUnderThree > 0)
        warn(
            say("users with fewer than 3 events: %1. They are not validated or tested on",
                n(r.usersUnderThree)));
    const auto tested = r.users - r.usersUnderThree;
    if (tested > 0 && tested < kFewTested)
        warn(
            say("metrics are averages over the test events of few users: %1", n(tested)),
            say("Import more users before you compare models"));
    if (r.items > 0 && r.items <= kFewItems)
        warn(
            say("few items: %1. A list of %2 shows them all, so every model scores high",
                n(r.items), kFewItems));
    if (2 * r.itemsOnce > r.items)
        warn(
            say("%1 % of the items appear once", share(r.itemsOnce, r.items)),
            say("Ask for more events an item, or such items are guessed"));
    return list;
}

} // namespace fovea::data

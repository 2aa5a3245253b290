#include "core/data/sample.h"

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/data/delimited.h"
#include "core/io/file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace fovea::data {

namespace {

constexpr int kParts = 10;
constexpr int kFavourites = 3;
constexpr double kFavouriteBoost = 8.0;
constexpr double kFollowSeries = 0.7;
constexpr double kRecency = 0.35;
constexpr double kPopularityExponent = 0.6;

constexpr std::array<std::string_view, 10> kCategories = {
    "Mystery",   "Romance", "Science Fiction", "History",     "Comedy",
    "Adventure", "Drama",   "Fantasy",         "Documentary", "Music"};

constexpr std::array<std::string_view, 10> kAdjectives = {
    "",          "Silent ", "Last ",  "Golden ", "Hidden ",
    "Northern ", "Paper ",  "Glass ", "Broken ", "Distant "};
constexpr std::array<std::string_view, 10> kNouns = {"Lantern", "Harbour", "Orchard", "Compass",
                                                     "Winter",  "Garden",  "Bridge",  "Signal",
                                                     "Mirror",  "Voyage"};

struct Series {
    int category = 0;
    double weight = 0; // popularity
    double quality = 0; // moves ratings
    std::string title;
};

std::vector<Series> makeSeries(int count, std::uint64_t seed)
{
    base::Stream draw(seed, base::Purpose::Sample, {0, 0, 0});
    std::vector<int> rank(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < rank.size(); ++i) {
        const auto j = draw.below(static_cast<std::uint32_t>(i + 1));
        rank[i] = rank[j];
        rank[j] = static_cast<int>(i);
    }
    std::vector<Series> series;
    for (int s = 0; s < count; ++s) {
        const auto noun = kNouns[static_cast<std::size_t>(s % 10)];
        const auto adjective = kAdjectives[static_cast<std::size_t>(s / 10 % 10)];
        // Past a hundred series the names go on with a number of their own.
        const std::string volume =
            s >= 100 ? " " + std::string(1, static_cast<char>('A' + s / 100 % 26)) : "";
        series.push_back(
            {s % static_cast<int>(kCategories.size()),
             std::pow(rank[static_cast<std::size_t>(s)] + 1.0, -kPopularityExponent),
             0.6 * draw.normal(), "The " + std::string(adjective) + std::string(noun) + volume});
    }
    return series;
}

struct Open {
    int series = 0;
    int nextPart = 0;
    std::int32_t lastPosition = 0;
};

// One user's life: draws events one by one.
class Life {
public:
    Life(const std::vector<Series>& series, std::uint64_t seed, std::uint32_t user)
        : m_series(series)
        , m_draw(seed, base::Purpose::Sample, {1, user, 0})
        , m_started(series.size(), 0)
        , m_length(8 + static_cast<int>(m_draw.below(52)))
        , m_drift(1 + static_cast<int>(m_draw.below(static_cast<std::uint32_t>(m_length - 1))))
        , m_time(1'600'000'000 + m_draw.below(31'536'000))
    {
        for (int i = 0; i < kFavourites; ++i)
            m_favourites[static_cast<std::size_t>(i)] = otherCategory();
    }

    int length() const { return m_length; }

    void live(std::int32_t user, Events& events, std::vector<Cause>& truth)
    {
        for (std::int32_t position = 0; position < m_length; ++position) {
            if (position == m_drift)
                m_favourites[m_draw.below(kFavourites)] = otherCategory();
            std::int32_t cause = -1;
            const auto [series, part] = choose(position, cause);
            events.items.push_back(1 + series * kParts + part);
            events.times.push_back(m_time);
            events.values.push_back(rating(series));
            truth.push_back({{user}, position, cause});
            m_time += gap();
        }
    }

private:
    bool isFavourite(int category) const
    {
        return std::find(m_favourites.begin(), m_favourites.end(), category) != m_favourites.end();
    }

    int otherCategory()
    {
        int category = 0;
        do
            category = static_cast<int>(m_draw.below(kCategories.size()));
        while (isFavourite(category));
        return category;
    }

    std::pair<int, int> choose(std::int32_t position, std::int32_t& cause)
    {
        const bool follow = m_draw.uniform() < kFollowSeries;
        if (!m_open.empty() && (follow || m_startedCount == m_series.size()))
            return continueSeries(position, cause);
        return startSeries(position);
    }

    // m_open is kept with the most recently continued series first.
    std::pair<int, int> continueSeries(std::int32_t position, std::int32_t& cause)
    {
        std::size_t pick = 0;
        while (m_draw.uniform() >= kRecency)
            pick = (pick + 1) % m_open.size();
        Open open = m_open[pick];
        m_open.erase(m_open.begin() + static_cast<std::ptrdiff_t>(pick));
        cause = open.lastPosition;
        const int part = open.nextPart++;
        open.lastPosition = position;
        if (open.nextPart < kParts)
            m_open.insert(m_open.begin(), open);
        return {open.series, part};
    }

    std::pair<int, int> startSeries(std::int32_t position)
    {
        double total = 0;
        for (std::size_t s = 0; s < m_series.size(); ++s)
            total += weight(s);
        double left = m_draw.uniform() * total;
        std::size_t pick = m_series.size();
        for (std::size_t s = 0; s < m_series.size(); ++s) {
            if (weight(s) <= 0)
                continue;
            pick = s;
            left -= weight(s);
            if (left < 0)
                break;
        }
        m_started[pick] = 1;
        ++m_startedCount;
        m_open.insert(m_open.begin(), {static_cast<int>(pick), 1, position});
        return {static_cast<int>(pick), 0};
    }

    double weight(std::size_t s) const
    {
        return m_started[s]
            ? 0.0
            : m_series[s].weight * (isFavourite(m_series[s].category) ? kFavouriteBoost : 1.0);
    }

    float rating(int series)
    {
        const auto& s = m_series[static_cast<std::size_t>(series)];
        const double mean = 3.2 + s.quality + (isFavourite(s.category) ? 0.7 : 0.0);
        return static_cast<float>(std::clamp(std::round(mean + 0.6 * m_draw.normal()), 1.0, 5.0));
    }

    // Sessions: minutes between most events, days between sessions.
    std::int64_t gap()
    {
        return m_draw.uniform() < 0.7 ? 300 + m_draw.below(5'400) : 43'200 + m_draw.below(864'000);
    }

    const std::vector<Series>& m_series;
    base::Stream m_draw;
    std::vector<char> m_started;
    std::size_t m_startedCount = 0;
    std::array<int, kFavourites> m_favourites{-1, -1, -1};
    std::vector<Open> m_open;
    int m_length;
    int m_drift;
    std::int64_t m_time;
};

std::string padded(int value, std::size_t width)
{
    std::string digits = std::to_string(value);
    return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

std::vector<Item> makeItems(const std::vector<Series>& series)
{
    std::vector<Item> items = {{"[PAD]", "", ""}};
    for (std::size_t s = 0; s < series.size(); ++s) {
        for (int part = 1; part <= kParts; ++part) {
            items.push_back(
                {"s" + padded(static_cast<int>(s) + 1, 3) + "p" + padded(part, 2),
                 series[s].title + " " + std::to_string(part),
                 std::string(kCategories[static_cast<std::size_t>(series[s].category)])});
        }
    }
    return items;
}

} // namespace

Result<Sample> makeSample(const SampleOptions& options, const std::stop_token& stop)
{
    if (options.items < 100 || options.items % kParts != 0 || options.items > 26'000)
        return wrongUse(
            "the sample needs a multiple of 10 between 100 and 26000 as its number of items",
            say("--items %1", options.items));
    if (options.users < 1 || options.users > 10'000'000)
        return wrongUse(
            "the sample needs between 1 and 10,000,000 users", say("--users %1", options.users));
    const auto series = makeSeries(options.items / kParts, options.seed);
    std::vector<std::string> users;
    Events events;
    Sample sample;
    for (std::int32_t user = 0; user < options.users; ++user) {
        if (stop.stop_requested())
            return interrupted("the sample was not made");
        users.push_back("u" + padded(user + 1, 4));
        Life(series, options.seed, static_cast<std::uint32_t>(user))
            .live(user, events, sample.truth);
        events.offsets.push_back(static_cast<std::int64_t>(events.items.size()));
    }
    sample.dataset = std::make_shared<const Dataset>(users, makeItems(series), std::move(events));
    return sample;
}

std::string truthCsv(const Sample& sample)
{
    std::string csv = "user,position,cause_position\n";
    for (const auto& [user, position, cause] : sample.truth) {
        csv += std::string(sample.dataset->userId(user)) + ',' + std::to_string(position) + ','
            + (cause >= 0 ? std::to_string(cause) : "") + '\n';
    }
    return csv;
}

Result<std::vector<Cause>> readTruth(const std::filesystem::path& file, const Dataset& dataset)
{
    FOVEA_ASSIGN(const auto text, io::readFile(file));
    std::vector<Cause> truth;
    UserIndex user{-1};
    const auto rows = rowsOf(text, Dialect{",", true, true}, text.size());
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const auto& row = rows[i];
        const auto position = row.size() == 3 ? base::parseInteger(row[1]) : std::nullopt;
        if (!position)
            return badInput(
                "this row is not user,position,cause", say("%1, line %2", file.string(), i + 1));
        if (user.value < 0 || dataset.userId(user) != row[0])
            user = dataset.findUser(row[0]).value_or(UserIndex{-1});
        if (user.value < 0)
            return unknownUser(dataset, row[0]);
        truth.push_back(
            {user, static_cast<std::int32_t>(*position),
             static_cast<std::int32_t>(base::parseInteger(row[2]).value_or(-1))});
    }
    return truth;
}

Status publish(
    const Sample& sample, const SampleOptions& options, io::StagedFolder& target,
    const std::stop_token& stop)
{
    const io::Json source = {
        {"sample", {{"users", options.users}, {"items", options.items}, {"seed", options.seed}}}};
    base::Silent silent;
    FOVEA_TRY(sample.dataset->save(
        target.path(), {{"source", source}, {"problems", io::Json::array()}}, silent, stop));
    FOVEA_TRY(io::replaceFile(target.path() / "truth.csv", truthCsv(sample)));
    return target.publish();
}

} // namespace fovea::data

// An imported data set: the events of each user in time order, with the ids and titles of the file.
// Immutable and shared as shared_ptr<const Dataset>; any thread may read it.
//
// On disk a folder: dataset.json (schema, counts, fingerprint, how it was read, what was found),
// events.safetensors and names.safetensors (columns), attributes.safetensors where there are any,
// users.csv and items.csv (the names once more, for people and other programs). Opened, the columns
// stay in their files and are mapped: only what is touched takes memory.
#pragma once

#include "core/base/ids.h"
#include "core/base/progress.h"
#include "core/data/attributes.h"
#include "core/data/columns.h"
#include "core/data/problems.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace fovea::data {

struct Item {
    std::string id;
    std::string title; // the id where the file gives none
    std::string category; // may be empty
};

struct ItemView {
    std::string_view id;
    std::string_view title;
    std::string_view category;
};

// Events with the user and time of the one before, and the users who have such.
struct Ties {
    std::int64_t events = 0;
    std::int64_t users = 0;
};

// What a data set is made of in memory, sorted by user, then time, ties in file order.
struct Events {
    std::vector<std::int64_t> offsets{0}; // users + 1
    std::vector<std::int32_t> items; // 1 to items
    std::vector<std::int64_t> times; // seconds as the file gave them; empty if it gave none
    std::vector<float> values; // ratings; empty if there are none
    // In place of times, where they fit: seconds since the first event.
    std::vector<std::uint32_t> since = {};
    std::int64_t firstTime = 0;
    std::vector<float> weights = {}; // at least 0; empty if all weigh the same
    // Where the file's times were finer than the seconds that are kept: of those times.
    std::optional<Ties> finerTies = {};
};

class Dataset {
public:
    // `items` begins with PAD at index 0.
    Dataset(
        const std::vector<std::string>& users, const std::vector<Item>& items, Events events,
        Attributes attributes = {});

    // Reads everything once to check it (about 10 GB/s from a warm disk), and keeps nothing of it
    // in memory. Data sets of older versions are brought up to date in memory.
    static Result<std::shared_ptr<const Dataset>> load(
        const std::filesystem::path& folder, std::stop_token stop = {});
    // Writes the files into an existing folder; `about` (source, dialect, problems) joins
    // dataset.json. Stopped, it leaves a part of them.
    Status save(
        const std::filesystem::path& folder, io::Json about, base::Progress& progress,
        std::stop_token stop) const;

    std::int64_t eventCount() const { return static_cast<std::int64_t>(m_columns.items.size()); }
    std::int32_t userCount() const { return static_cast<std::int32_t>(m_columns.userIds.size()); }
    std::int32_t itemCount() const
    {
        return static_cast<std::int32_t>(m_columns.itemIds.size()) - 1;
    }

    std::span<const std::int32_t> itemsOf(UserIndex user) const;
    std::span<const float> valuesOf(UserIndex user) const; // empty if there are none
    std::span<const float> weightsOf(UserIndex user) const; // likewise
    Times timesOf(UserIndex user) const; // empty if there are none

    std::string_view userId(UserIndex user) const { return m_columns.userIds[at(user.value)]; }
    ItemView item(ItemIndex item) const;
    std::optional<UserIndex> findUser(std::string_view id) const;
    std::optional<ItemIndex> findItem(std::string_view id) const;

    const Columns& columns() const { return m_columns; }
    const Attributes& attributes() const { return m_attributes; }
    bool hasValues() const { return !m_columns.values.empty(); }
    bool hasWeights() const { return !m_columns.weights.empty(); }
    bool hasTimes() const { return !m_columns.times.empty(); }
    const std::optional<Ties>& finerTies() const { return m_finerTies; }
    float lowestValue() const { return m_lowest; }
    float highestValue() const { return m_highest; }
    // Of ids and events, not of titles and attributes: what a run trained on.
    const std::string& fingerprint() const { return m_fingerprint; }

private:
    Dataset(const Columns& columns, std::shared_ptr<const void> storage);
    static Result<std::shared_ptr<const Dataset>> read(
        const std::filesystem::path& folder, int schema, const std::stop_token& stop);
    static std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }
    std::pair<std::size_t, std::size_t> extent(UserIndex user) const;

    std::shared_ptr<const void> m_storage; // what the columns lie in
    Columns m_columns;
    Attributes m_attributes;
    std::optional<Ties> m_finerTies;
    float m_lowest = 0;
    float m_highest = 0;
    std::string m_fingerprint;
};

// items.csv as data sets, runs and exports hold it: index,id,title,category, PAD first.
std::string itemsCsv(const Dataset& dataset);
// "user \"x\"" with the nearest known id, for an id that is not there.
Error unknownUser(const Dataset& dataset, std::string_view id);
Error unknownItem(std::string_view id);

} // namespace fovea::data

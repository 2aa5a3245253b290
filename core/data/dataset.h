// An imported data set: the events of each user in time order, with the ids and titles of the file.
// Immutable and shared as shared_ptr<const Dataset>; any thread may read it.
//
// On disk a folder: dataset.json (schema, counts, fingerprint, how it was read, what was found),
// events.safetensors (columns), users.csv, items.csv.
#pragma once

#include "core/base/ids.h"
#include "core/base/progress.h"
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

// Columns, sorted by user, then time, ties in file order.
struct Events {
    std::vector<std::int64_t> offsets{0}; // users + 1
    std::vector<std::int32_t> items; // 1 to items
    std::vector<std::int64_t> times; // seconds as the file gave them; empty if it gave none
    std::vector<float> values; // ratings; empty if there are none
};

class Dataset {
public:
    // `items` begins with PAD at index 0.
    Dataset(std::vector<std::string> users, std::vector<Item> items, Events events);

    static Result<std::shared_ptr<const Dataset>> load(
        const std::filesystem::path& folder, std::stop_token stop = {});
    // Writes the files into an existing folder; `about` (source, dialect, problems) joins
    // dataset.json. Stopped, it leaves a part of them.
    Status save(
        const std::filesystem::path& folder, io::Json about, base::Progress& progress,
        std::stop_token stop) const;

    std::int64_t eventCount() const { return static_cast<std::int64_t>(m_events.items.size()); }
    std::int32_t userCount() const { return static_cast<std::int32_t>(m_users.size()); }
    std::int32_t itemCount() const { return static_cast<std::int32_t>(m_items.size()) - 1; }

    std::span<const std::int32_t> itemsOf(UserIndex user) const;
    std::span<const float> valuesOf(UserIndex user) const; // empty if there are none
    std::span<const std::int64_t> timesOf(UserIndex user) const; // empty if there are none

    const std::string& userId(UserIndex user) const { return m_users[at(user.value)]; }
    const Item& item(ItemIndex item) const { return m_items[at(item.value)]; }
    std::optional<UserIndex> findUser(std::string_view id) const;
    std::optional<ItemIndex> findItem(std::string_view id) const;

    const Events& events() const { return m_events; }
    bool hasValues() const { return !m_events.values.empty(); }
    bool hasTimes() const { return !m_events.times.empty(); }
    float lowestValue() const { return m_lowest; }
    float highestValue() const { return m_highest; }
    const std::string& fingerprint() const { return m_fingerprint; }

private:
    static Result<std::shared_ptr<const Dataset>> read(
        const std::filesystem::path& folder, const std::stop_token& stop);
    static std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }
    std::pair<std::size_t, std::size_t> extent(UserIndex user) const;

    std::vector<std::string> m_users;
    std::vector<Item> m_items;
    Events m_events;
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

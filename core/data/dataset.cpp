#include "core/data/dataset.h"

#include "core/base/hash.h"
#include "core/base/os.h"
#include "core/base/text.h"
#include "core/data/delimited.h"
#include "core/io/file.h"
#include "core/io/safetensors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace fovea::data {

namespace {

constexpr int kSchema = 1;

std::string fingerprintOf(
    const std::vector<std::string>& users, const std::vector<Item>& items, const Events& events)
{
    base::Fingerprint hash;
    const auto text = [&](const std::string& t) { hash.add(t), hash.add({"\0", 1}); };
    for (const auto& user : users)
        text(user);
    for (const auto& item : items)
        text(item.id);
    hash.addValues(std::span<const std::int64_t>(events.offsets));
    hash.addValues(std::span<const std::int32_t>(events.items));
    hash.addValues(std::span<const std::int64_t>(events.times));
    hash.addValues(std::span<const float>(events.values));
    return hash.digest();
}

std::string usersCsv(const std::vector<std::string>& users)
{
    std::string csv = "index,id\n";
    for (std::size_t i = 0; i < users.size(); ++i)
        csv += std::to_string(i) + ',' + base::csvField(users[i]) + '\n';
    return csv;
}

io::TensorView column(const std::string& name, io::ElementType type, std::string_view bytes)
{
    const auto count = static_cast<std::int64_t>(bytes.size() / io::elementSize(type));
    return {name, type, {count}, bytes};
}

Result<std::vector<std::vector<std::string>>> readCsv(
    const std::filesystem::path& file, std::size_t fields)
{
    FOVEA_ASSIGN(const auto text, io::readFile(file));
    auto rows = rowsOf(text, Dialect{",", true, true}, text.size());
    for (const auto& row : rows) {
        if (row.size() != fields)
            return badInput(
                say("a row has %1 fields instead of %2", row.size(), fields), file.string(),
                "The data set is damaged; import it again");
    }
    if (rows.empty())
        return badInput("the header is missing", file.string());
    rows.erase(rows.begin());
    return rows;
}

Status checkEvents(
    const Events& events, std::size_t users, std::size_t items, const std::string& where)
{
    const auto count = events.items.size();
    const bool shapes = events.offsets.size() == users + 1 && events.offsets.front() == 0
        && events.offsets.back() == static_cast<std::int64_t>(count)
        && std::is_sorted(events.offsets.begin(), events.offsets.end())
        && (events.times.empty() || events.times.size() == count)
        && (events.values.empty() || events.values.size() == count);
    const auto isItem = [&](std::int32_t i) {
        return i > 0 && static_cast<std::size_t>(i) < items;
    };
    if (!shapes || !std::all_of(events.items.begin(), events.items.end(), isItem))
        return badInput(
            "the columns do not fit together", where, "The data set is damaged; import it again");
    return success();
}

} // namespace

Dataset::Dataset(std::vector<std::string> users, std::vector<Item> items, Events events)
    : m_users(std::move(users))
    , m_items(std::move(items))
    , m_events(std::move(events))
    , m_fingerprint(fingerprintOf(m_users, m_items, m_events))
{
    if (hasValues()) {
        const auto [low, high] =
            std::minmax_element(m_events.values.begin(), m_events.values.end());
        m_lowest = *low;
        m_highest = *high;
    }
}

Result<std::shared_ptr<const Dataset>> Dataset::load(
    const std::filesystem::path& folder, std::stop_token stop)
{
    auto dataset = read(folder, stop);
    base::returnFreedMemory(); // the files, and the columns as they were read
    return dataset;
}

Result<std::shared_ptr<const Dataset>> Dataset::read(
    const std::filesystem::path& folder, const std::stop_token& stop)
{
    const auto goesOn = [&] {
        return stop.stop_requested() ? interrupted("the data set was not opened") : success();
    };
    const auto about = folder / "dataset.json";
    if (!io::exists(about))
        return badInput(
            "no data set is here", folder.string(), "Choose another folder, or import one");
    FOVEA_ASSIGN(const auto json, io::readJson(about));
    FOVEA_TRY(io::checkSchema(json, kSchema, about.string()));
    FOVEA_ASSIGN(const auto userRows, readCsv(folder / "users.csv", 2));
    FOVEA_TRY(goesOn());
    FOVEA_ASSIGN(const auto itemRows, readCsv(folder / "items.csv", 4));
    FOVEA_TRY(goesOn());
    FOVEA_ASSIGN(const auto file, io::TensorFile::read(folder / "events.safetensors"));
    FOVEA_TRY(goesOn());
    std::vector<std::string> users;
    for (const auto& row : userRows)
        users.push_back(row[1]);
    std::vector<Item> items;
    for (const auto& row : itemRows)
        items.push_back({row[1], row[2], row[3]});
    Events events;
    FOVEA_ASSIGN(events.offsets, file.longs("offsets"));
    FOVEA_ASSIGN(events.items, file.ints("items"));
    if (file.find("times")) {
        FOVEA_ASSIGN(events.times, file.longs("times"));
    }
    if (file.find("values")) {
        FOVEA_ASSIGN(events.values, file.floats("values"));
    }
    FOVEA_TRY(goesOn());
    FOVEA_TRY(checkEvents(events, users.size(), items.size(), folder.string()));
    auto dataset =
        std::make_shared<const Dataset>(std::move(users), std::move(items), std::move(events));
    const auto recorded = json.find("fingerprint");
    if (recorded == json.end() || *recorded != dataset->fingerprint())
        return badInput(
            "the files do not match the fingerprint in dataset.json", folder.string(),
            "Some file was changed; import the data again");
    return dataset;
}

Status Dataset::save(
    const std::filesystem::path& folder, io::Json about, base::Progress& progress,
    std::stop_token stop) const
{
    std::vector<io::TensorView> columns = {
        column("offsets", io::ElementType::I64, io::bytesOf(m_events.offsets)),
        column("items", io::ElementType::I32, io::bytesOf(m_events.items))};
    if (hasTimes())
        columns.push_back(column("times", io::ElementType::I64, io::bytesOf(m_events.times)));
    if (hasValues())
        columns.push_back(column("values", io::ElementType::F32, io::bytesOf(m_events.values)));
    const auto users = usersCsv(m_users);
    const auto items = itemsCsv(*this);
    std::size_t total = users.size() + items.size();
    for (const auto& view : columns)
        total += view.bytes.size();
    const auto goesOn = [&](std::size_t left) {
        progress.report(
            {"save", static_cast<std::int64_t>(total - left), static_cast<std::int64_t>(total),
             "bytes", "the data set"});
        return stop.stop_requested() ? interrupted("the data set was not saved") : success();
    };
    FOVEA_TRY(goesOn(total));
    FOVEA_TRY(io::replaceFile(folder / "users.csv", users));
    FOVEA_TRY(goesOn(total - users.size()));
    FOVEA_TRY(io::replaceFile(folder / "items.csv", items));
    FOVEA_TRY(goesOn(total - users.size() - items.size()));
    FOVEA_TRY(io::writeTensors(folder / "events.safetensors", columns));
    FOVEA_TRY(goesOn(0));
    io::Json json = {{"schema", kSchema},      {"fovea", FOVEA_VERSION},
                     {"events", eventCount()}, {"users", userCount()},
                     {"items", itemCount()},   {"fingerprint", m_fingerprint}};
    json.update(about);
    return io::writeJson(folder / "dataset.json", json);
}

std::pair<std::size_t, std::size_t> Dataset::extent(UserIndex user) const
{
    const auto begin = static_cast<std::size_t>(m_events.offsets[at(user.value)]);
    return {begin, static_cast<std::size_t>(m_events.offsets[at(user.value) + 1]) - begin};
}

std::span<const std::int32_t> Dataset::itemsOf(UserIndex user) const
{
    const auto [begin, count] = extent(user);
    return std::span(m_events.items).subspan(begin, count);
}

std::span<const float> Dataset::valuesOf(UserIndex user) const
{
    const auto [begin, count] = extent(user);
    return hasValues() ? std::span(m_events.values).subspan(begin, count)
                       : std::span<const float>();
}

std::span<const std::int64_t> Dataset::timesOf(UserIndex user) const
{
    const auto [begin, count] = extent(user);
    return hasTimes() ? std::span(m_events.times).subspan(begin, count)
                      : std::span<const std::int64_t>();
}

std::optional<UserIndex> Dataset::findUser(std::string_view id) const
{
    const auto found = std::find(m_users.begin(), m_users.end(), id);
    if (found == m_users.end())
        return std::nullopt;
    return UserIndex{static_cast<std::int32_t>(found - m_users.begin())};
}

std::optional<ItemIndex> Dataset::findItem(std::string_view id) const
{
    const auto found = std::find_if(
        m_items.begin() + 1, m_items.end(), [&](const Item& item) { return item.id == id; });
    if (found == m_items.end())
        return std::nullopt;
    return ItemIndex{static_cast<std::int32_t>(found - m_items.begin())};
}

std::string itemsCsv(const Dataset& dataset)
{
    std::string csv = "index,id,title,category\n";
    for (std::int32_t i = 0; i <= dataset.itemCount(); ++i) {
        const auto& item = dataset.item({i});
        csv += std::to_string(i) + ',' + base::csvField(item.id) + ',' + base::csvField(item.title)
            + ',' + base::csvField(item.category) + '\n';
    }
    return csv;
}

Error unknownUser(const Dataset& dataset, std::string_view id)
{
    const std::string some = dataset.userCount() > 0 ? dataset.userId({0}) : "";
    return badInput(
        say("no user '%1' in the data set", id), {},
        say("users.csv in the data set lists them; one is '%1'", some));
}

Error unknownItem(std::string_view id)
{
    return badInput(
        say("no item '%1' in the data set", id), {}, "items.csv in the data set lists them");
}

} // namespace fovea::data

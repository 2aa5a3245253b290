#include "core/data/dataset.h"

#include "core/base/hash.h"
#include "core/base/long_pass.h"
#include "core/base/os.h"
#include "core/base/text.h"
#include "core/base/threads.h"
#include "core/data/about.h"
#include "core/data/attributes_file.h"
#include "core/data/columns_check.h"
#include "core/data/dataset_schema1.h"
#include "core/data/own_texts.h"
#include "core/io/file.h"
#include "core/io/pieces.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>

namespace fovea::data {

namespace {

constexpr const char* kFirstTime = "first_time";
constexpr const char* kFinerTies = "finer_ties"; // events and users
constexpr std::size_t kBlock = 1 << 16; // elements looked at together

// Columns in memory.
struct OwnColumns {
    Events events;
    OwnTexts users, ids, titles, categories;
};

// Columns in files.
struct Files {
    io::TensorFile events;
    io::TensorFile names;
};

// Their difference may be more than 64 bits with a sign hold.
bool fits32(std::int64_t first, std::int64_t last)
{
    return static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first)
        <= std::numeric_limits<std::uint32_t>::max();
}

Columns viewOf(const OwnColumns& own)
{
    Columns columns;
    columns.offsets = own.events.offsets;
    columns.items = own.events.items;
    const auto& events = own.events;
    columns.times =
        events.since.empty() ? Times(events.times) : Times(events.firstTime, events.since);
    columns.values = own.events.values;
    columns.weights = own.events.weights;
    columns.userIds = own.users.view();
    columns.itemIds = own.ids.view();
    columns.titles = own.titles.view();
    columns.categories = own.categories.view();
    return columns;
}

// Times as 32 bits, where they fit.
void narrow(Events& events)
{
    auto& times = events.times;
    if (times.empty())
        return;
    const auto [first, last] = std::minmax_element(times.begin(), times.end());
    if (!fits32(*first, *last))
        return;
    events.firstTime = *first;
    events.since.reserve(times.size());
    for (const auto time : times)
        events.since.push_back(static_cast<std::uint32_t>(time - events.firstTime));
    std::vector<std::int64_t>().swap(times);
}

std::string fingerprintOf(const Columns& columns)
{
    const base::LongPass pass("the fingerprint", std::ssize(columns.items));
    base::Fingerprint hash;
    const auto texts = [&](const Texts& all) {
        for (std::size_t i = 0; i < all.size(); ++i)
            hash.add(all[i]), hash.add({"\0", 1});
    };
    texts(columns.userIds);
    texts(columns.itemIds);
    hash.addValues(columns.offsets);
    hash.addValues(columns.items);
    const auto& times = columns.times;
    hash.addValues(times.wide());
    std::vector<std::int64_t> block; // as 64 bits, however they are kept
    for (std::size_t at = 0; at < times.since().size(); at += kBlock) {
        const auto part = times.part(at, std::min(kBlock, times.size() - at));
        block.assign(part.begin(), part.end());
        hash.addValues(std::span<const std::int64_t>(block));
    }
    hash.addValues(columns.values);
    hash.addValues(columns.weights);
    return hash.digest();
}

io::TensorView column(const std::string& name, io::ElementType type, std::string_view bytes)
{
    const auto count = static_cast<std::int64_t>(bytes.size() / io::elementSize(type));
    return {name, type, {count}, bytes};
}

// The widest elements first: then each column is aligned.
std::vector<io::TensorView> eventTensors(const Columns& columns)
{
    using enum io::ElementType;
    std::vector<io::TensorView> tensors = {column("offsets", I64, io::bytesOf(columns.offsets))};
    if (!columns.times.wide().empty())
        tensors.push_back(column("times", I64, io::bytesOf(columns.times.wide())));
    tensors.push_back(column("items", I32, io::bytesOf(columns.items)));
    if (!columns.times.since().empty())
        tensors.push_back(column("times", U32, io::bytesOf(columns.times.since())));
    if (!columns.values.empty())
        tensors.push_back(column("values", F32, io::bytesOf(columns.values)));
    if (!columns.weights.empty())
        tensors.push_back(column("weights", F32, io::bytesOf(columns.weights)));
    return tensors;
}

struct NameColumn {
    const char* name;
    Texts Columns::*texts;
};

constexpr std::array<NameColumn, 4> kNames = {{
    {"users", &Columns::userIds},
    {"items", &Columns::itemIds},
    {"titles", &Columns::titles},
    {"categories", &Columns::categories},
}};

std::string endsOf(const NameColumn& column) { return std::string(column.name) + "_end"; }

std::vector<io::TensorView> nameTensors(const Columns& columns)
{
    std::vector<io::TensorView> tensors;
    for (const auto& row : kNames)
        tensors.push_back(
            column(endsOf(row), io::ElementType::I64, io::bytesOf((columns.*row.texts).ends())));
    for (const auto& row : kNames)
        tensors.push_back(column(row.name, io::ElementType::U8, (columns.*row.texts).bytes()));
    return tensors;
}

Error notSaved() { return interrupted("the data set was not saved"); }

// The header and a line for each row, which `lineOf` gives.
template <typename LineOf>
Result<std::string> csvOf(
    std::string csv, std::size_t rows, const std::stop_token& stop, const LineOf& lineOf)
{
    for (std::size_t i = 0; i < rows; ++i) {
        if (i % kBlock == 0 && stop.stop_requested())
            return notSaved();
        csv += std::to_string(i) + ',' + lineOf(i) + '\n';
    }
    return csv;
}

Result<std::string> csvOfUsers(const Texts& users, const std::stop_token& stop)
{
    return csvOf(
        "index,id\n", users.size(), stop, [&](std::size_t i) { return base::csvField(users[i]); });
}

Result<std::string> csvOfItems(const Columns& columns, const std::stop_token& stop)
{
    return csvOf("index,id,title,category\n", columns.itemIds.size(), stop, [&](std::size_t i) {
        return base::csvField(columns.itemIds[i]) + ',' + base::csvField(columns.titles[i]) + ','
            + base::csvField(columns.categories[i]);
    });
}

Error damagedMetadata(const char* key, const std::string& value, const std::string& file)
{
    return badInput(
        say("the metadata '%1' cannot be '%2'", key, base::shortened(value, 60)), file,
        "The data set is damaged; import it again");
}

Result<Columns> columnsOf(const Files& files, const ColumnFiles& paths)
{
    Columns columns;
    const auto& events = files.events;
    FOVEA_ASSIGN(columns.offsets, events.column<std::int64_t>("offsets"));
    FOVEA_ASSIGN(columns.items, events.column<std::int32_t>("items"));
    const auto first = events.metadata().find(kFirstTime);
    if (first != events.metadata().end()) {
        FOVEA_ASSIGN(const auto since, events.column<std::uint32_t>("times"));
        const auto second = base::parseInteger(first->second);
        if (!second)
            return damagedMetadata(kFirstTime, first->second, paths.events);
        columns.times = Times(*second, since);
    } else if (events.find("times")) {
        FOVEA_ASSIGN(const auto wide, events.column<std::int64_t>("times"));
        columns.times = Times(wide);
    }
    if (events.find("values")) {
        FOVEA_ASSIGN(columns.values, events.column<float>("values"));
    }
    if (events.find("weights")) {
        FOVEA_ASSIGN(columns.weights, events.column<float>("weights"));
    }
    for (const auto& row : kNames) {
        FOVEA_ASSIGN(const auto ends, files.names.column<std::int64_t>(endsOf(row)));
        FOVEA_ASSIGN(const auto bytes, files.names.column<char>(row.name));
        columns.*row.texts = Texts(ends, {bytes.data(), bytes.size()});
    }
    return columns;
}

Result<std::optional<Ties>> finerTiesOf(
    const io::TensorMetadata& metadata, const Columns& columns, const std::string& file)
{
    const auto found = metadata.find(kFinerTies);
    if (found == metadata.end())
        return std::optional<Ties>();
    const auto parts = base::split(found->second, " ");
    const auto number = [&](std::size_t i, std::size_t most) {
        const auto read = i < parts.size() ? base::parseInteger(parts[i]) : std::nullopt;
        return read && *read >= 0 && *read <= static_cast<std::int64_t>(most) ? *read : -1;
    };
    const Ties ties{number(0, columns.items.size()), number(1, columns.userIds.size())};
    if (parts.size() != 2 || ties.users < 0 || ties.users > ties.events
        || (ties.users == 0 && ties.events > 0))
        return damagedMetadata(kFinerTies, found->second, file);
    return std::optional(ties);
}

std::shared_ptr<OwnColumns> ownColumns(
    const std::vector<std::string>& users, const std::vector<Item>& items, Events events)
{
    auto own = std::make_shared<OwnColumns>();
    own->events = std::move(events);
    for (const auto& user : users)
        own->users.add(user);
    for (const auto& item : items) {
        own->ids.add(item.id);
        own->titles.add(item.title);
        own->categories.add(item.category);
    }
    narrow(own->events);
    return own;
}

// That dataset.json says of the columns what they are.
Status checkCounts(const About& about, const Dataset& dataset, const std::filesystem::path& folder)
{
    const auto file = (folder / "dataset.json").string();
    const auto differs = [&](const char* key, std::int64_t said, std::int64_t found) {
        return badInput(
            say("'%1' is %2, but the files hold %3", key, said, found), file,
            "The data set is damaged; import it again");
    };
    if (about.events != dataset.eventCount())
        return differs("events", about.events, dataset.eventCount());
    if (about.users != dataset.userCount())
        return differs("users", about.users, dataset.userCount());
    if (about.items != dataset.itemCount())
        return differs("items", about.items, dataset.itemCount());
    if (dataset.hasWeights() && about.schema < kDatasetSchema)
        return badInput(
            say("the events have weights, but schema %1 has none", about.schema), file,
            "The data set is damaged; import it again");
    return success();
}

} // namespace

Dataset::Dataset(
    const std::vector<std::string>& users, const std::vector<Item>& items, Events events,
    Attributes attributes)
{
    const auto own = ownColumns(users, items, std::move(events));
    *this = Dataset(viewOf(*own), own);
    m_attributes = std::move(attributes);
    m_finerTies = own->events.finerTies;
}

Dataset::Dataset(const Columns& columns, std::shared_ptr<const void> storage)
    : m_storage(std::move(storage))
    , m_columns(columns)
    , m_fingerprint(fingerprintOf(columns))
{
    const auto values = rangeOf(columns.values);
    m_lowest = values.lowest;
    m_highest = values.highest;
}

Result<std::shared_ptr<const Dataset>> Dataset::load(
    const std::filesystem::path& folder, std::stop_token stop)
{
    FOVEA_ASSIGN(const auto about, aboutDataset(folder));
    FOVEA_ASSIGN(auto dataset, read(folder, about.schema, stop));
    base::returnFreedMemory(); // what an old schema was read into
    FOVEA_TRY(checkCounts(about, *dataset, folder));
    if (about.fingerprint != dataset->fingerprint())
        return badInput(
            "the files do not match the fingerprint in dataset.json", folder.string(),
            "Some file was changed; import the data again");
    return dataset;
}

Result<std::shared_ptr<const Dataset>> Dataset::read(
    const std::filesystem::path& folder, int schema, const std::stop_token& stop)
{
    ColumnFiles paths{
        (folder / "events.safetensors").string(), (folder / "names.safetensors").string()};
    std::shared_ptr<const void> storage;
    std::shared_ptr<const Files> files; // of the newer schemas
    Columns columns;
    if (schema == 1) {
        FOVEA_ASSIGN(auto old, readSchema1(folder, stop));
        const auto own = ownColumns(old.users, old.items, std::move(old.events));
        columns = viewOf(*own);
        storage = own;
        paths.names = folder.string();
    } else {
        FOVEA_ASSIGN(auto events, io::TensorFile::map(paths.events));
        FOVEA_ASSIGN(auto names, io::TensorFile::map(paths.names));
        FOVEA_TRY(events.needChecksum());
        FOVEA_TRY(names.needChecksum());
        files = std::make_shared<const Files>(Files{std::move(events), std::move(names)});
        storage = files;
        FOVEA_ASSIGN(columns, columnsOf(*files, paths));
    }
    if (stop.stop_requested())
        return interrupted("the data set was not opened");
    FOVEA_TRY(checkShapes(columns, paths));
    // Both read everything, and each takes about as long.
    std::shared_ptr<Dataset> dataset;
    auto checked = success();
    base::onThreads(2, [&](int thread) {
        if (thread == 0)
            dataset.reset(new Dataset(columns, storage));
        else
            checked = checkContents(columns, paths);
    });
    if (!checked)
        return checked.error();
    if (!files)
        return std::shared_ptr<const Dataset>(dataset);
    FOVEA_ASSIGN(
        dataset->m_finerTies, finerTiesOf(files->events.metadata(), columns, paths.events));
    FOVEA_ASSIGN(
        dataset->m_attributes,
        Attributes::load(folder, dataset->userCount(), std::int64_t{dataset->itemCount()} + 1));
    files->events.giveBack();
    files->names.giveBack();
    return std::shared_ptr<const Dataset>(dataset);
}

Status Dataset::save(
    const std::filesystem::path& folder, io::Json about, base::Progress& progress,
    std::stop_token stop) const
{
    const base::LongPass pass("saving a data set", eventCount());
    io::TensorMetadata metadata;
    if (!m_columns.times.since().empty())
        metadata[kFirstTime] = std::to_string(m_columns.times.first());
    if (m_finerTies)
        metadata[kFinerTies] =
            std::to_string(m_finerTies->events) + ' ' + std::to_string(m_finerTies->users);
    struct Part {
        std::size_t bytes; // about
        std::function<Status(const base::BetweenPieces&)> write;
    };
    FOVEA_ASSIGN(const auto users, csvOfUsers(m_columns.userIds, stop));
    FOVEA_ASSIGN(const auto items, csvOfItems(m_columns, stop));
    const auto names = nameTensors(m_columns);
    const auto events = eventTensors(m_columns);
    const auto replace = [&](const char* name, std::string_view text, const auto& between) {
        return io::replaceFile(folder / name, std::span(&text, 1), between);
    };
    const std::array<Part, 5> parts = {{
        {users.size(), [&](const auto& b) { return replace("users.csv", users, b); }},
        {items.size(), [&](const auto& b) { return replace("items.csv", items, b); }},
        {io::byteCount(names),
         [&](const auto& b) {
             return io::writeTensors(folder / "names.safetensors", names, {}, b);
         }},
        {io::byteCount(events),
         [&](const auto& b) {
             return io::writeTensors(folder / "events.safetensors", events, metadata, b);
         }},
        {byteCount(m_attributes),
         [&](const auto& b) { return saveAttributes(m_attributes, folder, b); }},
    }};
    std::size_t total = 0;
    for (const auto& part : parts)
        total += part.bytes;
    std::size_t done = 0;
    const auto goesOn = [&](std::size_t ofThisFile) {
        progress.report(
            {"save", static_cast<std::int64_t>(std::min(done + ofThisFile, total)),
             static_cast<std::int64_t>(total), "bytes", "the data set"});
        return stop.stop_requested() ? Status(notSaved()) : success();
    };
    for (const auto& part : parts) {
        FOVEA_TRY(goesOn(0));
        FOVEA_TRY(part.write(goesOn));
        done += part.bytes;
    }
    FOVEA_TRY(goesOn(0));
    io::Json json = {
        {"schema", hasWeights() ? kDatasetSchema : kDatasetSchema - 1},
        {"fovea", FOVEA_VERSION},
        {"events", eventCount()},
        {"users", userCount()},
        {"items", itemCount()},
        {"fingerprint", m_fingerprint}};
    json.update(about);
    return io::writeJson(folder / "dataset.json", json);
}

std::pair<std::size_t, std::size_t> Dataset::extent(UserIndex user) const
{
    const auto begin = static_cast<std::size_t>(m_columns.offsets[at(user.value)]);
    return {begin, static_cast<std::size_t>(m_columns.offsets[at(user.value) + 1]) - begin};
}

std::span<const std::int32_t> Dataset::itemsOf(UserIndex user) const
{
    const auto [begin, count] = extent(user);
    return m_columns.items.subspan(begin, count);
}

std::span<const float> Dataset::valuesOf(UserIndex user) const
{
    const auto [begin, count] = extent(user);
    return hasValues() ? m_columns.values.subspan(begin, count) : std::span<const float>();
}

std::span<const float> Dataset::weightsOf(UserIndex user) const
{
    const auto [begin, count] = extent(user);
    return hasWeights() ? m_columns.weights.subspan(begin, count) : std::span<const float>();
}

Times Dataset::timesOf(UserIndex user) const
{
    const auto [begin, count] = extent(user);
    return hasTimes() ? m_columns.times.part(begin, count) : Times();
}

ItemView Dataset::item(ItemIndex item) const
{
    const auto i = at(item.value);
    return {m_columns.itemIds[i], m_columns.titles[i], m_columns.categories[i]};
}

std::optional<UserIndex> Dataset::findUser(std::string_view id) const
{
    const base::LongPass pass("the search for a user", userCount());
    for (std::int32_t u = 0; u < userCount(); ++u) {
        if (userId({u}) == id)
            return UserIndex{u};
    }
    return std::nullopt;
}

std::optional<ItemIndex> Dataset::findItem(std::string_view id) const
{
    const base::LongPass pass("the search for an item", itemCount());
    for (std::int32_t i = 1; i <= itemCount(); ++i) {
        if (m_columns.itemIds[at(i)] == id)
            return ItemIndex{i};
    }
    return std::nullopt;
}

std::string itemsCsv(const Dataset& dataset)
{
    const base::LongPass pass("items.csv", dataset.itemCount());
    return csvOfItems(dataset.columns(), {}).value();
}

Error unknownUser(const Dataset& dataset, std::string_view id)
{
    const std::string some(dataset.userCount() > 0 ? dataset.userId({0}) : "");
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

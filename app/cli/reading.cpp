#include "app/cli/reading.h"

#include "core/base/text.h"
#include "core/data/memory_budget.h"
#include "core/data/shapes.h"
#include "core/data/side_reading.h"
#include "core/data/table_file.h"
#include "core/data/time_formats.h"
#include "core/io/file.h"

#include <algorithm>

namespace fovea::cli {

namespace {

// "auto" and the names of a table's rows.
template <typename Table> std::vector<std::string> withAuto(const Table& table)
{
    std::vector<std::string> names = {"auto"};
    for (const auto& row : table)
        names.emplace_back(row.name);
    return names;
}

std::vector<std::string> shapeNames()
{
    std::vector<std::string> names = {"auto"};
    for (const auto* shape : data::shapes())
        names.emplace_back(shape->name);
    return names;
}

// Those of the folders and archives among them told apart.
Result<data::FilesByKind> filesOf(
    const std::vector<std::filesystem::path>& named, bool isMemberNamed, const io::Access& access)
{
    data::FilesByKind files;
    const auto add = [](auto& list, const auto& more) {
        list.insert(list.end(), more.begin(), more.end());
    };
    const auto addAll = [&](const data::FilesByKind& inside) {
        add(files.events, inside.events);
        add(files.items, inside.items);
        add(files.users, inside.users);
        add(files.copies, inside.copies);
        add(files.others, inside.others);
    };
    for (const auto& path : named) {
        std::error_code failed;
        if (!std::filesystem::is_directory(path, failed)) {
            data::FilesByKind inside;
            if (!isMemberNamed) {
                FOVEA_ASSIGN(inside, data::filesInside(path, access));
            }
            if (inside.events.empty())
                inside.events = {path};
            addAll(inside);
            continue;
        }
        if (io::exists(path / "dataset.json"))
            return badInput(
                "this is a data set already", path.string(), "Train on it: fovea train DATASET");
        FOVEA_ASSIGN(const auto inside, data::filesIn(path, access));
        if (inside.events.empty())
            return badInput(
                "no file of the folder seems to hold events", path.string(), "Name the file");
        addAll(inside);
    }
    return files;
}

void tellSides(const data::FilesByKind& files, Session& session)
{
    for (const auto& [list, what] :
         {std::pair{&files.items, "items"},
          {&files.users, "users"},
          {&files.copies, "a part of the others, and left out"},
          {&files.others, "nothing"}}) {
        for (const auto& file : *list)
            session.print(file.string() + ": taken for " + what + "\n");
    }
}

std::string dealsText()
{
    std::vector<std::string> texts;
    for (const auto& row : data::dealTable())
        texts.push_back(
            std::string(row.key) + "=" + base::join({row.choices.begin(), row.choices.end()}, "|"));
    return base::join(texts, ", ");
}

// "item=sku", "title=name".
Result<data::SideChoices> sideChoices(
    data::Side side, const std::vector<std::string>& said, const char* option)
{
    data::SideChoices choices;
    for (const auto& one : said) {
        const auto equals = one.find('=');
        if (equals == std::string::npos || equals == 0)
            return wrongUse(
                say("'%1' says nothing of a column", one), option,
                "Give it as item=COLUMN,title=COLUMN");
        choices[one.substr(0, equals)] = one.substr(equals + 1);
    }
    if (auto read = data::sideReadingFrom(side, choices); !read) {
        auto error = read.error();
        error.where = option;
        return error;
    }
    return choices;
}

} // namespace

void addReadingOptions(CLI::App& app, ReadingOptions& o)
{
    app.add_option(
        "--items", o.items,
        "a file of items: titles, categories, attributes; several are one table");
    app.add_option("--users", o.users, "a file of users: attributes");
    app.add_option(
        "--item-vectors", o.itemVectors,
        "a matrix with a row for each row of the items file: .npy or .safetensors");
    app.add_option(
           "--items-as", o.itemsAs,
           "how the items file is read, where it is not found out: item=C,title=C,category=C for "
           "its columns, encoding=E, delimiter=D, header=yes|no, member=NAME")
        ->delimiter(',');
    app.add_option("--users-as", o.usersAs, "likewise of the users file: user=C, encoding=E, ...")
        ->delimiter(',');
    app.add_option("--recipe", o.recipe, "choices from a file, as recipe.json in a data set");
    app.add_option("--format", o.format, "auto, or the shape of the table in the file")
        ->check(CLI::IsMember(shapeNames()));
    app.add_option(
        "--delimiter", o.delimiter,
        "what stands between two columns, one or more characters; tab, space, \\t, \\s+ and "
        "\\x01 are read as such; sniffed");
    app.add_option("--header", o.header, "auto, yes or no: does the first row name columns")
        ->check(CLI::IsMember({"auto", "yes", "no"}));
    app.add_option(
        "--member", o.member,
        "file of an archive, table of a database, or its query: SELECT ...; else the one that is "
        "most surely of events");
    app.add_option("--encoding", o.encoding, "auto, or one of them")
        ->check(CLI::IsMember(withAuto(io::encodings())));
    app.add_option("--time-format", o.timeFormat, "how times are written: auto, or one")
        ->check(CLI::IsMember(withAuto(data::timeFormats())));
    app.add_option("--user", o.user, "column of the user: a name or a number from 1");
    app.add_option("--item", o.item, "column of the item");
    app.add_option("--time", o.time, "column of the time");
    app.add_option("--value", o.value, "column of the rating or value; none = there is none");
    app.add_option("--type", o.type, "column of the type of an event");
    app.add_option("--title", o.title, "column of the item's title, among the events");
    app.add_option("--category", o.category, "column of the item's categories, likewise");
    app.add_option(
           "--about-items", o.about,
           "columns of the events that tell of the item: numbers, texts, vectors, as price,brand")
        ->delimiter(',');
    app.add_option("--types", o.types, "types that are taken, as view,cart; all of them")
        ->delimiter(',');
    app.add_option("--min-value", o.minValue, "the lowest value that is taken");
    app.add_option("--max-value", o.maxValue, "the highest value that is taken");
    app.add_option("--from", o.from, "take the events from this moment on, as 2015-03-31 (UTC)");
    app.add_option("--before", o.before, "take the events before this moment");
    app.add_option(
        "--weight", o.weight,
        "what an event counts in the loss: its value, log (of 1 + value), or by its type, as "
        "view=1,cart=3,buy=5; none = all the same");
    app.add_option("--fill-value", o.fillValue, "for missing values, with --on missing_value=fill");
    app.add_option("--on", o.on, "what is done about a kind of problem: " + dealsText());
    app.add_option("--min-user-events", o.minUserEvents, "leave out users with fewer events")
        ->check(CLI::Range(1, 1000000));
    app.add_option("--min-item-events", o.minItemEvents, "leave out items with fewer events")
        ->check(CLI::Range(1, 1000000));
    app.add_option("--threads", o.threads, "0 = all cores")->check(CLI::Range(0, 1024));
    app.add_option(
           "--max-unpacked", o.mostUnpacked,
           "refuse what gives more bytes than this and 100 times its packed size, as 20G; else 4G")
        ->transform(CLI::AsSizeValue(false));
    app.add_option(
           "--memory", o.mostMemory,
           "the memory that reading may take, as 8G; else half of what is free")
        ->transform(CLI::AsSizeValue(false));
}

namespace {

// The size that an option has; 0 where it was not given.
Result<std::int64_t> sizeOf(std::uint64_t bytes, std::int64_t least, const char* option)
{
    constexpr auto kMost = std::uint64_t{1} << 60;
    if (bytes > kMost || (bytes > 0 && static_cast<std::int64_t>(bytes) < least))
        return wrongUse(
            say("a size of at least %1 is wanted", base::bytesText(least)), option,
            "Give it as 500M or 8G");
    return static_cast<std::int64_t>(bytes);
}

// The same error, and what the command line can do about it.
Error withOptions(Error error)
{
    const auto& what = error.what.pattern;
    const bool isSize = what == io::kGrowsTooMuch || what == data::kGivesTooMuch;
    if (isSize || what == data::kNeedsMemory)
        error.hint = say(
            "%1; or allow more (%2)", error.hint, isSize ? "--max-unpacked SIZE" : "--memory SIZE");
    return error;
}

} // namespace

Result<data::Imported> importWith(const data::ImportOptions& options, Session& session)
{
    auto imported = data::importFile(options, session.reporter, session.stop);
    return imported ? std::move(imported) : withOptions(imported.error());
}

Result<data::ImportOptions> importOptions(const ReadingOptions& o, Session& session)
{
    data::ImportOptions options;
    if (!o.recipe.empty()) {
        FOVEA_ASSIGN(const auto json, io::readJson(o.recipe));
        FOVEA_ASSIGN(
            static_cast<data::Recipe&>(options), data::recipeFrom(json, o.recipe.string()));
    }
    FOVEA_ASSIGN(options.mostMemory, sizeOf(o.mostMemory, 64 << 20, "--memory"));
    if (o.mostUnpacked > 0) {
        FOVEA_ASSIGN(options.mostUnpacked, sizeOf(o.mostUnpacked, 1 << 20, "--max-unpacked"));
    }
    io::Access access(session.stop);
    access.mostUnpacked = options.mostUnpacked;
    access.mostMemory = options.mostMemory;
    auto found = filesOf(o.files, !(o.member + options.member).empty(), access);
    if (!found)
        return withOptions(found.error());
    const auto files = found.take();
    if (files.users.size() > 1 && o.users.empty())
        return badInput(
            say("%1 files seem to hold users", files.users.size()), files.users[1].string(),
            "Say which it is: --users FILE");
    tellSides(files, session);
    options.file = files.events.front();
    options.more.assign(files.events.begin() + 1, files.events.end());
    const auto& items = o.items.empty() ? files.items : o.items;
    if (!items.empty()) {
        options.itemsFile = items.front();
        options.moreItems.assign(items.begin() + 1, items.end());
    }
    options.usersFile = o.users;
    if (o.users.empty() && !files.users.empty())
        options.usersFile = files.users.front();
    options.vectorsFile = o.itemVectors;
    if (!o.member.empty())
        options.member = o.member;
    options.threads = o.threads;
    if (!o.format.empty()) {
        options.format = o.format;
        options.dialect.reset(); // of the recipe, for another shape
    }
    if (!o.delimiter.empty()) {
        options.delimiter = data::delimiterFrom(o.delimiter);
        options.dialect.reset(); // of the recipe
    }
    if (!o.header.empty())
        options.header = o.header == "auto" ? std::nullopt : std::optional(o.header == "yes");
    if (!o.encoding.empty())
        options.encoding = io::findEncoding(o.encoding); // none for auto
    if (!o.timeFormat.empty())
        options.timeFormat = o.timeFormat == "auto" ? "" : o.timeFormat;
    for (const auto& [role, column] :
         {std::pair{data::Role::User, o.user},
          {data::Role::Item, o.item},
          {data::Role::Time, o.time},
          {data::Role::Value, o.value},
          {data::Role::Type, o.type},
          {data::Role::Title, o.title},
          {data::Role::Category, o.category}}) {
        if (column.empty())
            continue;
        std::erase_if(
            options.roles, [role = role](const auto& choice) { return choice.role == role; });
        options.roles.push_back({role, column == "none" ? "" : column});
    }
    if (!o.about.empty())
        options.aboutItems = o.about;
    if (!o.types.empty())
        options.types = o.types;
    for (auto& type : options.types)
        type = base::trim(type);
    if (!o.from.empty())
        options.fromTime = o.from;
    if (!o.before.empty())
        options.beforeTime = o.before;
    if (!o.weight.empty())
        options.weight = o.weight == "none" ? "" : o.weight;
    options.minValue = o.minValue ? o.minValue : options.minValue;
    options.maxValue = o.maxValue ? o.maxValue : options.maxValue;
    options.fillValue = o.fillValue ? o.fillValue : options.fillValue;
    options.minUserEvents = o.minUserEvents.value_or(options.minUserEvents);
    options.minItemEvents = o.minItemEvents.value_or(options.minItemEvents);
    if (!o.itemsAs.empty()) {
        FOVEA_ASSIGN(options.itemsAs, sideChoices(data::Side::Items, o.itemsAs, "--items-as"));
    }
    if (!o.usersAs.empty()) {
        FOVEA_ASSIGN(options.usersAs, sideChoices(data::Side::Users, o.usersAs, "--users-as"));
    }
    for (const auto& deal : o.on) {
        const auto equals = std::min(deal.find('='), deal.size());
        const auto choice = deal.substr(std::min(equals + 1, deal.size()));
        if (auto set = data::setDeal(options.deals, deal.substr(0, equals), choice); !set) {
            auto error = set.error();
            error.kind = ErrorKind::Usage;
            error.where = "--on";
            return error;
        }
    }
    return options;
}

} // namespace fovea::cli

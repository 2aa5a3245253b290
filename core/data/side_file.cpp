#include "core/data/side_file.h"

#include "core/base/text.h"
#include "core/data/id_table.h"
#include "core/data/item_properties.h"
#include "core/data/list_text.h"
#include "core/data/number_text.h"
#include "core/data/table_file.h"
#include "core/io/npy.h"
#include "core/io/safetensors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <functional>
#include <limits>
#include <set>
#include <stop_token>
#include <utility>

namespace fovea::data {

namespace {

constexpr float kNotTold = std::numeric_limits<float>::quiet_NaN();

std::string fieldOf(const Row& row, int column, Problems& problems)
{
    const bool there = column >= 0 && static_cast<std::size_t>(column) < row.fields.size();
    std::string own;
    if (!there)
        return {};
    const auto text =
        textOf(row.fields[static_cast<std::size_t>(column)], row, column, problems, own);
    return isNull(text) ? std::string() : std::string(text);
}

// The row with its last column up to the end of the line. Fields that are not quoted lie one behind
// the other.
Row withRest(const Row& row, std::size_t columns, std::vector<std::string_view>& fields)
{
    if (row.fields.size() <= columns)
        return row;
    fields.assign(row.fields.begin(), row.fields.begin() + static_cast<std::ptrdiff_t>(columns));
    const auto end = row.fields.back();
    auto& last = fields.back();
    last = {last.data(), static_cast<std::size_t>(end.data() + end.size() - last.data())};
    return {row.line, fields, row.strayQuote};
}

// The names of the columns that hold 1.
std::string flagged(const Row& row, const std::vector<std::string>& names, int first)
{
    std::string text;
    for (auto c = static_cast<std::size_t>(first); c < std::min(names.size(), row.fields.size());
         ++c) {
        if (row.fields[c] == "1")
            text += (text.empty() ? "" : "|") + names[c];
    }
    return text;
}

// What stands between the categories of a column that has several as one text, by its name: RecBole
// types it, others name it in the plural; empty = they are written as "one|two".
std::string_view betweenCategories(const std::string& name)
{
    constexpr std::array<std::string_view, 3> kPlurals = {"categories", "genres", "tags"};
    const auto lower = base::lower(base::trim(name));
    if (lower.ends_with(":token_seq"))
        return " ";
    return std::find(kPlurals.begin(), kPlurals.end(), lower) != kPlurals.end() ? ", " : "";
}

// Several categories as "one|two", whether they are written so, as a list, or with `between` them;
// none where the text says that there are none.
std::string categories(std::string text, std::string_view between)
{
    if (text == "(no genres listed)")
        return {};
    if (!isList(text)) {
        if (between.empty() || text.find('|') != text.npos)
            return text;
        std::string joined;
        for (std::size_t from = 0; from <= text.size();) {
            const auto end = std::min(text.find(between, from), text.size());
            if (const auto part = base::trim(std::string_view(text).substr(from, end - from));
                !part.empty())
                joined.append(joined.empty() ? "" : "|").append(part);
            from = end + between.size();
        }
        return joined;
    }
    std::vector<std::string> all;
    for (auto& part : listOf(text)) {
        if (!part.empty() && std::find(all.begin(), all.end(), part) == all.end())
            all.push_back(std::move(part));
    }
    return base::join(all, "|");
}

// --- Attributes --------------------------------------------------------------------------------

// "[0.1, 0.2]" or "0.1 0.2"; empty where it is neither.
std::vector<float> vectorOf(std::string_view text)
{
    std::vector<float> numbers;
    const bool isInBrackets = isList(text);
    if (isInBrackets)
        text = base::trim(text.substr(1, text.size() - 2));
    const bool hasCommas = isInBrackets && text.find(',') != std::string_view::npos;
    constexpr std::string_view kBlanks = " \t\r\n"; // as NumPy writes, over several lines
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(hasCommas ? "," : kBlanks), text.size());
        const auto number = base::parseDouble(base::trim(text.substr(0, end)));
        if (!number)
            return {};
        numbers.push_back(static_cast<float>(*number));
        text.remove_prefix(std::min(end + 1, text.size()));
        text = base::trim(text);
    }
    return numbers;
}

bool hasZerosBefore(std::string_view text)
{
    const auto digits = text.substr(text.starts_with('-') ? 1 : 0);
    return digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9';
}

// Not a code: no zeros before it, and no more digits than float32 keeps.
bool isNumber(std::string_view text)
{
    const auto number = base::parseDouble(text);
    const bool isWhole = base::parseInteger(text).has_value();
    return number && !hasZerosBefore(text)
        && (!isWhole || static_cast<double>(static_cast<float>(*number)) == *number);
}
bool isVector(std::string_view text) { return vectorOf(text).size() > 1; }
bool isImage(std::string_view text)
{
    constexpr std::array<std::string_view, 6> kEndings = {".jpg",  ".jpeg", ".png",
                                                          ".webp", ".gif",  ".bmp"};
    const auto lower = base::lower(text);
    return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view ending) {
        return lower.ends_with(ending);
    });
}

// A column of the file, or several that are one vector.
struct AttributeColumn {
    OwnAttribute attribute;
    std::size_t column;
    bool isSpread; // over `width` columns
};

AttributeKind kindOf(const Rows& rows, std::size_t column)
{
    const auto always = [&](bool (*test)(std::string_view)) {
        bool any = false;
        for (const auto& row : rows) {
            const auto text = column < row.size() ? base::trim(row[column]) : std::string_view();
            if (saysNothing(text))
                continue;
            if (!test(text))
                return false;
            any = true;
        }
        return any;
    };
    if (always(isNumber))
        return AttributeKind::Number;
    if (always(isVector))
        return AttributeKind::Vector;
    return always(isImage) ? AttributeKind::Image : AttributeKind::Text;
}

// "e12" is number 12 of e.
std::pair<std::string, std::int64_t> numbered(const std::string& name)
{
    const auto digits = name.find_last_not_of("0123456789") + 1;
    const auto number = base::parseInteger(std::string_view(name).substr(digits));
    return {name.substr(0, digits), number.value_or(-1)};
}

// RecBole writes "price:float"; what is not UTF-8 is Windows-1252.
std::string plainName(const std::vector<std::string>& names, std::size_t column)
{
    const auto name = columnName(names, static_cast<int>(column));
    const std::string plain(base::trim(name.substr(0, name.find(':'))));
    return base::isUtf8(plain) ? plain : base::fromCp1252(plain);
}

// Changes a name that is used already, and takes it.
void makeNew(std::string& name, std::set<std::string>& used)
{
    while (!used.insert(name).second)
        name += "_";
}

// The columns that no role has taken.
std::vector<AttributeColumn> attributeColumns(
    const Layout& layout, const std::set<int>& taken, std::size_t end)
{
    constexpr std::int64_t kLeastSpread = 4; // columns that are numbered on
    std::vector<AttributeColumn> all;
    std::set<std::string> used;
    for (std::size_t c = 0; c < end; ++c) {
        if (taken.contains(static_cast<int>(c)))
            continue;
        auto name = plainName(layout.names, c);
        const auto kind = kindOf(layout.rows, c);
        std::int64_t width = 1;
        if (kind == AttributeKind::Number && !layout.names.empty()) {
            const auto begin = numbered(name);
            const auto goesOn = [&](std::size_t at) {
                return at < end && !taken.contains(static_cast<int>(at))
                    && numbered(plainName(layout.names, at))
                    == std::pair(begin.first, begin.second + width)
                    && kindOf(layout.rows, at) == AttributeKind::Number;
            };
            while (begin.second >= 0 && goesOn(c + static_cast<std::size_t>(width)))
                ++width;
            if (width >= kLeastSpread)
                name = begin.first.empty() ? "vector" : begin.first;
            else
                width = 1;
        }
        if (name.empty())
            name = std::to_string(c + 1);
        makeNew(name, used);
        const bool isSpread = width > 1;
        if (kind == AttributeKind::Vector) {
            for (const auto& row : layout.rows) {
                if (c < row.size() && !saysNothing(base::trim(row[c])))
                    width = std::ssize(vectorOf(base::trim(row[c])));
            }
        }
        all.push_back(
            {{name, isSpread ? AttributeKind::Vector : kind, width, {}, {}}, c, isSpread});
        c += isSpread ? static_cast<std::size_t>(width) - 1 : 0;
    }
    return all;
}

void makeRoom(OwnAttribute& attribute, std::size_t ids)
{
    if (attribute.isTexts())
        attribute.texts.resize(ids);
    else
        attribute.numbers.resize(ids * static_cast<std::size_t>(attribute.width), kNotTold);
}

// Where it may be taken: a vector may be as wide as a line of its file.
Status makeRoom(OwnAttribute& attribute, std::size_t ids, MemoryBudget& memory)
{
    const auto count = static_cast<std::int64_t>(ids);
    if (attribute.isTexts())
        FOVEA_TRY(memory.take(count, sizeof(std::string)));
    else
        FOVEA_TRY(memory.take(attribute.width, count * std::int64_t{sizeof(float)}));
    makeRoom(attribute, ids);
    return success();
}

// Reads a row's part of a column; what is not as the first rows were is counted.
void take(AttributeColumn& source, const Row& row, std::size_t id, Problems& problems)
{
    auto& attribute = source.attribute;
    const auto column = static_cast<int>(source.column);
    const auto width = static_cast<std::size_t>(attribute.width);
    if (attribute.isTexts()) {
        attribute.texts[id] = fieldOf(row, column, problems);
        return;
    }
    float* numbers = attribute.numbers.data() + id * width;
    const auto number = [&](std::size_t at) -> std::optional<float> {
        const auto text = at < row.fields.size() ? base::trim(row.fields[at]) : std::string_view();
        const auto value = finiteFloat(text);
        if (!value && !saysNothing(text))
            problems.add(
                "attribute is not a number", "taken as not told", row.line,
                static_cast<std::int64_t>(at) + 1, text);
        if (value && hasZerosBefore(text))
            problems.add(
                "attribute has zeros before it, as codes have", "taken as a number", row.line,
                static_cast<std::int64_t>(at) + 1, text);
        return saysNothing(text) ? std::nullopt : value;
    };
    if (attribute.kind == AttributeKind::Number || source.isSpread) {
        for (std::size_t i = 0; i < width; ++i)
            numbers[i] = number(source.column + i).value_or(kNotTold);
        return;
    }
    auto text = fieldOf(row, column, problems);
    if (saysNothing(text))
        text.clear();
    const auto vector = text.empty() ? std::vector<float>() : vectorOf(text);
    const bool isInfinite =
        std::any_of(vector.begin(), vector.end(), [](float x) { return std::isinf(x); });
    if (vector.size() == width && !isInfinite)
        std::copy(vector.begin(), vector.end(), numbers);
    else if (!text.empty())
        problems.add(
            isInfinite ? "attribute is not a number" : "vector is not as long as the others",
            "taken as not told", row.line, column + 1, text);
}

// What is held of a file while it is read. Where there may be no more, its stop is requested.
class SideMemory {
public:
    SideMemory(MemoryBudget& memory, const std::stop_token& asked)
        : m_memory(memory)
        , m_asked(asked, [this] { m_stop.request_stop(); })
    { }
    void grow(std::int64_t bytes)
    {
        constexpr std::int64_t kStep = 1 << 20;
        m_held += bytes;
        if (m_held < kStep || !m_status)
            return;
        m_status = m_memory.take(std::exchange(m_held, 0));
        if (!m_status)
            m_stop.request_stop();
    }
    const Status& status() const { return m_status; }
    std::stop_token stop() const { return m_stop.get_token(); }

private:
    MemoryBudget& m_memory;
    std::stop_source m_stop;
    std::stop_callback<std::function<void()>> m_asked;
    Status m_status = success();
    std::int64_t m_held = 0; // not taken yet
};

// How many of the first rows have an id that is asked about in a column.
std::ptrdiff_t matches(const Rows& rows, int column, const IdTable& ids)
{
    const auto at = static_cast<std::size_t>(column);
    return std::count_if(rows.begin(), rows.end(), [&](const auto& row) {
        return at < row.size() && ids.find(base::trim(row[at])) >= 0;
    });
}

Result<Roles> rolesOf(
    Side side, const Layout& layout, const SideReading& reading, const IdTable& ids,
    const std::string& where)
{
    const bool areItems = side == Side::Items;
    FOVEA_ASSIGN(
        auto roles,
        areItems ? itemRoles(layout.names, layout.rows, reading.roles, where)
                 : userRoles(layout.names, layout.rows, reading.roles, where));
    auto& id = areItems ? roles.item : roles.user;
    const bool isChosen =
        std::any_of(reading.roles.begin(), reading.roles.end(), [&](const auto& choice) {
            return choice.role == (areItems ? Role::Item : Role::User);
        });
    if (isChosen || matches(layout.rows, id, ids) > 0)
        return roles;
    int best = id;
    std::ptrdiff_t most = 0;
    for (int c = 0; c < static_cast<int>(layout.width()); ++c) {
        const auto count = matches(layout.rows, c, ids);
        if (count > most)
            best = c;
        most = std::max(most, count);
    }
    if (best == id)
        return roles;
    if (roles.title == best)
        roles.title = layout.names.empty() ? id : -1;
    if (roles.category == best)
        roles.category = -1;
    id = best;
    return roles;
}

// A header whose words are none that headers use looks like a row, but its id is no event's while
// those below it are.
bool isHeaderUnseen(const Layout& layout, int id, const IdTable& ids)
{
    if (!layout.names.empty() || layout.rows.size() < 2)
        return false;
    const Rows first(layout.rows.begin(), layout.rows.begin() + 1);
    return matches(first, id, ids) == 0
        && 2 * matches(layout.rows, id, ids) >= std::ssize(layout.rows) - 1;
}

void tellWidth(const Row& row, std::size_t wanted, Problems& problems)
{
    const auto count = row.fields.size();
    if (count < wanted)
        problems.add("too few fields", "kept, the rest is not told", row.line);
    else if (!base::trim(row.fields.back()).empty())
        problems.add(
            "too many fields", "kept, the surplus ignored", row.line,
            static_cast<std::int64_t>(wanted) + 1, row.fields[wanted]);
}

} // namespace

Result<Told> readSideFile(
    Side side, const std::vector<std::filesystem::path>& files, const std::vector<std::string>& ids,
    std::size_t known, const SideReading& asked, const io::Access& access, MemoryBudget& memory)
{
    const bool areItems = side == Side::Items;
    const auto where = files.front().string();
    auto reading = asked;
    const auto open = [&] {
        return filesOfTable(
            files, reading.reading, reading.encoding, reading.member, access,
            areItems ? FileKind::Items : FileKind::Users);
    };
    FOVEA_ASSIGN(auto tables, open());
    IdTable table;
    for (const auto& id : ids) {
        if (access.stop.stop_requested())
            return interrupted("reading was stopped");
        table.number(id);
    }
    SideMemory held(memory, access.stop);
    held.grow(table.memoryBytes());
    const auto* shape = tables.front().understood.shape;
    const auto guess = [&] {
        return rolesOf(side, tables.front().understood.layout, reading, table, where);
    };
    auto guessed = guess();
    const auto& first = tables.front().understood;
    const bool isBare =
        shape == findShape("delimited") && !reading.reading.header && first.layout.names.empty();
    const auto isUnseen = [&] {
        return !first.format
            && isHeaderUnseen(first.layout, areItems ? guessed->item : guessed->user, table);
    };
    // Without a header a column was named, or the first row tells of nobody.
    if (isBare && (!guessed || isUnseen())) {
        reading.reading.header = true;
        FOVEA_ASSIGN(tables, open());
        guessed = guess();
    }
    if (!guessed)
        return guessed.error();
    const auto& roles = *guessed;
    const auto* format = tables.front().understood.format;
    const auto& source = tables.front();
    const auto& layout = source.understood.layout;
    base::Silent silent;
    auto untilFull = access;
    untilFull.stop = held.stop();
    FOVEA_ASSIGN(const auto rows, openRows(tables, silent, untilFull));
    const bool isRest = format && format->lastTakesRest;
    const int firstFlag = areItems && format ? format->firstFlag : -1;
    std::optional<ItemProperties> properties;
    if (areItems && format && format->hasProperties)
        properties.emplace(layout, ids.size());
    std::vector<AttributeColumn> columns;
    std::set<int> taken = {roles.user, roles.item, roles.title, roles.category};
    if (reading.attributes) {
        std::set<int> wanted;
        for (const auto& text : *reading.attributes) {
            FOVEA_ASSIGN(const int column, columnFor(text, layout.names, layout.width(), where));
            wanted.insert(column);
        }
        for (int c = 0; c < static_cast<int>(layout.width()); ++c) {
            if (!wanted.contains(c))
                taken.insert(c);
        }
    }
    if (!properties)
        columns = attributeColumns(
            layout, taken, firstFlag >= 0 ? static_cast<std::size_t>(firstFlag) : layout.width());
    Told told;
    told.hasProperties = properties.has_value();
    told.isTold.resize(ids.size());
    if (areItems) {
        FOVEA_TRY(memory.take(std::ssize(ids), 2 * sizeof(std::string)));
        told.titles.resize(ids.size());
        told.categories.resize(ids.size());
    }
    for (auto& column : columns)
        FOVEA_TRY(makeRoom(column.attribute, ids.size(), memory));
    Problems problems;
    std::int64_t strangers = 0;
    std::string stranger;
    std::set<std::string> others; // with properties, of whom there may be many rows
    std::vector<std::string_view> joined;
    const auto between = betweenCategories(
        roles.category < 0 ? std::string() : columnName(layout.names, roles.category));
    const bool isRegular = shape == findShape("delimited") && !format;
    const auto wanted = layout.dialect.header ? layout.names.size() : usualWidth(layout.rows);
    const auto takeRow = [&](const Row& row) {
        if (isRegular && row.fields.size() != wanted)
            tellWidth(row, wanted, problems);
        if (row.strayQuote)
            problems.add(
                "a quote that encloses no whole field", "kept, read as it stands", row.line);
        const auto fields = isRest ? withRest(row, layout.names.size(), joined) : row;
        const auto id = fieldOf(fields, areItems ? roles.item : roles.user, problems);
        const auto found = table.find(id);
        told.ids.push_back(found);
        held.grow(sizeof(std::int32_t));
        if (found < 0) {
            constexpr std::int64_t kOfNode = 80;
            const bool isNew = !properties || others.insert(id).second;
            if (isNew)
                stranger = strangers++ == 0 ? id : stranger;
            if (isNew && properties)
                held.grow(kOfNode + std::ssize(id));
            return;
        }
        const auto at = static_cast<std::size_t>(found);
        if (properties) {
            const auto before = properties->memoryBytes();
            told.isTold[at] = true;
            properties->take(fields, at, problems);
            held.grow(properties->memoryBytes() - before);
            return;
        }
        if (told.isTold[at]) {
            problems.add(
                areItems ? "item given twice" : "user given twice", "the first row counts",
                row.line, 0, id);
            return;
        }
        told.isTold[at] = true;
        if (areItems) {
            told.titles[at] = fieldOf(fields, roles.title, problems);
            told.categories[at] = firstFlag >= 0
                ? flagged(row, layout.names, firstFlag)
                : categories(fieldOf(fields, roles.category, problems), between);
        }
        for (auto& column : columns) {
            take(column, fields, at, problems);
            if (column.attribute.isTexts())
                held.grow(std::ssize(column.attribute.texts[at]));
        }
        if (areItems)
            held.grow(std::ssize(told.titles[at]) + std::ssize(told.categories[at]));
    };
    const auto read = readRows(*rows, takeRow, problems);
    if (!held.status())
        return held.status().error();
    if (!read)
        return read.error();
    if (files.size() > 1) {
        std::vector<std::string> names;
        for (const auto& file : files)
            names.push_back(file.filename().string());
        problems.tellFiles(names, kLinesAFile);
    }
    if (properties)
        properties->tell(told);
    told.problems = problems.under(areItems ? "items file: " : "users file: ");
    const auto missing = std::count(
        told.isTold.begin() + static_cast<std::ptrdiff_t>(known), told.isTold.end(), false);
    told.problems.add(
        areItems ? "item not in the items file" : "user not in the users file",
        areItems ? "kept, its id is its title" : "kept, without attributes", 0, 0, {}, missing);
    told.problems.add(
        areItems ? "item of the items file without an event"
                 : "user of the users file without an event",
        "not needed", 0, 0, stranger, strangers);
    if (told.isTold.size() > known && missing == std::ssize(told.isTold) - std::ptrdiff_t(known))
        told.problems.add(
            areItems ? "no id of the items file is one of the events'"
                     : "no id of the users file is one of the events'",
            "nothing is told of any", 0, 0,
            columnName(layout.names, areItems ? roles.item : roles.user));
    told.source = describe(source, roles);
    for (auto& column : columns)
        told.attributes.push_back(std::move(column.attribute));
    return told;
}

namespace {

bool isFloating(const io::TensorView& tensor)
{
    using enum io::ElementType;
    return tensor.type == F32 || tensor.type == F16 || tensor.type == BF16 || tensor.type == F64;
}

float numberOf(const io::TensorView& tensor, std::size_t at)
{
    const auto read = [&](auto number) {
        std::memcpy(&number, tensor.bytes.data() + at * sizeof(number), sizeof(number));
        return number;
    };
    switch (tensor.type) {
    case io::ElementType::F64:
        return static_cast<float>(read(0.0));
    case io::ElementType::F16:
        return io::fromHalf(read(std::uint16_t{0}));
    case io::ElementType::BF16:
        return std::bit_cast<float>(std::uint32_t{read(std::uint16_t{0})} << 16);
    default:
        return read(0.0f);
    }
}

// The one matrix with so many rows; else any; null where there is none.
Result<const io::TensorView*> matrixIn(
    const io::TensorFile& tensors, std::int64_t rows, const std::string& where)
{
    const io::TensorView* any = nullptr;
    const io::TensorView* found = nullptr;
    for (const auto& tensor : tensors.tensors()) {
        if (!isFloating(tensor) || tensor.shape.size() != 2)
            continue;
        any = &tensor;
        if (tensor.shape[0] != rows)
            continue;
        if (found)
            return badInput(
                say("two matrices have a row for each item: '%1' and '%2'", found->name,
                    tensor.name),
                where, "Keep one of them in the file");
        found = &tensor;
    }
    return found ? found : any;
}

} // namespace

Status addVectors(
    Told& told, const std::filesystem::path& file, MemoryBudget& memory,
    const std::stop_token& stop)
{
    if (told.hasProperties)
        return badInput(
            "the items file has a row for each property: it cannot say whose the vectors are",
            file.string(), "Give a file of items with a row for each");
    const auto rows = std::ssize(told.ids);
    const auto misfit = [&](std::int64_t count) {
        return badInput(
            say("%1 vectors, but the items file has %2 rows", count, rows), file.string(),
            "Give a row for each row of the items file");
    };
    const auto stem = file.stem().string();
    OwnAttribute attribute{
        base::isUtf8(stem) ? stem : base::fromCp1252(stem), AttributeKind::Vector, 1, {}, {}};
    const auto put = [&](std::int64_t width, const auto& numberAt) -> Status {
        attribute.width = width;
        FOVEA_TRY(makeRoom(attribute, told.isTold.size(), memory));
        std::vector<bool> isPut(told.isTold.size());
        for (std::int64_t r = 0; r < rows; ++r) {
            const auto id = told.ids[static_cast<std::size_t>(r)];
            if (id < 0 || isPut[static_cast<std::size_t>(id)])
                continue;
            isPut[static_cast<std::size_t>(id)] = true;
            for (std::int64_t c = 0; c < width; ++c) {
                constexpr std::int64_t kNumbers = 1 << 16; // between two looks at a stop
                if (c % kNumbers == 0 && stop.stop_requested())
                    return interrupted("reading was stopped");
                const float number = numberAt(r, c);
                if (std::isinf(number))
                    return badInput(
                        say("row %1 of the vectors has an infinite number", r + 1), file.string(),
                        "Replace it, or write NaN in the first place of a row that is not known");
                attribute.numbers[static_cast<std::size_t>(id * width + c)] = number;
            }
        }
        return success();
    };
    std::array<char, 6> start{};
    std::ifstream(file, std::ios::binary).read(start.data(), start.size());
    const std::string_view begin(start.data(), start.size());
    if (begin.starts_with("PK"))
        return badInput(
            "this is an archive (of arrays?), no matrix", file.string(),
            "Write the matrix with numpy.save, or as .safetensors");
    if (begin == "\x93NUMPY") {
        FOVEA_ASSIGN(const auto npy, io::NpyFile::open(file));
        if (npy.rows() != rows)
            return misfit(npy.rows());
        FOVEA_TRY(put(npy.width(), [&](std::int64_t row, std::int64_t column) {
            return npy.at(row, column);
        }));
    } else {
        auto mapped = io::TensorFile::map(file);
        if (!mapped && file.extension() != ".safetensors")
            return badInput(
                "this is neither a .npy nor a .safetensors file", file.string(),
                "Write the matrix with numpy.save; vectors in a table belong into the items file");
        FOVEA_ASSIGN(const auto tensors, std::move(mapped));
        FOVEA_ASSIGN(const auto* matrix, matrixIn(tensors, rows, file.string()));
        if (!matrix)
            return badInput("no matrix of floating-point numbers is in it", file.string());
        if (matrix->shape[0] != rows)
            return misfit(matrix->shape[0]);
        FOVEA_TRY(put(matrix->shape[1], [&](std::int64_t row, std::int64_t column) {
            return numberOf(*matrix, static_cast<std::size_t>(row * matrix->shape[1] + column));
        }));
    }
    std::set<std::string> used;
    for (const auto& other : told.attributes)
        used.insert(other.name);
    makeNew(attribute.name, used);
    told.attributes.push_back(std::move(attribute));
    return success();
}

std::vector<Item> describeItems(
    const std::vector<std::string>& ids, const Told& told, const Dataset* before)
{
    std::vector<Item> items = {{"[PAD]", "", ""}};
    for (std::int32_t i = 1; before && i <= before->itemCount(); ++i) {
        const auto item = before->item({i});
        items.push_back(
            {std::string(item.id), std::string(item.title), std::string(item.category)});
    }
    for (std::size_t i = items.size() - 1; i < ids.size(); ++i) {
        const bool isTold = i < told.titles.size() && told.isTold[i];
        const bool isTitled = isTold && !told.titles[i].empty();
        items.push_back(
            {ids[i], isTitled ? told.titles[i] : ids[i], isTold ? told.categories[i] : ""});
    }
    return items;
}

std::vector<OwnAttribute> attributesOf(
    Side side, std::vector<OwnAttribute> told, std::size_t ids, const Dataset* before)
{
    const std::size_t pad = side == Side::Items ? 1 : 0;
    for (auto& attribute : told) {
        attribute.texts.insert(attribute.texts.begin(), attribute.isTexts() ? pad : 0, "");
        attribute.numbers.insert(
            attribute.numbers.begin(),
            attribute.isTexts() ? 0 : pad * static_cast<std::size_t>(attribute.width), kNotTold);
    }
    if (!before)
        return told;
    const auto& known =
        side == Side::Items ? before->attributes().items() : before->attributes().users();
    const auto rows = static_cast<std::int64_t>(pad)
        + (side == Side::Items ? before->itemCount() : before->userCount());
    for (const auto& old : known) {
        auto same = std::find_if(told.begin(), told.end(), [&](const OwnAttribute& attribute) {
            return attribute.name == old.name && attribute.kind == old.kind
                && attribute.width == old.width;
        });
        if (same == told.end()) {
            std::erase_if(told, [&](const auto& other) { return other.name == old.name; });
            told.push_back({old.name, old.kind, old.width, {}, {}});
            same = told.end() - 1;
            makeRoom(*same, ids + pad);
        }
        for (std::int64_t id = 0; id < rows; ++id) {
            if (!old.isTold(id))
                continue;
            if (old.isTexts())
                same->texts[static_cast<std::size_t>(id)] = old.texts[static_cast<std::size_t>(id)];
            else
                std::copy_n(
                    old.numbers.begin() + id * old.width, old.width,
                    same->numbers.begin() + id * old.width);
        }
    }
    return told;
}

} // namespace fovea::data

#include "core/data/roles.h"

#include "core/base/text.h"
#include "core/data/list_text.h"
#include "core/data/number_text.h"
#include "core/data/time_formats.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace fovea::data {

namespace {

struct RoleRow {
    Role role;
    std::string_view name;
    std::vector<std::string> names; // as files name such a column, best first
};

const std::vector<RoleRow>& roleTable()
{
    static const std::vector<RoleRow> table = {
        {Role::User,
         "user",
         {"user",         "user_id",    "userid",      "uid",        "reviewerid", "reviewer_id",
          "visitorid",    "visitor_id", "customer_id", "customerid", "customer",   "session_id",
          "sessionid",    "session",    "member_id",   "account_id", "username",   "kunde",
          "kundennummer", "kunden_nr",  "usuario",     "cliente",    "client_id",  "client",
          "utilisateur",  "nutzer",     "用户",        "用户id",     "用户编号"}},
        {Role::Item,
         "item",
         {"item",        "item_id",       "itemid",      "iid",        "movie_id",   "movieid",
          "parent_asin", "asin",          "product_id",  "productid",  "video_id",   "book_id",
          "news_id",     "track_id",      "artistid",    "artist_id",  "isbn",       "business_id",
          "movie",       "product",       "track",       "anime_id",   "game_id",    "song_id",
          "hotel_id",    "sku",           "product_sku", "stockcode",  "stock_code", "article_id",
          "artikel",     "artikelnummer", "artikel_nr",  "producto",   "produkt",    "produit",
          "song",        "book",          "video",       "game",       "article",    "recipe_id",
          "recipe",      "beer_id",       "joke_id",     "venue_id",   "poi_id",     "content_id",
          "offer_id",    "listing_id",    "show_id",     "episode_id", "podcast_id", "post_id",
          "course_id",   "job_id",        "gameid",      "id",         "物品",       "物品id",
          "物品编号",    "商品",          "商品id",      "商品编号"}},
        {Role::Time,
         "time",
         {"timestamp", "time_stamp", "time", "ts", "unixreviewtime", "event_time", "date",
          "date_added", "datetime", "fecha", "datum", "时间", "时间戳"}},
        {Role::Value,
         "value",
         {"rating", "value", "overall", "score", "stars", "book_rating", "watch_ratio", "weight",
          "评分"}},
        {Role::Type,
         "type",
         {"event", "event_type", "behavior_type", "behavior", "action", "action_type", "type",
          "行为", "行为类型"}},
        {Role::Title,
         "title",
         {"title", "name", "app_name", "movie_title", "product_title", "book_title", "track_name",
          "artist_name", "item_name", "标题", "名称"}},
        {Role::Category,
         "category",
         {"category", "categories", "genres", "genre", "tags", "class", "类别", "分类"}},
    };
    return table;
}

const RoleRow& rowOf(Role role)
{
    const auto& table = roleTable();
    return *std::find_if(table.begin(), table.end(), [&](const auto& r) { return r.role == role; });
}

// RecBole writes "user_id:token"; what stands between the words of a name does not matter.
std::string plainName(std::string_view name)
{
    auto plain = base::lower(base::trim(name.substr(0, name.find(':'))));
    plain.erase(0, plain.find_first_not_of("# ")); // a header may stand in a comment
    std::replace_if(
        plain.begin(), plain.end(), [](char c) { return c == ' ' || c == '-' || c == '.'; }, '_');
    return plain;
}

// With its words apart: createdAt is created_at.
std::string wordsOf(std::string_view name)
{
    std::string words;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (i > 0 && name[i] >= 'A' && name[i] <= 'Z' && name[i - 1] >= 'a' && name[i - 1] <= 'z')
            words += '_';
        words += name[i];
    }
    return plainName(words);
}

// Whether one of the known names is that.
bool isAmong(const std::vector<std::string>& known, const std::string& name)
{
    return std::find(known.begin(), known.end(), name) != known.end();
}

// The names of a header as they are compared, in both ways.
struct Header {
    explicit Header(const std::vector<std::string>& names)
    {
        for (const auto& name : names) {
            plain.push_back(plainName(name));
            words.push_back(wordsOf(name));
        }
    }
    int columnNamed(std::string_view wanted) const
    {
        for (std::size_t c = 0; c < plain.size(); ++c) {
            if (plain[c] == wanted || words[c] == wanted)
                return static_cast<int>(c);
        }
        return -1;
    }
    int columnOf(Role role) const
    {
        for (const auto& wanted : rowOf(role).names) {
            if (const int column = columnNamed(wanted); column >= 0)
                return column;
        }
        return -1;
    }

    std::vector<std::string> plain;
    std::vector<std::string> words;
};

std::size_t at(int column) { return static_cast<std::size_t>(column); }

std::int64_t filledIn(const Rows& rows, int column)
{
    return std::count_if(rows.begin(), rows.end(), [&](const auto& row) {
        return at(column) < row.size() && !base::trim(row[at(column)]).empty();
    });
}

// Steam tells the user's number of some rows alone, and the name of all.
int userByName(const Header& header, const Rows& rows)
{
    const int column = header.columnOf(Role::User);
    const int name = header.columnNamed("username");
    const bool isTold = column < 0 || name < 0 || !header.plain[at(column)].starts_with("user")
        || 10 * filledIn(rows, column) >= 9 * filledIn(rows, name);
    return isTold ? column : name;
}

// True if `test` holds for every field of the column that is not empty, and for one at least.
template <typename Test> bool everywhere(const Rows& rows, int column, Test test)
{
    bool any = false;
    for (const auto& row : rows) {
        if (static_cast<std::size_t>(column) >= row.size())
            continue;
        const auto field = base::trim(row[static_cast<std::size_t>(column)]);
        if (field.empty())
            continue;
        if (!test(field))
            return false;
        any = true;
    }
    return any;
}

bool looksLikeValue(std::string_view field)
{
    const auto number = numberOf(field);
    return number && *number >= -1 && *number <= 100;
}

std::optional<TimeGuess> timesIn(const Rows& rows, int column)
{
    std::vector<std::string_view> samples;
    for (const auto& row : rows) {
        if (static_cast<std::size_t>(column) < row.size())
            samples.push_back(row[static_cast<std::size_t>(column)]);
    }
    return guessTimeFormat(samples);
}

bool holdsTimes(const Rows& rows, int column)
{
    const auto guess = timesIn(rows, column);
    return guess && guess->isOurTime;
}

// "ordered_at", "purchase time", "ts_ms"
bool isNamedLikeATime(const std::string& name)
{
    constexpr std::array<std::string_view, 7> kUnits = {"_ms",  "_us",  "_ns",    "_s",
                                                        "_sec", "_utc", "_millis"};
    constexpr std::array<std::string_view, 12> kEndings = {
        "time",      "date",   "_at",   "_ts",  "timestamp", "_added",
        "_modified", "_epoch", "_when", "_day", "时间",      "日期"};
    auto words = "_" + wordsOf(name);
    for (const auto unit : kUnits) {
        if (words.ends_with(unit) && words.size() > unit.size() + 1)
            words.resize(words.size() - unit.size());
    }
    return std::any_of(
               kEndings.begin(), kEndings.end(),
               [&](std::string_view ending) { return words.ends_with(ending); })
        && !isNamedLikeAnotherTime(name);
}

// Not "runtime" or "update".
bool endsInsideAWord(const std::string& name)
{
    const auto plain = "_" + wordsOf(name);
    return (plain.ends_with("time") && !plain.ends_with("_time"))
        || (plain.ends_with("date") && !plain.ends_with("_date"));
}

bool isNamedAndFilledLikeATime(const std::string& name, const Rows& rows, int column)
{
    return isNamedLikeATime(name) && holdsTimes(rows, column);
}

// Several numbers with strokes between them, or one of four digits: 05-Jan-20, Jan 5 2020.
bool looksLikeADate(std::string_view field)
{
    int groups = 0;
    std::size_t longest = 0;
    std::size_t length = 0;
    for (const char c : field) {
        length = c >= '0' && c <= '9' ? length + 1 : 0;
        groups += length == 1;
        longest = std::max(longest, length);
    }
    return groups > 1 && (longest == 4 || field.find_first_of("/-.") != field.npos);
}

// In a notation that is not known: better to ask than to leave the times out in silence.
bool isNamedAndWrittenLikeATime(const std::string& name, const Rows& rows, int column)
{
    return isNamedLikeATime(name) && !endsInsideAWord(name)
        && everywhere(rows, column, looksLikeADate);
}

bool hasFourDigits(std::string_view field)
{
    std::size_t length = 0;
    return std::any_of(field.begin(), field.end(), [&](char c) {
        length = c >= '0' && c <= '9' ? length + 1 : 0;
        return length == 4;
    });
}

// Whatever its name. Numbers may be anything, and what has years of two digits may be codes.
bool isFilledWithDates(const std::string& name, const Rows& rows, int column)
{
    const auto guess = timesIn(rows, column);
    return guess && guess->isOurTime && !isNamedLikeAnotherTime(name)
        && !everywhere(
               rows, column, [](std::string_view field) { return numberOf(field).has_value(); })
        && everywhere(rows, column, hasFourDigits);
}

// Seconds and finer units of the years 2003 to 2033, which other numbers hardly all are.
bool isFilledWithMoments(const std::string& name, const Rows& rows, int column)
{
    constexpr std::array<std::string_view, 15> kOthers = {
        "id",      "_no",  "number", "code", "phone", "order", "invoice", "receipt",
        "account", "card", "ean",    "upc",  "post",  "tweet", "_to"};
    const auto words = wordsOf(name);
    std::set<std::string_view> different;
    return std::none_of(
               kOthers.begin(), kOthers.end(),
               [&](std::string_view other) { return words.ends_with(other); })
        && !isNamedLikeAnotherTime(name) && holdsTimes(rows, column)
        && everywhere(
               rows, column,
               [&](std::string_view field) {
                   different.insert(field);
                   return base::parseInteger(field) && field >= "105" && field < "2"
                       && (field.size() == 10 || field.size() == 13 || field.size() == 16
                           || field.size() == 19);
               })
        && different.size() > 1;
}

// Digits behind the point.
std::size_t decimals(std::string_view field)
{
    const auto point = field.find('.');
    return point == field.npos || !numberOf(field) ? 0 : field.size() - point - 1;
}

// As ratings and shares are written; latitudes are not.
bool holdsRatings(const Rows& rows, int column)
{
    return everywhere(rows, column, [](std::string_view field) {
        const auto number = numberOf(field);
        return looksLikeValue(field)
            && (decimals(field) <= 3 || (number && *number >= 0 && *number <= 1));
    });
}

// What nobody and nothing is known by: numbers with decimals, and the time of day. Ids that were
// taken for numbers once end in ".0".
bool holdsNoIds(const Rows& rows, int column)
{
    const auto isClock = [](std::string_view field) {
        return std::count(field.begin(), field.end(), ':') == 2
            && field.find_first_not_of("0123456789:.") == field.npos;
    };
    if (everywhere(rows, column, isClock))
        return true;
    bool hasFraction = false;
    const bool areNoIds = everywhere(rows, column, [&](std::string_view field) {
        const auto point = std::min(field.find('.'), field.size());
        hasFraction = hasFraction || field.find_first_not_of(".0", point) != field.npos;
        return decimals(field) > 0 || isClock(field);
    });
    return areNoIds && hasFraction;
}

// Very few numbers that come up and down, as ratings do and a file's first users do not.
bool holdsFewNumbers(const Rows& rows, int column)
{
    constexpr std::size_t kEnough = 50;
    constexpr std::size_t kFew = 11;
    std::set<double> different;
    bool rises = false;
    bool falls = false;
    double before = 0;
    const bool areNumbers = everywhere(rows, column, [&](std::string_view field) {
        const auto number = looksLikeValue(field) ? numberOf(field) : std::nullopt;
        if (number && !different.empty()) {
            rises = rises || *number > before;
            falls = falls || *number < before;
        }
        before = number.value_or(0);
        different.insert(before);
        return number.has_value();
    });
    return areNumbers && rows.size() >= kEnough && different.size() <= kFew && rises && falls;
}

// Without names: user and item come first, then a column of times and one of small numbers.
void guessByContent(Roles& roles, const Rows& rows, int width, bool named)
{
    std::set<int> taken = {roles.user, roles.item, roles.time, roles.value};
    const auto claim = [&](int& role, auto test) {
        for (int c = width - 1; role < 0 && c >= 0; --c) {
            if (taken.count(c) == 0 && test(rows, c)) {
                role = c;
                taken.insert(c);
            }
        }
    };
    if (!named) {
        if (width > 2)
            claim(roles.time, holdsTimes);
        const auto claimFirst = [&](int& role, int from, auto isOther) {
            for (int c = from; role < 0 && c < width; ++c) {
                if (taken.count(c) == 0 && !isOther(c)) {
                    role = c;
                    taken.insert(c);
                }
            }
        };
        const auto isNoId = [&](int c) { return holdsNoIds(rows, c); };
        // Ratings stand before the ids only where there are ids behind them.
        int first = 0;
        while (first < width
               && (taken.count(first) > 0 || isNoId(first) || holdsFewNumbers(rows, first)))
            ++first;
        int others = 0;
        for (int c = first; c < width; ++c)
            others += taken.count(c) == 0 && !isNoId(c) && !holdsFewNumbers(rows, c);
        for (int* role : {&roles.user, &roles.item}) {
            claimFirst(*role, others > 1 ? first : 0, isNoId);
            claimFirst(*role, 0, [](int) { return false; });
        }
        claim(roles.value, holdsRatings);
    }
}

std::size_t widthOf(const std::vector<std::string>& names, const Rows& rows)
{
    return std::max(names.size(), usualWidth(rows));
}

Status applyChoices(
    Roles& roles, const std::vector<RoleChoice>& choices, const std::vector<std::string>& names,
    std::size_t width, const std::string& where)
{
    for (const auto& choice : choices) {
        if (choice.column.empty())
            continue;
        FOVEA_ASSIGN(const int column, columnFor(choice.column, names, width, where));
        for (const auto& other : choices) {
            if (other.role != choice.role && other.column == choice.column)
                return wrongUse(
                    say("column '%1' cannot hold both the %2 and the %3", choice.column,
                        term(roleName(choice.role)), term(roleName(other.role))),
                    where);
        }
        for (const auto& row : roleTable()) {
            if (roles.of(row.role) == column)
                roles.of(row.role) = -1;
        }
        roles.of(choice.role) = column;
    }
    return success();
}

} // namespace

bool isNamedLikeAnotherTime(const std::string& name)
{
    constexpr std::array<std::string_view, 5> kOthers = {
        "birth", "release", "publi", "video", "expire"};
    const auto plain = plainName(name);
    return std::any_of(kOthers.begin(), kOthers.end(), [&](std::string_view other) {
        return plain.find(other) != std::string::npos;
    });
}

std::size_t usualWidth(const Rows& rows)
{
    std::map<std::size_t, std::size_t> counts;
    for (const auto& row : rows)
        ++counts[row.size()];
    const auto most =
        std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
            return a.second < b.second;
        });
    return most == counts.end() ? 0 : most->first;
}

bool isColumnName(const std::string& name)
{
    const auto plain = plainName(name);
    const auto words = wordsOf(name);
    const auto& table = roleTable();
    return std::any_of(table.begin(), table.end(), [&](const RoleRow& row) {
        return isAmong(row.names, plain) || isAmong(row.names, words);
    });
}

std::string columnName(const std::vector<std::string>& names, int column)
{
    const auto at = static_cast<std::size_t>(column);
    return at < names.size() && !names[at].empty() ? names[at] : std::to_string(column + 1);
}

bool isNameOf(Role role, const std::string& name)
{
    const auto& names = rowOf(role).names;
    return isAmong(names, plainName(name)) || isAmong(names, wordsOf(name));
}

bool isNameOfSeveral(Role role, const std::string& name)
{
    if (const auto dot = name.rfind('.'); dot != name.npos) { // part of a list of records
        const auto part = name.substr(dot + 1);
        return isNameOf(role, part)
            && (base::lower(part) != "id" || isNameOfSeveral(role, name.substr(0, dot)));
    }
    // What people call the items of a user, or of one purchase.
    static const std::vector<std::string> ofItems = {"history", "sequence",  "basket",   "clicks",
                                                     "views",   "purchases", "playlist", "cart"};
    auto words = wordsOf(name);
    for (const std::string_view ending :
         {"_list", "_seq", "_sequence", "_history", "_array", "s"}) {
        if (words.ends_with(ending) && !isAmong(ofItems, words))
            words.resize(words.size() - ending.size());
    }
    return isAmong(rowOf(role).names, words) || (role == Role::Item && isAmong(ofItems, words));
}

Result<int> columnFor(
    const std::string& text, const std::vector<std::string>& names, std::size_t width,
    const std::string& where)
{
    const auto named = std::find(names.begin(), names.end(), text);
    if (named != names.end())
        return static_cast<int>(named - names.begin());
    const auto number = base::parseInteger(text);
    if (number && *number >= 1 && *number <= static_cast<std::int64_t>(width))
        return static_cast<int>(*number) - 1;
    return badInput(
        say("there is no column '%1'", text), where,
        names.empty() ? say("The file has columns 1 to %1", width)
                      : say("The file has the columns %1", base::join(names, ", ")));
}

std::string_view roleName(Role role) { return rowOf(role).name; }

int& Roles::of(Role role)
{
    switch (role) {
    case Role::User:
        return user;
    case Role::Item:
        return item;
    case Role::Time:
        return time;
    case Role::Value:
        return value;
    case Role::Type:
        return type;
    case Role::Title:
        return title;
    case Role::Category:
        break;
    }
    return category;
}

Result<Roles> eventRoles(
    const std::vector<std::string>& names, const Rows& rows, const std::vector<RoleChoice>& choices,
    const std::string& where, std::span<const int> lists)
{
    Roles roles;
    const Header header(names);
    for (const Role role : kEventRoles) {
        roles.of(role) = role == Role::User ? userByName(header, rows) : header.columnOf(role);
        for (const int column :
             names.empty() || role == Role::User ? std::span<const int>() : lists) {
            if (isNameOf(role, names[at(column)]) || isNameOfSeveral(role, names[at(column)]))
                roles.of(role) = column;
        }
    }
    if (!lists.empty() && !names.empty())
        roles.item = lists.front();
    const auto width = widthOf(names, rows);
    const bool named = roles.user >= 0 && roles.item >= 0;
    FOVEA_TRY(applyChoices(roles, choices, names, width, where));
    for (auto* const test :
         {&isNamedAndFilledLikeATime, &isFilledWithDates, &isNamedAndWrittenLikeATime,
          &isFilledWithMoments}) {
        for (std::size_t c = 0; roles.time < 0 && c < names.size(); ++c) {
            const auto column = static_cast<int>(c);
            const bool isFree =
                std::none_of(kEventRoles.begin(), kEventRoles.end(), [&](Role role) {
                    return roles.of(role) == column;
                });
            if (isFree && test(names[c], rows, column))
                roles.time = column;
        }
    }
    guessByContent(roles, rows, static_cast<int>(width), named || !names.empty());
    for (const auto& choice : choices) {
        if (choice.column.empty())
            roles.of(choice.role) = -1;
    }
    if (roles.user < 0 || roles.item < 0) {
        const std::string which = roles.user < 0 ? "user" : "item";
        if (width == 1)
            return badInput(
                "it has one column", where,
                "Say what stands between two columns (--delimiter), or choose another format");
        return badInput(
            say("no column holds the %1", term(which)), where,
            names.empty() ? say(
                "The file has %1 unnamed column(s); choose which of them is the %2", width,
                term(which))
                          : say(
                              "The file has the columns %1; say which of them is the %2",
                              base::join(names, ", "), term(which)));
    }
    return roles;
}

std::string_view confidenceName(Confidence confidence)
{
    return confidence == Confidence::Sure  ? "sure"
        : confidence == Confidence::Likely ? "likely"
                                           : "a guess";
}

std::vector<RoleReason> reasonsOf(
    Roles roles, const std::vector<std::string>& names, const std::vector<RoleChoice>& choices,
    bool isKnownFormat)
{
    std::vector<RoleReason> reasons;
    for (const auto& row : roleTable()) {
        const int column = roles.of(row.role);
        if (column < 0)
            continue;
        const auto at = static_cast<std::size_t>(column);
        const bool isChosen =
            std::any_of(choices.begin(), choices.end(), [&](const RoleChoice& choice) {
                return choice.role == row.role && !choice.column.empty();
            });
        const bool isNamed = at < names.size()
            && (isNameOf(row.role, names[at]) || isNameOfSeveral(row.role, names[at]));
        if (isChosen)
            reasons.push_back({row.role, column, Confidence::Sure, say("you chose it")});
        else if (isKnownFormat && isNamed)
            reasons.push_back({row.role, column, Confidence::Sure, say("the format is known")});
        else if (isNamed)
            reasons.push_back({row.role, column, Confidence::Sure, say("its name says so")});
        else if (row.role == Role::Time)
            reasons.push_back(
                {row.role, column, Confidence::Likely,
                 say("it holds times between 1980 and 2100")});
        else if (row.role == Role::Value)
            reasons.push_back(
                {row.role, column, Confidence::Likely, say("it holds small numbers")});
        else
            reasons.push_back(
                {row.role, column, Confidence::Guess, say("by its place: users come first")});
    }
    return reasons;
}

Result<Roles> userRoles(
    const std::vector<std::string>& names, const Rows& rows, const std::vector<RoleChoice>& choices,
    const std::string& where)
{
    Roles roles;
    const Header header(names);
    roles.user = header.columnOf(Role::User);
    if (roles.user < 0)
        roles.user = header.columnNamed("id");
    FOVEA_TRY(applyChoices(roles, choices, names, widthOf(names, rows), where));
    if (roles.user < 0 && header.columnOf(Role::Item) >= 0)
        return badInput(
            "this seems to be a file of items, not of users", where,
            "Name the column of the users user_id");
    roles.user = std::max(0, roles.user);
    return roles;
}

Result<Roles> itemRoles(
    const std::vector<std::string>& names, const Rows& rows, const std::vector<RoleChoice>& choices,
    const std::string& where)
{
    Roles roles;
    const Header header(names);
    for (const Role role : {Role::Item, Role::Title, Role::Category})
        roles.of(role) = header.columnOf(role);
    const auto width = static_cast<int>(widthOf(names, rows));
    if (roles.item < 0)
        roles.item = 0;
    if (names.empty()) {
        const bool isVector = everywhere(rows, 1, [](std::string_view field) {
            return isList(field) && numberOf(field.substr(1, field.find_first_of(",]") - 1));
        });
        roles.title = width > 1 && !isVector ? 1 : -1;
        roles.category = width == 3 ? 2 : -1;
    }
    FOVEA_TRY(applyChoices(roles, choices, names, static_cast<std::size_t>(width), where));
    for (const auto& choice : choices) {
        if (choice.column.empty())
            roles.of(choice.role) = -1;
    }
    if (roles.item < 0)
        return badInput("no column holds the ids of the items", where, "Name it, as item=COLUMN");
    return roles;
}

} // namespace fovea::data

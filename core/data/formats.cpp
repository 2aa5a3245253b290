#include "core/data/formats.h"

#include "core/base/text.h"
#include "core/data/stores.h"
#include "core/data/time_formats.h"
#include "core/data/unfold.h"

#include <algorithm>

namespace fovea::data {

namespace {

using Test = bool (*)(std::string_view);

// True if `test` holds for the column in nine of ten rows.
bool column(const Layout& layout, std::size_t c, Test test)
{
    std::size_t yes = 0;
    for (const auto& row : layout.rows)
        yes += c < row.size() && test(base::trim(row[c]));
    return yes > 0 && 10 * yes >= 9 * layout.rows.size();
}

// Without a header, `width` columns, split at `delimiter`.
bool isBare(const Layout& layout, std::string_view delimiter, std::size_t width)
{
    return layout.names.empty() && layout.dialect.delimiter == delimiter
        && usualWidth(layout.rows) == width;
}

bool hasNames(const Layout& layout, const std::vector<std::string>& names)
{
    return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
        return std::any_of(layout.names.begin(), layout.names.end(), [&](const std::string& other) {
            return base::lower(other) == name;
        });
    });
}

bool isNamed(const Layout& layout, const std::vector<std::string>& names)
{
    return layout.names.size() == names.size() && hasNames(layout, names);
}

bool isWholeNumber(std::string_view text) { return base::parseInteger(text).has_value(); }
bool isRating(std::string_view text)
{
    const auto value = base::parseDouble(text);
    return value && *value >= 0 && *value <= 10;
}
bool isFlag(std::string_view text) { return text == "0" || text == "1"; }
bool isGender(std::string_view text) { return text == "M" || text == "F"; }
bool isYear(std::string_view text)
{
    const auto year = base::parseInteger(text);
    return text == "NULL" || (text.size() == 4 && year && *year > 1850 && *year < 2100);
}
bool isAmazonUser(std::string_view text)
{
    return text.size() >= 10 && text.front() == 'A'
        && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '_';
           });
}
bool isIsoTime(std::string_view text)
{
    static const auto* const iso = findTimeFormat("iso");
    return iso->read(text).has_value() && text.size() > 10;
}
bool isMilliseconds(std::string_view text) { return text.size() == 13 && isWholeNumber(text); }
bool isSeconds(std::string_view text)
{
    return text.size() >= 9 && text.size() <= 10 && isWholeNumber(text);
}
bool isLastFmUser(std::string_view text) { return text.starts_with("user_"); }
// "Heat (1995)"
bool isTitleWithYear(std::string_view text)
{
    return text.size() > 6 && text[text.size() - 6] == '(' && text.back() == ')'
        && isWholeNumber(text.substr(text.size() - 5, 4));
}
bool isNewsId(std::string_view text)
{
    return text.size() > 1 && text.front() == 'N' && isWholeNumber(text.substr(1));
}

// The flags of u.item, in the order of its README.
std::vector<std::string> movieLens100kItems()
{
    return {
        "item",        "title",     "release_date", "video_release_date", "imdb_url", "unknown",
        "Action",      "Adventure", "Animation",    "Children's",         "Comedy",   "Crime",
        "Documentary", "Drama",     "Fantasy",      "Film-Noir",          "Horror",   "Musical",
        "Mystery",     "Romance",   "Sci-Fi",       "Thriller",           "War",      "Western"};
}

const std::vector<Format>& table()
{
    static const std::vector<Format> rows = {
        {.name = "movielens-100k",
         .title = "MovieLens 100K",
         .recognise =
             [](const Layout& l) {
                 return isBare(l, "\t", 4) && column(l, 0, isWholeNumber)
                     && column(l, 1, isWholeNumber) && column(l, 2, isRating)
                     && column(l, 3, isSeconds);
             },
         .names = {"user", "item", "rating", "timestamp"},
         .noValue = {}},
        {.name = "movielens-100k-items",
         .title = "MovieLens 100K, items",
         .recognise = [](const Layout& l) { return isBare(l, "|", 24) && column(l, 5, isFlag); },
         .names = movieLens100kItems(),
         .noValue = {},
         .firstFlag = 5,
         .ofItems = true},
        {.name = "movielens-1m",
         .title = "MovieLens 1M, 10M, MovieTweetings",
         .recognise =
             [](const Layout& l) {
                 return isBare(l, "::", 4) && column(l, 2, isRating) && column(l, 3, isSeconds);
             },
         .names = {"user", "item", "rating", "timestamp"},
         .noValue = {}},
        {.name = "movielens-100k-users",
         .title = "MovieLens 100K, users",
         .recognise = [](const Layout& l) { return isBare(l, "|", 5) && column(l, 2, isGender); },
         .names = {"user", "age", "gender", "occupation", "zip_code"},
         .noValue = {}},
        {.name = "movielens-1m-users",
         .title = "MovieLens 1M, users",
         .recognise = [](const Layout& l) { return isBare(l, "::", 5) && column(l, 1, isGender); },
         .names = {"user", "gender", "age", "occupation", "zip_code"},
         .noValue = {}},
        {.name = "movielens-1m-items",
         .title = "MovieLens 1M, 10M, MovieTweetings, items",
         .recognise =
             [](const Layout& l) { return isBare(l, "::", 3) && column(l, 1, isTitleWithYear); },
         .names = {"item", "title", "genres"},
         .noValue = {},
         .ofItems = true},
        {.name = "movielens-20m",
         .title = "MovieLens 20M, 25M, 32M, latest",
         .recognise =
             [](const Layout& l) {
                 return isNamed(l, {"userid", "movieid", "rating", "timestamp"});
             },
         .names = {},
         .noValue = {}},
        {.name = "movielens-20m-items",
         .title = "MovieLens 20M, 25M, 32M, latest, items",
         .recognise =
             [](const Layout& l) {
                 return isNamed(l, {"movieid", "title", "genres"});
             },
         .names = {},
         .noValue = {},
         .ofItems = true},
        {.name = "amazon-2014-named",
         .title = "Amazon reviews 2014, of Kaggle",
         .recognise =
             [](const Layout& l) {
                 return isNamed(l, {"userid", "productid", "rating", "timestamp"});
             },
         .names = {},
         .noValue = {}},
        {.name = "amazon-json",
         .title = "Amazon reviews 2014 and 2018",
         .recognise =
             [](const Layout& l) {
                 return hasNames(l, {"reviewerid", "asin", "overall"});
             },
         .names = {},
         .noValue = {}},
        {.name = "amazon-2014",
         .title = "Amazon reviews 2014: user, item, rating, time",
         .recognise =
             [](const Layout& l) {
                 return isBare(l, ",", 4) && column(l, 1, isAsin) && column(l, 0, isAmazonUser)
                     && column(l, 2, isRating) && column(l, 3, isSeconds);
             },
         .names = {"user", "item", "rating", "timestamp"},
         .noValue = {}},
        {.name = "amazon-2018",
         .title = "Amazon reviews 2018: item, user, rating, time",
         .recognise =
             [](const Layout& l) {
                 return isBare(l, ",", 4) && column(l, 0, isAsin) && column(l, 1, isAmazonUser)
                     && column(l, 2, isRating) && column(l, 3, isSeconds);
             },
         .names = {"item", "user", "rating", "timestamp"},
         .noValue = {}},
        {.name = "amazon-2023",
         .title = "Amazon reviews 2023, without a header",
         .recognise =
             [](const Layout& l) {
                 return isBare(l, ",", 4) && column(l, 1, isAsin) && column(l, 0, isAmazonUser)
                     && column(l, 2, isRating) && column(l, 3, isMilliseconds);
             },
         .names = {"user_id", "parent_asin", "rating", "timestamp"},
         .noValue = {}},
        {.name = "amazon-2023-named",
         .title = "Amazon reviews 2023",
         .recognise =
             [](const Layout& l) {
                 return hasNames(l, {"user_id", "parent_asin", "rating", "timestamp"});
             },
         .names = {},
         .noValue = {}},
        {.name = "steam",
         .title = "Steam, reviews",
         .recognise =
             [](const Layout& l) {
                 return hasNames(l, {"username", "product_id", "date"});
             },
         .names = {},
         .noValue = {},
         .shape = "python-lines"},
        {.name = "lastfm-hetrec",
         .title = "Last.fm HetRec, listens to artists",
         .recognise =
             [](const Layout& l) {
                 return isNamed(l, {"userid", "artistid", "weight"});
             },
         .names = {},
         .noValue = {}},
        {.name = "lastfm-1k",
         .title = "Last.fm 1K",
         .recognise =
             [](const Layout& l) {
                 return isBare(l, "\t", 6) && column(l, 0, isLastFmUser) && column(l, 1, isIsoTime);
             },
         .names = {"user", "timestamp", "artist_mbid", "artist", "track_mbid", "track"},
         .noValue = {},
         .note = "a track that is known by its name alone (--item 5: by its number)"},
        {.name = "lfm-1b",
         .title = "LFM-1b: user, artist, album, track, time",
         .recognise =
             [](const Layout& l) {
                 return isBare(l, "\t", 5) && column(l, 0, isWholeNumber)
                     && column(l, 1, isWholeNumber) && column(l, 2, isWholeNumber)
                     && column(l, 3, isWholeNumber) && column(l, 4, isSeconds);
             },
         .names = {"user", "artist", "album", "track", "timestamp"},
         .noValue = {}},
        {.name = "yoochoose-clicks",
         .title = "YooChoose, clicks",
         .recognise =
             [](const Layout& l) {
                 return isBare(l, ",", 4) && column(l, 0, isWholeNumber) && column(l, 1, isIsoTime)
                     && column(l, 2, isWholeNumber);
             },
         .names = {"session", "timestamp", "item", "category"},
         .noValue = {}},
        {.name = "yoochoose-buys",
         .title = "YooChoose, purchases",
         .recognise =
             [](const Layout& l) {
                 return isBare(l, ",", 5) && column(l, 0, isWholeNumber) && column(l, 1, isIsoTime)
                     && column(l, 2, isWholeNumber);
             },
         .names = {"session", "timestamp", "item", "price", "quantity"},
         .noValue = {}},
        {.name = "netflix",
         .title = "Netflix Prize",
         .recognise = [](const Layout&) { return true; },
         .names = {},
         .noValue = {},
         .shape = "blocks"},
        {.name = "netflix-titles",
         .title = "Netflix Prize, titles",
         .recognise =
             [](const Layout& l) {
                 return l.names.empty() && l.dialect.delimiter == "," && usualWidth(l.rows) >= 3
                     && column(l, 0, isWholeNumber) && column(l, 1, isYear);
             },
         .names = {"item", "year", "title"},
         .noValue = {},
         .lastTakesRest = true,
         .ofItems = true},
        {.name = "mind",
         .title = "MIND, behaviors",
         .recognise = [](const Layout&) { return true; },
         .names = {},
         .noValue = {},
         .shape = "impressions"},
        {.name = "mind-news",
         .title = "MIND, news",
         .recognise =
             [](const Layout& l) {
                 return l.names.empty() && l.dialect.delimiter == "\t" && usualWidth(l.rows) >= 4
                     && column(l, 0, isNewsId);
             },
         .names =
             {"item", "category", "subcategory", "title", "abstract", "url", "title_entities",
              "abstract_entities"},
         .noValue = {},
         .ofItems = true},
        {.name = "kuairec",
         .title = "KuaiRec, views",
         .recognise =
             [](const Layout& l) {
                 return hasNames(l, {"user_id", "video_id", "watch_ratio"});
             },
         .names = {},
         .noValue = {}},
        {.name = "kuairec-items",
         .title = "KuaiRec, categories of items",
         .recognise =
             [](const Layout& l) {
                 return l.names.size() == 2 && hasNames(l, {"video_id", "feat"});
             },
         .names = {"video_id", "category"},
         .noValue = {},
         .ofItems = true},
        {.name = "retailrocket",
         .title = "Retailrocket, events",
         .recognise =
             [](const Layout& l) {
                 return hasNames(l, {"timestamp", "visitorid", "event", "itemid"});
             },
         .names = {},
         .noValue = {}},
        {.name = "item-properties",
         .title = "Properties of items, a row for each (Retailrocket)",
         .recognise =
             [](const Layout& l) {
                 return hasNames(l, {"property", "value"})
                     && std::any_of(l.names.begin(), l.names.end(), [](const auto& name) {
                            return isNameOf(Role::Item, name);
                        });
             },
         .names = {},
         .noValue = {},
         .hasProperties = true,
         .ofItems = true},
        {.name = "yelp",
         .title = "Yelp, reviews",
         .recognise =
             [](const Layout& l) {
                 return hasNames(l, {"review_id", "user_id", "business_id", "stars"});
             },
         .names = {},
         .noValue = {}},
        {.name = "goodreads",
         .title = "Goodreads, 0 = not rated",
         .recognise =
             [](const Layout& l) {
                 return hasNames(l, {"user_id", "book_id", "rating"})
                     && (hasNames(l, {"is_read"}) || hasNames(l, {"date_added"}));
             },
         .names = {},
         .noValue = 0},
        {.name = "book-crossing",
         .title = "Book-Crossing, 0 = no rating",
         .recognise =
             [](const Layout& l) {
                 return hasNames(l, {"user-id", "isbn", "book-rating"});
             },
         .names = {},
         .noValue = 0},
        {.name = "recbole-graph",
         .title = "RecBole, knowledge graph",
         .recognise =
             [](const Layout& l) {
                 return hasNames(l, {"head_id:token"}) || hasNames(l, {"entity_id:token"});
             },
         .names = {},
         .noValue = {},
         .ofNeither = true},
        {.name = "recbole",
         .title = "RecBole, atomic file",
         .recognise =
             [](const Layout& l) {
                 return std::any_of(l.names.begin(), l.names.end(), [](const std::string& name) {
                     return name.ends_with(":token");
                 });
             },
         .names = {},
         .noValue = {}},
        {.name = "sasrec",
         .title = "User and item a line, in the order of time (SASRec)",
         .recognise =
             [](const Layout& l) {
                 return isBare(l, " ", 2) && column(l, 0, isWholeNumber)
                     && column(l, 1, isWholeNumber);
             },
         .names = {"user", "item"},
         .noValue = {}},
    };
    return rows;
}

} // namespace

bool isAsin(std::string_view text)
{
    return text.size() == 10 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
           });
}

std::span<const Format> formats() { return table(); }

std::string shapeKey(const Understanding& understanding)
{
    const auto& layout = understanding.layout;
    std::string key = std::string(understanding.name()) + ' ';
    if (understanding.shape == findShape("delimited"))
        key += delimiterName(layout.dialect.delimiter) + ' ';
    return key
        + (layout.names.empty() ? std::to_string(layout.width()) : base::join(layout.names, ","));
}

Message whyFormat(const Understanding& understanding)
{
    const auto& [shape, store, layout, format] = understanding;
    if (store)
        return say("its first bytes are those of %1", term(store->title));
    if (format)
        return say("its columns are those of %1", term(format->title));
    if (!shape->why.empty())
        return term(shape->why);
    return say("%1 fields in most of its first rows", static_cast<std::int64_t>(layout.width()));
}

const Format* formatOf(const Understanding& understanding)
{
    const auto& all = table();
    const auto known = std::find_if(all.begin(), all.end(), [&](const Format& format) {
        return (format.shape.empty() || format.shape == understanding.name())
            && format.recognise(understanding.layout);
    });
    return known == all.end() ? nullptr : &*known;
}

std::string_view Understanding::name() const { return store ? store->name : shape->name; }

Result<Understanding> understand(
    std::string_view head, const std::string& where, const Reading& reading)
{
    if (head.find('\0') != std::string_view::npos)
        return badInput(
            "this is not text: it holds zero bytes", where,
            "Give a text file with one event a line");
    if (const auto start = base::trim(head); reading.shape == "auto" && !reading.dialect
        && reading.delimiter.empty() && start.starts_with('[')
        && base::trim(start.substr(1)).starts_with('{'))
        return badInput(
            "this is one JSON array", where,
            "Write one object a line, as: jq -c '.[]' FILE > FILE.jsonl");
    Understanding result;
    const bool isSaid = reading.dialect || !reading.delimiter.empty();
    result.shape = isSaid         ? findShape("delimited")
        : reading.shape == "auto" ? &recognised(head)
                                  : findShape(reading.shape);
    if (!result.shape)
        return wrongUse(say("no format '%1'", reading.shape));
    const bool isDelimited = result.shape == findShape("delimited");
    if (const auto start = base::trim(head); isDelimited && !isSaid && start.starts_with('{')
        && base::trim(start.substr(1)).starts_with('"'))
        return badInput(
            "this is JSON, and not one object a line", where,
            "Write one object a line, as: jq -c . FILE > FILE.jsonl");
    auto dialect = reading.dialect;
    const auto preamble = isDelimited ? preambleOf(head) : Preamble();
    head.remove_prefix(preamble.bytes);
    const auto& delimiter = reading.delimiter.empty() ? preamble.delimiter : reading.delimiter;
    if (isDelimited && !dialect && (reading.header || !delimiter.empty())) {
        FOVEA_ASSIGN(dialect, sniffDialect(head, where, delimiter));
    }
    if (dialect && reading.header)
        dialect->header = *reading.header;
    FOVEA_ASSIGN(
        result.layout,
        isDelimited ? layoutOf(head, where, dialect) : result.shape->layOut(head, where));
    result.layout.skipped = preamble.lines;
    result.format = formatOf(result);
    if (result.format && !result.format->names.empty())
        result.layout.names = result.format->names;
    if (reading.isOfEvents)
        unfold(result.layout);
    return result;
}

} // namespace fovea::data

// Every choice about how a file is read, as a value and as a small JSON object: for --recipe, for
// files of the same shape, and beside the data set. Pure.
#pragma once

#include "core/data/delimited.h"
#include "core/data/roles.h"
#include "core/data/weighting.h"
#include "core/io/encoding.h"
#include "core/io/json.h"

#include <map>
#include <span>

namespace fovea::data {

// What is done about each kind of problem, by name.
struct Deals {
    std::string badRows = "drop";
    std::string missingId = "drop"; // NULL and the like
    std::string missingTime = "drop";
    std::string missingValue = "drop";
    std::string outside = "drop"; // of the values that were chosen
    std::string oddTimes = "keep"; // before 1980 or after 2100
    std::string ties = "keep"; // a user's events of the same time, in the order of the file
    std::string duplicates = "drop"; // same user, item, time and value
    std::string repeats = "keep"; // same user and item
    std::string bots = "keep"; // users with more than ten times the events of the 99th percentile
    std::string swapped = "keep"; // columns of user and item that look it
    bool operator==(const Deals&) const = default;
};

struct DealRow {
    std::string_view key; // "duplicates", in recipes and after --on
    std::string_view title; // as the window shows it
    std::vector<std::string_view> choices; // the first is the default
    std::string Deals::*choice;
};
std::span<const DealRow> dealTable();
Status setDeal(Deals& deals, std::string_view key, std::string_view choice);

struct Recipe {
    std::string format = "auto"; // auto, or a shape's name
    std::optional<Dialect> dialect; // of delimited text; sniffed where not given
    std::string delimiter; // alone, where no whole dialect is given; empty = sniffed
    std::optional<bool> header; // likewise
    const io::Encoding* encoding = nullptr; // null = by the head
    std::string member; // file of an archive, table or query of a database; empty = its largest
    std::vector<RoleChoice> roles; // the others are guessed
    std::vector<std::string> aboutItems; // columns that tell of the item, by name or number from 1
    std::string timeFormat; // empty = by the first rows
    std::vector<std::string> types; // of events that are taken; empty = all
    std::optional<double> minValue;
    std::optional<double> maxValue;
    // Moments as momentFrom() reads them; empty = any. Events from the one on, before the other.
    std::string fromTime;
    std::string beforeTime;
    std::string weight; // of events, as weightingFrom() reads it; empty = all the same
    std::optional<double> fillValue; // for missing values, where they are to be filled
    int minUserEvents = 1;
    int minItemEvents = 1;
    std::int64_t mostUnpacked = 0; // bytes, as io::Access has it; 0 = the usual
    Deals deals;
    // How the files of items and of users are read, where that is not found out: by the keys of
    // sideReadingFrom().
    std::map<std::string, std::string> itemsAs;
    std::map<std::string, std::string> usersAs;
};

// Only what differs from the defaults.
io::Json toJson(const Recipe& recipe);
// An unknown key or choice is bad input that offers the nearest.
Result<Recipe> recipeFrom(const io::Json& json, const std::string& where);

} // namespace fovea::data

// What one should know about a data set before trusting what is learned from it: counts, and
// warnings with what each is about. Pure; one pass; any thread.
#pragma once

#include "core/data/dataset.h"

namespace fovea::data {

struct Report {
    std::int64_t events = 0;
    std::int64_t users = 0;
    std::int64_t items = 0;
    std::string fingerprint; // of the data set
    std::int64_t pairs = 0; // of a user and an item, each counted once
    double density = 0; // pairs / (users x items): 1 where every user has every item
    std::int64_t usersUnderThree = 0; // not validated or tested on
    std::int64_t itemsOnce = 0; // that one event shows
    std::int64_t itemsTitled = 0; // with a title that is not their id
    std::int64_t repeats = 0; // events with an item that the user had before
    std::int64_t bots = 0; // users with over ten times the events of the 99th percentile
    std::int64_t botEvents = 0;
    std::string largestBot; // id
    std::int64_t typicalMost = 0; // the 99th percentile of events a user

    // Where there are times.
    bool hasTimes = false;
    std::int64_t firstTime = 0;
    std::int64_t lastTime = 0;
    std::int64_t outOfRange = 0; // before 1980 or after 2100
    std::int64_t ties = 0; // same user and time as the event before, as the file has it
    std::int64_t usersWithTies = 0;
    std::int64_t sessions = 0; // no pause of more than 30 minutes inside

    // Where there are values.
    bool hasValues = false;
    float lowest = 0;
    float highest = 0;
    float scaleFrom = 0; // of ratings, as nearly all values have it; both 0 = none is known
    float scaleTo = 0;
    std::int64_t offScale = 0;

    // Where events have weights.
    bool hasWeights = false;
    float lightest = 0;
    float heaviest = 0;

    bool looksSwapped = false; // users and items
    std::int64_t shortenedIds = 0; // as 4.00639E+12, which more than one has become

    // What is known of users and items beside their names.
    struct Attribute {
        bool isOfItems = false;
        std::string name;
        AttributeKind kind = AttributeKind::Number;
        std::int64_t width = 1;
        std::int64_t told = 0; // ids that have it
    };
    std::vector<Attribute> attributes;
};

// "1 user", "2,000 users"
std::string countText(std::int64_t count, std::string_view one);

// Incomplete where it was stopped.
Report reportOf(const Dataset& dataset, const std::stop_token& stop = {});

// How many events a user may have and still pass for a person: ten times the 99th percentile of
// these, one a user. Nobody where there are none.
std::int64_t mostOfAPerson(std::vector<std::int64_t> lengths);

// What of it deserves a warning, worst first.
struct Warning {
    Message text;
    Message remedy; // may be empty
};
std::vector<Warning> warningsOf(const Report& report);

} // namespace fovea::data

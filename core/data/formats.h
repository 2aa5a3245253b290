// How a file is understood from its head: the shape of its table, its columns, and whether it is
// one of the data sets whose layout is known. Recognised by content, not by name. Pure.
#pragma once

#include "core/data/shapes.h"

namespace fovea::data {

struct Store;

// Amazon's number of an article: ten capital letters and digits, an ISBN or B0...
bool isAsin(std::string_view text);

// A published file, whose columns may have no names or its values need a word.
struct Format {
    std::string_view name; // as dataset.json has it
    std::string_view title; // as the window shows it
    bool (*recognise)(const Layout& layout);
    std::vector<std::string> names; // of the columns; empty = the file names them
    std::optional<float> noValue; // a value that says that there is none
    int firstFlag = -1; // from this column on, each is 1 where its name is a category
    bool lastTakesRest = false; // delimiters behind the last column are part of it
    bool hasProperties = false; // a row for each property of an item
    bool ofItems = false; // not of events
    bool ofNeither = false; // nor of users: what stands beside them
    std::string_view note = {}; // what one should know of its events
    std::string_view shape = {}; // of its text; empty = any
};

std::span<const Format> formats();

// What a person said about the file; the rest is sniffed.
struct Reading {
    std::string shape = "auto";
    std::optional<Dialect> dialect = {};
    std::optional<bool> header = {};
    std::string delimiter = {}; // of delimited text; empty = sniffed
    bool isOfEvents = true; // whose lists become rows
};

struct Understanding {
    const Shape* shape = nullptr; // of text ...
    const Store* store = nullptr; // ... or what the file is instead
    Layout layout; // named by the format, where it is known
    const Format* format = nullptr; // null = none of the known ones

    std::string_view name() const; // the shape's or the store's
};
const Format* formatOf(const Understanding& understanding); // null = none of them

// Of the head of a text.
Result<Understanding> understand(
    std::string_view head, const std::string& where, const Reading& reading);

// What made it be taken for that, where nobody said what it is.
Message whyFormat(const Understanding& understanding);

// Files of the same shape have the same: its name, its delimiter and its columns.
std::string shapeKey(const Understanding& understanding);

} // namespace fovea::data

// From a file of events to a data set: read, map ids, drop exact duplicates, filter to a fixed
// point, sort each user's events by time (ties in file order). The result is the same for any
// number of threads. Takes progress and stop.
#pragma once

#include "core/base/progress.h"
#include "core/data/dataset.h"
#include "core/data/recipe.h"
#include "core/data/report.h"
#include "core/io/file.h"

#include <nlohmann/json.hpp>

#include <stop_token>

namespace fovea::data {

struct ImportOptions : Recipe {
    std::filesystem::path file;
    std::vector<std::filesystem::path> more; // that the table goes on in
    std::filesystem::path itemsFile; // empty = none, as those of users and vectors
    std::vector<std::filesystem::path> moreItems; // that the table of items goes on in
    std::filesystem::path usersFile;
    std::filesystem::path vectorsFile; // of items, a row for each of their table
    int threads = 0; // 0 = all cores
    std::filesystem::path scratch; // a folder for what need not lie in memory; empty = the system's
    std::int64_t mostMemory = 0; // bytes that it may take; 0 = half of what is free
    // The file's events are added to it: its ids keep their numbers, its items their titles. Nobody
    // is filtered out, or numbers would change.
    std::shared_ptr<const Dataset> before;
};

struct Imported {
    std::shared_ptr<const Dataset> dataset;
    Problems problems;
    std::int64_t rows = 0; // rows of the file, the header not counted
    Report report; // of the data set
    io::Json source; // how the file was read, for dataset.json
    Recipe recipe; // with which it was read

    // How it was understood, for people.
    std::vector<RoleReason> reasons;
    Message whyFormat; // empty = chosen
    Message whyEncoding; // likewise
    Message whyTime; // likewise, of how times are written
    std::vector<std::string> names; // of the columns; may be empty
    Rows firstRows; // a few, as they are written
};

Result<Imported> importFile(
    const ImportOptions& options, base::Progress& progress, std::stop_token stop);

// Puts the data set, with how it was read and what was found, in its place.
Status publish(
    const Imported& imported, io::StagedFolder& target, base::Progress& progress,
    std::stop_token stop);

} // namespace fovea::data

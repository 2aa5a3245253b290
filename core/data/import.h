// From a file of events to a data set: read, map ids, drop exact duplicates, filter to a fixed
// point, sort each user's events by time (ties in file order). The result is the same for any
// number of threads. Takes progress and stop.
#pragma once

#include "core/base/progress.h"
#include "core/data/dataset.h"
#include "core/data/delimited.h"
#include "core/data/roles.h"
#include "core/io/encoding.h"
#include "core/io/file.h"

#include <nlohmann/json.hpp>

#include <stop_token>

namespace fovea::data {

struct ImportOptions {
    std::filesystem::path file;
    std::filesystem::path itemsFile; // empty = none
    std::string format = "auto"; // auto, or a shape's name
    std::vector<RoleChoice> roles; // the others are guessed
    int minUserEvents = 1;
    int minItemEvents = 1;
    std::optional<Dialect> dialect; // sniffed where not given
    std::optional<bool> header; // likewise
    const io::Encoding* encoding = nullptr; // null = by the head
    std::string member; // of an archive; empty = its largest file
    std::string timeFormat; // empty = by the first rows
    std::vector<std::string> types; // of events; empty = all
    std::optional<double> minValue; // rows with a lower one are left out
    std::optional<double> maxValue;
    int threads = 0; // 0 = all cores
    std::filesystem::path scratch; // a folder for what need not lie in memory; empty = the system's
};

struct Imported {
    std::shared_ptr<const Dataset> dataset;
    Problems problems;
    std::int64_t rows = 0; // rows of the file, the header not counted
    io::Json source; // how the file was read, for dataset.json
};

Result<Imported> importFile(
    const ImportOptions& options, base::Progress& progress, std::stop_token stop);

// Puts the data set, with how it was read and what was found, in its place.
Status publish(
    const Imported& imported, io::StagedFolder& target, base::Progress& progress,
    std::stop_token stop);

} // namespace fovea::data

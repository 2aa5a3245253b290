// Made data with a planted, known cause for each event: series of parts in categories, users with
// favourites. The same options give the same bytes on every machine. Any thread.
#pragma once

#include "core/data/dataset.h"
#include "core/io/file.h"

#include <cstdint>
#include <stop_token>

namespace fovea::data {

struct SampleOptions {
    int users = 2000;
    int items = 1000; // a multiple of 10: series of ten parts
    std::uint64_t seed = 1;
};

struct Cause {
    UserIndex user;
    std::int32_t position = 0; // in the user's history, from 0
    std::int32_t cause = -1; // the position that caused it, -1 = none
};

struct Sample {
    std::shared_ptr<const Dataset> dataset;
    std::vector<Cause> truth; // one an event, in the data set's order
};

Result<Sample> makeSample(const SampleOptions& options, const std::stop_token& stop = {});

// Puts the data set, with truth.csv beside it, in its place.
Status publish(
    const Sample& sample, const SampleOptions& options, io::StagedFolder& target,
    const std::stop_token& stop = {});

// truth.csv: user,position,cause_position.
std::string truthCsv(const Sample& sample);
Result<std::vector<Cause>> readTruth(const std::filesystem::path& file, const Dataset& dataset);

} // namespace fovea::data

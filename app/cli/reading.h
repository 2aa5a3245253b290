// How a data file is read: the options that import and inspect have in common.
#pragma once

#include "app/cli/command.h"
#include "core/data/import.h"

namespace fovea::cli {

struct ReadingOptions {
    std::vector<std::filesystem::path> files; // of one table
    std::vector<std::filesystem::path> items; // of one table
    std::filesystem::path users;
    std::filesystem::path itemVectors;
    std::vector<std::string> itemsAs, usersAs; // KEY=VALUE
    std::filesystem::path recipe;
    std::string member;
    std::string format, delimiter, header, encoding, timeFormat;
    std::string user, item, time, value, type, title, category;
    std::vector<std::string> types, about;
    std::string from, before, weight;
    std::optional<double> minValue, maxValue, fillValue;
    std::optional<int> minUserEvents, minItemEvents;
    std::vector<std::string> on;
    int threads = 0;
    std::uint64_t mostUnpacked = 0; // bytes; 0 = the usual, as of what follows
    std::uint64_t mostMemory = 0;
};

void addReadingOptions(CLI::App& app, ReadingOptions& options);
// The recipe, where one is given, and what was said beside it. A folder stands for the files in it:
// of events, of items and of users; what they were taken for is printed.
Result<data::ImportOptions> importOptions(const ReadingOptions& options, Session& session);
// importFile(), with the options of the command line that help in its errors.
Result<data::Imported> importWith(const data::ImportOptions& options, Session& session);

} // namespace fovea::cli

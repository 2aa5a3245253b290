// Data sets that break one rule of docs/file-layouts.md each, with checksums and a fingerprint that
// are right.
#pragma once

#include <filesystem>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace fovea::test {

// Makes the good data sets that are forged: "plain" (schema 2, times of 32 bits), "wide" (times of
// 64), "rich" (schema 3, weights, finer ties, attributes), "old" (schema 1), each in a folder of
// its name.
void makeGoodDatasets(const std::filesystem::path& folder);

struct DatasetForgery {
    std::string name;
    std::string base; // the good data set
    std::vector<std::string> said; // what its error must name
    std::function<void(const std::filesystem::path& dataset)> forge;
};
inline void PrintTo(const DatasetForgery& forgery, std::ostream* out) { *out << forgery.name; }

const std::vector<DatasetForgery>& datasetForgeries();

// Copies the good data set that a forgery begins with, forges it and repairs its fingerprint.
void makeForged(
    const DatasetForgery& forgery, const std::filesystem::path& good,
    const std::filesystem::path& target);

} // namespace fovea::test

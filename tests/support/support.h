// What tests share: scratch folders, the program, small data sets, the real data if it is there.
#pragma once

#include "core/base/result.h"
#include "core/data/dataset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace fovea::test {

// A folder of this test's own, removed at its end.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }
    std::filesystem::path write(const std::string& name, const std::string& bytes) const;

private:
    std::filesystem::path m_path;
};

std::string contentOf(const std::filesystem::path& file);
// Where FOVEA_TEST_DATA points, if that holds `name`.
std::optional<std::filesystem::path> realData(const std::string& name);

// Small made data: `users` histories of 5 to 14 events over `items` items, with ratings 1 to 5 and
// times.
std::shared_ptr<const data::Dataset> tinyDataset(int users = 30, int items = 20);

struct Ran {
    int exitCode = -1;
    std::string out;
    std::string err;
};
// Runs `program` (a shell word or several) with these arguments, each quoted.
Ran run(const std::string& program, const std::vector<std::string>& arguments);
// The fovea that was built beside the tests.
Ran fovea(const std::vector<std::string>& arguments);
std::string programPath();
std::string builtProgram(const std::string& name); // another one built beside them
std::string sourceFile(const std::string& name); // a file in tests/
// What is in a file of tests/data/formats.
std::string fixture(const std::string& name);

// FOVEA_TEST_PYTHON, whatever it has, so that a wrong one fails; else python3, if it has torch and
// safetensors.
std::optional<std::string> pythonWithTorch();

template <typename T> std::string errorOf(const Result<T>& result)
{
    return result ? "no error" : result.error().message();
}

} // namespace fovea::test

#define ASSERT_OK(result) ASSERT_TRUE((result).ok()) << fovea::test::errorOf(result)
#define EXPECT_OK(result) EXPECT_TRUE((result).ok()) << fovea::test::errorOf(result)

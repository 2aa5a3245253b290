// A run that was forged in one place, with its checksums right: what must be refused, and with
// which words. Each is used as a person would: opened, read, asked, resumed.
#pragma once

#include "core/io/json.h"
#include "tests/support/forgery.h"
#include "tests/support/support.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>
#include <vector>

namespace fovea::train {

struct Forgery {
    std::string name; // letters and digits
    std::string what; // in the error's message
    std::function<void(const std::filesystem::path& run)> make;
};

inline std::string nameOf(const testing::TestParamInfo<Forgery>& info) { return info.param.name; }
inline void PrintTo(const Forgery& forgery, std::ostream* out) { *out << forgery.name; }

// A run of five steps an epoch that was stopped at step 7 of 15, on tinyDataset(). It has the
// checkpoints last and best. Made once.
const std::filesystem::path& goodRun();
// What is wrong with the run, as the first of these sees it: opening it, its best model, resuming.
Status use(const std::filesystem::path& run);
// Copies the good run, forges it and expects the error within five seconds.
void expectRefused(const Forgery& forgery);

// A value of run.json, by its path.
inline Forgery record(
    const std::string& name, const std::string& pointer, io::Json value, const std::string& what)
{
    return {name, what, [=](const auto& run) {
                test::forgeJson(run / "run.json", [&](io::Json& json) {
                    json[io::Json::json_pointer(pointer)] = value;
                });
            }};
}

} // namespace fovea::train

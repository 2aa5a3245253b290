// The versions of the libraries that decide a result's bits; what run.json records. Any thread.
#pragma once

#include <map>
#include <string>

namespace fovea::device {

// {"libtorch": "2.15.0", "compiler": "GCC 12.2.0"}
std::map<std::string, std::string> libraries();

} // namespace fovea::device

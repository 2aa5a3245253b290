// Lists in the cell of a table, as programs print them: [1, 2], ['a', u"b"], [1 2], and lists in
// lists. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fovea::data {

bool isList(std::string_view text); // in brackets
// Its parts, those of lists in it too, without their quotes, and with what is escaped in them.
std::vector<std::string> listOf(std::string_view text);

} // namespace fovea::data

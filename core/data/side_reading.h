// How a file of items or of users is read where it is not found out: its columns, and what else the
// events' own file has options for. Pure.
#pragma once

#include "core/data/formats.h"
#include "core/data/roles.h"
#include "core/io/encoding.h"

#include <map>

namespace fovea::data {

enum class Side { Users, Items };

using SideChoices = std::map<std::string, std::string>;

struct SideReading {
    std::vector<RoleChoice> roles;
    Reading reading = {.isOfEvents = false};
    const io::Encoding* encoding = nullptr; // null = by the head
    std::string member; // of an archive, or table of a database; empty = found out
    std::optional<std::vector<std::string>> attributes = {}; // columns; else all without a role
};

// Keys: "item", "title" and "category", or "user": a column's name, its number from 1, or none;
// "encoding", "delimiter", "header" (yes or no) and "member". Another is wrong use, with the
// nearest.
Result<SideReading> sideReadingFrom(Side side, const SideChoices& choices);

} // namespace fovea::data

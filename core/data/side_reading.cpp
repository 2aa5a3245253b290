#include "core/data/side_reading.h"

#include "core/base/text.h"

#include <algorithm>

namespace fovea::data {

Result<SideReading> sideReadingFrom(Side side, const SideChoices& choices)
{
    std::vector<Role> roles = {Role::User};
    if (side == Side::Items)
        roles = {Role::Item, Role::Title, Role::Category};
    std::vector<std::string> known = {"encoding", "delimiter", "header", "member"};
    for (const auto role : roles)
        known.emplace_back(roleName(role));
    SideReading result;
    for (const auto& [key, value] : choices) {
        const auto role = std::find_if(
            roles.begin(), roles.end(), [&key = key](Role r) { return roleName(r) == key; });
        if (role != roles.end()) {
            result.roles.push_back({*role, value == "none" ? std::string() : value});
        } else if (key == "encoding") {
            result.encoding = io::findEncoding(value);
            if (!result.encoding)
                return wrongUse(say("no encoding '%1'", value));
        } else if (key == "delimiter") {
            result.reading.delimiter = delimiterFrom(value);
        } else if (key == "header") {
            if (value != "yes" && value != "no")
                return wrongUse(say("the header is yes or no, not '%1'", value));
            result.reading.header = value == "yes";
        } else if (key == "member") {
            result.member = value;
        } else {
            const auto near = base::nearest(key, known);
            return wrongUse(
                say("a file of items or users is not read by '%1'", key), {},
                near.empty() ? say("There are %1", base::join(known, ", "))
                             : say("Is it %1?", near));
        }
    }
    return result;
}

} // namespace fovea::data

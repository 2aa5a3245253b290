// A data set of so many users, "u0" and on, with one event each: for what must not depend on how
// many rows there are. Made on another thread, as such a pass is not the window's.
#pragma once

#include "core/data/dataset.h"
#include "tests/gui/gui_support.h"

namespace fovea::test {

inline std::shared_ptr<const data::Dataset> manyUsers(int count)
{
    return elsewhere([count] {
        std::vector<std::string> users;
        data::Events events;
        for (int u = 0; u < count; ++u) {
            users.push_back("u" + std::to_string(u));
            events.items.push_back(1);
            events.offsets.push_back(u + 1);
        }
        return std::make_shared<const data::Dataset>(
            std::move(users), std::vector<data::Item>{{"[PAD]", "", ""}, {"a", "A", ""}},
            std::move(events));
    });
}

} // namespace fovea::test

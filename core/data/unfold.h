// Tables that are not one event a row with its time in one cell, made so: a row for each entry of
// lists, as tables with one row a user or a purchase have them; a date and a time of day together.
// Lists are in brackets, and of items by their name, or without names beside the user alone.
#pragma once

#include "core/data/layout.h"

namespace fovea::data {

// Finds out from the first rows what there is to do, and does it to them. Pure.
void unfold(Layout& layout);

// Says of the columns that have roles that they were unfolded.
void tellUnfolded(const Layout& layout, std::vector<RoleReason>& reasons);

// The rows of a file as its layout has them.
std::unique_ptr<RowSource> unfolded(std::unique_ptr<RowSource> rows, const Unfolding& unfolding);

} // namespace fovea::data

// Which column of a table is what. Guessed from names and first rows, or named by a person. Pure.
#pragma once

#include "core/base/result.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fovea::data {

enum class Role { User, Item, Time, Value, Type, Title, Category };
inline constexpr std::array<Role, 5> kEventRoles = {
    Role::User, Role::Item, Role::Time, Role::Value, Role::Type};
// What a column of events may be by choice, too: what it tells of the item.
inline constexpr std::array<Role, 7> kChosenRoles = {
    Role::User, Role::Item, Role::Time, Role::Value, Role::Type, Role::Title, Role::Category};
std::string_view roleName(Role role);
// As the header has it, or its number from 1.
std::string columnName(const std::vector<std::string>& names, int column);
// True if headers give that name to columns of the role.
bool isNameOf(Role role, const std::string& name);
// Or to columns of lists of it: "item_ids", "history", "timestamps", "line_items.sku".
bool isNameOfSeveral(Role role, const std::string& name);

// A column by its name, or by its number from 1; from 0. Bad input where there is none.
Result<int> columnFor(
    const std::string& text, const std::vector<std::string>& names, std::size_t width,
    const std::string& where);

// Column numbers from 0; -1 = not there.
struct Roles {
    int user = -1;
    int item = -1;
    int time = -1;
    int value = -1;
    int type = -1;
    int title = -1;
    int category = -1;

    int& of(Role role);
};

// What a person said: a column's name or its 1-based number, by role; empty = there is none.
struct RoleChoice {
    Role role;
    std::string column;
};

using Rows = std::vector<std::vector<std::string>>;

// The number of fields that most rows have.
std::size_t usualWidth(const Rows& rows);
// A name that headers give to some role's column.
bool isColumnName(const std::string& name);

// When somebody was born or something came out, and no time of an event.
bool isNamedLikeAnotherTime(const std::string& name);

// `rows` are the first rows without the header, `names` the header's or empty. `lists` are the
// columns of which each entry has a row of its own, that of the items first.
Result<Roles> eventRoles(
    const std::vector<std::string>& names, const Rows& rows, const std::vector<RoleChoice>& choices,
    const std::string& where, std::span<const int> lists = {});
// Why a column has its role, and how sure that is.
enum class Confidence { Sure, Likely, Guess };
std::string_view confidenceName(Confidence confidence);
struct RoleReason {
    Role role;
    int column;
    Confidence confidence;
    Message why;
};
// `isKnownFormat`: the names are those of a format that was recognised.
std::vector<RoleReason> reasonsOf(
    Roles roles, const std::vector<std::string>& names, const std::vector<RoleChoice>& choices,
    bool isKnownFormat);

// Of a file of users: the column of their ids.
Result<Roles> userRoles(
    const std::vector<std::string>& names, const Rows& rows, const std::vector<RoleChoice>& choices,
    const std::string& where);
Result<Roles> itemRoles(
    const std::vector<std::string>& names, const Rows& rows, const std::vector<RoleChoice>& choices,
    const std::string& where);

} // namespace fovea::data

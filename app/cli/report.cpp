#include "app/cli/report.h"

#include "core/base/text.h"
#include "core/data/split.h"
#include "core/data/time_formats.h"

#include <algorithm>

namespace fovea::cli {

namespace {

std::string problemText(const data::Problem& p, bool hasLines)
{
    std::string text = "  " + base::grouped(p.count) + " x " + p.kind + " (" + p.effect + ")";
    if (p.firstLine > 0)
        text += ", first in " + (p.file.empty() ? "" : p.file + ", ")
            + (hasLines ? "line " : "row ") + std::to_string(p.firstLine);
    if (p.firstColumn > 0)
        text += ", column " + std::to_string(p.firstColumn);
    if (!p.example.empty())
        text += ": " + p.example;
    return text + "\n";
}

} // namespace

std::string tableText(const std::vector<std::vector<std::string>>& rows)
{
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t c = 0; c < row.size(); ++c)
            widths[c] = std::max(widths[c], base::displayWidth(row[c]));
    }
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t c = 0; c < row.size(); ++c) {
            const std::string fill(widths[c] - base::displayWidth(row[c]), ' ');
            text += c == 0 ? row[c] + (row.size() > 1 ? fill : "") : "  " + fill + row[c];
        }
        text += "\n";
    }
    return text;
}

std::string sourceText(const io::Json& source)
{
    std::vector<std::string> how;
    if (const auto encoding = source.value("encoding", ""); !encoding.empty())
        how.push_back(encoding);
    if (const auto packed = source.value("compression", "none"); packed != "none")
        how.push_back(packed);
    if (const auto member = source.value("member", ""); !member.empty())
        how.push_back("its member " + member);
    if (const auto table = source.value("table", ""); !table.empty())
        how.push_back("its table " + table);
    if (source.contains("files"))
        how.push_back(std::to_string(source["files"].size()) + " files");
    const auto format = source.value("format", "delimited");
    std::string text = "read as " + format;
    if (!how.empty())
        text += " (" + base::join(how, ", ") + ")";
    if (const auto known = source.value("known_as", ""); !known.empty())
        text += ", known as " + known;
    if (format == "delimited")
        text += " with delimiter " + source.at("delimiter").get<std::string>()
            + (source.at("header").get<bool>()
                   ? ", line " + std::to_string(source.value("lines_before", std::int64_t{0}) + 1)
                       + " names the columns"
                   : ", no header");
    text += ": ";
    std::vector<std::string> parts;
    for (const auto& [role, column] : source.at("columns").items())
        parts.push_back(role + " = " + column.get<std::string>());
    if (const auto time = source.value("time_format", ""); !time.empty())
        parts.push_back("times in " + time);
    return text + base::join(parts, ", ") + "\n";
}

std::string reportText(
    const data::Report& r, const data::Problems& problems, const io::Json& source)
{
    const bool hasLines = source.empty() || source.contains("encoding"); // as text has

    const auto n = [](std::int64_t count) { return base::grouped(count); };
    std::vector<std::vector<std::string>> rows = {
        {"events", n(r.events)},
        {"users", n(r.users)},
        {"items", n(r.items)},
        {"density", base::toFixed(100 * r.density, 3) + " % of all pairs of a user and an item"}};
    if (r.hasTimes) {
        rows.push_back(
            {"times",
             data::isoText(r.firstTime) + " to " + data::isoText(r.lastTime) + ", "
                 + data::countText(r.sessions, "session") + " (pauses of 30 min)"});
        rows.push_back(
            {"ties in time",
             data::countText(r.ties, "event") + " of " + data::countText(r.usersWithTies, "user")});
    } else {
        rows.push_back({"times", "none: the order of the file counts"});
    }
    if (r.hasValues)
        rows.push_back({"values", base::toText(r.lowest) + " to " + base::toText(r.highest)});
    if (r.hasWeights)
        rows.push_back(
            {"weights",
             base::toText(r.lightest) + " to " + base::toText(r.heaviest) + " in the loss"});
    rows.push_back(
        {"repeats",
         data::countText(r.repeats, "event") + " with an item that the user had before"});
    rows.push_back(
        {"few events",
         data::countText(r.usersUnderThree, "user") + " under 3, "
             + data::countText(r.itemsOnce, "item") + " once"});
    if (r.itemsTitled > 0)
        rows.push_back({"titles", n(r.itemsTitled) + " of " + data::countText(r.items, "item")});
    for (const auto& a : r.attributes) {
        std::string kind(attributeKindName(a.kind));
        if (a.kind == data::AttributeKind::Vector)
            kind += " of " + std::to_string(a.width);
        rows.push_back(
            {a.isOfItems ? "item's" : "user's",
             a.name + ", " + kind + ", told of " + n(a.told) + " of "
                 + n(a.isOfItems ? r.items : r.users)});
    }
    std::string text;
    for (const auto& row : rows)
        text += "  " + row[0] + std::string(14 - row[0].size(), ' ') + row[1] + "\n";
    text += problems.list().empty() ? "no problems found in the file\n" : "found in the file:\n";
    for (const auto& problem : problems.list())
        text += problemText(problem, hasLines);
    for (const auto& warning : data::warningsOf(r)) {
        text += "warning: " + warning.text.english();
        if (!warning.remedy.empty())
            text += (text.ends_with('?') ? " " : ". ") + warning.remedy.english();
        text += "\n";
    }
    return text;
}

io::Json reportJson(const data::Report& r, const data::Problems& problems)
{
    io::Json json = {
        {"events", r.events},
        {"users", r.users},
        {"items", r.items},
        {"pairs", r.pairs},
        {"density", r.density},
        {"problems", problems.toJson()},
        {"left_out", problems.leftOut()},
        {"has_times", r.hasTimes},
        {"has_values", r.hasValues},
        {"users_under_three", r.usersUnderThree},
        {"items_once", r.itemsOnce},
        {"items_titled", r.itemsTitled},
        {"repeats", r.repeats},
        {"bots", r.bots},
        {"bot_events", r.botEvents},
        {"fingerprint", r.fingerprint}};
    if (r.hasTimes) {
        json["first_time"] = r.firstTime;
        json["last_time"] = r.lastTime;
        json["times_out_of_range"] = r.outOfRange;
        json["ties"] = r.ties;
        json["users_with_ties"] = r.usersWithTies;
        json["sessions"] = r.sessions;
    }
    if (r.hasValues) {
        json["lowest_value"] = r.lowest;
        json["highest_value"] = r.highest;
        json["off_scale"] = r.offScale;
    }
    if (r.hasWeights) {
        json["lowest_weight"] = r.lightest;
        json["highest_weight"] = r.heaviest;
    }
    json["looks_swapped"] = r.looksSwapped;
    auto& attributes = json["attributes"] = io::Json::array();
    for (const auto& a : r.attributes)
        attributes.push_back(
            {{"of", a.isOfItems ? "items" : "users"},
             {"name", a.name},
             {"kind", attributeKindName(a.kind)},
             {"width", a.width},
             {"told", a.told}});
    auto& warnings = json["warnings"] = io::Json::array();
    for (const auto& warning : data::warningsOf(r))
        warnings.push_back(warning.text.english());
    return json;
}

std::string evaluationText(const eval::Evaluation& e)
{
    std::vector<std::vector<std::string>> rows = {{""}};
    // In the order of the metric table, which counts up the cuts.
    for (const auto& name : eval::metricNames()) {
        if (e.model.values.count(name) > 0)
            rows[0].push_back(name);
    }
    const auto add = [&](const eval::Measured& measured) {
        std::vector<std::string> row = {measured.name};
        for (std::size_t c = 1; c < rows[0].size(); ++c)
            row.push_back(base::toFixed(measured.values.at(rows[0][c]), 4));
        rows.push_back(std::move(row));
    };
    add(e.model);
    for (const auto& baseline : e.baselines)
        add(baseline);
    return tableText(rows) + "\n" + data::countText(e.users, "user") + ", "
        + data::countText(e.items, "item") + ", " + base::toFixed(e.seconds, 2) + " s. "
        + e.protocol + "\n";
}

} // namespace fovea::cli

#include "app/cli/report.h"

#include "core/base/text.h"
#include "core/data/split.h"

#include <algorithm>

namespace fovea::cli {

namespace {

std::string problemText(const data::Problem& p)
{
    std::string text = "  " + base::grouped(p.count) + " x " + p.kind + " (" + p.effect + ")";
    if (p.firstLine > 0)
        text += ", first in line " + std::to_string(p.firstLine);
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
    std::string how = source.value("encoding", "utf-8");
    if (const auto packed = source.value("compression", "none"); packed != "none")
        how += ", " + packed;
    if (const auto member = source.value("member", ""); !member.empty())
        how += ", its member " + member;
    const auto format = source.value("format", "delimited");
    std::string text = "read as " + format + " (" + how + ")";
    if (format == "delimited")
        text += " with delimiter " + source.at("delimiter").get<std::string>()
            + (source.at("header").get<bool>() ? ", line 1 names the columns" : ", no header");
    text += ": ";
    std::vector<std::string> parts;
    for (const auto& [role, column] : source.at("columns").items())
        parts.push_back(role + " = " + column.get<std::string>());
    if (const auto time = source.value("time_format", ""); !time.empty())
        parts.push_back("times in " + time);
    return text + base::join(parts, ", ") + "\n";
}

std::string reportText(const data::Dataset& dataset, const data::Problems& problems)
{
    std::int64_t few = 0;
    for (std::int32_t u = 0; u < dataset.userCount(); ++u)
        few += dataset.itemsOf({u}).size() < 3;
    const double density = static_cast<double>(dataset.eventCount())
        / (static_cast<double>(dataset.userCount()) * static_cast<double>(dataset.itemCount()));
    std::string text = base::grouped(dataset.eventCount()) + " events, "
        + base::grouped(dataset.userCount()) + " users, " + base::grouped(dataset.itemCount())
        + " items; " + base::toFixed(100 * density, 3) + " % of all pairs";
    if (dataset.hasValues())
        text += "; values " + base::toText(dataset.lowestValue()) + " to "
            + base::toText(dataset.highestValue());
    text += dataset.hasTimes() ? "; with times\n" : "; without times, in the order of the file\n";
    if (few > 0)
        text += base::grouped(few)
            + " users have fewer than 3 events: they are not validated or tested on\n";
    text += problems.list().empty() ? "no problems found\n" : "found:\n";
    for (const auto& problem : problems.list())
        text += problemText(problem);
    return text;
}

io::Json reportJson(const data::Dataset& dataset, const data::Problems& problems)
{
    return {{"events", dataset.eventCount()},    {"users", dataset.userCount()},
            {"items", dataset.itemCount()},      {"problems", problems.toJson()},
            {"left_out", problems.leftOut()},    {"has_times", dataset.hasTimes()},
            {"has_values", dataset.hasValues()}, {"fingerprint", dataset.fingerprint()}};
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
    return tableText(rows) + "\n" + base::grouped(e.users) + " users, " + base::grouped(e.items)
        + " items, " + base::toFixed(e.seconds, 2) + " s. " + e.protocol + "\n";
}

} // namespace fovea::cli

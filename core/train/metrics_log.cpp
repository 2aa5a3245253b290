#include "core/train/metrics_log.h"

#include "core/base/log.h"
#include "core/base/os.h"
#include "core/base/plain_file.h"
#include "core/base/text.h"
#include "core/io/fields.h"
#include "core/io/file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace fovea::train {

namespace {

std::string toCsv(const std::vector<Series>& series)
{
    std::string csv = "name,step,value\n";
    for (const auto& s : series) {
        for (const auto& [step, value] : s.points)
            csv += s.name + ',' + base::toText(step) + ',' + base::toText(value) + '\n';
    }
    return csv;
}

std::string toJson(const std::vector<Series>& series)
{
    io::Json list = io::Json::array();
    for (const auto& s : series)
        list.push_back({{"name", s.name}, {"points", s.points}});
    return io::Json{{"series", std::move(list)}}.dump(1) + '\n';
}

} // namespace

namespace {

constexpr std::size_t kMostLine = 4096; // bytes of a point
constexpr std::size_t kMostName = 64;

// Where the last whole line among the first `bytes` of the file ends.
std::int64_t endOfLines(const std::filesystem::path& file, std::int64_t bytes)
{
    std::ifstream in(file, std::ios::binary);
    std::string part;
    while (bytes > 0) {
        part.resize(static_cast<std::size_t>(std::min<std::int64_t>(bytes, 1 << 16)));
        const auto begin = bytes - static_cast<std::int64_t>(part.size());
        if (!in.seekg(begin).read(part.data(), static_cast<std::streamsize>(part.size())))
            return 0;
        if (const auto found = part.rfind('\n'); found != std::string::npos)
            return begin + static_cast<std::int64_t>(found) + 1;
        bytes = begin;
    }
    return 0;
}

// How much of the file to keep. It may be shorter than the checkpoint says, or be another one: the
// curves lost points then, the weights did not.
std::int64_t kept(const std::filesystem::path& file, std::int64_t size, std::int64_t wanted)
{
    const auto keep = endOfLines(file, std::min(size, wanted));
    if (keep != wanted)
        base::log(
            base::LogLevel::Warning,
            file.string()
                + " has other lines than the checkpoint says: some points of the curves "
                  "are lost");
    return keep;
}

} // namespace

Result<MetricsLog> MetricsLog::open(const std::filesystem::path& file, std::int64_t keepBytes)
{
    FOVEA_TRY(base::checkPlainFile(file));
    std::error_code code;
    const auto size = std::filesystem::file_size(file, code);
    const auto keep = kept(file, code ? 0 : static_cast<std::int64_t>(size), keepBytes);
    if (!code) {
        std::filesystem::resize_file(file, static_cast<std::uintmax_t>(keep), code);
        if (code)
            return failure(
                say("%1: %2", "cannot write", base::systemText(code.value())), file.string());
    }
    MetricsLog log;
    log.m_file = file;
    log.m_bytes = keep;
    log.m_out.open(file, std::ios::binary | std::ios::app);
    if (!log.m_out)
        return failure("cannot write", file.string());
    return log;
}

void MetricsLog::add(const Point& p)
{
    constexpr std::size_t kMuch = 8192;
    if (!std::isfinite(p.value) || !std::isfinite(p.timeSeconds))
        return; // JSON has no such number
    m_waiting += "{\"step\":" + std::to_string(p.step) + ",\"epoch\":" + std::to_string(p.epoch)
        + ",\"time_s\":" + base::toFixed(p.timeSeconds, 4) + ",\"name\":\"" + std::string(p.name)
        + "\",\"value\":" + base::toText(p.value) + "}\n";
    if (m_waiting.size() > kMuch && m_out)
        write();
}

bool MetricsLog::write()
{
    m_out.clear();
    m_out << m_waiting;
    m_out.flush();
    if (m_out) {
        m_bytes += static_cast<std::int64_t>(m_waiting.size());
        m_waiting.clear();
        return true;
    }
    // A part may have been written; opened anew, the stream forgets the rest of it.
    m_out.close();
    std::error_code code;
    std::filesystem::resize_file(m_file, static_cast<std::uintmax_t>(m_bytes), code);
    m_out.open(m_file, std::ios::binary | std::ios::app);
    m_out.setstate(std::ios::failbit); // until the next flush
    return false;
}

Result<std::int64_t> MetricsLog::flush()
{
    if (!write())
        return failure(
            "cannot write the metrics", m_file.string(), "Free some space, then resume the run");
    FOVEA_TRY(base::syncFile(m_file));
    return m_bytes;
}

Status MetricsLog::moveTo(const std::filesystem::path& file)
{
    namespace fs = std::filesystem;
    std::error_code code;
    if (!fs::exists(m_file, code))
        m_bytes = 0; // somebody removed it
    else if (fs::copy_file(m_file, file, fs::copy_options::overwrite_existing, code))
        fs::resize_file(file, static_cast<std::uintmax_t>(m_bytes), code);
    if (code)
        return failure(
            say("%1: %2", "cannot write", base::systemText(code.value())), file.string());
    std::ofstream out(file, std::ios::binary | std::ios::app);
    if (!out)
        return failure("cannot write", file.string());
    m_out = std::move(out);
    m_file = file;
    return success();
}

namespace {

struct StoredPoint {
    std::string name;
    std::int64_t step = 0;
    double value = 0;
};

std::optional<StoredPoint> pointFrom(std::string_view line)
{
    if (line.size() > kMostLine)
        return std::nullopt;
    const auto json = io::Json::parse(line, nullptr, false);
    if (!json.is_object())
        return std::nullopt;
    io::Fields fields(json, {});
    StoredPoint point{
        fields.word("name", kMostName), fields.integer("step", 0, io::kMostCount),
        fields.number("value")};
    return fields.status() && !point.name.empty() ? std::optional(std::move(point)) : std::nullopt;
}

// Sorts points into their series.
class Collector {
public:
    // False, and nothing is taken, where the point goes back before the last of its series.
    bool add(StoredPoint point)
    {
        const auto place = m_places.try_emplace(point.name, m_series.size()).first->second;
        if (place == m_series.size())
            m_series.push_back({std::move(point.name), {}});
        auto& points = m_series[place].points;
        const auto step = static_cast<double>(point.step);
        if (!points.empty() && points.back().first > step)
            return false;
        points.emplace_back(step, point.value);
        return true;
    }
    std::vector<Series> take() { return std::move(m_series); }

private:
    std::vector<Series> m_series;
    std::map<std::string, std::size_t> m_places;
};

} // namespace

Result<std::vector<Series>> readSeries(const std::filesystem::path& file)
{
    FOVEA_ASSIGN(const auto text, io::readFile(file));
    Collector collector;
    std::int64_t left = 0;
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        auto point = pointFrom(rest.substr(0, end));
        const bool taken = point && collector.add(std::move(*point));
        left += !taken && end != std::string_view::npos; // a kill cuts the last line short
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    if (left > 0)
        base::log(
            base::LogLevel::Warning,
            file.string() + ": " + base::grouped(left) + " line(s) are no points of a curve");
    return collector.take();
}

std::int64_t stepsPerEpoch(const std::vector<Series>& series)
{
    const auto byEpoch = std::find_if(
        series.begin(), series.end(), [](const auto& s) { return s.name == "train/loss"; });
    if (byEpoch == series.end())
        return 0;
    // Some of the first points may be lost: the least distance counts.
    constexpr double kMost = 9e15;
    double before = 0;
    double least = kMost;
    for (const auto& [step, value] : byEpoch->points) {
        if (step > before)
            least = std::min(least, step - before);
        before = step;
    }
    return least < kMost ? static_cast<std::int64_t>(least) : 0;
}

Status saveSeries(const std::filesystem::path& run, const std::filesystem::path& file)
{
    FOVEA_ASSIGN(const auto series, readSeries(run / "metrics.jsonl"));
    return io::replaceFile(file, file.extension() == ".csv" ? toCsv(series) : toJson(series));
}

} // namespace fovea::train

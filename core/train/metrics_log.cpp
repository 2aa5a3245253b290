#include "core/train/metrics_log.h"

#include "core/base/log.h"
#include "core/base/os.h"
#include "core/base/text.h"
#include "core/io/file.h"
#include "core/io/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

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

Result<MetricsLog> MetricsLog::open(const std::filesystem::path& file, std::int64_t keepBytes)
{
    std::error_code code;
    const auto size = std::filesystem::file_size(file, code);
    const auto there = code ? 0 : static_cast<std::int64_t>(size);
    if (there < keepBytes) {
        // The curves lost points; the weights did not.
        base::log(
            base::LogLevel::Warning,
            file.string()
                + " is shorter than the checkpoint says: some points of the curves are "
                  "lost");
        keepBytes = there;
    }
    if (!code) {
        std::filesystem::resize_file(file, static_cast<std::uintmax_t>(keepBytes), code);
        if (code)
            return failure(
                say("%1: %2", "cannot write", base::systemText(code.value())), file.string());
    }
    MetricsLog log;
    log.m_file = file;
    log.m_bytes = keepBytes;
    log.m_out.open(file, std::ios::binary | std::ios::app);
    if (!log.m_out)
        return failure("cannot write", file.string());
    return log;
}

void MetricsLog::add(const Point& p)
{
    constexpr std::size_t kMuch = 8192;
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

Result<std::vector<Series>> readSeries(const std::filesystem::path& file)
{
    FOVEA_ASSIGN(const auto text, io::readFile(file));
    std::vector<Series> series;
    for (const auto line : base::split(text, "\n")) {
        // A line that a kill cut short is no point.
        const auto json = io::Json::parse(line, nullptr, false);
        const auto number = [&](const char* key) {
            return json.contains(key) && json[key].is_number();
        };
        if (!json.is_object() || !json.contains("name") || !json["name"].is_string()
            || !number("step") || !number("value"))
            continue;
        const auto name = json["name"].get<std::string>();
        auto found = std::find_if(
            series.begin(), series.end(), [&](const auto& s) { return s.name == name; });
        if (found == series.end())
            found = series.insert(series.end(), {name, {}});
        found->points.emplace_back(json["step"].get<double>(), json["value"].get<double>());
    }
    return series;
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

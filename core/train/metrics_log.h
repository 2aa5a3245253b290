// metrics.jsonl of a run: every point, one JSON object a line. Lines that the disk refuses wait in
// memory for the next flush. One thread.
#pragma once

#include "core/train/observer.h"

#include <filesystem>
#include <fstream>

namespace fovea::train {

class MetricsLog {
public:
    // Continues after the first `keepBytes`: what a killed run wrote after its checkpoint goes.
    // With a warning after the last whole line of these, where the file is another one.
    static Result<MetricsLog> open(const std::filesystem::path& file, std::int64_t keepBytes);
    void add(const Point& point); // left out if its value is not finite
    // Everything so far is with the system; the length of the file. After an error the file is what
    // it was.
    Result<std::int64_t> flush();
    // On in another file, which becomes a copy of this one. After an error it is still this one.
    Status moveTo(const std::filesystem::path& file);

private:
    bool write(); // what waits

    std::filesystem::path m_file;
    std::ofstream m_out;
    std::int64_t m_bytes = 0; // in the file
    std::string m_waiting;
};

// One named curve: (step, value) in the order of the file.
struct Series {
    std::string name;
    std::vector<std::pair<double, double>> points;
};

// Each line that is a point, by name; steps of a series never fall. Warns of other lines, but for a
// last one without its end.
Result<std::vector<Series>> readSeries(const std::filesystem::path& file);
// Of an epoch, by the curve that has a point for each; 0 where that has none yet.
std::int64_t stepsPerEpoch(const std::vector<Series>& series);
// Every point of a run, by the file's ending. .csv: name,step,value. .json:
// {"series": [{"name": ..., "points": [[step, value], ...]}, ...]}
Status saveSeries(const std::filesystem::path& run, const std::filesystem::path& file);

} // namespace fovea::train

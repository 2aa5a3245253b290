// A run on disk, field by field as HACKING.md tells:
//   run.json  metrics.jsonl  items.csv  log.txt  checkpoints/{last,best,epoch-N}.safetensors
//   figures/  exports/
// run.json is replaced atomically; a folder killed at any moment opens. One writer, held by a lock.
#pragma once

#include "core/base/os.h"
#include "core/data/dataset.h"
#include "core/train/run_record.h"

#include <filesystem>
#include <memory>
#include <stop_token>

namespace fovea::train {

class RunFolder {
public:
    // A new run: the folder appears whole, with run.json and items.csv. Refuses one that exists
    // unless `replace`.
    static Result<RunFolder> create(
        const std::filesystem::path& folder, RunRecord record, const data::Dataset& dataset,
        bool replace);
    // Takes the lock; for resuming.
    static Result<RunFolder> openForWriting(const std::filesystem::path& folder);
    // For looking; needs no lock.
    static Result<RunFolder> open(const std::filesystem::path& folder);

    RunFolder(RunFolder&&) = default;
    RunFolder& operator=(RunFolder&&) = default;

    const std::filesystem::path& path() const { return m_path; }
    bool isBeingWritten() const; // by some process, this one included
    std::filesystem::path checkpoint(const std::string& name) const;
    std::filesystem::path metricsFile() const { return m_path / "metrics.jsonl"; }
    const RunRecord& record() const { return m_record; }
    RunRecord& record() { return m_record; }
    Status saveRecord() const;

    // The data set that the run was trained on; `override` where it was moved. Another fingerprint
    // is refused.
    Result<std::shared_ptr<const data::Dataset>> dataset(
        const std::filesystem::path& override = {}, std::stop_token stop = {}) const;

private:
    RunFolder() = default;
    std::filesystem::path m_path;
    RunRecord m_record;
    std::unique_ptr<base::FileLock> m_lock;
};

} // namespace fovea::train

// What every subcommand shares: options, progress, the stop signal, output, exit codes. Main
// thread.
#pragma once

#include "core/base/os.h"
#include "core/base/progress.h"
#include "core/data/dataset.h"
#include "core/device/compute_thread.h"
#include "core/device/thrown.h"
#include "core/io/json.h"
#include "core/train/run_folder.h"
#include "core/train/trained_model.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace fovea::cli {

// All that is printed: a bar on a terminal's standard error; on standard output text, or JSON lines
// with --json. Where standard output takes no more, it asks the work to stop. Any thread may
// report.
class Reporter final : public base::Progress {
public:
    Reporter(bool json, std::stop_source stop);
    ~Reporter() override;
    Reporter(const Reporter&) = delete;
    Reporter& operator=(const Reporter&) = delete;
    void report(const base::Step& step) override;
    void event(const io::Json& object); // one line with --json
    void text(const std::string& text);
    void clearBar();
    Status written(); // whether standard output took everything

private:
    void write(const std::string& text); // under the lock

    std::mutex m_mutex;
    bool m_json;
    std::stop_source m_stop;
    int m_writeError = 0; // the system's number for it
    bool m_terminal;
    bool m_barShown = false;
    std::string m_what;
    std::int64_t m_firstDone = 0;
    std::chrono::steady_clock::time_point m_started;
    std::chrono::steady_clock::time_point m_shown;
};

// With control characters, which ids and titles of a file may hold and a terminal obeys, as
// "\\x1b". Ends of lines and tabs stay.
std::string printable(std::string_view text);

struct Session {
    bool json = false;
    Reporter& reporter;
    std::stop_token stop;

    // Text for people on standard output; nothing with --json.
    void print(const std::string& text) const;
};

// A command does its work and returns the result object that --json prints last.
using Work = std::function<Result<io::Json>(Session&)>;

struct Program {
    CLI::App app{"Train attention-based recommenders and see what their attention does", "fovea"};
    bool json = false;
    bool verbose = false;
    Work work; // of the command that was given
};

// --json and --verbose, which may stand before the command or after it.
void addCommonOptions(Program& program, CLI::App& app);

// Registers a subcommand; `options` adds its options and returns its work.
CLI::App& addCommand(
    Program& program, const std::string& name, const std::string& help,
    const std::function<Work(CLI::App&)>& options);

// Exit codes: architecture's 0, 1, 2, 3, 130.
int exitCode(ErrorKind kind);

// What a command was given, or all that this process may use where that is 0.
int threadsFor(int given);
std::string threadsText(int threads); // "2 threads"

// One job on a compute thread of its own, waited for. LibTorch's exceptions become errors here.
template <typename Job> auto compute(int threads, Job job) -> std::invoke_result_t<Job>
{
    device::ComputeThread thread(threads);
    try {
        return thread.submit(device::Priority::Training, std::move(job)).get();
    } catch (...) {
        return device::thrown();
    }
}

struct OpenRun {
    train::RunFolder folder;
    std::shared_ptr<const data::Dataset> dataset;
};
Result<OpenRun> openRun(
    const std::string& run, const std::string& dataOverride, const std::stop_token& stop);

// The history that --user or --history names; with --history it belongs to nobody, and each item
// has the middle of the scale as its rating.
struct ChosenHistory {
    UserIndex user{-1};
    train::History history;
};
Result<ChosenHistory> chooseHistory(
    const data::Dataset& dataset, const std::string& user, const std::string& history);

void addImport(Program& program);
void addInspect(Program& program);
void addSample(Program& program);
void addTrain(Program& program);
void addEvaluate(Program& program);
void addRecommend(Program& program);
void addAttention(Program& program);
void addExport(Program& program);
void addRuns(Program& program);
void addParameters(Program& program);

} // namespace fovea::cli

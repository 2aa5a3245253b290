#include "app/cli/command.h"

#include "core/base/text.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <iostream>
#include <utility>

namespace fovea::cli {

namespace {

std::string padded(const std::string& text, std::size_t width)
{
    return std::string(width - std::min(width, text.size()), ' ') + text;
}

} // namespace

std::string printable(std::string_view text)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    const auto byteAt = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0xFFU;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        // U+0080 to U+009F
        const bool isSecond = byteAt(i) == 0xC2 && byteAt(i + 1) >= 0x80 && byteAt(i + 1) < 0xA0;
        i += isSecond ? 1 : 0;
        const auto byte = byteAt(i);
        if (isSecond || (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F)
            out += {'\\', 'x', kDigits[byte / 16], kDigits[byte % 16]};
        else
            out += text[i];
    }
    return out;
}

Reporter::Reporter(bool json, std::stop_source stop)
    : m_json(json)
    , m_stop(std::move(stop))
    , m_terminal(base::isTerminal(2))
{ }

Reporter::~Reporter() { clearBar(); }

void Reporter::clearBar()
{
    const std::scoped_lock lock(m_mutex);
    if (m_barShown)
        std::fputs("\r\x1b[K", stderr);
    m_barShown = false;
}

void Reporter::write(const std::string& text)
{
    if (m_writeError != 0)
        return;
    errno = 0;
    std::cout << text << std::flush;
    if (std::cout)
        return;
    m_writeError = errno != 0 ? errno : EIO;
    m_stop.request_stop();
}

void Reporter::event(const io::Json& object)
{
    const std::scoped_lock lock(m_mutex);
    if (m_json)
        write(io::toLine(object) + "\n");
}

void Reporter::text(const std::string& text)
{
    clearBar();
    const std::scoped_lock lock(m_mutex);
    write(printable(text));
}

Status Reporter::written()
{
    const std::scoped_lock lock(m_mutex);
    if (m_writeError == 0)
        return success();
    return failure(
        say("cannot write: %1", base::systemText(m_writeError)), "standard output",
        "Free space where it goes, or keep the program open that reads it");
}

void Reporter::report(const base::Step& step)
{
    using namespace std::chrono;
    const std::scoped_lock lock(m_mutex);
    const auto now = steady_clock::now();
    if (m_what != step.what) {
        m_what = step.what;
        m_started = now;
        m_firstDone = step.done; // a resumed run begins in the middle
        m_shown = {};
    }
    if (now - m_shown < milliseconds(200) || (!m_json && !m_terminal))
        return;
    m_shown = now;
    const double elapsed = duration<double>(now - m_started).count();
    const auto done = static_cast<double>(step.done - m_firstDone);
    const double rate = elapsed > 0 ? done / elapsed : 0; // 0 = not known yet
    const double left =
        rate > 0 && step.total > 0 ? static_cast<double>(step.total - step.done) / rate : 0;
    if (m_json) {
        const io::Json object = {{"event", "progress"}, {"what", step.what}, {"done", step.done},
                                 {"total", step.total}, {"rate", rate},      {"eta_s", left}};
        write(io::toLine(object) + "\n");
        return;
    }
    constexpr int kCells = 24;
    const double share = std::clamp(
        static_cast<double>(step.done) / std::max(static_cast<double>(step.total), 1.0), 0.0, 1.0);
    const int full = static_cast<int>(share * kCells);
    std::string bar(static_cast<std::size_t>(full), '#');
    bar.resize(kCells, '.');
    const std::string line = std::string(step.what) + " [" + bar + "] "
        + padded(base::toFixed(100 * share, 0), 3) + " %  "
        + (rate > 0 ? base::grouped(static_cast<std::int64_t>(rate)) + " " + std::string(step.unit)
                   + "/s  " + base::durationText(left) + " left  "
                    : "")
        + std::string(step.note);
    std::fputs(("\r" + line + "\x1b[K").c_str(), stderr);
    std::fflush(stderr);
    m_barShown = true;
}

void Session::print(const std::string& text) const
{
    if (!json)
        reporter.text(text);
}

void addCommonOptions(Program& program, CLI::App& app)
{
    app.add_flag(
           "--json", program.json, "one JSON object a line on standard output, the result last")
        ->disable_flag_override(); // --json=no would be two answers to one question
    app.add_flag("-v,--verbose", program.verbose, "log more to standard error");
}

CLI::App& addCommand(
    Program& program, const std::string& name, const std::string& help,
    const std::function<Work(CLI::App&)>& options)
{
    auto& command = *program.app.add_subcommand(name, help);
    addCommonOptions(program, command);
    auto work = options(command);
    command.callback([&program, work = std::move(work)] { program.work = work; });
    return command;
}

int exitCode(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Failed:
        return 1;
    case ErrorKind::Usage:
        return 2;
    case ErrorKind::BadInput:
        return 3;
    case ErrorKind::Interrupted:
        break;
    }
    return 130;
}

int threadsFor(int given) { return given > 0 ? given : base::coreCount(); }

std::string threadsText(int threads)
{
    return std::to_string(threads) + (threads == 1 ? " thread" : " threads");
}

Result<OpenRun> openRun(
    const std::string& run, const std::string& dataOverride, const std::stop_token& stop)
{
    FOVEA_ASSIGN(auto folder, train::RunFolder::open(run));
    FOVEA_ASSIGN(auto dataset, folder.dataset(dataOverride, stop));
    if (stop.stop_requested())
        return interrupted("stopped");
    return OpenRun{std::move(folder), std::move(dataset)};
}

namespace {

// "12,7,9" as item indices of the data set.
Result<std::vector<std::int32_t>> parseHistory(const data::Dataset& dataset, const std::string& ids)
{
    std::vector<std::int32_t> items;
    for (const auto id : base::split(ids, ",")) {
        const auto item = dataset.findItem(base::trim(id));
        if (!item)
            return data::unknownItem(base::trim(id));
        items.push_back(item->value);
    }
    return items;
}

} // namespace

Result<ChosenHistory> chooseHistory(
    const data::Dataset& dataset, const std::string& user, const std::string& history)
{
    ChosenHistory chosen;
    if (user.empty()) {
        FOVEA_ASSIGN(chosen.history.items, parseHistory(dataset, history));
        chosen.history.values.assign(
            chosen.history.items.size(), 0.5f * (dataset.lowestValue() + dataset.highestValue()));
        return chosen;
    }
    const auto found = dataset.findUser(user);
    if (!found)
        return data::unknownUser(dataset, user);
    return ChosenHistory{*found, train::historyOf(dataset, *found)};
}

} // namespace fovea::cli

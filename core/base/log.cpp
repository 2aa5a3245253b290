#include "core/base/log.h"

#include "core/base/plain_file.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/dist_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>

#include <mutex>

namespace fovea::base {

namespace {

struct Sinks {
    std::shared_ptr<spdlog::sinks::stderr_color_sink_mt> console =
        std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
    std::shared_ptr<spdlog::sinks::dist_sink_mt> all =
        std::make_shared<spdlog::sinks::dist_sink_mt>();
    spdlog::logger logger{"fovea", all};

    Sinks()
    {
        console->set_level(spdlog::level::warn);
        console->set_pattern("%^%l%$: %v");
        all->add_sink(console);
        logger.set_level(spdlog::level::debug);
        logger.flush_on(spdlog::level::info);
    }
};

Sinks& sinks()
{
    static Sinks instance;
    return instance;
}

spdlog::level::level_enum toSpdlog(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return spdlog::level::debug;
    case LogLevel::Info:
        return spdlog::level::info;
    case LogLevel::Warning:
        return spdlog::level::warn;
    case LogLevel::Error:
        return spdlog::level::err;
    case LogLevel::Off:
        break;
    }
    return spdlog::level::off;
}

} // namespace

struct LogFile::Sink {
    spdlog::sink_ptr file;
};

namespace {

struct Listening {
    std::mutex mutex;
    LogListener listener;
};

Listening& listening()
{
    static Listening instance;
    return instance;
}

} // namespace

void log(LogLevel level, const std::string& message)
{
    sinks().logger.log(toSpdlog(level), message);
    const std::scoped_lock lock(listening().mutex);
    if (listening().listener && level != LogLevel::Debug)
        listening().listener(level, message);
}

void setLogListener(LogListener listener)
{
    const std::scoped_lock lock(listening().mutex);
    listening().listener = std::move(listener);
}

void setConsoleLevel(LogLevel level) { sinks().console->set_level(toSpdlog(level)); }

Result<std::unique_ptr<LogFile>> LogFile::open(const std::filesystem::path& file)
{
    FOVEA_TRY(checkPlainFile(file));
    try {
        auto sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(file.string());
        sink->set_level(spdlog::level::info);
        sink->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
        sinks().all->add_sink(sink);
        return std::unique_ptr<LogFile>(new LogFile(std::make_unique<Sink>(Sink{std::move(sink)})));
    } catch (const spdlog::spdlog_ex& error) {
        return failure(say("cannot open the log: %1", std::string(error.what())), file.string());
    }
}

LogFile::LogFile(std::unique_ptr<Sink> sink)
    : m_sink(std::move(sink))
{ }

LogFile::~LogFile() { sinks().all->remove_sink(m_sink->file); }

} // namespace fovea::base

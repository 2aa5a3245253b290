// Logging by spdlog, which stays behind this header: LibTorch brings another version of its
// formatter. Messages go to standard error from a chosen level up, and to the log.txt of a run
// while one is open. Any thread.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace fovea::base {

enum class LogLevel { Debug, Info, Warning, Error, Off };

void log(LogLevel level, const std::string& message);
inline void logInfo(const std::string& message) { log(LogLevel::Info, message); }
inline void logError(const std::string& message) { log(LogLevel::Error, message); }

// Only messages of this level and above reach standard error; Warning at first.
void setConsoleLevel(LogLevel level);

// Gets every message from info up, on the thread that logs; empty = nobody does. One at a time.
using LogListener = std::function<void(LogLevel, const std::string&)>;
void setLogListener(LogListener listener);

// While it lives, every message from info up is also appended to `file`.
class LogFile {
public:
    static Result<std::unique_ptr<LogFile>> open(const std::filesystem::path& file);
    ~LogFile();
    LogFile(const LogFile&) = delete;
    LogFile& operator=(const LogFile&) = delete;

private:
    struct Sink;
    explicit LogFile(std::unique_ptr<Sink> sink);
    std::unique_ptr<Sink> m_sink;
};

} // namespace fovea::base

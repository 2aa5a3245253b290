// All that differs between operating systems and is not in the standard library. A port is a new
// os_*.cpp beside os_posix.cpp. Any thread, unless a line says otherwise.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

namespace fovea::base {

// Writes the parts, one after the other, to a new file and makes sure that they are on the disk
// before it returns.
Status writeDurably(const std::filesystem::path& file, std::span<const std::string_view> parts);
// Renames over whatever is there, atomically, and makes the folder's entry durable. So does the
// exchange.
Status renameDurably(const std::filesystem::path& from, const std::filesystem::path& to);

// Makes two existing names stand for each other's content, in one step where the system can.
Status exchangeDurably(const std::filesystem::path& a, const std::filesystem::path& b);
// What was written to the file is on the disk.
Status syncFile(const std::filesystem::path& file);

// A file as memory, for reading: its pages come in as they are touched and can be had again at any
// time. Stays readable when the file is renamed or removed; must not be cut while it is open.
class FileMapping {
public:
    static Result<std::unique_ptr<FileMapping>> open(const std::filesystem::path& file);
    ~FileMapping();
    FileMapping(const FileMapping&) = delete;
    FileMapping& operator=(const FileMapping&) = delete;

    std::string_view bytes() const { return m_bytes; }
    void giveBack() const; // what was touched counts no longer as this process's memory

private:
    explicit FileMapping(std::string_view bytes)
        : m_bytes(bytes)
    { }
    std::string_view m_bytes;
};

// A file without a name, for what need not lie in memory; the system removes it with its owner. One
// thread at a time.
class ScratchFile {
public:
    static Result<std::unique_ptr<ScratchFile>> create(const std::filesystem::path& folder);
    ~ScratchFile();
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;

    Result<std::size_t> append(std::string_view bytes); // where they begin
    // All that was appended, as memory that lives as long as this.
    Result<std::string_view> map();

private:
    explicit ScratchFile(int descriptor);
    int m_descriptor;
    std::size_t m_size = 0;
    std::string_view m_mapped;
};

// An advisory lock held by this process until destroyed; released by the system if the process
// dies. Holds between containers that share the file system. The file says who has it.
class FileLock {
public:
    // A lock held elsewhere is an Error with ErrorKind::Failed that names `what`.
    static Result<std::unique_ptr<FileLock>> acquire(
        const std::filesystem::path& file, std::string_view what);
    // True if some process holds it. Asks without taking it: a start at this moment is not
    // hindered.
    static bool isHeld(const std::filesystem::path& file);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    explicit FileLock(int descriptor);
    int m_descriptor;
};

// Turns the first interrupt or termination signal into a stop request; the second ends the process
// at once with code 130. One at a time; construct it on the main thread.
class InterruptGuard {
public:
    InterruptGuard();
    ~InterruptGuard();
    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;

    std::stop_token token() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

std::int64_t peakMemoryBytes(); // of this process, resident
std::int64_t residentMemoryBytes(); // of this process, now
double secondsSinceStart(); // of this process; to a hundredth
std::int64_t availableMemoryBytes(); // what the machine, or this process's cgroup, could give now
int coreCount();
// Freed memory stays with the process for its next tensors: the system clears each page that it
// hands out, which is a third of a training step's time. LibTorch's large tensors lie in large
// pages, where the system has them: a tenth of it on two threads. Once, at the start of main.
// Memory that is free goes back with returnFreedMemory(), between runs.
void keepFreedMemory();
void returnFreedMemory();
int processId();
// The file of this program, also where the system's loader was called with it.
std::filesystem::path programFile();
bool isTerminal(int descriptor);
// "2026-01-31T12:00:00Z"
std::string timestampNow();
Message systemText(int errorNumber);
// "cannot write: no space left on device", and what to do about it.
Error systemError(const char* what, const std::filesystem::path& file, int number);

// While it lives, the C library of this thread takes text for UTF-8, whatever the process's locale.
class Utf8Thread {
public:
    Utf8Thread();
    ~Utf8Thread();
    Utf8Thread(const Utf8Thread&) = delete;
    Utf8Thread& operator=(const Utf8Thread&) = delete;

private:
    void* m_before;
};

// A function of a module that is loaded once and never taken down; `module` is a path from the
// folder of the program. Its names and those of the libraries that it needs stay its own. Null
// where there is no such module, or none that loads.
void* moduleFunction(const std::string& module, const char* name);

} // namespace fovea::base

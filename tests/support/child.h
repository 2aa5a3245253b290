// A program that runs beside the test: its peak of memory, and how it takes an interrupt.
#pragma once

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <ctime>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace fovea::test {

class Child {
public:
    // Its outputs go into files of the folder.
    Child(const std::filesystem::path& folder, const std::vector<std::string>& command)
    {
        std::vector<char*> words;
        for (const auto& word : command)
            words.push_back(const_cast<char*>(word.c_str()));
        words.push_back(nullptr);
        const auto out = (folder / "child.out").string();
        const auto err = (folder / "child.err").string();
        m_process = ::fork();
        if (m_process != 0)
            return;
        const auto opened = [](const std::string& name) {
            return ::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        };
        ::dup2(opened(out), 1);
        ::dup2(opened(err), 2);
        ::execv(words.front(), words.data());
        ::_exit(127);
    }
    ~Child()
    {
        if (m_process > 0) {
            ::kill(m_process, SIGKILL);
            ::waitpid(m_process, nullptr, 0);
        }
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    // Waits until it has had so much of a processor; false if it ended before.
    bool worksFor(double processorSeconds) const
    {
        clockid_t clock{};
        if (::clock_getcpuclockid(m_process, &clock) != 0)
            return false;
        while (true) {
            siginfo_t ended{};
            ::waitid(P_PID, static_cast<id_t>(m_process), &ended, WEXITED | WNOHANG | WNOWAIT);
            if (ended.si_pid != 0)
                return false;
            timespec now{};
            ::clock_gettime(clock, &now);
            if (static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9
                >= processorSeconds)
                return true;
            std::this_thread::yield();
        }
    }
    void interrupt() const { ::kill(m_process, SIGINT); }
    int wait() // its exit code
    {
        int status = 0;
        rusage usage{};
        ::wait4(m_process, &status, 0, &usage);
        m_process = -1;
        m_peakBytes = std::int64_t{usage.ru_maxrss} * 1024;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    std::int64_t peakBytes() const { return m_peakBytes; } // once it has ended

private:
    pid_t m_process = -1;
    std::int64_t m_peakBytes = 0;
};

} // namespace fovea::test

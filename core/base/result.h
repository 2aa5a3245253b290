// Errors as values. Whatever a person, a file or a machine can get wrong comes back as a Result; an
// exception inside the core is caught at the edge that is named in HACKING.md. Any thread.
#pragma once

#include "core/base/message.h"

#include <string>
#include <utility>
#include <variant>

namespace fovea {

// Decides the exit code of the command line: 1, 2, 3 and 130.
enum class ErrorKind { Failed, Usage, BadInput, Interrupted };

struct Error {
    ErrorKind kind = ErrorKind::Failed;
    Message what; // what is wrong, a sentence without its full stop
    Message where; // file, line and column, or a key; may be empty
    Message hint; // what to do; may be empty

    // "where: what. hint" in one line, in English.
    std::string message() const;
};

Error badInput(Message what, Message where = {}, Message hint = {});
Error wrongUse(Message what, Message where = {}, Message hint = {});
Error failure(Message what, Message where = {}, Message hint = {});
Error interrupted(Message what);

// End the process, in every build: the caller read what a Result does not hold.
[[noreturn]] void endForMissingValue(const Error* error) noexcept;
[[noreturn]] void endForMissingError() noexcept;

// Either a value or an Error. Reading the one that is not there is our own mistake: the process
// ends with a message that holds the error.
template <typename T> class [[nodiscard]] Result {
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    { }
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    { }

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    const T& value() const
    {
        if (const T* held = std::get_if<0>(&m_state)) [[likely]]
            return *held;
        endForMissingValue(std::get_if<1>(&m_state));
    }
    T& value()
    {
        if (T* held = std::get_if<0>(&m_state)) [[likely]]
            return *held;
        endForMissingValue(std::get_if<1>(&m_state));
    }
    T take() { return std::move(value()); }
    const Error& error() const
    {
        if (const Error* held = std::get_if<1>(&m_state)) [[likely]]
            return *held;
        endForMissingError();
    }

    const T& operator*() const { return value(); }
    T& operator*() { return value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

private:
    std::variant<T, Error> m_state;
};

struct Done { };
using Status = Result<Done>;
inline Status success() { return Done{}; }

} // namespace fovea

// FOVEA_TRY(expr): returns the error of a Status or Result from the enclosing function.
#define FOVEA_TRY(expr)                                                                            \
    do {                                                                                           \
        if (auto tried = (expr); !tried)                                                           \
            return tried.error();                                                                  \
    } while (false)

#define FOVEA_JOIN_(a, b) a##b
#define FOVEA_JOIN(a, b) FOVEA_JOIN_(a, b)

// FOVEA_ASSIGN(auto x, expr): x takes the value of a Result, or its error is returned.
#define FOVEA_ASSIGN(target, expr)                                                                 \
    auto FOVEA_JOIN(result_, __LINE__) = (expr);                                                   \
    if (!FOVEA_JOIN(result_, __LINE__))                                                            \
        return FOVEA_JOIN(result_, __LINE__).error();                                              \
    target = FOVEA_JOIN(result_, __LINE__).take()

#include "core/base/result.h"

#include <cstdio>
#include <cstdlib>

namespace fovea {

namespace {

Error make(ErrorKind kind, Message what, Message where, Message hint)
{
    return Error{kind, std::move(what), std::move(where), std::move(hint)};
}

} // namespace

std::string Error::message() const
{
    std::string text = what.english();
    if (!where.empty())
        text = where.english() + ": " + text;
    if (!hint.empty())
        text += ". " + hint.english();
    return text;
}

Error badInput(Message what, Message where, Message hint)
{
    return make(ErrorKind::BadInput, std::move(what), std::move(where), std::move(hint));
}

Error wrongUse(Message what, Message where, Message hint)
{
    return make(ErrorKind::Usage, std::move(what), std::move(where), std::move(hint));
}

Error failure(Message what, Message where, Message hint)
{
    return make(ErrorKind::Failed, std::move(what), std::move(where), std::move(hint));
}

Error interrupted(Message what) { return make(ErrorKind::Interrupted, std::move(what), {}, {}); }

void endForMissingValue(const Error* error) noexcept
{
    const auto message = error ? error->message() : std::string("it holds nothing");
    std::fprintf(stderr, "Fovea: the value of a failed result was read: %s\n", message.c_str());
    std::abort();
}

void endForMissingError() noexcept
{
    std::fputs("Fovea: the error of a successful result was read\n", stderr);
    std::abort();
}

} // namespace fovea

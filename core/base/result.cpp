#include "core/base/result.h"

namespace fovea {

namespace {

Error make(ErrorKind kind, std::string what, std::string where, std::string hint)
{
    return Error{kind, std::move(what), std::move(where), std::move(hint)};
}

} // namespace

std::string Error::message() const
{
    std::string text = where.empty() ? what : where + ": " + what;
    if (!hint.empty())
        text += ". " + hint;
    return text;
}

Error badInput(std::string what, std::string where, std::string hint)
{
    return make(ErrorKind::BadInput, std::move(what), std::move(where), std::move(hint));
}

Error wrongUse(std::string what, std::string where, std::string hint)
{
    return make(ErrorKind::Usage, std::move(what), std::move(where), std::move(hint));
}

Error failure(std::string what, std::string where, std::string hint)
{
    return make(ErrorKind::Failed, std::move(what), std::move(where), std::move(hint));
}

Error interrupted(std::string what)
{
    return make(ErrorKind::Interrupted, std::move(what), {}, {});
}

} // namespace fovea

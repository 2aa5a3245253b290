#include "core/io/fields.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace fovea::io {

namespace {

constexpr std::size_t kMostShown = 60; // characters of a wrong value

const Json& null()
{
    static const Json value;
    return value;
}

std::string shown(const Json& value)
{
    if (value.is_array())
        return "[...]";
    if (value.is_object())
        return "{...}";
    const auto text = toLine(value); // with control characters escaped
    return base::shortened(
        value.is_string() ? std::string_view(text).substr(1, text.size() - 2) : text, kMostShown);
}

bool isPrintable(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

} // namespace

struct Fields::Fault {
    std::string where;
    std::optional<Error> first;
};

Fields::Fields(const Json& object, std::string where)
    : m_object(&object)
    , m_fault(std::make_shared<Fault>(Fault{std::move(where), std::nullopt}))
{
    if (!object.is_object())
        fail(say("this JSON is not an object"), {});
}

Fields::Fields(const Json& object, const Fields& parent, const std::string& path)
    : m_object(&object)
    , m_path(path + ".")
    , m_fault(parent.m_fault)
{
    if (!object.is_object())
        fail(say("'%1' is no value for %2", shown(object), path), say("It takes an object"));
}

void Fields::fail(Message what, Message allowed)
{
    if (!m_fault->first)
        m_fault->first = badInput(std::move(what), m_fault->where, std::move(allowed));
}

void Fields::refuse(const char* key, Message allowed)
{
    fail(say("'%1' is no value for %2", shown(any(key)), m_path + key), std::move(allowed));
}

bool Fields::has(const char* key) const { return m_object->is_object() && m_object->contains(key); }

const Json& Fields::any(const char* key)
{
    if (has(key))
        return *m_object->find(key);
    fail(say("the file has no '%1'", m_path + key), {});
    return null();
}

std::int64_t Fields::integer(const char* key, std::int64_t least, std::int64_t most)
{
    const auto number = wholeNumber(any(key));
    if (number && *number >= least && *number <= most)
        return *number;
    refuse(key, say("It takes an integer from %1 to %2", least, most));
    return least;
}

double Fields::number(const char* key, double least, double most)
{
    const auto& value = any(key);
    const double number = value.is_number() ? value.get<double>() : std::nan("");
    if (number >= least && number <= most)
        return number;
    refuse(key, say("It takes a number from %1 to %2", least, most));
    return 0;
}

std::string Fields::text(const char* key, std::size_t mostBytes)
{
    const auto& value = any(key);
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        if (text.size() <= mostBytes && text.find('\0') == std::string::npos)
            return text;
    }
    refuse(key, say("It takes a text of at most %1 bytes", mostBytes));
    return {};
}

std::string Fields::word(const char* key, std::size_t mostBytes)
{
    auto text = this->text(key, mostBytes);
    if (!isPrintable(text))
        refuse(key, say("It takes letters, digits and signs of ASCII"));
    return text;
}

std::vector<Fields> Fields::list(const char* key, std::size_t most)
{
    const auto& value = any(key);
    std::vector<Fields> entries;
    if (!value.is_array() || value.size() > most) {
        refuse(key, say("It takes a list of at most %1 entries", most));
        return entries;
    }
    for (std::size_t i = 0; i < value.size(); ++i)
        entries.push_back(Fields(value[i], *this, m_path + key + '[' + std::to_string(i) + ']'));
    return entries;
}

std::vector<std::pair<std::string, double>> Fields::numbers(const char* key, std::size_t most)
{
    constexpr std::size_t kMostName = 64;
    std::vector<std::pair<std::string, double>> numbers;
    auto inner = object(key);
    if (!inner.m_object->is_object())
        return numbers;
    if (inner.m_object->size() > most) {
        refuse(key, say("It takes at most %1 numbers", most));
        return numbers;
    }
    for (const auto& [name, value] : inner.m_object->items()) {
        if (name.empty() || name.size() > kMostName || !isPrintable(name))
            inner.fail(
                say("'%1' is no name in %2", shown(Json(name)), m_path + key),
                say("It takes a text of at most %1 bytes", kMostName));
        numbers.emplace_back(name, inner.number(name.c_str()));
    }
    return numbers;
}

Fields Fields::object(const char* key) { return {any(key), *this, m_path + key}; }

Status Fields::status() const { return m_fault->first ? Status(*m_fault->first) : success(); }

} // namespace fovea::io

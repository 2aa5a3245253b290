// The fields of a JSON object in a file, each checked as it is read. The first fault is kept and
// names the field; what is read after it means nothing. A plain value that refers to the JSON; any
// thread.
#pragma once

#include "core/io/json.h"

#include <limits>
#include <memory>

namespace fovea::io {

// The largest count that JSON's numbers hold exactly in every program: 2^53.
constexpr std::int64_t kMostCount = std::int64_t{1} << 53;

class Fields {
public:
    Fields(const Json& object, std::string where);

    std::int64_t integer(const char* key, std::int64_t least, std::int64_t most);
    // Finite.
    double number(
        const char* key, double least = std::numeric_limits<double>::lowest(),
        double most = std::numeric_limits<double>::max());
    std::string text(const char* key, std::size_t mostBytes);
    // Printable ASCII.
    std::string word(const char* key, std::size_t mostBytes);
    // A list or an object: what it holds, each read as a field of an object of its own.
    std::vector<Fields> list(const char* key, std::size_t most);
    std::vector<std::pair<std::string, double>> numbers(const char* key, std::size_t most);
    Fields object(const char* key);
    const Json& any(const char* key); // null where it is missing
    bool has(const char* key) const;

    // For rules that concern several fields: keeps the fault if it is the first.
    void refuse(const char* key, Message allowed);
    Status status() const;

private:
    Fields(const Json& object, const Fields& parent, const std::string& path);
    void fail(Message what, Message allowed);

    struct Fault;
    const Json* m_object;
    std::string m_path; // of the object in the file, as "best."
    std::shared_ptr<Fault> m_fault; // one for the whole file
};

} // namespace fovea::io

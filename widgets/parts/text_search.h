// Whether texts hold a part, upper and lower case alike. An ASCII part is looked for in the bytes
// as they lie, so that a million texts take some ten milliseconds. Any thread.
#pragma once

#include <QString>

#include <string>

namespace fovea::widgets {

class TextSearch {
public:
    explicit TextSearch(const QString& part);
    bool isIn(std::string_view text) const;

private:
    QString m_part;
    std::string m_lower; // of an ASCII part; empty = another one
};

} // namespace fovea::widgets

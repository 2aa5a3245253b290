#include "widgets/parts/text_search.h"

#include <algorithm>

namespace fovea::widgets {

namespace {

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

} // namespace

TextSearch::TextSearch(const QString& part)
    : m_part(part)
{
    const bool isAscii =
        std::all_of(part.begin(), part.end(), [](QChar c) { return c.unicode() < 128; });
    if (!isAscii)
        return;
    m_lower = part.toStdString();
    std::transform(m_lower.begin(), m_lower.end(), m_lower.begin(), lower);
}

bool TextSearch::isIn(std::string_view text) const
{
    if (m_lower.empty())
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
            .contains(m_part, Qt::CaseInsensitive);
    return std::search(
               text.begin(), text.end(), m_lower.begin(), m_lower.end(),
               [](char a, char b) { return lower(a) == b; })
        != text.end();
}

} // namespace fovea::widgets

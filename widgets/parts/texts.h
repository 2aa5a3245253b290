// Texts that come from the core, in the language of the window: the parameter table, errors,
// numbers, durations. The window's thread.
#pragma once

#include "core/base/result.h"
#include "core/data/report.h"
#include "core/train/parameters.h"

#include <QString>

namespace fovea::widgets {

QString text(std::string_view utf8);
// A text of the core's tables, translated where the language has it.
QString coreText(std::string_view english);
QString messageText(const Message& message);

QString parameterLabel(const train::Parameter& parameter);
// What it means, its range or choices, its default and its key.
QString parameterHelp(const train::Parameter& parameter);

QString errorText(const Error& error); // one or two sentences
QString warningText(const data::Warning& warning); // likewise
QString number(std::int64_t value); // 1,234,567
// "1 event", "1,234 events": the number in one of two patterns with %1.
QString counted(std::int64_t value, const QString& one, const QString& many);
// The nearest integer that there is: the ends of the range beyond them, 0 for what is no number.
std::int64_t wholeNumber(double value);
QString bytes(std::int64_t count); // 12 MiB
QString percent(double share); // 0.057 %
QString duration(double seconds); // 80 ms, 1.8 s, 1:05, 2:03:10
QString timeText(std::int64_t secondsSinceEpoch); // a date, UTC
// With the time of day where both are of a day or two.
QString periodText(std::int64_t first, std::int64_t last);
// A text that nobody takes for HTML, whatever it holds.
QString plainToolTip(const QString& text);
// A text in which a menu sees no mnemonic.
QString plainMenuText(QString text);

} // namespace fovea::widgets

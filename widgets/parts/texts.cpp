#include "widgets/parts/texts.h"

#include "core/base/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTextDocument>
#include <QTimeZone>

#include <cmath>
#include <limits>

namespace fovea::widgets {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Texts)
};

// The window's language: what a sentence ends with says nothing of it, numbers and names do, too.
bool isChinese() { return QLocale().language() == QLocale::Chinese; }

QString sentence(QString s)
{
    if (s.isEmpty())
        return s;
    s[0] = s[0].toUpper();
    const QChar end(0x3002);
    if (s.back() != QLatin1Char('.') && s.back() != end)
        s += isChinese() ? end : QChar(u'.');
    return s;
}

QString withAdvice(QString text, const Message& advice)
{
    if (!advice.empty())
        text += (isChinese() ? QString() : QStringLiteral(" ")) + sentence(messageText(advice));
    return text;
}

} // namespace

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString coreText(std::string_view english)
{
    return QCoreApplication::translate("Core", std::string(english).c_str());
}

QString messageText(const Message& message)
{
    return QString::fromStdString(
        message.told([](const std::string& english) { return coreText(english).toStdString(); }));
}

QString parameterLabel(const train::Parameter& parameter) { return coreText(parameter.label); }

QString parameterHelp(const train::Parameter& parameter)
{
    QString text = sentence(coreText(parameter.help));
    if (!parameter.choices.empty()) {
        text += QLatin1Char('\n')
            + Texts::tr("One of %1.")
                  .arg(QString::fromStdString(base::join(parameter.choices, ", ")));
    } else if (parameter.most > parameter.least) {
        const auto least = QString::fromStdString(train::limitText(parameter.least));
        const auto most = QString::fromStdString(train::limitText(parameter.most));
        text += QLatin1Char('\n')
            + (parameter.unit.empty()
                   ? Texts::tr("From %1 to %2.").arg(least, most)
                   : Texts::tr("From %1 to %2 %3.").arg(least, most, coreText(parameter.unit)));
    }
    return text + QLatin1Char('\n')
        + Texts::tr("Default: %1. Key: %2.")
              .arg(
                  QString::fromStdString(train::defaultText(parameter)),
                  QString::fromUtf8(parameter.key.data(), qsizetype(parameter.key.size())));
}

QString errorText(const Error& error)
{
    QString text = sentence(messageText(error.what));
    if (!error.where.empty())
        text = Texts::tr("%1: %2").arg(messageText(error.where), text);
    return withAdvice(std::move(text), error.hint);
}

QString warningText(const data::Warning& warning)
{
    return withAdvice(sentence(messageText(warning.text)), warning.remedy);
}

QString number(std::int64_t value) { return QLocale().toString(static_cast<qlonglong>(value)); }

QString counted(std::int64_t value, const QString& one, const QString& many)
{
    return (value == 1 ? one : many).arg(number(value));
}

std::int64_t wholeNumber(double value)
{
    constexpr auto kEnd = std::numeric_limits<std::int64_t>::max();
    constexpr double kTooLarge = 9.2e18;
    if (std::isnan(value))
        return 0;
    return value >= kTooLarge ? kEnd : value <= -kTooLarge ? -kEnd : std::llround(value);
}

QString percent(double share)
{
    return QLocale().toString(100 * share, 'g', 3) + QStringLiteral(" %");
}

QString bytes(std::int64_t count)
{
    return QLocale().formattedDataSize(count, 0, QLocale::DataSizeIecFormat);
}

QString duration(double seconds)
{
    if (seconds < 0.95)
        return Texts::tr("%1 ms").arg(QLocale().toString(std::ceil(seconds * 1000), 'f', 0));
    if (seconds < 60)
        return Texts::tr("%1 s").arg(QLocale().toString(seconds, 'f', seconds < 10 ? 1 : 0));
    return QString::fromStdString(base::durationText(seconds));
}

QString timeText(std::int64_t secondsSinceEpoch)
{
    const auto time = QDateTime::fromSecsSinceEpoch(secondsSinceEpoch, QTimeZone::utc());
    return time.date().toString(Qt::ISODate);
}

QString periodText(std::int64_t first, std::int64_t last)
{
    constexpr std::int64_t kTwoDays = 172'800;
    const auto text = [isShort = last - first < kTwoDays](std::int64_t seconds) {
        const auto time = QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::utc());
        return isShort ? time.toString(QStringLiteral("yyyy-MM-dd HH:mm")) : timeText(seconds);
    };
    return QCoreApplication::translate("Texts", "%1 to %2").arg(text(first), text(last));
}

QString plainToolTip(const QString& text)
{
    return Qt::mightBeRichText(text) ? QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped()) : text;
}

QString plainMenuText(QString text) { return text.replace(QLatin1Char('&'), QStringLiteral("&&")); }

} // namespace fovea::widgets

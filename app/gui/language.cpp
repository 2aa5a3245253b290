#include "app/gui/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace fovea::gui {

void Language::set(const QString& code)
{
    m_code = code;
    const QLocale locale = code.isEmpty() ? QLocale::system() : QLocale(code);
    // Numbers as the texts and the fields have them, whatever the system's language is.
    const bool isChinese = locale.language() == QLocale::Chinese;
    QLocale::setDefault(isChinese ? locale : QLocale(QLocale::English));
    QCoreApplication::removeTranslator(&m_texts);
    QCoreApplication::removeTranslator(&m_qt);
    const auto separator = QStringLiteral("_");
    if (m_qt.load(
            locale, QStringLiteral("qtbase"), separator,
            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    if (m_texts.load(locale, QStringLiteral("fovea"), separator, QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(&m_texts);
}

} // namespace fovea::gui

// The language of the window: which translation is installed, and in which way numbers are written.
// The window's thread.
#pragma once

#include <QString>
#include <QTranslator>

namespace fovea::gui {

class Language {
public:
    // "en", "zh_CN"; empty = the system's. Every widget gets a LanguageChange event.
    void set(const QString& code);
    const QString& code() const { return m_code; }

private:
    QString m_code;
    QTranslator m_texts;
    QTranslator m_qt; // of Qt's own dialogs
};

} // namespace fovea::gui

// Preferences: what holds for every workspace. Each choice takes effect at once; Close keeps it.
#pragma once

#include "app/gui/theme.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QSpinBox;

namespace fovea::gui {

class PreferencesDialog final : public QDialog {
    Q_OBJECT

public:
    PreferencesDialog(Theme theme, const QString& language, int threads, QWidget* parent);

Q_SIGNALS:
    void themeChosen(fovea::gui::Theme theme);
    void languageChosen(const QString& code);
    void threadsChosen(int threads); // 0 = all cores but one; from the next start

protected:
    void changeEvent(QEvent* event) override;

private:
    void setTexts();

    QLabel* m_languageLabel;
    QComboBox* m_languages;
    QLabel* m_themeLabel;
    QComboBox* m_themes;
    QLabel* m_threadsLabel;
    QSpinBox* m_threads;
    QLabel* m_threadsNote;
};

} // namespace fovea::gui

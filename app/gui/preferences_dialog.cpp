#include "app/gui/preferences_dialog.h"

#include "app/gui/settings.h"
#include "widgets/parts/plain_label.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QSpinBox>

namespace fovea::gui {

PreferencesDialog::PreferencesDialog(
    Theme theme, const QString& language, int threads, QWidget* parent)
    : QDialog(parent)
    , m_languageLabel(new widgets::PlainLabel(this))
    , m_languages(new QComboBox(this))
    , m_themeLabel(new widgets::PlainLabel(this))
    , m_themes(new QComboBox(this))
    , m_threadsLabel(new widgets::PlainLabel(this))
    , m_threads(new QSpinBox(this))
    , m_threadsNote(new widgets::PlainLabel(this))
{
    auto* form = new QFormLayout(this);
    m_languages->addItem(QString(), QString());
    m_languages->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_languages->addItem(QStringLiteral("简体中文"), QStringLiteral("zh_CN"));
    m_languages->setCurrentIndex(m_languages->findData(language));
    for (const auto each : {Theme::System, Theme::Light, Theme::Dark})
        m_themes->addItem(QString(), static_cast<int>(each));
    m_themes->setCurrentIndex(m_themes->findData(static_cast<int>(theme)));
    m_threads->setRange(0, kMostThreads);
    m_threads->setValue(threads);
    m_threadsNote->setWordWrap(true);
    form->addRow(m_languageLabel, m_languages);
    form->addRow(m_themeLabel, m_themes);
    form->addRow(m_threadsLabel, m_threads);
    form->addRow(m_threadsNote);
    m_languageLabel->setBuddy(m_languages);
    m_themeLabel->setBuddy(m_themes);
    m_threadsLabel->setBuddy(m_threads);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::accept);
    connect(m_languages, &QComboBox::activated, this, [this] {
        Q_EMIT languageChosen(m_languages->currentData().toString());
    });
    connect(m_themes, &QComboBox::activated, this, [this] {
        Q_EMIT themeChosen(static_cast<Theme>(m_themes->currentData().toInt()));
    });
    connect(m_threads, &QSpinBox::valueChanged, this, &PreferencesDialog::threadsChosen);
    setTexts();
}

void PreferencesDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        setTexts();
    QDialog::changeEvent(event);
}

void PreferencesDialog::setTexts()
{
    setWindowTitle(tr("Preferences"));
    m_languageLabel->setText(tr("&Language:"));
    m_languages->setItemText(0, tr("As the system"));
    m_themeLabel->setText(tr("&Theme:"));
    m_themes->setItemText(0, tr("As the system"));
    m_themes->setItemText(1, tr("Light"));
    m_themes->setItemText(2, tr("Dark"));
    m_threadsLabel->setText(tr("Threads that &compute:"));
    m_threads->setSpecialValueText(tr("all cores but one"));
    m_threadsNote->setText(
        tr("From the next start. A run may ask for another number in its settings."));
}

} // namespace fovea::gui

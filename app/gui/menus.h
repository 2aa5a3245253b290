// The menu bar, from the actions: what stands where. Texts follow the window's language. The
// window's thread.
#pragma once

#include "app/gui/actions.h"
#include "app/gui/theme.h"

#include <functional>
#include <map>

class QActionGroup;
class QMenu;
class QMenuBar;

namespace fovea::gui {

class Menus {
    Q_DECLARE_TR_FUNCTIONS(fovea::gui::Menus)

public:
    struct Choices {
        std::function<void(Theme)> theme;
        std::function<void(const QString& code)> language;
        std::function<void(const QString& folder)> workspace; // one of the recent ones
        std::function<void(const QString& folder)> open; // a data set or a run
        std::function<QStringList()> datasets; // folders of those in the workspace
        std::function<QStringList()> runs;
    };
    Menus(QMenuBar* bar, const Actions& actions, QActionGroup* pages, const Choices& choices);

    QMenu* find(const char* name) const { return m_menus.at(name); }
    void setRecent(const QStringList& folders);
    void setTheme(Theme theme) { check(m_themes, themeName(theme)); }
    void setLanguage(const QString& code) { check(m_languages, code); }
    void retranslate();

private:
    QMenu* add(const char* name, QMenu* parent = nullptr);
    void addFolders(const char* name, QMenu* parent, const std::function<QStringList()>& folders);
    static QActionGroup* addChoice(
        QMenu* menu, const QStringList& values, const std::function<void(const QString&)>& choose);
    static void check(const QActionGroup* choice, const QString& value);

    QMenuBar* m_bar;
    Choices m_choices;
    std::map<std::string, QMenu*> m_menus;
    QActionGroup* m_themes;
    QActionGroup* m_languages;
};

} // namespace fovea::gui

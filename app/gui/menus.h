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
    };
    Menus(QMenuBar* bar, const Actions& actions, QActionGroup* pages, const Choices& choices);

    QMenu* find(const char* name) const { return m_menus.at(name); }
    void setRecent(const QStringList& folders);
    void setTheme(Theme theme); // which is checked
    void setLanguage(const QString& code);
    void retranslate();

private:
    QMenu* add(const char* name, QMenu* parent = nullptr);
    void fill(QMenu* menu, std::initializer_list<const char*> actions) const;
    QActionGroup* makeThemes(QMenu* menu);
    QActionGroup* makeLanguages(QMenu* menu);

    QMenuBar* m_bar;
    const Actions& m_actions;
    Choices m_choices;
    std::map<std::string, QMenu*> m_menus;
    QActionGroup* m_themes;
    QActionGroup* m_languages;
};

} // namespace fovea::gui

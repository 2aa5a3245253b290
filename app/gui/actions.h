// Everything that can be triggered: each action once, by name, with its shortcut, its icon in the
// window's colours and its text in the window's language. Menus, buttons and the rail share them.
// The window's thread.
#pragma once

#include <QAction>
#include <QCoreApplication>
#include <QList>
#include <QPalette>

#include <functional>
#include <initializer_list>
#include <map>

class QMenu;

namespace fovea::gui {

class Actions {
    Q_DECLARE_TR_FUNCTIONS(fovea::gui::Actions)

public:
    explicit Actions(QObject* owner)
        : m_owner(owner)
    { }

    QAction* add(const char* name, const QKeySequence& keys, const std::function<void()>& work);
    void adopt(const char* name, const QKeySequence& keys, QAction* action); // made elsewhere
    QAction* find(const QString& name) const; // null if there is none
    // Adds actions to a menu by name; "" is a line, "models" are the exports of the model.
    void fill(QMenu* menu, std::initializer_list<const char*> names) const;
    QList<QAction*> modelExports() const;
    static QString modelExport(std::string_view format); // its name

    void setIcons(const QPalette& palette);
    void retranslate();

private:
    void setText(const char* name, const QString& label, const QString& tip = {});

    QObject* m_owner;
    std::map<QString, QAction*> m_actions;
};

} // namespace fovea::gui

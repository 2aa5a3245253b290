#include "app/gui/menus.h"

#include "core/deploy/export.h"

#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>

namespace fovea::gui {

Menus::Menus(QMenuBar* bar, const Actions& actions, QActionGroup* pages, const Choices& choices)
    : m_bar(bar)
    , m_actions(actions)
    , m_choices(choices)
{
    auto* file = add("file");
    fill(file, {"open", "sample", "", "openWorkspace"});
    add("recent", file);
    fill(file, {"openRun", "", "openSettings", "saveSettings", ""});
    auto* exports = add("export", file);
    fill(exports, {"exportMap", "exportCurves", ""});
    for (const auto& format : deploy::formats())
        exports->addAction(actions.find(
            QStringLiteral("export-")
            + QString::fromUtf8(format.name.data(), static_cast<qsizetype>(format.name.size()))));
    fill(file, {"", "quit"});
    fill(add("edit"), {"undo", "redo", "", "preferences"});
    fill(
        add("run"),
        {"start", "pause", "resume", "stop", "", "stepBatch", "stepEpoch", "", "reset"});
    auto* view = add("view");
    view->addActions(pages->actions());
    fill(view, {"", "liveMap", "log", "fullScreen"});
    m_themes = makeThemes(add("theme", view));
    m_languages = makeLanguages(add("language", view));
    fill(add("help"), {"whatsThis", "about"});
}

QMenu* Menus::add(const char* name, QMenu* parent)
{
    auto* menu = parent ? parent->addMenu(QString()) : m_bar->addMenu(QString());
    m_menus[name] = menu;
    return menu;
}

void Menus::fill(QMenu* menu, std::initializer_list<const char*> actions) const
{
    for (const auto* name : actions) {
        if (*name)
            menu->addAction(m_actions.find(QString::fromLatin1(name)));
        else
            menu->addSeparator();
    }
}

QActionGroup* Menus::makeThemes(QMenu* menu)
{
    auto* group = new QActionGroup(menu);
    for (const auto theme : {Theme::System, Theme::Light, Theme::Dark}) {
        auto* action = new QAction(group);
        action->setCheckable(true);
        action->setData(themeName(theme));
        QObject::connect(
            action, &QAction::triggered, menu, [this, theme] { m_choices.theme(theme); });
    }
    menu->addActions(group->actions());
    return group;
}

QActionGroup* Menus::makeLanguages(QMenu* menu)
{
    auto* group = new QActionGroup(menu);
    for (const auto* code : {"", "en", "zh_CN"}) {
        auto* action = new QAction(group);
        action->setCheckable(true);
        action->setData(QString::fromLatin1(code));
        QObject::connect(action, &QAction::triggered, menu, [this, code] {
            m_choices.language(QString::fromLatin1(code));
        });
    }
    menu->addActions(group->actions());
    return group;
}

void Menus::setRecent(const QStringList& folders)
{
    auto* menu = find("recent");
    menu->clear();
    for (const auto& folder : folders)
        menu->addAction(folder, menu, [this, folder] { m_choices.workspace(folder); });
}

void Menus::setTheme(Theme theme)
{
    for (auto* action : m_themes->actions())
        action->setChecked(action->data() == themeName(theme));
}

void Menus::setLanguage(const QString& code)
{
    for (auto* action : m_languages->actions())
        action->setChecked(action->data() == code);
}

void Menus::retranslate()
{
    find("file")->setTitle(tr("&File"));
    find("recent")->setTitle(tr("&Recent workspaces"));
    find("export")->setTitle(tr("&Export"));
    find("edit")->setTitle(tr("&Edit"));
    find("run")->setTitle(tr("&Run"));
    find("view")->setTitle(tr("&View"));
    find("theme")->setTitle(tr("&Theme"));
    find("language")->setTitle(tr("&Language"));
    find("help")->setTitle(tr("&Help"));
    const QStringList themes = {tr("&System"), tr("&Light"), tr("&Dark")};
    const QStringList languages = {
        tr("&System"), QStringLiteral("English"), QStringLiteral("简体中文")};
    for (qsizetype i = 0; i < themes.size(); ++i)
        m_themes->actions().at(i)->setText(themes[i]);
    for (qsizetype i = 0; i < languages.size(); ++i)
        m_languages->actions().at(i)->setText(languages[i]);
}

} // namespace fovea::gui

#include "app/gui/menus.h"

#include "widgets/parts/texts.h"

#include <QActionGroup>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>

namespace fovea::gui {

Menus::Menus(QMenuBar* bar, const Actions& actions, QActionGroup* pages, const Choices& choices)
    : m_bar(bar)
    , m_choices(choices)
{
    auto* file = add("file");
    actions.fill(file, {"open", "sample", "", "openWorkspace"});
    add("recent", file);
    actions.fill(file, {""});
    addFolders("datasets", file, m_choices.datasets);
    addFolders("runs", file, m_choices.runs);
    actions.fill(file, {"openRun", "", "openSettings", "saveSettings", ""});
    actions.fill(add("export", file), {"exportMap", "exportCurves", "", "models"});
    actions.fill(file, {"", "quit"});
    actions.fill(add("edit"), {"undo", "redo", "", "preferences"});
    actions.fill(
        add("run"),
        {"start", "pause", "resume", "stop", "", "stepBatch", "stepEpoch", "", "reset"});
    auto* view = add("view");
    view->addActions(pages->actions());
    actions.fill(view, {"", "liveMap", "log", "fullScreen"});
    const QStringList themes = {
        themeName(Theme::System), themeName(Theme::Light), themeName(Theme::Dark)};
    m_themes = addChoice(add("theme", view), themes, [this](const QString& name) {
        m_choices.theme(themeOf(name));
    });
    const QStringList languages = {QString(), QStringLiteral("en"), QStringLiteral("zh_CN")};
    m_languages = addChoice(add("language", view), languages, m_choices.language);
    actions.fill(add("help"), {"whatsThis", "about"});
}

QMenu* Menus::add(const char* name, QMenu* parent)
{
    auto* menu = parent ? parent->addMenu(QString()) : m_bar->addMenu(QString());
    m_menus[name] = menu;
    return menu;
}

// Filled when it is opened.
void Menus::addFolders(const char* name, QMenu* parent, const std::function<QStringList()>& folders)
{
    auto* menu = add(name, parent);
    QObject::connect(menu, &QMenu::aboutToShow, menu, [this, menu, folders] {
        menu->clear();
        for (const auto& folder : folders())
            menu->addAction(
                widgets::plainMenuText(QFileInfo(folder).fileName()), menu,
                [this, folder] { m_choices.open(folder); });
        if (menu->isEmpty())
            menu->addAction(tr("None yet"))->setEnabled(false);
    });
}

QActionGroup* Menus::addChoice(
    QMenu* menu, const QStringList& values, const std::function<void(const QString&)>& choose)
{
    auto* group = new QActionGroup(menu);
    for (const auto& value : values) {
        auto* action = menu->addAction(QString(), menu, [choose, value] { choose(value); });
        action->setCheckable(true);
        action->setData(value);
        group->addAction(action);
    }
    return group;
}

void Menus::setRecent(const QStringList& folders)
{
    auto* menu = find("recent");
    menu->clear();
    for (const auto& folder : folders)
        menu->addAction(
            widgets::plainMenuText(folder), menu, [this, folder] { m_choices.workspace(folder); });
}

void Menus::check(const QActionGroup* choice, const QString& value)
{
    for (auto* action : choice->actions())
        action->setChecked(action->data() == value);
}

void Menus::retranslate()
{
    find("file")->setTitle(tr("&File"));
    find("recent")->setTitle(tr("&Recent workspaces"));
    find("datasets")->setTitle(tr("&Data sets"));
    find("runs")->setTitle(tr("Ru&ns"));
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

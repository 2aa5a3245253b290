// The window: a rail of pages, menus, status bar; it wires the pages to the workbench and keeps a
// person's choices. Holds no logic of its own. The window's thread.
#pragma once

#include "app/gui/actions.h"
#include "app/gui/exports.h"
#include "app/gui/language.h"
#include "app/gui/menus.h"
#include "app/gui/run_follower.h"
#include "app/gui/status_line.h"
#include "app/gui/theme.h"
#include "app/gui/workbench.h"

#include <QMainWindow>
#include <QTimer>

#include <array>
#include <memory>

class QActionGroup;
class QStackedWidget;
class QToolBar;

namespace fovea::widgets {
class AttentionPage;
class DataPage;
class ErrorBar;
class LiveMap;
} // namespace fovea::widgets

namespace fovea::gui {

class LogView;

class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    enum Page { Data, Train, Attention, Pages };

    explicit MainWindow(Workbench& workbench);
    ~MainWindow() override;

    // At the start: the last workspace and, in it, what the paths name; a workspace by itself.
    void openFirst(const QStringList& paths);
    // A workspace, a data set, a run, or a file of events.
    void openPath(const QString& chosen);
    void openWorkspace(const QString& folder);
    void openLastWorkspace();
    void showPage(Page page);
    Page page() const;
    void showError(const Error& error); // on the page that is shown
    void setTheme(Theme theme);
    void setLanguage(const QString& code); // "en", "zh_CN"; empty = the system's

    // For tests and for the pictures in the manual.
    widgets::DataPage& dataPage() { return *m_dataPage; }
    widgets::TrainPage& trainPage() { return *m_trainPage; }
    widgets::AttentionPage& attentionPage() { return *m_attentionPage; }
    QAction* action(const QString& name) const;

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makeActions();
    void makeFileActions();
    void makeRunActions();
    void makePageActions();
    void makePages();
    void makeRail();
    void makeMenus();
    void connectWorkbench();
    void connectPages();
    void setTexts();
    void setTitle();
    void updateActions();
    void updateStatus();
    void popUp(const QPoint& position, std::initializer_list<const char*> actions);
    void report(const Status& status, widgets::ErrorBar& bar);
    static void tell(const Error& error, widgets::ErrorBar& bar); // the log, too
    static void tell(
        const Error& error, widgets::ErrorBar& bar, const std::function<QString()>& mend,
        std::function<void()> action);
    void begin(); // a run of what is set
    bool takeTyped(); // into the settings; false if a value is wrong, which is then shown
    void openRun(const QString& folder, const QString& dataset = {});
    widgets::ErrorBar& currentErrors();
    void openDataDialog(const QStringList& paths = {});
    void openPaths(const QStringList& chosen);
    void openSettingsFile();
    void saveSettingsFile();
    void onWorkspaceChanged();
    void onEnded();
    void offerToResume();
    std::function<void()> trigger(const char* name) const; // what an action does
    void tellReadOnly(widgets::ErrorBar& bar);
    std::array<widgets::ErrorBar*, Pages> errorBars();
    void askForWorkspace(const QString& folder); // where a person chose it
    void remember(); // what is open, by workspace
    void reopen(); // what was open in this workspace
    void showPreferences();
    void chooseTheme(Theme theme);
    void chooseLanguage(const QString& code);
    void rememberLook() const; // theme and language, as soon as they are chosen
    void saveSettings() const;
    void restoreLook(); // theme and language
    void restoreLayout();
    void restoreSettings();

    Workbench& m_workbench;
    QTimer m_slow; // of memory and the like in the status bar
    Actions m_actions;
    Language m_language;
    Theme m_theme = Theme::System;
    widgets::MapSource m_map;
    QActionGroup* m_pageGroup;
    LogView* m_log = nullptr;
    QToolBar* m_rail = nullptr;
    QStackedWidget* m_stack = nullptr;
    widgets::DataPage* m_dataPage = nullptr;
    widgets::TrainPage* m_trainPage = nullptr;
    widgets::AttentionPage* m_attentionPage = nullptr;
    widgets::LiveMap* m_liveMap = nullptr; // beside the curves
    RunFollower* m_follower = nullptr;
    Exports* m_exports = nullptr;
    std::unique_ptr<Menus> m_menus;
    StatusLine m_status;
    QStringList m_recent;
    bool m_closesAtEnd = false;
    bool m_isElsewhere = false; // another process trains the run that is shown
    int m_refused = 0; // the Train page's message about a value that is wrong
};

} // namespace fovea::gui

// The window: a rail of pages, menus, status bar; it wires the pages to the workbench and keeps a
// person's choices. Holds no logic of its own. The window's thread.
#pragma once

#include "app/gui/actions.h"
#include "app/gui/theme.h"
#include "app/gui/workbench.h"
#include "widgets/plot/frame_clock.h"
#include "widgets/train/train_page.h"

#include <QElapsedTimer>
#include <QMainWindow>
#include <QTimer>
#include <QTranslator>

#include <functional>
#include <map>

class QActionGroup;
class QLabel;
class QMenu;
class QStackedWidget;
class QToolBar;

namespace fovea::widgets {
class AttentionPage;
class DataPage;
class ErrorBar;
} // namespace fovea::widgets

namespace fovea::gui {

class LogView;

class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    enum Page { Data, Train, Attention, Pages };

    explicit MainWindow(Workbench& workbench);
    ~MainWindow() override;

    // A workspace, a data set, a run, or a file of events.
    void openPath(const QString& path);
    void openLastWorkspace();
    void showPage(Page page);
    Page page() const;
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
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makeActions();
    void makeMenus();
    void makeRail();
    void makePages();
    void makeStatusBar();
    void connectWorkbench();
    void setTexts();
    void fillRecent();
    void updateActions();
    void updateStatus();
    void beat(); // once a frame
    void showPlace();
    void askCost();
    void openDataDialog(const QString& file = {});
    void openWorkspace(const QString& folder);
    void report(const Status& status, widgets::ErrorBar& bar);
    widgets::ErrorBar& currentErrors();
    void onRunChanged();
    void onEnded();
    void offerToResume();
    void reopen(); // what was open in this workspace
    void remember();
    void tellChanges();
    void showPreferences();
    void saveSettings() const;
    void restoreSettings();
    void askForExportOfMap();
    void askForExportOfCurves();
    void askForExportOfModel(const QString& format);

    Workbench& m_workbench;
    widgets::FrameClock m_clock;
    QTimer m_costPause;
    QTimer m_slow; // of memory and the like in the status bar
    Actions m_actions;
    QActionGroup* m_pageGroup;
    QActionGroup* m_themeGroup;
    QActionGroup* m_languageGroup;
    LogView* m_log = nullptr;
    QToolBar* m_rail = nullptr;
    QStackedWidget* m_stack = nullptr;
    widgets::DataPage* m_dataPage = nullptr;
    widgets::TrainPage* m_trainPage = nullptr;
    widgets::AttentionPage* m_attentionPage = nullptr;
    std::map<QString, QMenu*> m_menus;
    QLabel* m_deviceLabel = nullptr;
    QLabel* m_memoryLabel = nullptr;
    QLabel* m_stateLabel = nullptr;
    QLabel* m_speedLabel = nullptr;
    QLabel* m_leftLabel = nullptr;
    Theme m_theme = Theme::System;
    QString m_language;
    QTranslator m_translator;
    QTranslator m_qtTranslator;
    QStringList m_recent;
    double m_speed = 0; // targets a second, of the last points
    double m_stepsPerSecond = 0;
    QElapsedTimer m_runClock;
    QElapsedTimer m_mapClock; // since the last map was asked for while training
    train::RunConfig m_told; // what the run that trains was told last
    int m_undoAtStart = 0; // edits before the run began: not undone while it is active
    int m_editsAtStart = 0;
    bool m_isRunFinished = false; // the one that is shown
    std::int64_t m_firstStep = 0;
    bool m_closesAtEnd = false;
};

} // namespace fovea::gui

// What GUI tests share: a window over a scratch workspace, waiting without sleeping, dialogs
// answered by hand.
#pragma once

#include "app/gui/main_window.h"
#include "tests/gui/wait.h"
#include "tests/support/support.h"

#include <QApplication>
#include <QLineEdit>
#include <QTest>
#include <QTimer>

#include <functional>
#include <future>
#include <memory>

namespace fovea::test {

// In place of what the field holds.
inline void typeInto(QLineEdit* field, const char* text)
{
    ASSERT_NE(field, nullptr);
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, QString::fromLatin1(text));
}

// What work of a test returns that the window's thread would not do.
template <typename Work> auto elsewhere(const Work& work)
{
    return std::async(std::launch::async, work).get();
}

// Calls `answer` with the modal dialog that opens next.
inline void whenDialogOpens(const std::function<void(QWidget&)>& answer)
{
    auto* timer = new QTimer;
    timer->setInterval(10);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, answer] {
        if (auto* dialog = QApplication::activeModalWidget()) {
            timer->deleteLater();
            timer->stop();
            answer(*dialog);
        }
    });
    timer->start();
}

// A window as it is after the start, on a workspace of this test's own.
class Window {
public:
    explicit Window(const std::filesystem::path& scratch)
    {
        qputenv("FOVEA_SETTINGS", (scratch / "window.ini").c_str());
        m_window = std::make_unique<gui::MainWindow>(m_workbench);
        m_window->setLanguage(QStringLiteral("en"));
        m_window->resize(1200, 800);
        m_window->show();
        m_window->openWorkspace(QString::fromStdString((scratch / "work").string()));
        EXPECT_NE(m_workbench.workspace(), nullptr);
    }
    gui::Workbench& bench() { return m_workbench; }
    gui::MainWindow& operator*() { return *m_window; }
    gui::MainWindow* operator->() { return m_window.get(); }
    void trigger(const char* action)
    {
        auto* a = m_window->action(QString::fromLatin1(action));
        ASSERT_NE(a, nullptr) << action;
        ASSERT_TRUE(a->isEnabled()) << action;
        a->trigger();
    }
    bool waitFor(train::State state)
    {
        return waitUntil([&] { return m_workbench.session().state() == state; });
    }
    template <typename Widget> Widget* find(const char* name = "")
    {
        return m_window->findChild<Widget*>(QString::fromLatin1(name));
    }

    // The sample, small settings, a run of so many epochs.
    void beginRun(const char* epochs)
    {
        trigger("sample");
        ASSERT_NE(m_workbench.dataset(), nullptr);
        auto& document = m_workbench.document();
        ASSERT_TRUE(document.set("width", QStringLiteral("16")));
        ASSERT_TRUE(document.set("epochs", QString::fromLatin1(epochs)));
        ASSERT_TRUE(document.set("patience", QStringLiteral("0")));
        m_window->showPage(gui::MainWindow::Train);
        trigger("start");
    }
    // Pictures of the window as it is, light and dark, as large as usual and on a small screen,
    // where FOVEA_LOOK names a folder for them.
    void look(const char* name)
    {
        const auto folder = qEnvironmentVariable("FOVEA_LOOK");
        if (folder.isEmpty())
            return;
        const auto before = m_window->size();
        for (const auto& size : {QSize(1280, 820), QSize(1024, 700)}) {
            for (const auto theme : {gui::Theme::Light, gui::Theme::Dark}) {
                m_window->setTheme(theme);
                m_window->resize(size);
                waitUntil([] { return false; }, 200);
                m_window->grab().save(
                    QStringLiteral("%1/%2-%3-%4.png")
                        .arg(folder, QString::fromLatin1(name), gui::themeName(theme))
                        .arg(size.width()));
            }
        }
        m_window->setTheme(gui::Theme::Light);
        m_window->resize(before);
    }
    bool waitForSteps(std::int64_t steps)
    {
        return waitUntil([&] { return m_workbench.session().place().step > steps; });
    }

private:
    gui::Workbench m_workbench{1};
    std::unique_ptr<gui::MainWindow> m_window;
};

} // namespace fovea::test

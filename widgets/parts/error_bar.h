// A bar at the top of a page: what went wrong, where, and buttons that mend it where there are
// some. Hidden until something is shown. The window's thread.
#pragma once

#include "core/base/result.h"

#include <QFrame>
#include <QPointer>

#include <array>
#include <functional>
#include <vector>

class QLabel;
class QPushButton;
class QToolButton;

namespace fovea::widgets {

class ErrorBar final : public QFrame {
    Q_OBJECT

public:
    explicit ErrorBar(QWidget* parent = nullptr);

    // Texts are asked for again when the language changes.
    using Text = std::function<QString()>;

    struct Mend { // a button
        Text text;
        std::function<void()> action; // the bar is gone by then
    };
    static constexpr std::size_t kMostMends = 3;

    int showError(const Error& error); // the message's number, for dismiss()
    int showError(const Error& error, const Text& mend, std::function<void()> action);
    int showError(const Error& error, std::vector<Mend> mends);
    // Not wrong, but worth saying.
    void showNote(
        const Text& text, const Text& mend, std::function<void()> action,
        std::function<void()> onClose = {}); // a person did not want it
    void dismiss();
    void dismiss(int message); // unless another one was shown since
    QString text() const;

Q_SIGNALS:
    void closed(bool wasError); // by a person

protected:
    void changeEvent(QEvent* event) override;

private:
    void show(const Text& text, std::vector<Mend> mends, bool isError);
    void setTexts();
    void applyPalette();

    QLabel* m_text;
    std::array<QPushButton*, kMostMends> m_buttons{};
    QToolButton* m_close;
    std::vector<Mend> m_mends;
    std::function<void()> m_onClose;
    bool m_isError = true;
    QPointer<QWidget> m_before; // had the focus before one of the buttons
    int m_messages = 0; // shown so far; the last one's number
    Text m_toTell;
};

} // namespace fovea::widgets

// A bar at the top of a page: what went wrong, where, and a button that mends it where there is
// one. Hidden until something is shown. The window's thread.
#pragma once

#include "core/base/result.h"

#include <QFrame>

#include <functional>

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

    int showError(const Error& error); // the message's number, for dismiss()
    void showError(const Error& error, const Text& mend, std::function<void()> action);
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
    void show(const Text& text, const Text& mend, std::function<void()> action, bool isError);
    void setTexts();
    void applyPalette();

    QLabel* m_text;
    QPushButton* m_mend;
    QToolButton* m_close;
    std::function<void()> m_action;
    std::function<void()> m_onClose;
    bool m_isError = true;
    int m_messages = 0; // shown so far; the last one's number
    Text m_toTell;
    Text m_toMend; // empty = no button
};

} // namespace fovea::widgets

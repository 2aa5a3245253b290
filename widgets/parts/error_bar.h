// A bar at the top of a page: what went wrong, where, and a button that mends it where there is
// one. Hidden until something is shown. The window's thread.
#pragma once

#include "core/base/result.h"

#include <QFrame>

#include <functional>
#include <optional>

class QLabel;
class QPushButton;

namespace fovea::widgets {

class ErrorBar final : public QFrame {
    Q_OBJECT

public:
    explicit ErrorBar(QWidget* parent = nullptr);

    void showError(const Error& error);
    void showError(const Error& error, const QString& mend, std::function<void()> action);
    // Not wrong, but worth saying.
    void showNote(const QString& text, const QString& action, std::function<void()> work);
    void dismiss();
    QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void show(const QString& text, const QString& mend, std::function<void()> action, bool isError);
    void applyPalette();

    QLabel* m_text;
    QPushButton* m_mend;
    std::function<void()> m_action;
    bool m_isError = true;
    std::optional<Error> m_error; // to be told in another language
};

} // namespace fovea::widgets

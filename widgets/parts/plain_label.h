// A label that takes no text for HTML, since names, ids, titles and paths come from files. Every
// label of the window is one, except where the window itself writes the markup. The window's
// thread.
#pragma once

#include <QLabel>

namespace fovea::widgets {

class PlainLabel : public QLabel {
public:
    explicit PlainLabel(QWidget* parent = nullptr)
        : QLabel(parent)
    {
        setTextFormat(Qt::PlainText);
    }
    PlainLabel(const QString& text, QWidget* parent)
        : PlainLabel(parent)
    {
        setText(text);
    }
};

} // namespace fovea::widgets

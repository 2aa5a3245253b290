// One line of text that never asks for more room than there is: what does not fit ends in "…", and
// the whole stands in the tool tip. The window's thread.
#pragma once

#include "widgets/parts/plain_label.h"

namespace fovea::widgets {

class ElidedLabel final : public PlainLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    void setText(const QString& text); // plain
    void clear() { setText({}); }
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace fovea::widgets

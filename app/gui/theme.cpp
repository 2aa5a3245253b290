#include "app/gui/theme.h"

#include <QApplication>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>

namespace fovea::gui {

namespace {

bool systemIsDark()
{
    // As it was before this program changed it.
    static const bool dark = QApplication::palette().window().color().lightness() < 128;
    return dark;
}

QPalette lightPalette()
{
    QPalette p;
    p.setColor(QPalette::Window, QColor(246, 247, 248));
    p.setColor(QPalette::WindowText, QColor(26, 28, 30));
    p.setColor(QPalette::Base, Qt::white);
    p.setColor(QPalette::AlternateBase, QColor(244, 246, 248));
    p.setColor(QPalette::Text, QColor(26, 28, 30));
    p.setColor(QPalette::Button, QColor(236, 238, 240));
    p.setColor(QPalette::ButtonText, QColor(26, 28, 30));
    p.setColor(QPalette::ToolTipBase, QColor(255, 255, 240));
    p.setColor(QPalette::ToolTipText, QColor(26, 28, 30));
    p.setColor(QPalette::PlaceholderText, QColor(112, 116, 122));
    p.setColor(QPalette::Highlight, QColor(22, 112, 150));
    p.setColor(QPalette::HighlightedText, Qt::white);
    p.setColor(QPalette::Link, QColor(14, 96, 140));
    p.setColor(QPalette::Mid, QColor(176, 180, 186));
    p.setColor(QPalette::Dark, QColor(150, 154, 160));
    p.setColor(QPalette::Light, Qt::white);
    p.setColor(QPalette::Shadow, QColor(100, 104, 110));
    return p;
}

QPalette darkPalette()
{
    QPalette p;
    p.setColor(QPalette::Window, QColor(34, 37, 41));
    p.setColor(QPalette::WindowText, QColor(228, 230, 232));
    p.setColor(QPalette::Base, QColor(25, 27, 31));
    p.setColor(QPalette::AlternateBase, QColor(30, 33, 37));
    p.setColor(QPalette::Text, QColor(228, 230, 232));
    p.setColor(QPalette::Button, QColor(50, 54, 60));
    p.setColor(QPalette::ButtonText, QColor(228, 230, 232));
    p.setColor(QPalette::ToolTipBase, QColor(56, 60, 66));
    p.setColor(QPalette::ToolTipText, QColor(228, 230, 232));
    p.setColor(QPalette::PlaceholderText, QColor(150, 154, 160));
    p.setColor(QPalette::Highlight, QColor(56, 158, 196));
    p.setColor(QPalette::HighlightedText, QColor(10, 14, 18));
    p.setColor(QPalette::Link, QColor(110, 190, 225));
    p.setColor(QPalette::Mid, QColor(90, 95, 102));
    p.setColor(QPalette::Dark, QColor(20, 22, 25));
    p.setColor(QPalette::Light, QColor(70, 75, 82));
    p.setColor(QPalette::Shadow, QColor(10, 11, 13));
    p.setColor(QPalette::BrightText, Qt::white);
    return p;
}

QPalette withDisabled(QPalette p)
{
    const auto faint = p.color(QPalette::PlaceholderText);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, faint);
    p.setColor(QPalette::Disabled, QPalette::Highlight, p.color(QPalette::Mid));
    return p;
}

} // namespace

QString themeName(Theme theme)
{
    return theme == Theme::Light ? QStringLiteral("light")
        : theme == Theme::Dark   ? QStringLiteral("dark")
                                 : QStringLiteral("system");
}

Theme themeOf(const QString& name)
{
    return name == QLatin1String("light") ? Theme::Light
        : name == QLatin1String("dark")   ? Theme::Dark
                                          : Theme::System;
}

void applyTheme(Theme theme)
{
    const bool dark = theme == Theme::Dark || (theme == Theme::System && systemIsDark());
    if (!QApplication::style() || QApplication::style()->name() != QLatin1String("fusion"))
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    const auto palette = withDisabled(dark ? darkPalette() : lightPalette());
    QApplication::setPalette(palette);
    // The style paints the bar of a progress lighter than it is told: near white in the dark theme.
    auto progress = palette;
    progress.setColor(QPalette::Highlight, lightPalette().color(QPalette::Highlight));
    QApplication::setPalette(progress, "QProgressBar");
    if (dark) { // a box that is not ticked would be the colour of the window
        auto box = palette;
        box.setColor(QPalette::Base, QColor(66, 71, 78));
        QApplication::setPalette(box, "QCheckBox");
    } else {
        QApplication::setPalette(palette, "QCheckBox");
    }
}

} // namespace fovea::gui

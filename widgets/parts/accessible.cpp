#include "widgets/parts/accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QWidget>

namespace fovea::widgets {

namespace {

QAccessibleInterface* interfaceOf(const QString& className, QObject* object)
{
    static const QHash<QString, QAccessible::Role> roles = {
        {QStringLiteral("fovea::widgets::HeatMapView"), QAccessible::Chart},
        {QStringLiteral("fovea::widgets::Thumbnails"), QAccessible::Chart},
        {QStringLiteral("fovea::widgets::HistogramView"), QAccessible::Chart},
        {QStringLiteral("QCustomPlot"), QAccessible::Chart},
        {QStringLiteral("fovea::widgets::ErrorBar"), QAccessible::AlertMessage}};
    auto* widget = qobject_cast<QWidget*>(object);
    const auto role = roles.constFind(className);
    return widget && role != roles.constEnd() ? new QAccessibleWidget(widget, *role) : nullptr;
}

} // namespace

void installAccessibleRoles()
{
    static const bool once = [] {
        QAccessible::installFactory(interfaceOf);
        return true;
    }();
    static_cast<void>(once);
}

} // namespace fovea::widgets

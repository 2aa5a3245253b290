#include "app/gui/actions.h"

#include "core/deploy/export.h"
#include "widgets/parts/icons.h"

#include <QMenu>
#include <QRegularExpression>

namespace fovea::gui {

namespace {

// "Train" of "&Train", and of "训练(&T)…" the part before the bracket.
QString withoutMnemonic(QString text)
{
    static const QRegularExpression marks(QStringLiteral("\\(&.\\)|&|…"));
    return text.remove(marks);
}

} // namespace

QAction* Actions::add(const char* name, const QKeySequence& keys, const std::function<void()>& work)
{
    auto* action = new QAction(m_owner);
    adopt(name, keys, action);
    QObject::connect(action, &QAction::triggered, m_owner, work);
    return action;
}

void Actions::adopt(const char* name, const QKeySequence& keys, QAction* action)
{
    action->setObjectName(QString::fromLatin1(name));
    action->setShortcut(keys);
    m_actions[action->objectName()] = action;
}

QAction* Actions::find(const QString& name) const
{
    const auto found = m_actions.find(name);
    return found == m_actions.end() ? nullptr : found->second;
}

QString Actions::modelExport(std::string_view format)
{
    return QStringLiteral("export-")
        + QString::fromUtf8(format.data(), static_cast<qsizetype>(format.size()));
}

QList<QAction*> Actions::modelExports() const
{
    QList<QAction*> actions;
    for (const auto& format : deploy::formats())
        actions << find(modelExport(format.name));
    return actions;
}

void Actions::fill(QMenu* menu, std::initializer_list<const char*> names) const
{
    for (const std::string_view name : names) {
        if (name.empty())
            menu->addSeparator();
        else if (name == "models")
            menu->addActions(modelExports());
        else
            menu->addAction(find(QString::fromLatin1(name.data())));
    }
}

void Actions::setIcons(const QPalette& palette)
{
    const auto set = [this, &palette](const char* name, const char* file) {
        find(QString::fromLatin1(name))->setIcon(widgets::icon(QString::fromLatin1(file), palette));
    };
    for (const auto& [name, file] : std::initializer_list<std::pair<const char*, const char*>>{
             {"data", "data"},
             {"train", "train"},
             {"attention", "attention"},
             {"start", "play"},
             {"pause", "pause"},
             {"resume", "resume"},
             {"stop", "stop"},
             {"stepBatch", "step"},
             {"stepEpoch", "step-epoch"},
             {"reset", "reset"}})
        set(name, file);
}

void Actions::setText(const char* name, const QString& label, const QString& tip)
{
    auto* action = find(QString::fromLatin1(name));
    action->setText(label);
    action->setIconText(withoutMnemonic(label)); // on buttons and on the rail
    const auto keys = action->shortcut().toString(QKeySequence::NativeText);
    if (!tip.isEmpty())
        action->setToolTip(
            keys.isEmpty() ? tip : tip + QStringLiteral("  (") + keys + QLatin1Char(')'));
}

void Actions::retranslate()
{
    setText("open", tr("&Open data…"), tr("A file of events: user, item, time"));
    setText("sample", tr("Open the &sample"), tr("Made data whose causes are known"));
    setText("openWorkspace", tr("Open &workspace…"));
    setText("openRun", tr("Open r&un…"));
    setText("openSettings", tr("Open se&ttings…"));
    setText("saveSettings", tr("Sa&ve settings…"), tr("As a file that fovea train --config takes"));
    setText(
        "liveMap", tr("Attention &map"),
        tr("The map of the picked user beside the curves, following the training"));
    setText("exportMap", tr("&Attention map…"));
    setText("exportCurves", tr("&Curves…"), tr("Save the curves as a picture or a table"));
    find(QStringLiteral("exportCurves"))->setIconText(tr("Export…")); // beside the curves
    for (const auto& format : deploy::formats())
        setText(
            modelExport(format.name).toLatin1().constData(),
            tr("Model as %1…").arg(QString::fromStdString(std::string(format.name))));
    setText("quit", tr("&Quit"));
    setText("start", tr("&Train"), tr("Train a new run with these settings"));
    setText("pause", tr("&Pause"), tr("Hold the run before its next step"));
    setText("resume", tr("Re&sume"), tr("Go on with the run"));
    setText("stop", tr("St&op"), tr("End the run; the best epoch is kept"));
    setText("stepBatch", tr("Next &batch"), tr("One training step, then hold again"));
    setText("stepEpoch", tr("To epo&ch end"), tr("To the end of the epoch, then hold again"));
    setText(
        "reset", tr("N&ew run"),
        tr("Free the settings and clear the curves; the run stays on the disk"));
    setText("data", tr("&Data"), tr("Data: what is there"));
    setText("train", tr("T&rain"), tr("Train: settings and curves"));
    setText("attention", tr("&Attention"), tr("Attention: what the heads look at"));
    setText("preferences", tr("&Preferences…"));
    setText("log", tr("Lo&g"));
    setText("fullScreen", tr("&Full screen"));
    setText("whatsThis", tr("What's &this?"));
    setText("about", tr("&About Fovea"));
}

} // namespace fovea::gui

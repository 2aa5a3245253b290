// The configuration that a person edits, with undo and redo of each edit. Every value it holds is
// valid, alone and with the others: a wrong one is refused with a sentence. The window's thread.
#pragma once

#include "core/train/parameters.h"

#include <QObject>
#include <QUndoStack>

#include <functional>
#include <map>

namespace fovea::widgets {

class ConfigDocument final : public QObject {
    Q_OBJECT

public:
    explicit ConfigDocument(QObject* parent = nullptr);

    const train::RunConfig& config() const { return m_config; } // as chosen, "auto" left open
    train::RunConfig resolved() const; // with everything filled in
    QUndoStack* undoStack() { return &m_undo; }
    void undo();
    void redo();
    // What undo and redo would take back or do again, in words; empty = nothing.
    QString undoText() const;
    QString redoText() const;

    using Typed = std::map<std::string, QString>; // values as text, by key
    using Problems = std::map<std::string, Error>; // by key
    // What is wrong with the values taken together. A value that was not typed is among the
    // problems where one that was typed does not go with it.
    Problems problemsWith(const Typed& typed) const;
    // One edit for all values that fit; the problems of the others. Values that are there already
    // are no edit.
    Problems take(const Typed& typed);
    bool set(const std::string& key, const QString& text); // false if refused
    // One edit for all values: a preset, another run's configuration.
    using Text = std::function<QString()>; // asked for again in another language
    void replace(const train::RunConfig& config, const Text& what);
    // Without an edit, forgetting the old ones: a workspace was opened.
    void restore(const train::RunConfig& config);

Q_SIGNALS:
    void changed();
    void wentBack(const std::string& key); // undo or redo changed it, among others

private:
    class Edit;
    struct Checked {
        train::RunConfig config; // with the values that fit
        Problems problems;
    };
    Checked check(const Typed& typed) const;
    QString textOf(int index) const;
    void apply(const train::RunConfig& config);
    void move(void (QUndoStack::*step)());

    train::RunConfig m_config;
    QUndoStack m_undo;
};

} // namespace fovea::widgets

// The configuration that a person edits, with undo and redo of each edit. Every value it holds is
// valid: a wrong one is refused with a sentence. The window's thread.
#pragma once

#include "core/train/parameters.h"

#include <QObject>
#include <QUndoStack>

#include <functional>

namespace fovea::widgets {

class ConfigDocument final : public QObject {
    Q_OBJECT

public:
    explicit ConfigDocument(QObject* parent = nullptr);

    const train::RunConfig& config() const { return m_config; } // as chosen, "auto" left open
    train::RunConfig resolved() const; // with everything filled in
    QUndoStack* undoStack() { return &m_undo; }
    // What undo and redo would take back or do again, in words; empty = nothing.
    QString undoText() const;
    QString redoText() const;

    Status check(const std::string& key, const QString& text) const; // whether it would be taken
    // What is wrong with the value, empty if it would be taken.
    QString problemWith(const std::string& key, const QString& text) const;
    // False if refused; a value that is there already is no edit.
    bool set(const std::string& key, const QString& text);
    // One edit for all values: a preset, another run's configuration.
    using Text = std::function<QString()>; // asked for again in another language
    void replace(const train::RunConfig& config, const Text& what);
    // Without an edit, forgetting the old ones: a workspace was opened.
    void restore(const train::RunConfig& config);

Q_SIGNALS:
    void changed();

private:
    class Edit;
    QString textOf(int index) const;
    void apply(const train::RunConfig& config);

    train::RunConfig m_config;
    QUndoStack m_undo;
};

} // namespace fovea::widgets

#include "widgets/train/config_document.h"

#include "widgets/parts/texts.h"

#include <algorithm>

namespace fovea::widgets {

// Holds the whole configuration before and after: they are small.
class ConfigDocument::Edit final : public QUndoCommand {
public:
    Edit(ConfigDocument& document, train::RunConfig next, Text text)
        : m_document(document)
        , m_text(std::move(text))
        , m_before(document.config())
        , m_after(std::move(next))
    { }
    void undo() override { m_document.apply(m_before); }
    void redo() override { m_document.apply(m_after); }
    QString what() const { return m_text(); }

private:
    ConfigDocument& m_document;
    Text m_text;
    train::RunConfig m_before;
    train::RunConfig m_after;
};

namespace {

using Typed = ConfigDocument::Typed;
using Problems = ConfigDocument::Problems;

// Of each parameter whose value differs, the key.
std::vector<const train::Parameter*> differences(
    const train::RunConfig& one, const train::RunConfig& other)
{
    std::vector<const train::Parameter*> found;
    for (const auto& parameter : train::parameters()) {
        if (train::valueText(one, parameter) != train::valueText(other, parameter))
            found.push_back(&parameter);
    }
    return found;
}

// A form has labels where the command line has keys.
Error withLabels(Error error)
{
    for (auto& value : error.what.values) {
        const auto* parameter = value.isData ? train::findParameter(value.pattern) : nullptr;
        if (parameter)
            value = term(parameter->label);
    }
    return error;
}

// What depends on the model goes back to automatic where it does not fit another model and was not
// typed.
void letFollow(train::RunConfig& config, const Typed& typed)
{
    const auto isLeft = [&](const char* key) { return typed.find(key) == typed.end(); };
    for (const auto& misfit : train::misfits(config)) {
        const auto concerns = [&](std::string_view key) {
            return std::find(misfit.keys.begin(), misfit.keys.end(), key) != misfit.keys.end();
        };
        if (concerns("loss") && isLeft("loss"))
            config.loss = "auto";
        if (concerns("metric") && isLeft("metric"))
            config.metric = "auto";
    }
}

// Sets what can be read; the problems of the others.
Problems setEach(train::RunConfig& config, const Typed& typed)
{
    Problems problems;
    for (const auto& [key, text] : typed) {
        const auto set = train::setParameter(config, key, text.trimmed().toStdString());
        if (!set)
            problems.emplace(key, withLabels(set.error()));
    }
    if (typed.find("model") != typed.end())
        letFollow(config, typed);
    return problems;
}

} // namespace

ConfigDocument::ConfigDocument(QObject* parent)
    : QObject(parent)
{ }

train::RunConfig ConfigDocument::resolved() const { return *train::resolved(m_config); }

// Values that do not go together are left out until the others do: with none of them it is the
// configuration that is there.
ConfigDocument::Checked ConfigDocument::check(const Typed& typed) const
{
    Checked result{m_config, {}};
    result.problems = setEach(result.config, typed);
    auto left = typed;
    for (auto wrong = train::misfits(result.config); !wrong.empty();
         wrong = train::misfits(result.config)) {
        for (const auto& misfit : wrong) {
            for (const auto key : misfit.keys)
                result.problems.emplace(std::string(key), misfit.error);
        }
        for (const auto& [key, error] : result.problems)
            left.erase(key);
        result.config = m_config;
        setEach(result.config, left);
    }
    return result;
}

ConfigDocument::Problems ConfigDocument::problemsWith(const Typed& typed) const
{
    return check(typed).problems;
}

ConfigDocument::Problems ConfigDocument::take(const Typed& typed)
{
    auto checked = check(typed);
    if (checked.config == m_config)
        return std::move(checked.problems);
    std::vector<const train::Parameter*> edited;
    for (const auto* parameter : differences(checked.config, m_config)) {
        if (typed.find(std::string(parameter->key)) != typed.end())
            edited.push_back(parameter);
    }
    m_undo.push(new Edit(*this, checked.config, [edited] {
        QStringList labels;
        for (const auto* parameter : edited)
            labels << parameterLabel(*parameter);
        return labels.join(QStringLiteral(", "));
    }));
    return std::move(checked.problems);
}

bool ConfigDocument::set(const std::string& key, const QString& text)
{
    return problemsWith({{key, text}}).empty() && take({{key, text}}).empty();
}

void ConfigDocument::undo() { move(&QUndoStack::undo); }
void ConfigDocument::redo() { move(&QUndoStack::redo); }

void ConfigDocument::move(void (QUndoStack::*step)())
{
    const auto before = m_config;
    (m_undo.*step)();
    const auto changed = differences(before, m_config);
    if (!changed.empty())
        Q_EMIT wentBack(std::string(changed.front()->key));
}

QString ConfigDocument::textOf(int index) const
{
    const auto* command = m_undo.command(index);
    return command ? static_cast<const Edit*>(command)->what() : QString();
}

QString ConfigDocument::undoText() const { return textOf(m_undo.index() - 1); }
QString ConfigDocument::redoText() const { return textOf(m_undo.index()); }

void ConfigDocument::replace(const train::RunConfig& config, const Text& what)
{
    if (config != m_config)
        m_undo.push(new Edit(*this, config, what));
}

void ConfigDocument::restore(const train::RunConfig& config)
{
    m_undo.clear();
    apply(config);
}

void ConfigDocument::apply(const train::RunConfig& config)
{
    m_config = config;
    Q_EMIT changed();
}

} // namespace fovea::widgets

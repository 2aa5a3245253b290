#include "widgets/train/config_document.h"

#include "widgets/parts/texts.h"

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

// `base` with one more value, and what depends on the model back to automatic where it no longer
// fits.
Result<train::RunConfig> with(
    train::RunConfig base, const std::string& key, const std::string& value)
{
    FOVEA_TRY(train::setParameter(base, key, value));
    if (key == "model" && !train::resolved(base)) {
        base.loss = "auto";
        base.metric = "auto";
    }
    FOVEA_TRY(train::resolved(base));
    return base;
}

} // namespace

ConfigDocument::ConfigDocument(QObject* parent)
    : QObject(parent)
{ }

train::RunConfig ConfigDocument::resolved() const { return *train::resolved(m_config); }

Status ConfigDocument::check(const std::string& key, const QString& text) const
{
    FOVEA_TRY(with(m_config, key, text.trimmed().toStdString()));
    return success();
}

QString ConfigDocument::problemWith(const std::string& key, const QString& text) const
{
    const auto fits = check(key, text);
    return fits ? QString() : errorText(fits.error());
}

bool ConfigDocument::set(const std::string& key, const QString& text)
{
    const auto next = with(m_config, key, text.trimmed().toStdString());
    if (!next)
        return false;
    if (*next != m_config) {
        const auto* parameter = train::findParameter(key);
        m_undo.push(new Edit(*this, *next, [parameter] { return parameterLabel(*parameter); }));
    }
    return true;
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

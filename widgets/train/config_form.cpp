#include "widgets/train/config_form.h"

#include "widgets/parts/plain_label.h"
#include "widgets/parts/texts.h"
#include "widgets/train/fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QGroupBox>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <map>
#include <utility>

namespace fovea::widgets {

namespace {

QString valueOf(const train::RunConfig& config, const train::Parameter& parameter)
{
    return QString::fromStdString(train::valueText(config, parameter));
}

// Whether it has the focus, or gets it when its window becomes active again.
bool hasWindowsFocus(const QWidget* widget) { return widget->window()->focusWidget() == widget; }

} // namespace

struct ConfigForm::Row {
    const train::Parameter* parameter = nullptr;
    QGroupBox* box = nullptr;
    QLabel* label = nullptr;
    QWidget* field = nullptr;
    QLabel* problem = nullptr;
    std::function<void()> refresh; // from the document
    std::function<std::optional<QString>()> typed; // what the document has not got

    std::string key() const { return std::string(parameter->key); }
};

ConfigForm::ConfigForm(ConfigDocument& document, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_area(new QScrollArea(this))
    , m_more(new QToolButton(this))
{
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus); // its fields have it
    setFocusProxy(m_area);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_more->setObjectName(QStringLiteral("more"));
    m_more->setCheckable(true);
    m_more->setAutoRaise(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(m_more, &QToolButton::toggled, this, &ConfigForm::setShowsMore);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_area, 1);
    layout->addWidget(m_more);
    connect(&document, &ConfigDocument::changed, this, &ConfigForm::refresh);
    connect(&document, &ConfigDocument::wentBack, this, &ConfigForm::reveal);
    build();
}

void ConfigForm::build()
{
    m_rows.clear();
    auto* body = new QWidget(this);
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 6, 0);
    QGroupBox* box = nullptr;
    std::string_view group;
    for (const auto& parameter : train::parameters()) {
        if (parameter.group != group) {
            group = parameter.group;
            box = new QGroupBox(coreText(group), body);
            auto* grid = new QGridLayout(box);
            grid->setColumnStretch(1, 1);
            grid->setVerticalSpacing(4);
            layout->addWidget(box);
        }
        addRow(box, parameter);
    }
    layout->addStretch(1);
    m_area->setWidget(body);
    auto bold = font();
    bold.setBold(true); // as a label may become
    int widest = 0;
    for (const auto& row : m_rows)
        widest = std::max(widest, QFontMetrics(bold).horizontalAdvance(row->label->text()));
    for (const auto& row : m_rows)
        static_cast<QGridLayout*>(row->box->layout())->setColumnMinimumWidth(0, widest);
    orderTabs();
    refresh();
    updateRows();
}

void ConfigForm::follow(QWidget* before)
{
    m_before = before;
    orderTabs();
}

// As they are seen, also when the fields are made anew: from what stands above them to "More".
void ConfigForm::orderTabs()
{
    auto* last = m_before;
    for (const auto& row : m_rows) {
        if (last)
            setTabOrder(last, row->field);
        last = row->field;
    }
    setTabOrder(last, m_more);
}

void ConfigForm::addRow(QGroupBox* box, const train::Parameter& parameter)
{
    auto row = std::make_shared<Row>();
    row->parameter = &parameter;
    row->box = box;
    row->label = new PlainLabel(parameterLabel(parameter), box);
    row->problem = new PlainLabel(box);
    row->problem->setWordWrap(true);
    row->problem->setObjectName(QStringLiteral("problem"));
    row->problem->hide();
    row->field = makeField(*row);
    const auto help = parameterHelp(parameter);
    for (QWidget* widget : {static_cast<QWidget*>(row->label), row->field}) {
        widget->setToolTip(help);
        widget->setWhatsThis(help);
    }
    row->field->setObjectName(text(parameter.key));
    row->field->setAccessibleName(parameterLabel(parameter));
    row->field->setAccessibleDescription(help);
    row->label->setBuddy(row->field);
    auto* grid = static_cast<QGridLayout*>(box->layout());
    const int at = grid->rowCount();
    grid->addWidget(row->label, at, 0);
    grid->addWidget(row->field, at, 1);
    grid->addWidget(row->problem, at + 1, 0, 1, 2);
    m_rows.push_back(std::move(row));
}

QWidget* ConfigForm::makeField(Row& row)
{
    if (!row.parameter->choices.empty())
        return makeChoice(row);
    return train::typeName(*row.parameter) == "yes or no" ? makeCheck(row) : makeNumber(row);
}

QWidget* ConfigForm::makeChoice(Row& row)
{
    const auto& p = *row.parameter;
    auto* box = new ChoiceField(row.box);
    for (const auto& choice : p.choices)
        box->addItem(QString::fromStdString(choice), QString::fromStdString(choice));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(box, &QComboBox::activated, this, [this, row = &row] {
        m_last = row->key();
        take();
    });
    row.refresh = [this, box, &p] {
        const auto is = valueOf(m_document.resolved(), p);
        const auto open = QStringLiteral("auto");
        if (const int at = box->findData(open); at >= 0 && is != open)
            box->setItemText(at, tr("%1 (auto)").arg(is));
        box->setCurrentIndex(box->findData(valueOf(m_document.config(), p)));
    };
    row.typed = [this, box, &p]() -> std::optional<QString> {
        const auto chosen = box->currentData().toString();
        return chosen == valueOf(m_document.config(), p) ? std::nullopt : std::optional(chosen);
    };
    return box;
}

QWidget* ConfigForm::makeCheck(Row& row)
{
    const auto& p = *row.parameter;
    auto* box = new QCheckBox(row.box);
    const auto textOf = [box] {
        return box->isChecked() ? QStringLiteral("true") : QStringLiteral("false");
    };
    connect(box, &QCheckBox::clicked, this, [this, row = &row] {
        m_last = row->key();
        take();
    });
    row.refresh = [this, box, &p] {
        box->setChecked(valueOf(m_document.config(), p) == QLatin1String("true"));
    };
    row.typed = [this, textOf, &p]() -> std::optional<QString> {
        return textOf() == valueOf(m_document.config(), p) ? std::nullopt : std::optional(textOf());
    };
    return box;
}

QWidget* ConfigForm::makeNumber(Row& row)
{
    const auto& p = *row.parameter;
    auto* field = new NumberField(train::typeName(p) == "integer", coreText(p.unit), row.box);
    connect(field, &QLineEdit::textEdited, this, [this, row = &row] { check(*row); });
    connect(field, &QLineEdit::editingFinished, this, [this, field] {
        if (field->isModified())
            take();
    });
    // An empty field of a value that the model may choose means that it does.
    row.typed = [field]() -> std::optional<QString> {
        if (!field->isModified())
            return std::nullopt;
        const auto text = field->text().trimmed();
        return text.isEmpty() && !field->placeholderText().isEmpty() ? QStringLiteral("auto")
                                                                     : text;
    };
    row.refresh = [this, field, &p] {
        const auto text = valueOf(m_document.config(), p);
        field->setPlaceholderText(
            train::defaultText(p) == "auto"
                ? tr("%1 (automatic)").arg(valueOf(m_document.resolved(), p))
                : QString());
        field->setText(text == QLatin1String("auto") ? QString() : text);
        field->setModified(false);
    };
    field->revert = [this, row = &row] {
        row->refresh();
        check(*row);
    };
    return field;
}

ConfigDocument::Typed ConfigForm::typedValues() const
{
    ConfigDocument::Typed values;
    for (const auto& row : m_rows) {
        if (const auto text = row->typed())
            values[row->key()] = *text;
    }
    return values;
}

void ConfigForm::check(const Row& last)
{
    m_last = last.key();
    show(m_document.problemsWith(typedValues()));
    Q_EMIT typedChanged();
}

// Into the document; a value that is wrong stays in its field.
ConfigDocument::Problems ConfigForm::take()
{
    const auto values = typedValues();
    m_isTaking = true;
    auto problems = m_document.take(values);
    m_isTaking = false;
    for (const auto& row : m_rows) {
        if (values.count(row->key()) == 0 || problems.count(row->key()) == 0)
            row->refresh();
    }
    show(problems);
    markDefaults();
    Q_EMIT typedChanged();
    return problems;
}

// The reason stands under what was typed; a value that it does not go with is marked, too.
void ConfigForm::show(const ConfigDocument::Problems& problems)
{
    for (const auto& row : m_rows) {
        const auto found = problems.find(row->key());
        const bool isWrong = found != problems.end();
        row->problem->setText(isWrong ? errorText(found->second) : QString());
        row->problem->setVisible(isWrong && row->typed());
        row->field->setProperty("wrong", isWrong);
        auto colours = row->box->palette();
        if (isWrong) {
            const auto red = QColor::fromRgb(0xffd0402b);
            for (const auto role : {QPalette::Text, QPalette::ButtonText})
                colours.setColor(role, red);
        }
        row->field->setPalette(colours);
    }
    const bool wasWrong = std::exchange(m_isWrong, !problems.empty());
    if (wasWrong && !m_isWrong)
        Q_EMIT becameRight();
}

Status ConfigForm::commit()
{
    const auto problems = take();
    for (const auto& row : m_rows) {
        const auto found = problems.find(row->key());
        if (found == problems.end() || !row->typed())
            continue;
        reveal(row->key());
        row->field->setFocus();
        return found->second;
    }
    return success();
}

QString ConfigForm::typedText() const
{
    const auto values = typedValues();
    if (values.empty())
        return {};
    const auto last = values.count(m_last) > 0 ? m_last : values.begin()->first;
    return parameterLabel(*train::findParameter(last));
}

void ConfigForm::takeBackTyped()
{
    const auto values = typedValues();
    if (values.empty())
        return;
    auto* row = rowOf(values.count(m_last) > 0 ? m_last : values.begin()->first);
    row->refresh();
    reveal(row->key());
    check(*row);
}

void ConfigForm::refresh()
{
    if (m_isTaking)
        return; // it goes on with what is still typed
    for (const auto& row : m_rows)
        row->refresh();
    show({});
    markDefaults();
    Q_EMIT typedChanged();
}

// In bold; of those behind "More" their number.
void ConfigForm::markDefaults()
{
    int hidden = 0;
    for (const auto& row : m_rows) {
        const bool isChanged = valueOf(m_document.config(), *row->parameter).toStdString()
            != train::defaultText(*row->parameter);
        auto font = row->label->font();
        font.setBold(isChanged);
        row->label->setFont(font);
        row->field->setProperty("changed", isChanged);
        hidden += isChanged && !row->parameter->basic;
    }
    m_more->setArrowType(m_showsMore ? Qt::DownArrow : Qt::RightArrow);
    m_more->setText(
        m_showsMore      ? tr("Fewer settings")
            : hidden > 0 ? tr("More settings (%1 changed)").arg(hidden)
                         : tr("More settings"));
}

void ConfigForm::setEditable(bool all, const std::vector<std::string>& keys)
{
    m_allEditable = all;
    m_editable = keys;
    updateRows();
}

void ConfigForm::setShowsMore(bool more)
{
    m_showsMore = more;
    m_more->setChecked(more);
    markDefaults();
    updateRows();
}

void ConfigForm::updateRows()
{
    const auto isFree = [this](const std::string& key) {
        return m_allEditable
            || std::find(m_editable.begin(), m_editable.end(), key) != m_editable.end();
    };
    for (const auto& row : m_rows) {
        if (hasWindowsFocus(row->field) && !isFree(row->key())) {
            m_held = row->key();
            m_area->setFocus(); // else the next widget gets it, and the form scrolls there
        }
        const bool shown = row->parameter->basic || m_showsMore;
        row->label->setVisible(shown);
        row->field->setVisible(shown);
        row->field->setEnabled(isFree(row->key()));
    }
    for (const auto& row : m_rows) {
        const bool any = std::any_of(m_rows.begin(), m_rows.end(), [&](const auto& other) {
            return other->box == row->box && (other->parameter->basic || m_showsMore);
        });
        row->box->setVisible(any);
    }
    if (auto* held = rowOf(m_held); held && held->field->isEnabled()) {
        m_held.clear();
        if (hasWindowsFocus(m_area)) // nobody went elsewhere
            held->field->setFocus();
    }
}

// What is being typed, and where, stays.
void ConfigForm::retranslate()
{
    std::map<std::string, QString> typed;
    std::string focused;
    for (const auto& row : m_rows) {
        const auto* field = qobject_cast<QLineEdit*>(row->field);
        if (field && field->isModified())
            typed[row->key()] = field->text();
        if (row->field->hasFocus())
            focused = row->key();
    }
    const int scrolled = m_area->verticalScrollBar()->value();
    build();
    for (const auto& [key, text] : typed) {
        auto* line = static_cast<QLineEdit*>(field(key));
        line->setText(text);
        line->setModified(true);
    }
    show(m_document.problemsWith(typedValues()));
    m_area->verticalScrollBar()->setValue(scrolled);
    if (auto* last = field(focused))
        last->setFocus();
}

ConfigForm::Row* ConfigForm::rowOf(const std::string& key) const
{
    for (const auto& row : m_rows) {
        if (row->parameter->key == key)
            return row.get();
    }
    return nullptr;
}

QWidget* ConfigForm::field(const std::string& key) const
{
    const auto* row = rowOf(key);
    return row ? row->field : nullptr;
}

void ConfigForm::reveal(const std::string& key)
{
    const auto* row = rowOf(key);
    if (!row)
        return;
    if (!row->parameter->basic)
        setShowsMore(true);
    m_area->ensureWidgetVisible(row->field);
}

} // namespace fovea::widgets

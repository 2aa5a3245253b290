#include "widgets/train/config_form.h"

#include "widgets/parts/plain_label.h"
#include "widgets/parts/texts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QGroupBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <map>

namespace fovea::widgets {

namespace {

QString valueOf(const train::RunConfig& config, const train::Parameter& parameter)
{
    return QString::fromStdString(train::valueText(config, parameter));
}

// A number's field: the arrow keys step it, Escape takes back what was typed.
class NumberField final : public QLineEdit {
public:
    NumberField(bool isInteger, QWidget* parent)
        : QLineEdit(parent)
        , m_isInteger(isInteger)
    { }
    std::function<void()> revert;

    // Only what is being typed here is undone here; else the key is the window's.
    bool event(QEvent* event) override
    {
        if (event->type() == QEvent::ShortcutOverride && !isModified()) {
            const auto* key = static_cast<QKeyEvent*>(event);
            if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
                event->ignore();
                return true;
            }
        }
        return QLineEdit::event(event);
    }

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)
            step(event->key() == Qt::Key_Up ? 1 : -1);
        else if (event->key() == Qt::Key_Escape && isModified() && revert)
            revert();
        else
            QLineEdit::keyPressEvent(event);
    }

private:
    // Integers by one, other numbers by a tenth of their size.
    void step(int direction)
    {
        bool ok = false;
        const double value = text().toDouble(&ok);
        if (!ok)
            return;
        const double size = m_isInteger ? 1
            : value == 0                ? 0.05
                         : std::pow(10.0, std::floor(std::log10(std::abs(value)) + 1e-9)) / 2;
        setText(QString::number(value + direction * size, 'g', 6));
        setModified(true);
        Q_EMIT textEdited(text());
    }

    bool m_isInteger;
};

// Turning the wheel scrolls the form, it does not choose.
class ChoiceField final : public QComboBox {
public:
    using QComboBox::QComboBox;

protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

} // namespace

struct ConfigForm::Row {
    const train::Parameter* parameter = nullptr;
    QGroupBox* box = nullptr;
    QLabel* label = nullptr;
    QWidget* field = nullptr;
    QLabel* problem = nullptr;
    std::function<void()> refresh; // from the document
    std::function<Status()> commit; // into it; empty where every change is one at once
};

ConfigForm::ConfigForm(ConfigDocument& document, QWidget* parent)
    : QScrollArea(parent)
    , m_document(document)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus); // its fields have it
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&document, &ConfigDocument::changed, this, &ConfigForm::refresh);
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
    auto* more = new QToolButton(body);
    more->setObjectName(QStringLiteral("more"));
    more->setCheckable(true);
    more->setAutoRaise(true);
    more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const auto label = [more](bool open) {
        more->setArrowType(open ? Qt::UpArrow : Qt::DownArrow);
        more->setText(open ? tr("Fewer settings") : tr("More settings"));
    };
    more->setChecked(m_showsMore);
    label(m_showsMore);
    connect(more, &QToolButton::toggled, this, [this, label](bool open) {
        label(open);
        setShowsMore(open);
    });
    layout->addWidget(more);
    layout->addStretch(1);
    setWidget(body);
    int widest = 0;
    for (const auto& row : m_rows)
        widest = std::max(widest, row->label->sizeHint().width());
    for (const auto& row : m_rows)
        static_cast<QGridLayout*>(row->box->layout())->setColumnMinimumWidth(0, widest);
    refresh();
    updateRows();
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
    row->field->setObjectName(
        QString::fromUtf8(parameter.key.data(), static_cast<qsizetype>(parameter.key.size())));
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
    const auto& p = *row.parameter;
    const std::string key(p.key);
    if (!p.choices.empty()) {
        auto* box = new ChoiceField(row.box);
        for (const auto& choice : p.choices)
            box->addItem(QString::fromStdString(choice), QString::fromStdString(choice));
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        connect(box, &QComboBox::activated, this, [this, key, box, row = &row] {
            const auto text = box->currentData().toString();
            const auto problem = m_document.problemWith(key, text);
            m_document.set(key, text);
            row->refresh();
            row->problem->setText(problem);
            row->problem->setVisible(!problem.isEmpty());
        });
        row.refresh = [this, box, problem = row.problem, &p] {
            const auto is = valueOf(m_document.resolved(), p);
            const auto open = QStringLiteral("auto");
            if (const int at = box->findData(open); at >= 0 && is != open)
                box->setItemText(at, tr("%1 (auto)").arg(is));
            box->setCurrentIndex(box->findData(valueOf(m_document.config(), p)));
            problem->hide();
        };
        return box;
    }
    if (train::typeName(p) == "yes or no") {
        auto* box = new QCheckBox(row.box);
        connect(box, &QCheckBox::clicked, this, [this, key](bool on) {
            m_document.set(key, on ? QStringLiteral("true") : QStringLiteral("false"));
        });
        row.refresh = [this, box, &p] {
            box->setChecked(valueOf(m_document.config(), p) == QLatin1String("true"));
        };
        return box;
    }
    auto* field = new NumberField(train::typeName(p) == "integer", row.box);
    const auto show = [row = &row](const QString& problem) {
        row->problem->setText(problem);
        row->problem->setVisible(!problem.isEmpty());
        row->field->setProperty("wrong", !problem.isEmpty());
        auto colours = row->box->palette();
        if (!problem.isEmpty())
            colours.setColor(QPalette::Text, QColor::fromRgb(0xffd0402b));
        row->field->setPalette(colours);
    };
    // An empty field of a value that the model may choose means that it does.
    const auto textOf = [field] {
        const auto text = field->text().trimmed();
        return text.isEmpty() && !field->placeholderText().isEmpty() ? QStringLiteral("auto")
                                                                     : text;
    };
    connect(field, &QLineEdit::textEdited, this, [this, key, show, textOf] {
        show(m_document.problemWith(key, textOf()));
    });
    row.commit = [this, key, field, textOf]() -> Status {
        if (!field->isModified())
            return success();
        FOVEA_TRY(m_document.check(key, textOf()));
        field->setModified(false);
        m_document.set(key, textOf());
        return success();
    };
    connect(field, &QLineEdit::editingFinished, this, [row = &row] {
        static_cast<void>(row->commit()); // what is wrong is shown below the field
    });
    row.refresh = [this, field, show, &p] {
        const auto text = valueOf(m_document.config(), p);
        const bool isAuto = text == QLatin1String("auto");
        field->setPlaceholderText(
            train::defaultText(p) == "auto"
                ? tr("%1 (automatic)").arg(valueOf(m_document.resolved(), p))
                : QString());
        field->setText(isAuto ? QString() : text);
        field->setModified(false);
        show({});
    };
    field->revert = row.refresh;
    return field;
}

Status ConfigForm::commit()
{
    for (const auto& row : m_rows) {
        if (!row->commit)
            continue;
        if (auto status = row->commit(); !status) {
            row->field->setFocus();
            return status;
        }
    }
    return success();
}

void ConfigForm::refresh()
{
    for (const auto& row : m_rows)
        row->refresh();
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
    if (auto* button = findChild<QToolButton*>(QStringLiteral("more")))
        button->setChecked(more);
    updateRows();
}

void ConfigForm::updateRows()
{
    for (const auto& row : m_rows) {
        const std::string key(row->parameter->key);
        const bool shown = row->parameter->basic || m_showsMore;
        row->label->setVisible(shown);
        row->field->setVisible(shown);
        row->field->setEnabled(
            m_allEditable
            || std::find(m_editable.begin(), m_editable.end(), key) != m_editable.end());
    }
    for (const auto& row : m_rows) {
        const bool any = std::any_of(m_rows.begin(), m_rows.end(), [&](const auto& other) {
            return other->box == row->box && (other->parameter->basic || m_showsMore);
        });
        row->box->setVisible(any);
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
            typed[std::string(row->parameter->key)] = field->text();
        if (row->field->hasFocus())
            focused = row->parameter->key;
    }
    const int scrolled = verticalScrollBar()->value();
    build();
    for (const auto& [key, text] : typed) {
        auto* line = static_cast<QLineEdit*>(field(key));
        line->setText(text);
        line->setModified(true);
        Q_EMIT line->textEdited(text);
    }
    verticalScrollBar()->setValue(scrolled);
    if (auto* last = field(focused))
        last->setFocus();
}

QWidget* ConfigForm::field(const std::string& key) const
{
    for (const auto& row : m_rows) {
        if (row->parameter->key == key)
            return row->field;
    }
    return nullptr;
}

} // namespace fovea::widgets

#include "widgets/data/import_choices.h"

#include "core/base/text.h"
#include "widgets/parts/texts.h"

#include <QComboBox>
#include <QDoubleValidator>
#include <QFormLayout>
#include <QLineEdit>
#include <QSpinBox>

#include <algorithm>
#include <utility>

namespace fovea::widgets {

ImportChoices::ImportChoices(QWidget* parent)
    : QTabWidget(parent)
{
    addTab(makeFilters(), tr("&Filters"));
    addTab(makeDeals(), tr("&Problems"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

QLineEdit* ImportChoices::line(const char* name, const QString& empty)
{
    auto* field = new QLineEdit(this);
    field->setObjectName(QLatin1String(name));
    field->setPlaceholderText(empty);
    connect(field, &QLineEdit::editingFinished, this, [this, field] {
        if (std::exchange(m_known[field], field->text()) != field->text())
            Q_EMIT changed();
    });
    return field;
}

QWidget* ImportChoices::makeFilters()
{
    auto* page = new QWidget(this);
    auto* form = new QFormLayout(page);
    m_minUser = new QSpinBox(page);
    m_minItem = new QSpinBox(page);
    for (auto* spin : {m_minUser, m_minItem}) {
        spin->setRange(1, 1'000'000);
        connect(spin, &QSpinBox::valueChanged, this, &ImportChoices::changed);
    }
    m_minUser->setObjectName(QStringLiteral("minUser"));
    m_minItem->setObjectName(QStringLiteral("minItem"));
    m_least = line("least", tr("any"));
    m_most = line("most", tr("any"));
    for (auto* field : {m_least, m_most})
        field->setValidator(new QDoubleValidator(field));
    m_from = line("from", tr("any"));
    m_before = line("before", tr("any"));
    for (auto* field : {m_from, m_before})
        field->setToolTip(tr("A moment, as 2015-03-31 or 2015-03-31 14:30:00"));
    m_types = line("types", tr("all"));
    m_types->setToolTip(tr("Types of events that are taken, as: view, cart"));
    m_weight = line("weight", tr("1 for all"));
    m_weight->setToolTip(
        tr("As: view=1, buy=5. What an event counts in the loss: \"value\", \"log\" (of one more "
           "than the value), or "
           "types with their weights. Types that are not named weigh 1. What weighs 0 stays in the "
           "history, but nothing is learned to foretell it."));
    form->addRow(tr("Min. events per &user:"), m_minUser);
    form->addRow(tr("Min. events per i&tem:"), m_minItem);
    form->addRow(tr("&Lowest value:"), m_least);
    form->addRow(tr("Hi&ghest value:"), m_most);
    form->addRow(tr("Fro&m (UTC):"), m_from);
    form->addRow(tr("&Before (UTC):"), m_before);
    form->addRow(tr("T&ypes of events:"), m_types);
    form->addRow(tr("Loss &weight:"), m_weight);
    return page;
}

QWidget* ImportChoices::makeDeals()
{
    auto* page = new QWidget(this);
    auto* form = new QFormLayout(page);
    for (const auto& row : data::dealTable()) {
        auto* box = new QComboBox(page);
        box->setObjectName(QLatin1String("deal ") + text(row.key));
        for (const auto choice : row.choices)
            box->addItem(coreText(choice), text(choice));
        connect(box, &QComboBox::activated, this, &ImportChoices::changed);
        form->addRow(coreText(row.title) + QLatin1Char(':'), box);
        m_deals.push_back(box);
        if (row.choice != &data::Deals::missingValue)
            continue;
        m_fill = line("fill", QStringLiteral("0"));
        m_fill->setValidator(new QDoubleValidator(m_fill));
        form->addRow(tr("&Value to fill in:"), m_fill);
        const auto enable = [this, box] {
            m_fill->setEnabled(box->currentData() == QLatin1String("fill"));
        };
        connect(box, &QComboBox::currentIndexChanged, m_fill, enable);
        enable();
    }
    return page;
}

void ImportChoices::choose(const data::Recipe& recipe)
{
    const QSignalBlocker quiet(this);
    m_minUser->setValue(recipe.minUserEvents);
    m_minItem->setValue(recipe.minItemEvents);
    const auto number = [](const std::optional<double>& value) {
        return value ? QLocale().toString(*value, 'g', QLocale::FloatingPointShortest) : QString();
    };
    const auto put = [this](QLineEdit* field, const QString& text) {
        field->setText(text);
        m_known[field] = text;
    };
    put(m_least, number(recipe.minValue));
    put(m_most, number(recipe.maxValue));
    put(m_from, QString::fromStdString(recipe.fromTime));
    put(m_before, QString::fromStdString(recipe.beforeTime));
    put(m_types, QString::fromStdString(base::join(recipe.types, ", ")));
    put(m_weight, QString::fromStdString(recipe.weight));
    put(m_fill, recipe.fillValue.value_or(0) == 0 ? QString() : number(recipe.fillValue));
    for (std::size_t i = 0; i < m_deals.size(); ++i) {
        const auto& choice = recipe.deals.*data::dealTable()[i].choice;
        m_deals[i]->setCurrentIndex(m_deals[i]->findData(QString::fromStdString(choice)));
    }
}

void ImportChoices::writeTo(data::Recipe& recipe) const
{
    recipe.minUserEvents = m_minUser->value();
    recipe.minItemEvents = m_minItem->value();
    const auto bound = [](const QLineEdit* field) {
        bool isNumber = false;
        const auto value = QLocale().toDouble(field->text(), &isNumber);
        return isNumber ? std::optional(value) : std::nullopt;
    };
    const auto written = [](const QLineEdit* field) {
        return field->text().trimmed().toStdString();
    };
    recipe.minValue = bound(m_least);
    recipe.maxValue = bound(m_most);
    recipe.fillValue = bound(m_fill).value_or(0); // as an empty field shows
    recipe.fromTime = written(m_from);
    recipe.beforeTime = written(m_before);
    recipe.weight = written(m_weight);
    recipe.types.clear();
    for (const auto& type : m_types->text().split(QLatin1Char(','), Qt::SkipEmptyParts))
        recipe.types.push_back(type.trimmed().toStdString());
    for (std::size_t i = 0; i < m_deals.size(); ++i)
        recipe.deals.*data::dealTable()[i].choice =
            m_deals[i]->currentData().toString().toStdString();
}

} // namespace fovea::widgets

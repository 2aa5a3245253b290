#include "widgets/data/side_choices.h"

#include "core/data/table_file.h"
#include "widgets/parts/texts.h"

#include <QComboBox>
#include <QFormLayout>

namespace fovea::widgets {

namespace {

const char* const kEncoding = "encoding";

Result<std::vector<std::string>> columnsOf(
    const std::filesystem::path& file, const io::Encoding* encoding, const std::stop_token& stop)
{
    FOVEA_ASSIGN(const auto head, data::lookAt(file, encoding, {}, stop));
    FOVEA_ASSIGN(const auto understood, data::understand(head, {.isOfEvents = false}));
    std::vector<std::string> columns;
    for (std::size_t c = 0; c < understood.layout.width(); ++c)
        columns.push_back(data::columnName(understood.layout.names, static_cast<int>(c)));
    return columns;
}

// The entry of a value; one that is not there is added.
int entryOf(QComboBox& box, const QString& value)
{
    if (box.findData(value) < 0)
        box.addItem(value, value);
    return box.findData(value);
}

} // namespace

bool isThere(const std::filesystem::path& file)
{
    std::error_code ignored;
    return std::filesystem::is_regular_file(file, ignored) || !io::placeOf(file).member.empty();
}

SideChoices::SideChoices(QWidget* parent)
    : QWidget(parent)
{
    auto* form = new QFormLayout(this);
    add(*form, data::Side::Items, "item", tr("Ids of items:"));
    add(*form, data::Side::Items, "title", tr("Titles:"));
    add(*form, data::Side::Items, "category", tr("Categories:"));
    add(*form, data::Side::Items, kEncoding, tr("Encoding of items:"));
    add(*form, data::Side::Users, "user", tr("Ids of users:"));
    add(*form, data::Side::Users, kEncoding, tr("Encoding of users:"));
    for (const auto side : {data::Side::Items, data::Side::Users}) {
        of(side).look = std::make_unique<Background<std::vector<std::string>>>(this);
        fill(of(side));
    }
}

void SideChoices::add(QFormLayout& form, data::Side side, const char* key, const QString& label)
{
    auto* box = new QComboBox(this);
    box->setObjectName(
        QLatin1String(side == data::Side::Items ? "items " : "users ") + QLatin1String(key));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(12);
    box->addItem(tr("automatic"), QString());
    if (key == kEncoding) {
        for (const auto& encoding : io::encodings())
            box->addItem(text(encoding.title), text(encoding.name));
    }
    form.addRow(label, box);
    of(side).fields.push_back({key, box});
    connect(box, &QComboBox::activated, this, [this, side, key] {
        if (key == kEncoding)
            look(side);
        Q_EMIT changed();
    });
}

void SideChoices::setFile(data::Side side, const std::filesystem::path& file)
{
    auto& beside = of(side);
    if (beside.file == file)
        return;
    beside.file = file;
    beside.columns.clear();
    look(side);
}

void SideChoices::look(data::Side side)
{
    auto& beside = of(side);
    if (!isThere(beside.file)) {
        beside.look->cancel();
        fill(beside);
        return;
    }
    const auto encoding = beside.fields.back().box->currentData().toString().toStdString();
    beside.look->start(
        [file = beside.file, encoding](const std::stop_token& stop) {
            return columnsOf(file, io::findEncoding(encoding), stop);
        },
        [this, side](Result<std::vector<std::string>> columns) {
            // What is wrong with the file is said where it is read.
            of(side).columns = columns ? columns.take() : std::vector<std::string>();
            fill(of(side));
        });
    beside.look->wait(kAtOnce);
}

void SideChoices::fill(Beside& beside) const
{
    for (const auto& field : beside.fields) {
        field.box->setEnabled(isThere(beside.file));
        if (field.key == kEncoding)
            continue;
        const auto chosen = field.box->currentData().toString();
        field.box->clear();
        field.box->addItem(tr("automatic"), QString());
        if (field.key == "title" || field.key == "category")
            field.box->addItem(tr("none"), QStringLiteral("none"));
        for (const auto& column : beside.columns)
            field.box->addItem(QString::fromStdString(column), QString::fromStdString(column));
        field.box->setCurrentIndex(entryOf(*field.box, chosen));
    }
}

void SideChoices::show(Beside& beside, const data::SideChoices& choices)
{
    beside.chosen = choices;
    for (const auto& field : beside.fields) {
        const auto found = choices.find(field.key);
        const auto value = found == choices.end() ? std::string() : found->second;
        field.box->setCurrentIndex(entryOf(*field.box, QString::fromStdString(value)));
    }
}

void SideChoices::choose(const data::Recipe& recipe)
{
    show(m_items, recipe.itemsAs);
    show(m_users, recipe.usersAs);
}

void SideChoices::put(const Beside& beside, data::SideChoices& choices)
{
    choices = beside.chosen;
    for (const auto& field : beside.fields) {
        const auto value = field.box->currentData().toString().toStdString();
        if (value.empty())
            choices.erase(field.key);
        else
            choices[field.key] = value;
    }
}

void SideChoices::writeTo(data::Recipe& recipe) const
{
    put(m_items, recipe.itemsAs);
    put(m_users, recipe.usersAs);
}

} // namespace fovea::widgets

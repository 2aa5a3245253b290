#include "widgets/data/open_data_dialog.h"

#include "core/base/os.h"
#include "core/base/text.h"
#include "core/data/time_formats.h"
#include "core/data/unfold.h"
#include "widgets/parts/elided_label.h"
#include "widgets/parts/fit_screen.h"
#include "widgets/parts/plain_label.h"
#include "widgets/parts/texts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QGroupBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QTableWidget>
#include <QVBoxLayout>

#include <utility>

namespace fovea::widgets {

namespace {

constexpr int kPreviewRows = 12;
constexpr int kAboutItem = 1000; // beside the roles: of any number of columns

QString roleText(data::Role role)
{
    switch (role) {
    case data::Role::User:
        return OpenDataDialog::tr("User");
    case data::Role::Item:
        return OpenDataDialog::tr("Item");
    case data::Role::Time:
        return OpenDataDialog::tr("Time");
    case data::Role::Type:
        return OpenDataDialog::tr("Type");
    case data::Role::Title:
        return OpenDataDialog::tr("Title");
    case data::Role::Category:
        return OpenDataDialog::tr("Category");
    default:
        return OpenDataDialog::tr("Value");
    }
}

QString problemLine(const data::Problem& p, bool hasLines)
{
    constexpr std::string_view kItemsFile = "items file: ";
    constexpr std::string_view kUsersFile = "users file: ";
    QString kind = coreText(p.kind);
    if (p.kind.starts_with(kItemsFile))
        kind = OpenDataDialog::tr("items file: %1").arg(coreText(p.kind.substr(kItemsFile.size())));
    if (p.kind.starts_with(kUsersFile))
        kind = OpenDataDialog::tr("users file: %1").arg(coreText(p.kind.substr(kUsersFile.size())));
    QString text = QStringLiteral("%1 × %2 (%3)").arg(number(p.count), kind, coreText(p.effect));
    if (p.firstLine > 0 && p.file.empty())
        text += (hasLines ? OpenDataDialog::tr(", first in line %1")
                          : OpenDataDialog::tr(", first in row %1"))
                    .arg(number(p.firstLine));
    else if (p.firstLine > 0)
        text += (hasLines ? OpenDataDialog::tr(", first in %1, line %2")
                          : OpenDataDialog::tr(", first in %1, row %2"))
                    .arg(QString::fromStdString(p.file), number(p.firstLine));
    return text;
}

QStringList textsOf(const std::vector<std::filesystem::path>& paths)
{
    QStringList list;
    for (const auto& path : paths)
        list << text(path.string());
    return list;
}

QString dataFilter()
{
    return OpenDataDialog::tr(
        "Data files (*.csv *.tsv *.txt *.dat *.inter *.data *.json *.jsonl *.parquet *.feather "
        "*.arrow *.db *.sqlite *.sqlite3 *.gz *.bz2 *.xz *.zst *.zip *.tar *.tgz);;All files (*)");
}

} // namespace

OpenDataDialog::OpenDataDialog(QWidget* parent)
    : QDialog(parent)
    , m_sorting(this)
    , m_look(this)
{
    setWindowTitle(tr("Open data"));
    resize(1080, 700);
    auto* body = new QWidget;
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeFiles());
    auto* middle = new QHBoxLayout;
    auto* left = new QVBoxLayout;
    left->addWidget(makePreview(), 3);
    left->addWidget(makeReport(), 2);
    middle->addLayout(left, 3);
    middle->addWidget(makeChoices(), 1, Qt::AlignTop);
    layout->addWidget(makeRemembered());
    layout->addWidget(makeUnderstanding());
    layout->addLayout(middle, 1);
    // On a small screen the buttons stay in sight.
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("body"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(body);
    auto* outer = new QVBoxLayout(this);
    outer->addWidget(scroll, 1);
    m_buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Import"));
    m_buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(false);
    outer->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &OpenDataDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_pause.setSingleShot(true);
    m_pause.setInterval(250);
    m_beat.setInterval(100);
    connect(&m_pause, &QTimer::timeout, this, &OpenDataDialog::read);
    connect(&m_beat, &QTimer::timeout, this, [this] {
        if (const auto* progress = m_job.progress())
            showProgress(*m_progress, *progress);
    });
    connect(
        &m_job, &ImportJob::finished, this,
        [this](const std::shared_ptr<const data::Imported>& imported) {
            m_imported = imported;
            m_beat.stop();
            m_progress->hide();
            showReport(*imported);
            if (m_isAccepted)
                QDialog::accept();
        });
    connect(&m_job, &ImportJob::failed, this, [this](const Error& error) {
        m_beat.stop();
        showProblem(errorText(error));
    });
    sniff();
}

QWidget* OpenDataDialog::makeFiles()
{
    auto* box = new QWidget(this);
    auto* form = new QFormLayout(box);
    form->setContentsMargins(0, 0, 0, 0);
    const auto row = [&](QLineEdit*& field, const QString& label, const QString& title,
                         const QString& name, void (OpenDataDialog::*browse)()) {
        field = new QLineEdit(box);
        field->setObjectName(name);
        auto* line = new QHBoxLayout;
        auto* button = new QPushButton(tr("Browse…"), box);
        button->setAutoDefault(false);
        button->setAccessibleName(title + QLatin1Char(' ') + tr("Browse…"));
        line->addWidget(field, 1);
        line->addWidget(button);
        auto* text = new PlainLabel(label, box);
        text->setBuddy(field);
        form->addRow(text, line);
        connect(button, &QPushButton::clicked, this, browse);
    };
    row(m_file, tr("&Events:"), tr("Files of events"), QStringLiteral("eventsFile"),
        &OpenDataDialog::browseEvents);
    row(m_itemsFile, tr("&Items (titles, optional):"), tr("Files of items"),
        QStringLiteral("itemsFile"), &OpenDataDialog::browseItems);
    row(m_usersFile, tr("Use&rs (optional):"), tr("File of users"), QStringLiteral("usersFile"),
        &OpenDataDialog::browseUsers);
    row(m_vectorsFile, tr("Ve&ctors of items (optional):"), tr("File of vectors"),
        QStringLiteral("vectorsFile"), &OpenDataDialog::browseVectors);
    m_vectorsFile->setToolTip(
        tr("A matrix with a row for each row of the items file: .npy or .safetensors"));
    for (auto* field : {m_file, m_itemsFile})
        field->setToolTip(tr("A file, or several of one table with \";\" between them"));
    connect(m_file, &QLineEdit::textChanged, this, &OpenDataDialog::sniff);
    connect(m_file, &QLineEdit::editingFinished, this, &OpenDataDialog::takeFolder);
    for (auto* field : {m_itemsFile, m_usersFile, m_vectorsFile})
        connect(field, &QLineEdit::textChanged, this, [this] {
            m_sides->setFile(data::Side::Items, filesIn(m_itemsFile).value(0).toStdString());
            m_sides->setFile(data::Side::Users, m_usersFile->text().trimmed().toStdString());
            invalidate();
        });
    return box;
}

QWidget* OpenDataDialog::makeUnderstanding()
{
    auto* box = new QWidget(this);
    auto* lines = new QVBoxLayout(box);
    lines->setContentsMargins(0, 0, 0, 0);
    auto* line = new QHBoxLayout;
    lines->addLayout(line);
    m_textChoices = new QWidget(box);
    auto* textLine = new QHBoxLayout(m_textChoices);
    textLine->setContentsMargins(0, 0, 0, 0);
    m_format = new QComboBox(box);
    m_format->setObjectName(QStringLiteral("format"));
    for (const auto* shape : data::shapes())
        m_format->addItem(coreText(shape->title), text(shape->name));
    m_format->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_format->setMinimumContentsLength(20);
    m_format->setAccessibleName(tr("Format"));
    m_delimiter = new QComboBox(box);
    m_delimiter->setAccessibleName(tr("Delimiter"));
    m_delimiter->setToolTip(tr("What stands between two columns; any other may be typed"));
    m_delimiter->setEditable(true);
    m_delimiter->setInsertPolicy(QComboBox::NoInsert);
    m_delimiter->setCompleter(nullptr);
    for (const auto* d : {",", ";", "\t", " ", "|", "::"})
        m_delimiter->addItem(
            QString::fromStdString(data::delimiterName(d)), QString::fromLatin1(d));
    m_header = new QCheckBox(tr("First row is a &header"), box);
    m_encoding = new QComboBox(box);
    m_encoding->setObjectName(QStringLiteral("encoding"));
    m_encoding->setAccessibleName(tr("Encoding"));
    m_encoding->setSizeAdjustPolicy(QComboBox::AdjustToContents); // what was found is longer
    m_encoding->addItem(tr("Encoding: automatic"), QString());
    for (const auto& encoding : io::encodings())
        m_encoding->addItem(text(encoding.title), text(encoding.name));
    m_timeFormat = new QComboBox(box);
    m_timeFormat->setObjectName(QStringLiteral("timeFormat"));
    m_timeFormat->setAccessibleName(tr("How times are written"));
    m_timeFormat->addItem(tr("Times: automatic"), QString());
    for (const auto& format : data::timeFormats()) {
        m_timeFormat->addItem(coreText(format.name), text(format.name));
        m_timeFormat->setItemData(
            m_timeFormat->count() - 1, coreText(format.help), Qt::ToolTipRole);
    }
    m_member = new QComboBox(box);
    m_member->setObjectName(QStringLiteral("member"));
    m_member->setAccessibleName(tr("File of the archive or table of the database"));
    m_member->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_member->setMinimumContentsLength(16);
    m_facts = new ElidedLabel(box);
    m_facts->setObjectName(QStringLiteral("facts"));
    textLine->addWidget(m_format);
    textLine->addWidget(m_delimiter);
    textLine->addWidget(m_header);
    textLine->addWidget(m_encoding);
    line->addWidget(m_textChoices);
    line->addWidget(m_timeFormat);
    line->addWidget(m_member);
    line->addStretch(1);
    lines->addWidget(m_facts);
    m_facts->hide(); // until there are some
    connect(m_encoding, &QComboBox::activated, this, &OpenDataDialog::readHead);
    connect(m_member, &QComboBox::activated, this, &OpenDataDialog::readHead);
    connect(m_timeFormat, &QComboBox::activated, this, &OpenDataDialog::invalidate);
    connect(m_format, &QComboBox::activated, this, &OpenDataDialog::layOut);
    connect(m_delimiter, &QComboBox::activated, this, &OpenDataDialog::takeDelimiter);
    connect(
        m_delimiter->lineEdit(), &QLineEdit::editingFinished, this, &OpenDataDialog::takeDelimiter);
    connect(m_header, &QCheckBox::clicked, this, [this](bool on) {
        if (!m_dialect)
            return;
        m_dialect->header = on;
        layOut();
    });
    return box;
}

// One of the list by its name, or what was typed.
void OpenDataDialog::takeDelimiter()
{
    const auto text = m_delimiter->currentText();
    const int at = m_delimiter->findText(text);
    const auto chosen = (at >= 0 ? m_delimiter->itemData(at).toString() : text).toStdString();
    if (!m_dialect || chosen.empty() || chosen == m_dialect->delimiter)
        return;
    m_dialect->delimiter = chosen;
    layOut();
}

QWidget* OpenDataDialog::makeRemembered()
{
    m_remembered = new QWidget(this);
    m_remembered->setObjectName(QStringLiteral("remembered"));
    auto* line = new QHBoxLayout(m_remembered);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(
        new PlainLabel(tr("Using your settings for the last file like this."), m_remembered));
    auto* button = new QPushButton(tr("Start over"), m_remembered);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, &OpenDataDialog::forget);
    line->addWidget(button);
    line->addStretch(1);
    m_remembered->hide();
    return m_remembered;
}

QWidget* OpenDataDialog::makePreview()
{
    m_preview = new QTableWidget(this);
    m_preview->setObjectName(QStringLiteral("preview"));
    m_preview->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_preview->setSelectionMode(QAbstractItemView::NoSelection);
    m_preview->setAccessibleName(tr("First rows of the file, a role over each column"));
    m_preview->setTabKeyNavigation(false);
    m_preview->setMinimumHeight(150);
    m_preview->verticalHeader()->hide();
    m_preview->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    return m_preview;
}

QWidget* OpenDataDialog::makeChoices()
{
    m_choices = new ImportChoices(this);
    m_choices->setObjectName(QStringLiteral("choices"));
    connect(m_choices, &ImportChoices::changed, this, &OpenDataDialog::invalidate);
    m_sides = new SideChoices(m_choices);
    m_choices->addTab(m_sides, tr("Items &and users"));
    connect(m_sides, &SideChoices::changed, this, &OpenDataDialog::invalidate);
    return m_choices;
}

QWidget* OpenDataDialog::makeReport()
{
    auto* box = new QGroupBox(tr("Import preview"), this);
    box->setMinimumHeight(130);
    auto* inside = new QVBoxLayout(box);
    m_report = new PlainLabel(box);
    m_report->setObjectName(QStringLiteral("report"));
    m_report->setWordWrap(true);
    m_report->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_report->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_progress = new QProgressBar(box);
    m_progress->hide();
    auto* scroll = new QScrollArea(box);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_report);
    scroll->viewport()->setAutoFillBackground(false);
    m_report->setAutoFillBackground(false);
    inside->addWidget(m_progress);
    inside->addWidget(scroll, 1);
    return box;
}

QString OpenDataDialog::folder() const { return QFileInfo(files().value(0)).path(); }

void OpenDataDialog::browseEvents()
{
    const auto chosen =
        QFileDialog::getOpenFileNames(this, tr("Files of events"), folder(), dataFilter());
    if (!chosen.isEmpty())
        setPaths(chosen);
}

void OpenDataDialog::browseItems()
{
    const auto chosen =
        QFileDialog::getOpenFileNames(this, tr("Files of items"), folder(), dataFilter());
    if (!chosen.isEmpty())
        setItemsFiles(chosen);
}

void OpenDataDialog::browseUsers()
{
    const auto chosen =
        QFileDialog::getOpenFileName(this, tr("File of users"), folder(), dataFilter());
    if (!chosen.isEmpty())
        setUsersFile(chosen);
}

void OpenDataDialog::browseVectors()
{
    const auto chosen = QFileDialog::getOpenFileName(
        this, tr("File of vectors"), folder(), tr("Matrices (*.npy *.safetensors);;All files (*)"));
    if (!chosen.isEmpty())
        setVectorsFile(chosen);
}

// Several files, or those of a folder, are sorted by what they hold, which takes a look into each.
void OpenDataDialog::setPaths(const QStringList& paths)
{
    const bool isFolder = paths.size() == 1 && QFileInfo(paths.front()).isDir();
    if (paths.size() == 1 && !isFolder) {
        setFiles(paths);
        return;
    }
    {
        const QSignalBlocker quiet(m_file);
        setFiles(paths);
    }
    m_look.cancel();
    m_understood.reset();
    showNothing(tr("Looking into the files…"));
    m_progress->setRange(0, 0);
    m_progress->show();
    std::vector<std::filesystem::path> files;
    for (const auto& path : paths)
        files.emplace_back(path.toStdString());
    m_sorting.start(
        [files, isFolder](const std::stop_token& stop) -> Result<data::FilesByKind> {
            if (isFolder)
                return data::filesIn(files.front(), stop);
            auto sorted = data::byKind(files, stop);
            // Each was chosen: what is wrong with one of them is said.
            sorted.events.insert(sorted.events.end(), sorted.others.begin(), sorted.others.end());
            return sorted;
        },
        [this](const Result<data::FilesByKind>& sorted) { takeSorted(sorted); });
    m_sorting.wait(kAtOnce);
}

void OpenDataDialog::takeSorted(const Result<data::FilesByKind>& sorted)
{
    m_progress->hide();
    if (!sorted) {
        showNothing(errorText(sorted.error()));
        return;
    }
    if (sorted->events.empty() || sorted->users.size() > 1) {
        showNothing(errorText(badInput(
            say("of the files, %1 seem to hold events, %2 items and %3 users",
                sorted->events.size(), sorted->items.size(), sorted->users.size()),
            {}, "Choose the files of one table of events, with those of its items and users")));
        return;
    }
    if (!sorted->items.empty())
        setItemsFiles(textsOf(sorted->items));
    if (!sorted->users.empty())
        setUsersFile(textsOf(sorted->users).front());
    {
        const QSignalBlocker quiet(m_file);
        setFiles(textsOf(sorted->events));
    }
    sniff(); // though the field may hold the same as before
}

void OpenDataDialog::takeFolder()
{
    if (const auto path = m_file->text().trimmed(); QFileInfo(path).isDir())
        setPaths({path});
}

void OpenDataDialog::setFiles(const QStringList& files)
{
    m_file->setText(files.join(QStringLiteral("; ")));
}
void OpenDataDialog::setItemsFiles(const QStringList& files)
{
    m_itemsFile->setText(files.join(QStringLiteral("; ")));
}
void OpenDataDialog::setUsersFile(const QString& file) { m_usersFile->setText(file); }
void OpenDataDialog::setVectorsFile(const QString& file) { m_vectorsFile->setText(file); }

// A name may hold a semicolon: what is a file as it stands is one.
QStringList OpenDataDialog::filesIn(const QLineEdit* field)
{
    const auto text = field->text().trimmed();
    if (isThere(text.toStdString()))
        return {text};
    QStringList files;
    for (const auto& file : text.split(QLatin1Char(';'), Qt::SkipEmptyParts))
        files << file.trimmed();
    return files;
}

QStringList OpenDataDialog::files() const { return filesIn(m_file); }

QString OpenDataDialog::name() const
{
    return QFileInfo(files().value(0)).fileName().section(QLatin1Char('.'), 0, 0);
}

void OpenDataDialog::sniff()
{
    m_sorting.cancel();
    m_encoding->setCurrentIndex(0);
    m_timeFormat->setCurrentIndex(0);
    m_member->clear();
    m_member->hide();
    m_member->setEnabled(false);
    m_remembered->hide();
    choose({});
    look(true);
}

void OpenDataDialog::readHead() { look(false); }

// One of the list by its name, or what was typed.
QString OpenDataDialog::member() const
{
    const auto written = m_member->currentText().trimmed();
    const int at = m_member->findText(written);
    return at >= 0 ? m_member->itemData(at).toString() : written;
}

void OpenDataDialog::takeMember()
{
    if (member() != m_asked)
        readHead();
}

// A small file is looked at in no time. In a large archive a member may lie far behind, and a view
// of a database may take its time: the window does not wait for them.
void OpenDataDialog::look(bool isNew)
{
    m_dialect.reset();
    m_understood.reset();
    m_head = {};
    for (QWidget* choice :
         {static_cast<QWidget*>(m_choices), static_cast<QWidget*>(m_format),
          static_cast<QWidget*>(m_delimiter), static_cast<QWidget*>(m_header),
          static_cast<QWidget*>(m_encoding), static_cast<QWidget*>(m_timeFormat)})
        choice->setEnabled(false);
    m_facts->clear();
    QString path;
    for (const auto& file : files()) {
        if (path.isEmpty() || !isThere(file.toStdString()))
            path = file; // the first that is missing, or the first
    }
    const auto file = path.toStdString();
    if (!isThere(file)) {
        m_look.cancel();
        showNothing(
            path.isEmpty()                ? tr("Choose a file of events.")
                : QFileInfo(path).isDir() ? tr("This is a folder. Press Enter to look into it.")
                                          : errorText(badInput("no such file", file)));
        return;
    }
    showNothing(tr("Looking into the file…"));
    m_progress->setRange(0, 0);
    m_progress->show();
    m_asked = member();
    const auto* encoding = io::findEncoding(m_encoding->currentData().toString().toStdString());
    m_look.start(
        [file, encoding, isNew,
         member = m_asked.toStdString()](const std::stop_token& stop) -> Result<Looked> {
            std::vector<io::Member> choices;
            if (auto all = isNew ? data::choicesIn(file, stop) : choices; all)
                choices = all.take();
            data::FilesByKind beside;
            if (isNew && choices.size() > 1) {
                FOVEA_ASSIGN(beside, data::filesInside(file, stop));
            }
            return Looked{
                std::move(choices), std::move(beside), data::lookAt(file, encoding, member, stop)};
        },
        [this, isNew](Result<Looked> looked) {
            m_progress->hide();
            if (!looked) {
                showNothing(errorText(looked.error()));
                return;
            }
            for (const auto& choice : looked->choices)
                m_member->addItem(text(choice.name), text(choice.name));
            m_member->setVisible(m_member->count() > 0);
            m_member->setEnabled(m_member->count() > 0);
            if (looked->head)
                showHead(looked->head.take());
            else
                showNothing(errorText(looked->head.error()));
            if (isNew) {
                takeBeside(looked->beside);
                recall();
            }
        });
    m_look.wait(kAtOnce);
}

// What lies in the same archive, where nobody chose anything else; what lay in the one before goes.
void OpenDataDialog::takeBeside(const data::FilesByKind& files)
{
    const auto fill = [](QLineEdit& field, QString& own, const QString& now) {
        if (!field.text().isEmpty() && field.text() != own)
            return;
        own = now;
        if (field.text() != now)
            field.setText(now);
    };
    if (!io::placeOf(this->files().value(0).toStdString()).member.empty())
        return; // parts of an archive that was looked into
    fill(*m_itemsFile, m_itemsBeside, textsOf(files.items).join(QStringLiteral("; ")));
    fill(*m_usersFile, m_usersBeside, textsOf(files.users).value(0));
    if (files.events.size() > 1)
        setFiles(textsOf(files.events)); // is looked into anew
}

void OpenDataDialog::showNothing(const QString& why)
{
    m_preview->clear();
    m_preview->setRowCount(0);
    m_preview->setColumnCount(0);
    m_roles.clear();
    showProblem(why);
}

void OpenDataDialog::showHead(data::TableHead head)
{
    m_head = std::move(head);
    m_textChoices->setVisible(!m_head.store);
    m_member->setEditable(m_head.store && m_member->count() > 0);
    if (m_member->isEditable()) {
        m_member->setInsertPolicy(QComboBox::NoInsert);
        m_member->setCompleter(nullptr);
        m_member->setToolTip(tr("A table, or a query: SELECT …"));
        connect(
            m_member->lineEdit(), &QLineEdit::editingFinished, this, &OpenDataDialog::takeMember,
            Qt::UniqueConnection);
    }
    if (m_member->count() > 0)
        m_member->setCurrentText(text(m_head.store ? m_head.table.table : m_head.text.member));
    if (m_asked.isEmpty())
        m_first = member();
    m_asked = member();
    if (!m_head.store) {
        m_encoding->setEnabled(true);
        m_encoding->setItemText(
            0, tr("Encoding: %1 (automatic)").arg(text(m_head.text.encoding->title)));
        const auto& shape = data::recognised(m_head.text.text);
        m_format->setCurrentIndex(m_format->findData(text(shape.name)));
        m_format->setEnabled(true);
    }
    layOut();
}

void OpenDataDialog::layOut()
{
    if (m_head.file.empty())
        return;
    const auto shape = m_format->currentData().toString().toStdString();
    const bool isDelimited =
        !m_head.store && data::findShape(shape) == data::findShape("delimited");
    auto understood =
        data::understand(m_head, {shape, isDelimited ? m_dialect : std::nullopt, std::nullopt});
    m_delimiter->setEnabled(isDelimited && understood.ok());
    m_header->setEnabled(isDelimited && understood.ok());
    m_timeFormat->setEnabled(understood.ok());
    m_choices->setEnabled(understood.ok());
    m_understood.reset();
    if (!understood) {
        showProblem(errorText(understood.error()));
        return;
    }
    m_understood = understood.take();
    const auto& layout = m_understood->layout;
    if (isDelimited) {
        m_dialect = layout.dialect;
        const auto delimiter = QString::fromStdString(m_dialect->delimiter);
        m_delimiter->setCurrentIndex(m_delimiter->findData(delimiter));
        if (m_delimiter->currentIndex() < 0)
            m_delimiter->setEditText(delimiter);
    }
    m_header->setChecked(isDelimited && m_dialect->header);
    showRows(layout);
    invalidate();
}

void OpenDataDialog::setMemory(Memory memory)
{
    m_memory = std::move(memory);
    recall();
}

QString OpenDataDialog::shape() const
{
    return m_understood ? QString::fromStdString(data::shapeKey(*m_understood)) : QString();
}

void OpenDataDialog::recall()
{
    m_remembered->hide();
    if (!m_memory || !m_understood)
        return;
    if (const auto recipe = m_memory(shape())) {
        choose(*recipe);
        m_remembered->show();
    }
}

void OpenDataDialog::forget()
{
    choose({});
    m_remembered->hide();
    readHead();
}

// What a recipe says beyond how the file is laid out, which its shape has already.
void OpenDataDialog::choose(const data::Recipe& recipe)
{
    m_choices->choose(recipe);
    m_sides->choose(recipe);
    m_timeFormat->setCurrentIndex(
        std::max(0, m_timeFormat->findData(QString::fromStdString(recipe.timeFormat))));
    for (const auto& choice : recipe.roles) {
        const auto column = columnOf(choice.column);
        for (std::size_t c = 0; c < m_roles.size(); ++c) {
            auto* box = m_roles[c];
            const int role = box->findData(static_cast<int>(choice.role));
            if (static_cast<std::int64_t>(c) == column)
                box->setCurrentIndex(role);
            else if (box->currentIndex() == role)
                box->setCurrentIndex(0);
        }
    }
    for (const auto& text : recipe.aboutItems) {
        const auto column = static_cast<std::size_t>(columnOf(text));
        if (column < m_roles.size())
            m_roles[column]->setCurrentIndex(m_roles[column]->findData(kAboutItem));
    }
    invalidate();
}

void OpenDataDialog::showRows(const data::Layout& layout)
{
    QStringList facts;
    if (m_understood && m_understood->format)
        facts << coreText(m_understood->format->title);
    if (m_head.store)
        facts << coreText(m_head.store->title);
    else if (m_head.text.compression != "none")
        facts << text(m_head.text.compression);
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    m_facts->setVisible(!facts.isEmpty());
    const auto guessed =
        data::eventRoles(layout.names, layout.rows, {}, {}, layout.unfolding.lists);
    auto roles = guessed ? *guessed : data::Roles();
    const int columns = static_cast<int>(layout.width());
    const int rows = std::min(kPreviewRows, static_cast<int>(layout.rows.size()));
    m_preview->clear();
    m_preview->setColumnCount(columns);
    m_preview->setRowCount(rows + 1);
    m_roles.clear();
    QStringList names;
    for (int c = 0; c < columns; ++c) {
        const auto at = static_cast<std::size_t>(c);
        names
            << (at < layout.names.size() ? QString::fromStdString(layout.names[at])
                                         : tr("Column %1").arg(c + 1));
        auto* box = new QComboBox(m_preview);
        box->addItem(tr("Ignore"), -1);
        for (const auto role : data::kChosenRoles) {
            box->addItem(roleText(role), static_cast<int>(role));
            if (roles.of(role) == c)
                box->setCurrentIndex(box->count() - 1);
        }
        box->addItem(tr("About the item"), kAboutItem);
        box->setItemData(
            box->count() - 1,
            tr("A number, a text, a vector or the path of an image, as in a file of items"),
            Qt::ToolTipRole);
        box->setAccessibleName(tr("Role of %1").arg(names.back()));
        connect(box, &QComboBox::activated, this, [this, box] {
            // A role has one column: it leaves the one that had it.
            for (auto* other : m_roles) {
                if (box->currentData() != kAboutItem && other != box
                    && other->currentIndex() == box->currentIndex())
                    other->setCurrentIndex(0);
            }
            invalidate();
        });
        m_roles.push_back(box);
        m_preview->setCellWidget(0, c, box);
    }
    m_preview->setHorizontalHeaderLabels(names);
    for (int r = 0; r < rows; ++r) {
        const auto& fields = layout.rows[static_cast<std::size_t>(r)];
        for (int c = 0; c < columns && static_cast<std::size_t>(c) < fields.size(); ++c) {
            const auto& text = fields[static_cast<std::size_t>(c)];
            m_preview->setItem(
                r + 1, c, new QTableWidgetItem(QString::fromStdString(text).left(200)));
        }
    }
    m_preview->resizeColumnsToContents();
    for (int c = 0; c < columns; ++c)
        m_preview->setColumnWidth(c, std::clamp(m_preview->columnWidth(c), 90, 320));
}

// By its name where that is its alone: a name may be a number, too.
std::string OpenDataDialog::columnText(std::size_t column) const
{
    const auto& names = m_understood->layout.names;
    const bool isNamed = column < names.size() && !names[column].empty()
        && std::count(names.begin(), names.end(), names[column]) == 1;
    return isNamed ? names[column] : std::to_string(column + 1);
}

// -1 where there is none.
std::int64_t OpenDataDialog::columnOf(const std::string& text) const
{
    for (std::size_t c = 0; c < m_roles.size(); ++c) {
        if (columnText(c) == text)
            return static_cast<std::int64_t>(c);
    }
    return base::parseInteger(text).value_or(0) - 1;
}

data::ImportOptions OpenDataDialog::options() const
{
    data::ImportOptions o;
    const auto files = this->files();
    o.file = files.value(0).toStdString();
    for (const auto& file : files.mid(1))
        o.more.emplace_back(file.toStdString());
    const auto itemsFiles = filesIn(m_itemsFile);
    o.itemsFile = itemsFiles.value(0).toStdString();
    for (const auto& file : itemsFiles.mid(1))
        o.moreItems.emplace_back(file.toStdString());
    o.usersFile = m_usersFile->text().trimmed().toStdString();
    o.vectorsFile = m_vectorsFile->text().trimmed().toStdString();
    if (!m_head.store) {
        o.format = m_format->currentData().toString().toStdString();
        if (o.format == "delimited")
            o.dialect = m_dialect;
        // What is found out of each file, where there are several, is not said of all.
        o.encoding = io::findEncoding(m_encoding->currentData().toString().toStdString());
    }
    if (m_member->isEnabled() && member() != m_first)
        o.member = member().toStdString();
    o.timeFormat = m_timeFormat->currentData().toString().toStdString();
    m_choices->writeTo(o);
    m_sides->writeTo(o);
    for (const auto role : data::kChosenRoles) {
        data::RoleChoice choice{role, ""};
        for (std::size_t c = 0; c < m_roles.size(); ++c) {
            if (m_roles[c]->currentData().toInt() == static_cast<int>(role))
                choice.column = columnText(c);
        }
        if (!m_roles.empty())
            o.roles.push_back(choice);
    }
    for (std::size_t c = 0; c < m_roles.size(); ++c) {
        if (m_roles[c]->currentData() == kAboutItem)
            o.aboutItems.push_back(columnText(c));
    }
    o.threads = std::max(1, base::coreCount() - 1); // one is the window's
    return o;
}

void OpenDataDialog::invalidate()
{
    m_job.cancel();
    m_imported.reset();
    m_isAccepted = false;
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(m_understood.has_value());
    m_buttons->button(QDialogButtonBox::Ok)->setDefault(true);
    m_pause.start();
}

// Enter in a field takes what was typed. It imports only what the report shows already.
void OpenDataDialog::keyPressEvent(QKeyEvent* event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    auto* field = qobject_cast<QLineEdit*>(focusWidget());
    const bool isTyped = field && field->isModified();
    if (!isEnter || (m_imported && !isTyped)) {
        QDialog::keyPressEvent(event);
        return;
    }
    if (isTyped)
        field->setModified(false);
    if (m_pause.isActive()) {
        m_pause.stop();
        read();
    }
}

void OpenDataDialog::showEvent(QShowEvent* event)
{
    if (!event->spontaneous())
        fitToScreen(*this);
    QDialog::showEvent(event);
}

// What was asked for before the file is read through is done once it is.
void OpenDataDialog::accept()
{
    if (m_imported)
        QDialog::accept();
    else
        m_isAccepted = m_buttons->button(QDialogButtonBox::Ok)->isEnabled();
}

void OpenDataDialog::read()
{
    if (!m_understood)
        return;
    m_report->setText(tr("Reading…"));
    m_job.start(options());
    showProgress(*m_progress, *m_job.progress());
    m_progress->show();
    m_beat.start();
}

void OpenDataDialog::showProblem(const QString& text)
{
    m_pause.stop();
    m_job.cancel();
    m_progress->hide();
    m_imported.reset();
    m_isAccepted = false;
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(false);
    m_report->setText(text);
}

// How the file was understood, and why. What differs from the guess was chosen by a person.
QStringList OpenDataDialog::reasons(const data::Imported& imported) const
{
    QStringList lines;
    const auto add = [&](const QString& what, const Message& why) {
        if (!why.empty())
            lines << tr("%1: %2").arg(what, messageText(why));
    };
    const auto& layout = m_understood->layout;
    const bool isFound = m_head.store
        || text(data::recognised(m_head.text.text).name) == m_format->currentData().toString();
    add(tr("Format"), isFound ? data::whyFormat(*m_understood) : Message());
    add(tr("Encoding"), imported.whyEncoding);
    add(tr("Times"), imported.whyTime);
    const auto guessed =
        data::eventRoles(layout.names, layout.rows, {}, {}, layout.unfolding.lists);
    auto guess = guessed ? *guessed : data::Roles();
    data::Roles roles;
    std::vector<data::RoleChoice> chosen;
    for (std::size_t c = 0; c < m_roles.size(); ++c) {
        const int value = m_roles[c]->currentData().toInt();
        if (value < 0)
            continue;
        const auto role = static_cast<data::Role>(value);
        roles.of(role) = static_cast<int>(c);
        if (guess.of(role) != static_cast<int>(c))
            chosen.push_back({role, columnText(c)});
    }
    const bool isKnown = m_understood->format != nullptr;
    auto found = data::reasonsOf(roles, layout.names, chosen, isKnown);
    data::tellUnfolded(layout, found);
    for (const auto& reason : found)
        add(tr("%1 = %2, %3")
                .arg(
                    roleText(reason.role),
                    QString::fromStdString(data::columnName(layout.names, reason.column)),
                    coreText(data::confidenceName(reason.confidence))),
            reason.why);
    return lines;
}

void OpenDataDialog::showReport(const data::Imported& imported)
{
    const auto& r = imported.report;
    const auto together = [](const QStringList& facts) {
        return facts.join(QStringLiteral(" · "));
    };
    QStringList lines = {together(
        {counted(imported.rows, tr("%1 row read"), tr("%1 rows read")),
         counted(r.events, tr("%1 event"), tr("%1 events")),
         counted(r.users, tr("%1 user"), tr("%1 users")),
         counted(r.items, tr("%1 item"), tr("%1 items")),
         tr("density %1").arg(percent(r.density))})};
    lines
        << (r.hasTimes ? together(
                {periodText(r.firstTime, r.lastTime),
                 counted(r.sessions, tr("%1 session"), tr("%1 sessions"))})
                       : tr("no times: the order of the file counts"));
    if (imported.problems.list().empty())
        lines << tr("No problems found.");
    for (const auto& problem : imported.problems.list())
        lines << problemLine(problem, m_head.store == nullptr);
    if (r.itemsTitled > 0)
        lines << counted(r.itemsTitled, tr("title of %1 item"), tr("titles of %1 items"));
    QStringList ofItems;
    QStringList ofUsers;
    for (const auto& attribute : r.attributes)
        (attribute.isOfItems ? ofItems : ofUsers) << QString::fromStdString(attribute.name);
    if (!ofItems.isEmpty())
        lines << tr("Item attributes: %1").arg(ofItems.join(QStringLiteral(", ")));
    if (!ofUsers.isEmpty())
        lines << tr("User attributes: %1").arg(ofUsers.join(QStringLiteral(", ")));
    for (const auto& warning : data::warningsOf(r))
        lines << QString() << warningText(warning);
    lines << QString() << reasons(imported);
    m_report->setText(lines.join(QLatin1Char('\n')));
}

} // namespace fovea::widgets
